package runtime

import "sync"

const (
	// inboxStart is what an idle link reads into, in bytes: a fleet's memory.
	inboxStart = 512
	// inboxUsual is as far as it grows for speed; beyond, only for a frame
	// that needs it.
	inboxUsual = 64 << 10
	// inboxLarge is what it keeps where frames need it again and again; beyond, it
	// forgets what the last frame needed.
	inboxLarge = 4 * inboxUsual
	// inboxPatience is how many small reads in a row make it shrink.
	inboxPatience = 32
)

// inbox is the reader's buffer. It doubles while reads fill it, or a frame
// needs more, never to what the peer merely announces: memory follows bytes
// that arrived. It shrinks when it has been too large for a while.
type inbox struct {
	buf   []byte
	fill  int   // bytes that wait
	need  int   // how many more a frame wants
	small int32 // reads in a row that would have fitted into a quarter

	// Of a read without a buffer; see direct.
	fail int32 // its errno
	got  int
	try  func(fd uintptr) bool // b.receive, made once
}

// room is where the next bytes go; need is how many more a frame wants.
func (b *inbox) room(need int) []byte {
	switch {
	case b.buf == nil:
		b.buf = inboxes.Get().(*[inboxStart]byte)[:]
	case b.fill == len(b.buf):
		// A line does not say how long it will be: its need is one byte.
		b.resize(min(2*len(b.buf), max(b.fill+need, len(b.buf)+len(b.buf)/4, inboxUsual)))
	}
	return b.buf[b.fill:]
}

// took notes that n bytes were read; the result is all that waits.
func (b *inbox) took(n int) []byte {
	full := n == len(b.buf)-b.fill
	b.fill += n
	if full || b.fill > len(b.buf)/4 {
		b.small = 0
	} else {
		b.small++
	}
	return b.buf[:b.fill]
}

// done forgets the first n bytes.
func (b *inbox) done(n int) {
	full := b.fill == len(b.buf)
	b.fill = copy(b.buf, b.buf[n:b.fill])
	switch {
	case full && b.fill <= len(b.buf)/2 && len(b.buf) < inboxUsual:
		b.resize(2 * len(b.buf)) // more is likely to wait in the kernel
	case b.fill > len(b.buf)/4 || len(b.buf) == inboxStart:
	case len(b.buf) > inboxLarge:
		b.resize(inboxUsual) // a large frame has gone
	case b.small >= inboxPatience:
		b.resize(max(len(b.buf)/2, inboxStart))
		b.small = 0
	}
}

// keep puts what was read elsewhere into an empty inbox.
func (b *inbox) keep(p []byte) {
	if len(p) > 0 {
		b.buf = append(make([]byte, 0, max(len(p)+1, inboxStart)), p...)
		b.fill, b.buf = len(p), b.buf[:cap(b.buf)]
	}
}

// rest gives the buffer back, where it is small and nothing waits in it.
func (b *inbox) rest() {
	if b.fill == 0 && len(b.buf) == inboxStart {
		inboxes.Put((*[inboxStart]byte)(b.buf))
		b.buf = nil
	}
}

// inboxes are small buffers that nobody has.
var inboxes = sync.Pool{New: func() any { return new([inboxStart]byte) }}

func (b *inbox) resize(n int) {
	buf := make([]byte, max(n, b.fill+1))
	copy(buf, b.buf[:b.fill])
	b.buf = buf
}
