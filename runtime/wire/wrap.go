package wire

import (
	"bytes"
	"slices"
)

// Wrap appends content as it is sent: between markers, its bytes escaped, the
// terminator behind it. Length and checksum are part of the content.
func (f *Framing) Wrap(dst, content []byte) []byte {
	p := f.Packet
	if p == nil {
		return append(append(dst, content...), f.SendEnd...)
	}
	dst = append(dst, p.Starts...)
	if p.Escape != nil {
		dst = p.Escape.wrap(dst, content)
	} else {
		dst = append(dst, content...)
	}
	return append(dst, p.Sends...)
}

// Content is what [Framing.Wrap] was given to make frame, which a [Writer] has
// written. It aliases frame, but where bytes were escaped.
func (f *Framing) Content(frame []byte) []byte {
	p := f.Packet
	if p == nil {
		return bytes.TrimSuffix(frame, []byte(f.SendEnd))
	}
	frame = bytes.TrimSuffix(bytes.TrimPrefix(frame, []byte(p.Starts)), []byte(p.Sends))
	if p.Escape == nil || bytes.IndexByte(frame, p.Escape.Byte) < 0 {
		return frame
	}
	content, _ := p.Escape.unwrap(nil, frame)
	return content
}

// packet ends a frame that is a packet: count and checksum are put in, and the
// whole is wrapped.
func (w *Writer) packet() (frame []byte, err error) {
	p := w.f.Packet
	if w.bits != 0 {
		w.Fail(PartEnd, "the frame ends inside a byte")
	}
	w.oneLine(0)
	if p.Extent == ExtentCount {
		w.count(&p.Size)
	}
	n := len(w.b) - w.start
	switch {
	case n == 0 && (w.f.DropEmpty || slices.Contains(p.Ends, p.Starts)):
		w.Fail(PartLength, "an empty frame is dropped")
	case p.Extent == ExtentFixed && n != p.Fixed:
		w.Fail(PartLength, "the frame is not of "+itoa(p.Fixed)+" bytes")
	case n < p.Head+p.Tail:
		w.Fail(PartLength, errPacketShort.Reason)
	}
	if w.room(0) {
		if p.Sum != nil {
			content := w.b[w.start:]
			p.Sum.put(content, p.loose(content))
		}
		w.wrap()
	}
	return w.result()
}

// count puts the count of what is behind it in its place.
func (w *Writer) count(s *Size) {
	at := w.start + s.At
	behind := len(w.b) - at - s.Width
	switch v := behind + s.Add; {
	case w.err != nil:
	case behind < 0:
		w.Fail(PartLength, errPacketShort.Reason)
	case v < 0:
		w.Fail(PartLength, "a count would be negative")
	case s.Width == 0:
		var digits [20]byte
		w.insert(at, alias(s.Form.append(digits[:0], uint64(v))))
	case !s.Form.put(w.b[at:at+s.Width], uint64(v)):
		w.Fail(PartLength, "a count is too large for its field")
	}
}

// insert puts s between bytes that are written.
func (w *Writer) insert(at int, s string) {
	n := len(w.b)
	w.b = append(w.b, s...)
	copy(w.b[at+len(s):], w.b[at:n])
	copy(w.b[at:], s)
}

// wrap does with what was written what Wrap does.
func (w *Writer) wrap() {
	p := w.f.Packet
	if p.Escape != nil {
		w.escape(p.Escape)
		w.insert(w.start, p.Starts)
		w.b = append(w.b, p.Sends...)
		return
	}
	n := len(w.b) - w.start
	w.b = append(w.b, p.Sends...)
	if at, _ := p.end(w.b[w.start:]); p.Extent == ExtentEnds && at < n {
		w.Fail(PartEnd, "the frame holds what ends it")
	}
	w.insert(w.start, p.Starts)
}

// escape escapes what was written in its place, from the end, so that nothing
// is overwritten before it is moved.
func (w *Writer) escape(e *Escape) {
	more := 0
	for _, c := range w.b[w.start:] {
		if _, ok := e.code(c); ok {
			more++
		}
	}
	n := len(w.b)
	w.b = slices.Grow(w.b, more)[:n+more]
	for from, to := n-1, n+more-1; more > 0; from, to = from-1, to-1 {
		w.b[to] = w.b[from]
		if code, ok := e.code(w.b[from]); ok {
			w.b[to-1], w.b[to] = e.Byte, code
			to--
			more--
		}
	}
}

// end finds the first terminator in b; at is len(b) where there is none.
func (p *Packet) end(b []byte) (at, width int) {
	ends := Framing{Ends: p.Ends}
	return ends.lineEndAny(b)
}
