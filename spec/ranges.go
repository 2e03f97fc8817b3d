package spec

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/language"
	"github.com/linewright/linewright/spec/model"
)

// numberRange reads an inclusive range, as in 1..3600, -5..5 or 0x81..0xff. The
// bounds become decimal, as the model has them.
func numberRange(into **model.Range) reader {
	return func(v value) {
		const want = "a range, as in 1..100 or 0x81..0xff"
		if !v.plainScalar(want) {
			return
		}
		parts := language.RangeForm.FindStringSubmatch(v.Value)
		if parts == nil {
			v.fail("range-form", "", "%s where %s is wanted", v.describe(), want)
			return
		}
		low, okLow := bound(parts[1])
		high, okHigh := bound(parts[2])
		switch {
		case !okLow:
			v.fail("range-form", "", "%q is no number", parts[1])
		case !okHigh:
			v.failAt(v.At(len(v.Value)-len(parts[2])), "range-form", "", "%q is no number", parts[2])
		case less(high, low):
			v.fail("range-form", "write the lower number first", "%s holds no number", v.describe())
		default:
			*into = &model.Range{Min: low, Max: high}
		}
	}
}

// bound is a range's bound as decimal digits.
func bound(written string) (string, bool) {
	if hex, ok := strings.CutPrefix(written, "0x"); ok {
		n, err := strconv.ParseUint(hex, 16, 64)
		return strconv.FormatUint(n, 10), err == nil
	}
	return written, decimalForm.MatchString(written)
}

// less compares decimal numbers of any size.
func less(a, b string) bool {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return okX && okY && x.Cmp(y) < 0
}
