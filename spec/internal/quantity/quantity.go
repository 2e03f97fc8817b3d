// Package quantity writes numbers with their units, the way documents do: each in
// the one way that is its shortest.
package quantity

import (
	"strconv"
	"time"
)

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
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', -1, 64) + "ms"
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
