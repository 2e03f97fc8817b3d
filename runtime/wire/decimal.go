package wire

import (
	"cmp"
	"errors"
	"math"
	"math/bits"
	"strconv"
)

// Decimal is an exact decimal number, Coef / 10^Scale: "21.50" is {2150, 2}.
// The places are kept, so that what was read is written back as it was; == tells
// 21.5 from 21.50, Cmp does not. The zero value is 0.
type Decimal struct {
	Coef  int64
	Scale uint8 // decimal places
}

// ParseDecimal reads digits, a minus in front and decimal places allowed. It
// refuses exponents, a plus, a point without digits on both sides, and what
// does not fit; the error does not hold s. "-0" is 0.
func ParseDecimal(s string) (Decimal, error) {
	d, n, why := scanDecimal(s)
	if why == "" && n < len(s) {
		why = "not a decimal number"
	}
	if why != "" {
		return Decimal{}, errors.New(why)
	}
	return d, nil
}

// String is the number with all its places.
func (d Decimal) String() string { return string(d.append(nil)) }

// AppendText appends String; the error is nil.
func (d Decimal) AppendText(b []byte) ([]byte, error) { return d.append(b), nil }

// MarshalText is String; the error is nil.
func (d Decimal) MarshalText() ([]byte, error) { return d.append(nil), nil }

// UnmarshalText is ParseDecimal.
func (d *Decimal) UnmarshalText(text []byte) error {
	v, err := ParseDecimal(string(text))
	if err == nil {
		*d = v
	}
	return err
}

// MarshalJSON gives a JSON number with all places.
func (d Decimal) MarshalJSON() ([]byte, error) { return d.append(nil), nil }

// UnmarshalJSON takes a JSON number without exponent; null changes nothing.
func (d *Decimal) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		return nil
	}
	return d.UnmarshalText(raw)
}

// Float64 is the nearest float64.
func (d Decimal) Float64() float64 {
	// Both exact: the quotient is rounded once, which is right.
	if abs := magnitude(d.Coef); abs < 1<<53 && d.Scale <= 22 {
		return float64(d.Coef) / math.Pow10(int(d.Scale))
	}
	var buf [280]byte
	v, _ := strconv.ParseFloat(string(d.append(buf[:0])), 64) // cannot overflow
	return v
}

// Cmp is -1, 0 or +1 as d is less than, equal to or greater than e in value.
func (d Decimal) Cmp(e Decimal) int {
	if s := cmp.Compare(sign(d.Coef), sign(e.Coef)); s != 0 || d.Coef == 0 {
		return s
	}
	s := cmpMagnitude(magnitude(d.Coef), d.Scale, magnitude(e.Coef), e.Scale)
	if d.Coef < 0 {
		return -s
	}
	return s
}

// cmpMagnitude compares a/10^as with b/10^bs, neither zero.
func cmpMagnitude(a uint64, as uint8, b uint64, bs uint8) int {
	if as > bs {
		return -cmpMagnitude(b, bs, a, as)
	}
	// Give a the places that b has: 10^19 times anything is more than b.
	places := int(bs - as)
	if places >= len(powers) {
		return 1
	}
	hi, lo := bits.Mul64(a, powers[places])
	if hi > 0 {
		return 1
	}
	return cmp.Compare(lo, b)
}

// powers are those of ten that fit a uint64 and matter: 10^0 to 10^18.
var powers = func() (p [19]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

func (d Decimal) append(b []byte) []byte {
	if d.Coef < 0 {
		b = append(b, '-')
	}
	if d.Scale == 0 {
		return strconv.AppendUint(b, magnitude(d.Coef), 10)
	}
	var buf [20]byte
	digits := strconv.AppendUint(buf[:0], magnitude(d.Coef), 10)
	whole := len(digits) - int(d.Scale)
	if whole > 0 {
		b = append(b, digits[:whole]...)
		b = append(b, '.')
		return append(b, digits[whole:]...)
	}
	b = append(b, '0', '.')
	for range -whole {
		b = append(b, '0')
	}
	return append(b, digits...)
}

// normal has no zeros at the end of its places.
func (d Decimal) normal() Decimal {
	if d.Coef == 0 {
		return Decimal{}
	}
	for d.Scale > 0 && d.Coef%10 == 0 {
		d.Coef /= 10
		d.Scale--
	}
	return d
}

// scanDecimal reads the number that s begins with, n bytes of it, or says why
// there is none.
func scanDecimal(s string) (d Decimal, n int, why string) {
	if s != "" && s[0] == '-' {
		n = 1
	}
	first := n
	abs, whole := digits(s[n:])
	if whole == 0 {
		return Decimal{}, 0, noDigits
	}
	n += whole
	places := 0
	if n+1 < len(s) && s[n] == '.' && s[n+1]-'0' <= 9 {
		var part uint64
		part, places = digits(s[n+1:])
		n += 1 + places
		abs = abs*powers[min(places, len(powers)-1)] + part
	}
	if whole+places > 18 { // 18 digits fit whatever they are
		if abs, why = longCoef(s[:n], first); why != "" {
			return Decimal{}, 0, why
		}
		if places > math.MaxUint8 {
			return Decimal{}, 0, "more than 255 decimal places"
		}
	}
	d.Coef, d.Scale = int64(abs), uint8(places) // the coefficient 1<<63 is its own negative
	if first == 1 {
		d.Coef = -d.Coef
	}
	return d, n, ""
}

// longCoef is the coefficient of a number whose digits begin at first, or why
// it does not fit.
func longCoef(s string, first int) (abs uint64, why string) {
	for i := first; i < len(s); i++ {
		if s[i] == '.' {
			continue
		}
		digit := uint64(s[i] - '0')
		if abs > (1<<63-digit)/10 {
			return 0, tooLarge
		}
		abs = abs*10 + digit
	}
	if abs == 1<<63 && first == 0 {
		return 0, tooLarge
	}
	return abs, ""
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

func sign(v int64) int { return cmp.Compare(v, 0) }
