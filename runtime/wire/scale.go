package wire

import (
	"math"
	"math/bits"
)

// ScaleInt is n times a factor, with the factor's places: 215 by 0.1 is 21.5.
// What is more than a decimal holds becomes the largest one, which a spec's types
// refuse.
func ScaleInt(n int64, by Decimal) Decimal {
	d := ScaleUint(magnitude(n), by)
	if n < 0 {
		d.Coef = -d.Coef
	}
	return d
}

// ScaleUint is [ScaleInt] for numbers without a sign.
func ScaleUint(n uint64, by Decimal) Decimal {
	hi, lo := bits.Mul64(n, magnitude(by.Coef))
	if hi > 0 || lo > math.MaxInt64 {
		lo = math.MaxInt64
	}
	return Decimal{Coef: int64(lo), Scale: by.Scale}
}

// Unscale is the whole number of which [ScaleInt] makes d; ok is false where
// there is none. The factor is above zero and has at most 18 places.
func (d Decimal) Unscale(by Decimal) (n int64, ok bool) {
	d, by = d.normal(), by.normal()
	if d.Scale > by.Scale || by.Coef <= 0 || int(by.Scale) >= len(powers) {
		return 0, false // it has places that no multiple has
	}
	factor := magnitude(by.Coef)
	hi, lo := bits.Mul64(magnitude(d.Coef), powers[by.Scale-d.Scale])
	if hi >= factor {
		return 0, false
	}
	abs, rest := bits.Div64(hi, lo, factor)
	if rest != 0 || abs >= 1<<63 {
		return 0, false
	}
	if d.Coef < 0 {
		return -int64(abs), true
	}
	return int64(abs), true
}

// UnscaleInt is the number to write for d, which is a multiple of by; what is
// none fails.
func (w *Writer) UnscaleInt(field string, d, by Decimal) int64 {
	n, ok := d.Unscale(by)
	if !ok {
		w.Fail(field, NotMultiple(by))
	}
	return n
}

// UnscaleUint is [Writer.UnscaleInt] for numbers without a sign.
func (w *Writer) UnscaleUint(field string, d, by Decimal) uint64 {
	n := w.UnscaleInt(field, d, by)
	if n < 0 {
		w.Fail(field, "is negative")
	}
	return uint64(n)
}

// NotMultiple is the reason why a value is refused that is no whole number of a
// factor.
func NotMultiple(by Decimal) string { return "is no multiple of " + by.String() }
