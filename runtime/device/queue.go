package device

import (
	"slices"
	"time"
)

// item is one frame, or one end, on its way out.
type item struct {
	bytes   []byte // what is left of it
	whole   []byte // once started
	kind    Kind   // Replied or Emitted
	command int    // that it answers, where Replied
	frame   bool   // not garbage: can be stalled
	drop    bool   // to be lost
	end     End
	why     error

	due     time.Duration
	started bool
	stall   int // bytes until the connection stalls
}

// queue holds items in the order in which they are due.
type queue struct {
	fresh []item // without a time yet: they may come from outside the driver
	items []item
	pause time.Duration // nothing goes out before
	last  [2]time.Duration
	size  int // of all of them, in bytes
}

// eventRoom bounds what waits on a connection, in bytes, where an event comes
// on top: one that repeats must not fill the memory behind a black hole.
const eventRoom = 16 << 20

// full reports whether an event is to be lost.
func (q *queue) full() bool { return q.size > eventRoom }

func (q *queue) push(it item) {
	q.fresh = append(q.fresh, it)
	q.size += len(it.bytes)
}

// settle gives the fresh items their times. Replies stay in their order, and
// so do events, whatever the delays were when they came.
func (q *queue) settle(now, delay, late time.Duration) {
	for _, it := range q.fresh {
		it.due = now + delay
		class := 0
		if it.kind == Replied || it.end != Stay {
			it.due += late
			class = 1
		}
		if it.end != Stay {
			it.due = max(it.due, q.last[0])
		}
		it.due = max(it.due, q.last[class])
		q.last[class] = it.due
		at, _ := slices.BinarySearchFunc(q.items, it, func(a, b item) int {
			if a.started || a.due <= b.due {
				return -1
			}
			return 1
		})
		q.items = slices.Insert(q.items, at, it)
	}
	q.fresh = q.fresh[:0]
}

// ready is the oldest item, if it may go out now; else when it may.
func (q *queue) ready(now time.Duration) (*item, time.Duration) {
	if len(q.items) == 0 {
		return nil, Never
	}
	if at := max(q.items[0].due, q.pause); at > now {
		return nil, at
	}
	return &q.items[0], now
}

// sent takes so many bytes off the oldest item.
func (q *queue) sent(n int) {
	q.items[0].bytes = q.items[0].bytes[n:]
	q.size -= n
}

func (q *queue) pop() {
	q.size -= len(q.items[0].bytes)
	q.items = slices.Delete(q.items, 0, 1)
}

func (q *queue) clear() { q.fresh, q.items, q.size = nil, nil, 0 }
