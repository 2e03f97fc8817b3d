package wire

import (
	"math"
	"strconv"
)

const (
	noDigits = "no digits"
	tooLarge = "too large a number"
)

// Uint reads decimal digits up to the first other byte: no sign, leading zeros
// allowed, a number of at most bits, 1 to 64.
func (r *Reader) Uint(field string, bits int) uint64 {
	v, n := digits(alias(r.b[r.pos:]))
	if n == 0 || n > 19 || v>>uint(bits) != 0 { // 19 digits fit 64 bits whatever they are
		return r.longUint(field, bits)
	}
	r.pos += n
	return v
}

// longUint is Uint for many digits, leading zeros perhaps, and for errors.
func (r *Reader) longUint(field string, bits int) uint64 {
	v, n, ok := scanUint(alias(r.b[r.pos:]))
	if n == 0 {
		r.Fail(field, noDigits)
		return 0
	}
	if !ok || v>>uint(bits) != 0 {
		r.Fail(field, "does not fit "+itoa(bits)+" bits")
		return 0
	}
	r.pos += n
	return v
}

// Int reads decimal digits, a minus in front allowed, as Uint does.
func (r *Reader) Int(field string, bits int) int64 {
	v, n, why := scanInt(alias(r.b[r.pos:]), bits)
	if why != "" {
		r.Fail(field, why)
		return 0
	}
	r.pos += n
	return v
}

// Count reads the decimal count of something that follows. A number too large
// to be true is math.MaxInt, which a [Decoder] refuses at once as a frame that
// is too large, whereas an error of a [Step]'s Count says that this is another
// message.
func (r *Reader) Count(field string) int {
	v, n, ok := scanUint(alias(r.b[r.pos:]))
	if n == 0 {
		r.Fail(field, noDigits)
		return 0
	}
	r.pos += n
	if !ok || v > math.MaxInt {
		return math.MaxInt
	}
	return int(v)
}

// Digits reads exactly n decimal digits.
func (r *Reader) Digits(field string, n int) uint64 { return r.fixed(field, n, 10) }

// Hex reads exactly n hexadecimal digits of either case.
func (r *Reader) Hex(field string, n int) uint64 { return r.fixed(field, n, 16) }

// Decimal reads a number without exponent, as [ParseDecimal] does, up to the
// first byte that does not belong to it.
func (r *Reader) Decimal(field string) Decimal {
	d, n, why := scanDecimal(alias(r.b[r.pos:]))
	if why != "" {
		r.Fail(field, why)
		return Decimal{}
	}
	r.pos += n
	return d
}

// Float reads a number, an exponent allowed, up to the first byte that does not
// belong to it. It fails where the number is beyond float64.
func (r *Reader) Float(field string) float64 {
	n := scanFloat(alias(r.b[r.pos:]))
	if n == 0 {
		r.Fail(field, noDigits)
		return 0
	}
	v, err := strconv.ParseFloat(alias(r.b[r.pos:r.pos+n]), 64)
	if err != nil {
		r.Fail(field, tooLarge)
		return 0
	}
	r.pos += n
	return v
}

func (r *Reader) fixed(field string, n int, base uint64) uint64 {
	b := r.b[r.pos:]
	if n < 0 || len(b) < n {
		r.Fail(field, tooShort)
		return 0
	}
	var v uint64
	for _, c := range b[:n] {
		d := uint64(hexValue[c])
		if d >= base {
			r.Fail(field, "not a digit")
			return 0
		}
		if v > (math.MaxUint64-d)/base {
			r.Fail(field, "does not fit 64 bits")
			return 0
		}
		v = v*base + d
	}
	r.pos += n
	return v
}

// scanInt reads the number that s begins with, n bytes of it, or says why there
// is none of at most bits.
func scanInt(s string, bits int) (v int64, n int, why string) {
	minus := 0
	if s != "" && s[0] == '-' {
		minus = 1
	}
	abs, n, ok := scanUint(s[minus:])
	if n == 0 {
		return 0, 0, noDigits
	}
	if !ok || abs > uint64(1)<<uint(bits-1)-1+uint64(minus) {
		return 0, 0, "does not fit " + itoa(bits) + " bits"
	}
	if minus == 1 {
		return -int64(abs), 1 + n, ""
	}
	return int64(abs), n, ""
}

// scanFloat is the length of the number that b begins with, or 0.
func scanFloat(b string) int {
	i := 0
	if i < len(b) && b[i] == '-' {
		i++
	}
	whole := digitsAt(b, i)
	if whole == 0 {
		return 0
	}
	i += whole
	if i < len(b) && b[i] == '.' {
		if places := digitsAt(b, i+1); places > 0 {
			i += 1 + places
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		j := i + 1
		if j < len(b) && (b[j] == '-' || b[j] == '+') {
			j++
		}
		if exponent := digitsAt(b, j); exponent > 0 {
			i = j + exponent
		}
	}
	return i
}

func digitsAt(b string, from int) int {
	i := from
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	return i - from
}

// hexValue is the value of a hexadecimal digit, 0xff for any other byte.
var hexValue = func() (table [256]byte) {
	for i := range table {
		table[i] = 0xff
	}
	for i := range 16 {
		table["0123456789abcdef"[i]] = byte(i)
		table[upperHex[i]] = byte(i)
	}
	return table
}()
