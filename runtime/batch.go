package runtime

import "sync/atomic"

// batch is what loops have taken of a ring, to read it without the lock: nothing is
// written into it any more. Each frame is whose read moves over it: a loop's, or the
// reader's, which drops it. So what a slow loop has taken can still be dropped.
type batch struct {
	ring
	read atomic.Int64 // bytes, from the head
	lent bool         // somebody who left a loop may still look at its last frame
}

// left is how many bytes nobody has read.
func (b *batch) left() int { return b.used - int(b.read.Load()) }

// next is the oldest frame that nobody has read, in place or in room, and now the
// caller's.
func (b *batch) next(room []byte) (message int, frame []byte, ok bool) {
	for {
		from := b.read.Load()
		if int(from) >= b.used {
			return 0, nil, false
		}
		_, size := b.header(int(from))
		if b.read.CompareAndSwap(from, from+int64(ringHeader+size)) {
			message, frame = b.frame(int(from), room)
			return message, frame, true
		}
	}
}

// drop forgets the oldest frame that nobody has read; it reports whether there was one.
func (b *batch) drop() bool {
	_, _, ok := b.next(nil)
	return ok
}

// forget drops all frames.
func (b *batch) forget() { b.read.Store(int64(b.used)) }

// swap takes all that r holds; nothing is left of what was taken before, and nobody
// reads it any more. r gets its buffer.
func (b *batch) swap(r *ring) {
	spare := b.buf
	if b.lent || len(spare) > max(r.limit, ringStart) {
		spare = nil // an oversized frame was in it
	}
	b.ring, b.lent = *r, false
	b.read.Store(0)
	*r = ring{buf: spare, limit: r.limit}
}
