package wire

import "math"

// Big reads an unsigned number of n bytes, 1 to 8, the highest first.
func (r *Reader) Big(field string, n int) uint64 {
	b := r.number(field, n)
	return bigEndian(b)
}

// Little reads an unsigned number of n bytes, 1 to 8, the lowest first.
func (r *Reader) Little(field string, n int) uint64 {
	b := r.number(field, n)
	return littleEndian(b)
}

// BigInt is Big for a number in two's complement.
func (r *Reader) BigInt(field string, n int) int64 { return extend(r.Big(field, n), 8*n) }

// LittleInt is Little for a number in two's complement.
func (r *Reader) LittleInt(field string, n int) int64 { return extend(r.Little(field, n), 8*n) }

// BigFloat reads a number of IEEE 754 of n bytes, 4 or 8, the highest first.
// Any not-a-number is one and the same.
func (r *Reader) BigFloat(field string, n int) float64 { return float(r.Big(field, n), n) }

// LittleFloat is BigFloat with the lowest byte first.
func (r *Reader) LittleFloat(field string, n int) float64 { return float(r.Little(field, n), n) }

// Varint reads a number of seven bits a byte, the lowest first; it fails where
// that does not fit bits, 1 to 64.
func (r *Reader) Varint(field string, bits int) uint64 {
	v, n := scanVarint(r.b[r.pos:])
	switch {
	case n < 0:
		r.Fail(field, tooShort)
		return 0
	case n == 0 || v>>uint(bits) != 0 || n == maxVarint && r.b[r.pos+n-1] > 1:
		r.Fail(field, "does not fit "+itoa(bits)+" bits")
		return 0
	}
	r.pos += n
	return v
}

// Bits reads n bits, 1 to 64, the highest of a byte first. Fields of bits fill
// whole bytes together.
func (r *Reader) Bits(field string, n int) uint64 {
	end := r.bit + n
	if (end+7)/8 > len(r.b)-r.pos {
		r.Fail(field, tooShort)
		return 0
	}
	var v uint64
	for left := n; left > 0; {
		take := min(8-r.bit, left)
		part := r.b[r.pos] << r.bit >> (8 - take)
		v = v<<take | uint64(part)
		left -= take
		if r.bit += take; r.bit == 8 {
			r.bit = 0
			r.pos++
		}
	}
	return v
}

// BitsInt is Bits for a number in two's complement.
func (r *Reader) BitsInt(field string, n int) int64 { return extend(r.Bits(field, n), n) }

// Left is how many bytes are left before the last tail ones; none where there
// are fewer than that.
func (r *Reader) Left(tail int) uint64 { return uint64(max(0, len(r.b)-r.pos-tail)) }

// Body narrows the reader to what a message says, between the head and the tail
// of the frame's layout, until EndBody.
func (r *Reader) Body() Padding {
	end := len(r.b) - r.f.Packet.Tail
	if end < r.pos {
		r.Fail(PartLength, tooShort)
		return Padding{}
	}
	p := Padding{b: r.b, end: end, line: -1}
	r.b, r.line = r.b[:end], -1
	return p
}

// EndBody ends what Body began; it fails with [PartEnd] where some of it is left.
func (r *Reader) EndBody(p Padding) {
	if r.pos != len(r.b) {
		r.Fail(PartEnd, "more bytes than the template has")
	}
	if r.err == nil {
		r.b, r.line = p.b, -1
	}
}

// Within narrows the reader to the next n bytes, which the items of a list fill,
// until EndWithin; it fails with [PartLength] where fewer are left.
func (r *Reader) Within(field string, n uint64) Padding {
	if n > uint64(len(r.b)-r.pos) {
		r.Fail(PartLength, field+" has fewer bytes than were counted")
		return Padding{}
	}
	p := Padding{b: r.b, end: r.pos + int(n), line: -1}
	r.b, r.line = r.b[:p.end], -1
	return p
}

// EndWithin ends what Within began; it fails where some of it is left.
func (r *Reader) EndWithin(field string, p Padding) {
	if r.pos != len(r.b) || r.bit != 0 {
		r.Fail(field, "more bytes than its items have")
	}
	if r.err == nil {
		r.b, r.line = p.b, -1
	}
}

// Size skips the count of the frame, which the [Decoder] has compared with its
// length. It fails where there is none.
func (r *Reader) Size() {
	s := &r.f.Packet.Size
	if _, n := s.Form.scan(r.b[r.pos:], s.Width); n > 0 {
		r.pos += n
		return
	}
	r.Fail(PartLength, "no count")
}

// Sum skips the checksum of the frame, which the [Decoder] has verified.
func (r *Reader) Sum() {
	if n := r.f.Packet.Sum.Width; n <= len(r.b)-r.pos {
		r.pos += n
		return
	}
	r.Fail(PartEnd, "no checksum")
}

// Const reads bits of the layout that this message has in common with all of
// its frames; it fails with [PartLiteral] where they are others.
func (r *Reader) Const(v uint64, bits int) {
	if got := r.Bits(PartLiteral, bits); got != v {
		r.noText()
	}
}

func (r *Reader) number(field string, n int) []byte {
	if n > len(r.b)-r.pos {
		r.Fail(field, tooShort)
		return nil
	}
	return r.take(n)
}

// extend is v, a number of so many bits in two's complement.
func extend(v uint64, bits int) int64 {
	unused := 64 - uint(bits)
	return int64(v<<unused) >> unused
}

func float(bits uint64, n int) (v float64) {
	if n == 4 {
		v = float64(math.Float32frombits(uint32(bits)))
	} else {
		v = math.Float64frombits(bits)
	}
	if v != v {
		return math.NaN()
	}
	return v
}
