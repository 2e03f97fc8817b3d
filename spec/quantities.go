package spec

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/internal/quantity"
)

// Quantities are a number and a unit without a blank between them: 10s, 4KiB,
// 50%. The unit is never left out, and there is one way to write each.

var (
	percentForm = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]+)?%$`)
	decimalForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
)

const (
	// maxDuration is the longest duration of a spec: kernels count timeouts in
	// an int32 of milliseconds.
	maxDuration = 24 * 24 * time.Hour
	// maxSize bounds a frame: it must fit an int on every platform, with room
	// to add.
	maxSize = 1 << 30
)

// units are those of numbers that tell a time.
var units = map[string]time.Duration{"ms": time.Millisecond, "s": time.Second, "m": time.Minute}

// duration reads a duration above zero, as in 500ms, 10s, 1.5m or 2h.
func duration(into *time.Duration) reader {
	return func(v value) {
		const want = "a duration, as in 10s"
		if !v.plainScalar(want) {
			return
		}
		if !quantity.DurationForm.MatchString(v.Value) {
			v.badDuration(want)
			return
		}
		d, err := time.ParseDuration(v.Value)
		switch {
		case err != nil || d > maxDuration:
			v.fail("range", "", "%s is longer than 24 days", v.describe())
		case d <= 0:
			v.fail("range", "", "%s: want a duration above zero", v.describe())
		default:
			*into = d
		}
	}
}

// badDuration says what is wrong with a duration.
func (v value) badDuration(want string) {
	if decimalForm.MatchString(v.Value) {
		v.fail("unit", v.Value+"s", "a duration needs a unit: ms, s, m or h")
		return
	}
	hint := ""
	compact := strings.ReplaceAll(v.Value, " ", "")
	if d, err := time.ParseDuration(compact); err == nil && d > 0 {
		hint = "write " + plainDuration(d)
	}
	v.fail("duration", hint, "%s where %s is wanted", v.describe(), want)
}

// plainDuration writes a duration the way a spec does, with one unit.
func plainDuration(d time.Duration) string { return quantity.Duration(d) }

// size reads a number of bytes above zero, as in 512B, 4KiB or 8MiB.
func size(into *int) reader {
	return func(v value) {
		const want = "a size, as in 4KiB"
		if !v.plainScalar(want) {
			return
		}
		parts := quantity.SizeForm.FindStringSubmatch(v.Value)
		if parts == nil {
			v.badSize(want)
			return
		}
		n, err := strconv.ParseInt(parts[1], 10, 64)
		unit := quantity.SizeUnits[parts[2]]
		switch {
		case err != nil || n > maxSize/unit:
			v.fail("range", "", "%s is more than 1GiB", v.describe())
		case n == 0:
			v.fail("range", "", "%s: want a size above zero", v.describe())
		default:
			*into = int(n * unit)
		}
	}
}

var sizeMisspelt = regexp.MustCompile(`(?i)^([1-9][0-9]*) *([kmg]?)(?:i?b)?$`)

// badSize says what is wrong with a size.
func (v value) badSize(want string) {
	if decimalInt.MatchString(v.Value) {
		v.fail("unit", strings.TrimPrefix(v.Value, "-")+"B", "a size needs a unit: B, KiB, MiB or GiB")
		return
	}
	hint := ""
	if m := sizeMisspelt.FindStringSubmatch(v.Value); m != nil {
		unit := map[string]string{"": "B", "k": "KiB", "m": "MiB", "g": "GiB"}[strings.ToLower(m[2])]
		hint = "write " + m[1] + unit
	}
	v.fail("size", hint, "%s where %s is wanted", v.describe(), want)
}

// percent reads a percentage from 0% to 100%, as a fraction.
func percent(into *float64) reader {
	return func(v value) {
		const want = "a percentage from 0% to 100%"
		if !v.plainScalar(want) {
			return
		}
		if !percentForm.MatchString(v.Value) {
			if f, err := strconv.ParseFloat(v.Value, 64); err == nil && decimalForm.MatchString(v.Value) && f >= 0 {
				v.fail("unit", percentHint(f), "a percentage needs a %%")
				return
			}
			v.fail("percent", "", "%s where %s is wanted", v.describe(), want)
			return
		}
		f, err := strconv.ParseFloat(strings.TrimSuffix(v.Value, "%"), 64)
		if err != nil || f > 100 {
			v.fail("range", "", "%s is out of range: want %s", v.describe(), want)
			return
		}
		*into = f / 100
	}
}

// percentHint takes a fraction for what it is, and other numbers for a
// forgotten sign.
func percentHint(f float64) string {
	if f <= 1 {
		f *= 100
	}
	return strconv.FormatFloat(f, 'f', -1, 64) + "%"
}

// float reads a decimal number between low and high.
func float(into *float64, low, high float64) reader {
	return func(v value) {
		number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
		want := "a number from " + number(low) + " to " + number(high)
		if !v.plainScalar(want) {
			return
		}
		f, err := strconv.ParseFloat(v.Value, 64)
		switch {
		case !decimalForm.MatchString(v.Value):
			v.fail("number", "", "%s where %s is wanted", v.describe(), want)
		case err != nil || math.IsInf(f, 0) || f < low || f > high:
			v.fail("range", "", "%s is out of range: want %s", v.describe(), want)
		default:
			*into = f
		}
	}
}
