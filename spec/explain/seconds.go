package explain

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Seconds is a duration that JSON has as a number of seconds; null: never.
type Seconds time.Duration

// Never is longer than all others: what it is the time of does not happen.
const Never = Seconds(1<<63 - 1)

// MarshalJSON implements [json.Marshaler].
func (s Seconds) MarshalJSON() ([]byte, error) {
	if s == Never {
		return []byte("null"), nil
	}
	return json.Marshal(time.Duration(s).Seconds())
}

// UnmarshalJSON implements [json.Unmarshaler].
func (s *Seconds) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*s = Never
		return nil
	}
	var f float64
	err := json.Unmarshal(data, &f)
	*s = Seconds(f * float64(time.Second))
	return err
}

// String is the duration in words, to three digits: 1 min 30 s, 15 s, 750 ms, never.
func (s Seconds) String() string {
	d := time.Duration(s)
	switch {
	case s == Never:
		return "never"
	case d < 999500*time.Microsecond:
		return strconv.FormatFloat(round(float64(d)/float64(time.Millisecond)), 'f', -1, 64) + " ms"
	case d < time.Minute:
		return strconv.FormatFloat(round(d.Seconds()), 'f', -1, 64) + " s"
	}
	d = d.Round(time.Second)
	var parts []string
	for _, u := range []struct {
		one  time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / u.one; n > 0 {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+" "+u.name)
			d -= n * u.one
		}
	}
	return strings.Join(parts, " ")
}

// round keeps three digits.
func round(f float64) float64 {
	short, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 3, 64), 64)
	return short
}
