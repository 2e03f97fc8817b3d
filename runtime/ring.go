package runtime

import "encoding/binary"

const (
	// DefaultEventBuffer is what a subscription holds for a consumer that is
	// behind, in bytes.
	DefaultEventBuffer = 1 << 20

	// ringHeader is a frame's message and length.
	ringHeader = 8
	// ringStart is the smallest ring; it doubles as frames come.
	ringStart = 1 << 10
)

// ring is a queue of raw frames in one circular buffer, bounded in bytes. It
// grows on demand, so that a subscription that keeps up costs next to nothing.
type ring struct {
	buf   []byte
	head  int // where the oldest frame begins
	used  int // bytes, headers included
	count int // frames
	limit int
}

// fits reports whether a frame of n bytes has room. An empty ring has room for
// any frame: a bound below the largest frame must not lose it for good.
func (r *ring) fits(n int) bool { return r.count == 0 || r.used+ringHeader+n <= r.limit }

// push adds a frame that fits.
func (r *ring) push(message int, frame []byte) {
	r.reserve(ringHeader + len(frame))
	var header [ringHeader]byte
	binary.LittleEndian.PutUint32(header[:4], uint32(int32(message)))
	binary.LittleEndian.PutUint32(header[4:], uint32(len(frame)))
	r.put(header[:])
	r.put(frame)
	r.count++
}

// pop appends the oldest frame to dst; the ring is not empty.
func (r *ring) pop(dst []byte) (message int, frame []byte) {
	message, size := r.header()
	start := len(dst)
	dst = append(dst, make([]byte, size)...)
	r.get(dst[start:])
	r.count--
	return message, dst
}

// drop forgets the oldest frame; the ring is not empty.
func (r *ring) drop() {
	_, size := r.header()
	r.skip(size)
	r.count--
}

func (r *ring) header() (message, size int) {
	var header [ringHeader]byte
	r.get(header[:])
	return int(int32(binary.LittleEndian.Uint32(header[:4]))), int(binary.LittleEndian.Uint32(header[4:]))
}

func (r *ring) put(p []byte) {
	at := (r.head + r.used) % len(r.buf)
	n := copy(r.buf[at:], p)
	copy(r.buf, p[n:])
	r.used += len(p)
}

func (r *ring) get(p []byte) {
	n := copy(p, r.buf[r.head:])
	copy(p[n:], r.buf)
	r.skip(len(p))
}

func (r *ring) skip(n int) {
	r.used -= n
	if r.head += n; r.head >= len(r.buf) {
		r.head -= len(r.buf)
	}
	if r.used == 0 {
		r.head = 0
		if len(r.buf) > max(r.limit, ringStart) {
			r.buf = nil // an oversized frame was in it
		}
	}
}

// reserve makes room for n more bytes.
func (r *ring) reserve(n int) {
	if r.used+n <= len(r.buf) {
		return
	}
	size := max(ringStart, len(r.buf))
	for size < r.used+n {
		size *= 2
	}
	grown := make([]byte, size)
	first := copy(grown, r.buf[r.head:min(len(r.buf), r.head+r.used)])
	copy(grown[first:r.used], r.buf)
	r.buf, r.head = grown, 0
}
