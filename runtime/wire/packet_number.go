package wire

import "math"

// maxVarint is how many bytes a varint of 64 bits takes.
const maxVarint = 10

// scan reads the number that b begins with: n bytes of it, 0 where there is
// none, or -1 where there are too few bytes to tell. What no uint64 holds is
// its largest value.
func (f Number) scan(b []byte, width int) (v uint64, n int) {
	switch f {
	case NumberVarint:
		return scanVarint(b)
	case NumberDecimal:
		if width == 0 {
			return scanDigits(b)
		}
	}
	if len(b) < width {
		return 0, -1
	}
	switch f {
	case NumberBig:
		return bigEndian(b[:width]), width
	case NumberLittle:
		return littleEndian(b[:width]), width
	case NumberDecimal:
		return scanBase(b[:width], 10)
	default:
		return scanBase(b[:width], 16)
	}
}

// scanVarint reads seven bits a byte, the lowest first.
func scanVarint(b []byte) (v uint64, n int) {
	for i, c := range b[:min(len(b), maxVarint)] {
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			if i == maxVarint-1 && c > 1 {
				return math.MaxUint64, maxVarint
			}
			return v, i + 1
		}
	}
	if len(b) < maxVarint {
		return 0, -1
	}
	return 0, 0
}

// scanDigits reads decimal digits up to another byte, which must be there.
func scanDigits(b []byte) (v uint64, n int) {
	v, n, ok := scanUint(alias(b))
	switch {
	case n == len(b) && n < 20:
		return 0, -1
	case !ok:
		v = math.MaxUint64
	}
	return v, n
}

// scanBase reads digits of the base, all of b.
func scanBase(b []byte, base uint64) (v uint64, n int) {
	for _, c := range b {
		d := uint64(hexValue[c])
		if d >= base {
			return 0, 0
		}
		v = v*base + d
	}
	return v, len(b)
}

func bigEndian(b []byte) (v uint64) {
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v
}

func littleEndian(b []byte) (v uint64) {
	for i := len(b) - 1; i >= 0; i-- {
		v = v<<8 | uint64(b[i])
	}
	return v
}

// put writes v in all of b; it reports whether v fits.
func (f Number) put(b []byte, v uint64) bool {
	shift, digits := uint(8), ""
	base := uint64(256)
	switch f {
	case NumberDecimal:
		base, digits = 10, upperHex
	case NumberHex:
		base, digits = 16, upperHex
	case NumberHexLow:
		base, digits = 16, "0123456789abcdef"
	case NumberLittle:
		for i := range b {
			b[i] = byte(v)
			v >>= shift
		}
		return v == 0
	}
	for i := len(b) - 1; i >= 0; i-- {
		d := v % base
		v /= base
		b[i] = byte(d)
		if digits != "" {
			b[i] = digits[d]
		}
	}
	return v == 0
}

// append writes v in as many bytes as it takes.
func (f Number) append(b []byte, v uint64) []byte {
	if f == NumberVarint {
		for ; v >= 0x80; v >>= 7 {
			b = append(b, byte(v)|0x80)
		}
		return append(b, byte(v))
	}
	return Decimal{Coef: int64(v)}.append(b)
}

// total is how long the content is that b begins, by its count. need is how
// many bytes more there must be to tell.
func (s *Size) total(b []byte) (total, need int, err error) {
	if len(b) < s.At {
		return 0, s.At + max(s.Width, 1) - len(b), nil
	}
	v, n := s.Form.scan(b[s.At:], s.Width)
	switch {
	case n < 0 && s.Width > 0:
		return 0, s.At + s.Width - len(b), nil
	case n < 0:
		return 0, 1, nil
	case n == 0:
		return 0, 0, errCountForm
	}
	behind := int64(min(v, math.MaxInt/4)) - int64(s.Add)
	if behind < 0 {
		return 0, 0, errCountLess
	}
	return s.At + n + int(behind), 0, nil
}
