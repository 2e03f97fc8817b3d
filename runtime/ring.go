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

// fits reports whether a frame of n bytes has room, where others hold some of it.
// Where nothing is held there is room for any frame: a bound below the largest frame
// must not lose it for good.
func (r *ring) fits(n, others int) bool {
	return r.used+others == 0 || r.used+others+ringHeader+n <= r.limit
}

// push adds a frame that fits.
func (r *ring) push(message int, frame []byte) {
	n := ringHeader + len(frame)
	if r.used+n > len(r.buf) {
		r.reserve(n)
	}
	at := r.place(r.used)
	r.used += n
	r.count++
	header := uint64(uint32(message)) | uint64(len(frame))<<32
	if at+n <= len(r.buf) {
		to := r.buf[at : at+n]
		binary.LittleEndian.PutUint64(to, header)
		copy(to[ringHeader:], frame)
		return
	}
	var first [ringHeader]byte
	binary.LittleEndian.PutUint64(first[:], header)
	r.put(r.put(at, first[:]), frame)
}

// pop appends the oldest frame to dst; the ring is not empty.
func (r *ring) pop(dst []byte) (message int, frame []byte) {
	message, frame = r.frame(0, nil)
	dst = append(dst, frame...)
	r.skip(ringHeader + len(frame))
	return message, dst
}

// drop forgets the oldest frame; the ring is not empty.
func (r *ring) drop() {
	_, size := r.header(0)
	r.skip(ringHeader + size)
}

// place is where the byte is that is so far behind the head.
func (r *ring) place(behind int) int {
	at := r.head + behind
	if at >= len(r.buf) {
		at -= len(r.buf)
	}
	return at
}

// header is that of the frame so far behind the head.
func (r *ring) header(behind int) (message, size int) {
	var v uint64
	if at := r.place(behind); at+ringHeader <= len(r.buf) {
		v = binary.LittleEndian.Uint64(r.buf[at:])
	} else {
		v = binary.LittleEndian.Uint64(r.join(at, ringHeader, nil))
	}
	return int(int32(v)), int(v >> 32)
}

// frame is the one so far behind the head: in place, or in room where it goes over
// the end of the buffer.
func (r *ring) frame(behind int, room []byte) (message int, frame []byte) {
	message, size := r.header(behind)
	at := r.place(behind + ringHeader)
	if end := at + size; end <= len(r.buf) {
		return message, r.buf[at:end:end]
	}
	return message, r.join(at, size, room)
}

// join gives bytes that go over the end of the buffer, in room.
func (r *ring) join(at, size int, room []byte) []byte {
	room = append(room[:0], r.buf[at:]...)
	return append(room, r.buf[:size-len(room)]...)
}

// put writes at a place, and gives the place behind.
func (r *ring) put(at int, p []byte) int {
	n := copy(r.buf[at:], p)
	if n < len(p) {
		return copy(r.buf, p[n:])
	}
	return at + n
}

// skip forgets the oldest frame, of n bytes.
func (r *ring) skip(n int) {
	r.used -= n
	r.count--
	r.head = r.place(n)
	if r.used == 0 {
		r.head = 0
		if len(r.buf) > max(r.limit, ringStart) {
			r.buf = nil // an oversized frame was in it
		}
	}
}

// reserve makes room for n more bytes.
func (r *ring) reserve(n int) {
	size := max(ringStart, len(r.buf))
	for size < r.used+n {
		size *= 2
	}
	grown := make([]byte, size)
	first := copy(grown, r.buf[r.head:min(len(r.buf), r.head+r.used)])
	copy(grown[first:r.used], r.buf)
	r.buf, r.head = grown, 0
}
