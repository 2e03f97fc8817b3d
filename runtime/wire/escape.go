package wire

import "bytes"

// Escape says how bytes of the content are sent that would be taken for a
// marker. Only one of its ways is set.
type Escape struct {
	// Byte comes before what stands for an escaped byte.
	Byte byte
	// Escaped are the bytes that are escaped, Byte among them, and Codes what
	// stands for each behind Byte.
	Escaped, Codes string
	// Double: Byte is escaped by itself, and nothing else is. A terminator that
	// begins with it is not doubled.
	Double bool
}

// code is what stands for c behind Byte; ok is false where c needs no escape.
func (e *Escape) code(c byte) (code byte, ok bool) {
	if e.Double {
		return c, c == e.Byte
	}
	for i := range len(e.Escaped) {
		if e.Escaped[i] == c {
			return e.Codes[i], true
		}
	}
	return 0, false
}

// plain is what code stands for.
func (e *Escape) plain(code byte) (c byte, ok bool) {
	if e.Double {
		return code, code == e.Byte
	}
	for i := range len(e.Codes) {
		if e.Codes[i] == code {
			return e.Escaped[i], true
		}
	}
	return 0, false
}

// wrap appends content with its bytes escaped.
func (e *Escape) wrap(dst, content []byte) []byte {
	for _, c := range content {
		if code, ok := e.code(c); ok {
			dst = append(dst, e.Byte, code)
			continue
		}
		dst = append(dst, c)
	}
	return dst
}

// unwrap appends raw without its escapes.
func (e *Escape) unwrap(dst, raw []byte) ([]byte, bool) {
	for {
		i := bytes.IndexByte(raw, e.Byte)
		if i < 0 {
			return append(dst, raw...), true
		}
		if i+1 == len(raw) {
			return dst, false
		}
		c, ok := e.plain(raw[i+1])
		if !ok {
			return dst, false
		}
		dst = append(append(dst, raw[:i]...), c)
		raw = raw[i+2:]
	}
}

// doubledEnd finds the terminator of content in which Byte is doubled: where it
// comes alone, it begins the terminator. Up to seen there is nothing to find; bad
// says that what follows Byte is neither.
func (p *Packet) doubledEnd(b []byte, from int) (at, width, seen int, bad bool) {
	for {
		i := bytes.IndexByte(b[from:], p.Escape.Byte)
		if i < 0 {
			return 0, 0, len(b), false
		}
		from += i
		rest := b[from:]
		if len(rest) > 1 && rest[1] == p.Escape.Byte {
			from += 2
			continue
		}
		part := len(rest) == 1
		for _, end := range p.Ends {
			n := min(len(end), len(rest))
			switch {
			case string(rest[:n]) != end[:n]:
			case n == len(end):
				return from, n, from, false
			default:
				part = true
			}
		}
		return 0, 0, from, !part
	}
}
