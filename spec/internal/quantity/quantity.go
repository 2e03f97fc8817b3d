// Package quantity writes numbers with their units, the way documents do: each in
// the one way that is its shortest. It also knows the forms in which they may be
// written: a number and a unit without a blank between them, as in 10s and 4KiB.
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

// Duration is 15s, 90s as 90s, 500ms: a whole number of the largest unit that divides it.
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

// Size is 512B, 4KiB, 8MiB: bytes, by the largest unit that divides them.
func Size(bytes int) string {
	units := []struct {
		name string
		one  int
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}
	for _, u := range units {
		if bytes%u.one == 0 && bytes != 0 {
			return strconv.Itoa(bytes/u.one) + u.name
		}
	}
	return strconv.Itoa(bytes) + "B"
}

// Percent is 50% for 0.5.
func Percent(part float64) string {
	return strconv.FormatFloat(part*100, 'f', -1, 64) + "%"
}

// Count is 15,840: a number for people.
func Count(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
