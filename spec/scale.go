package spec

import (
	"errors"
	"math"
	"math/big"
	"strconv"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// What a factor may be: with more places, or larger, few numbers would be left
// that a decimal holds.
const (
	maxScalePlaces = 9
	maxScaleCoef   = 1_000_000_000
)

// scaleOf reads the factor between a number on the wire and its value.
func scaleOf(base, t *model.Type, v value) {
	if structured(base) || !v.plainScalar("a factor, as in 0.1") {
		return
	}
	switch base.Kind {
	case model.Int, model.Uint, model.Digits, model.Hex:
	default:
		v.fail("bad-type", "", "only integers, digits and hex have a scale: others have decimal places, or none, on the wire")
		return
	}
	by, err := wire.ParseDecimal(v.Value)
	switch {
	case base.Scale != "":
		v.fail("bad-type", "", "%s has a scale already", kindName(base))
	case err != nil || !decimalForm.MatchString(v.Value):
		v.fail("scale-form", "write it as 0.1, 0.25 or 10", "%s is no decimal number", v.describe())
	case by.Coef <= 0 || by.Coef > maxScaleCoef || by.Scale > maxScalePlaces:
		v.fail("scale-form", "", "%s: a factor is above 0, at most %d, and has at most %d places", v.describe(), maxScaleCoef, maxScalePlaces)
	default:
		t.Scale = v.Value
	}
}

// scaleFits reports whether all values of t are decimals, less than the largest,
// which stands for all that is more.
func scaleFits(t *model.Type) bool {
	if t.Scale == "" {
		return true
	}
	by, _ := wire.ParseDecimal(t.Scale)
	return new(big.Int).Mul(largest(t), big.NewInt(by.Coef)).Cmp(big.NewInt(math.MaxInt64)) < 0
}

// largest is no less than any number of t on the wire, whatever its sign.
func largest(t *model.Type) *big.Int {
	if t.Range != nil {
		low, okLow := new(big.Int).SetString(t.Range.Min, 10)
		high, okHigh := new(big.Int).SetString(t.Range.Max, 10)
		if okLow && okHigh {
			if low.CmpAbs(high) > 0 {
				return low.Abs(low)
			}
			return high.Abs(high)
		}
	}
	one := big.NewInt(1)
	switch t.Kind {
	case model.Digits:
		return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Width)), nil)
	case model.Hex:
		return one.Lsh(one, uint(4*t.Width))
	case model.Int:
		return one.Lsh(one, uint(t.Bits-1))
	}
	return one.Lsh(one, uint(t.Bits))
}

// unscaled is the number on the wire, in decimal digits, of a value of a scaled
// type.
func (l *loader) unscaled(t *model.Type, s string) (string, error) {
	d, err := wire.ParseDecimal(s)
	if err != nil || !decimalForm.MatchString(s) {
		return "", errors.New("not a decimal number")
	}
	by, _ := wire.ParseDecimal(t.Scale)
	n, ok := d.Unscale(by)
	if !ok {
		return "", errors.New("no multiple of " + t.Scale)
	}
	raw := *t
	raw.Scale = ""
	digits := strconv.FormatInt(n, 10)
	return digits, boundError(&raw, digits, l)
}

// rangeOnWire is a range of a scaled type in numbers on the wire; that of any
// other type as it is.
func (l *loader) rangeOnWire(t *model.Type, r *model.Range) *model.Range {
	if t.Scale == "" || r == nil {
		return r
	}
	low, err := l.unscaled(t, r.Min)
	high, err2 := l.unscaled(t, r.Max)
	if err != nil || err2 != nil {
		return nil // that has been said
	}
	return &model.Range{Min: low, Max: high}
}
