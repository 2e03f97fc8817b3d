// Package quantity writes durations and sizes as documents have them, and knows
// the forms in which they may be written: a number and a unit without a blank
// between them, as in 10s and 4KiB.
//
// [Duration] and [Size] choose the largest unit that needs no decimal places, so
// that each quantity is written in one way.
package quantity

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of quantities. The number of a size is its first group, the unit its
// second.
var (
	DurationForm = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]+)?(ms|s|m|h)$`)
	SizeForm     = regexp.MustCompile(`^(0|[1-9][0-9]*)(B|KiB|MiB|GiB)$`)
)

// SizeUnits are the units of sizes, in bytes.
var SizeUnits = map[string]int64{"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}

// Duration is d with one unit: 90s, 2m, 1500ms.
func Duration(d time.Duration) string {
	units := []struct {
		name string
		one  time.Duration
	}{{"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}}
	for _, u := range units {
		if d%u.one == 0 && d != 0 {
			return strconv.FormatInt(int64(d/u.one), 10) + u.name
		}
	}
	text := fmt.Sprintf("%d.%06d", d/time.Millisecond, d%time.Millisecond)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + "ms"
}

// Size is a number of bytes with one unit: 1KiB, 1500B.
func Size(bytes int64) string {
	for _, unit := range []string{"GiB", "MiB", "KiB"} {
		if one := SizeUnits[unit]; bytes%one == 0 && bytes != 0 {
			return strconv.FormatInt(bytes/one, 10) + unit
		}
	}
	return strconv.FormatInt(bytes, 10) + "B"
}
