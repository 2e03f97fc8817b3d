package spec

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
	"github.com/stretchr/testify/require"
)

// read gives a reader the document "key: source"; it returns what is found, as
// rule: message (hint).
func read(t *testing.T, source string, r reader) string {
	t.Helper()
	data := []byte("key: " + source + "\n")
	l := report.NewList("test.yaml", data)
	root := document.Load(data, l)
	require.NotNil(t, root, source)
	in := &loader{findings: l}
	value{Node: root, path: "$", in: in}.mapping("a map", need("key", r))
	var all []string
	for _, f := range l.Sorted() {
		require.Equal(t, "$.key", f.Path)
		require.Equal(t, 1, f.Line)
		s := f.Rule + ": " + f.Message
		if f.Hint != "" {
			s += " (" + f.Hint + ")"
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

// readers is a table of what a reader makes of sources: a value, or a finding.
type readers[T comparable] map[string]struct {
	want    T
	finding string
}

func ok[T comparable](v T) struct {
	want    T
	finding string
} {
	return struct {
		want    T
		finding string
	}{v, ""}
}

func bad[T comparable](finding string) struct {
	want    T
	finding string
} {
	return struct {
		want    T
		finding string
	}{*new(T), finding}
}

func (rs readers[T]) run(t *testing.T, read1 func(*T) reader) {
	for source, tt := range rs {
		t.Run(source, func(t *testing.T) {
			var got T
			require.Equal(t, tt.finding, read(t, source, read1(&got)))
			require.Equal(t, tt.want, got)
		})
	}
}

func TestDuration(t *testing.T) {
	const want = " where a duration, as in 10s is wanted"
	readers[time.Duration]{
		"10s":                          ok(10 * time.Second),
		"500ms":                        ok(500 * time.Millisecond),
		"1.5m":                         ok(90 * time.Second),
		"2h":                           ok(2 * time.Hour),
		"576h":                         ok(24 * 24 * time.Hour),
		"0.001ms":                      ok(time.Microsecond),
		"10":                           bad[time.Duration]("unit: a duration needs a unit: ms, s, m or h (10s)"),
		"0":                            bad[time.Duration]("unit: a duration needs a unit: ms, s, m or h (0s)"),
		"1.5":                          bad[time.Duration]("unit: a duration needs a unit: ms, s, m or h (1.5s)"),
		"0s":                           bad[time.Duration](`range: "0s": want a duration above zero`),
		"0.1ns":                        bad[time.Duration](`duration: "0.1ns"` + want),
		"-5s":                          bad[time.Duration](`duration: "-5s"` + want),
		"+5s":                          bad[time.Duration](`duration: "+5s"` + want + " (write 5s)"),
		"05s":                          bad[time.Duration](`duration: "05s"` + want + " (write 5s)"),
		"5 s":                          bad[time.Duration](`duration: "5 s"` + want + " (write 5s)"),
		"1m30s":                        bad[time.Duration](`duration: "1m30s"` + want + " (write 90s)"),
		"10sec":                        bad[time.Duration](`duration: "10sec"` + want),
		"1e3s":                         bad[time.Duration](`duration: "1e3s"` + want),
		"9999h":                        bad[time.Duration](`range: "9999h" is longer than 24 days`),
		"99999999999999999999h":        bad[time.Duration](`range: "99999999999999999999h" is longer than 24 days`),
		`"10s"`:                        bad[time.Duration]("quoted: quoted text where a duration, as in 10s is wanted (write 10s without quotes)"),
		"":                             bad[time.Duration]("empty: nothing is written here: want a duration, as in 10s"),
		"[10s]":                        bad[time.Duration]("kind: a list where a duration, as in 10s is wanted"),
		"{a: 10s}":                     bad[time.Duration]("kind: a map where a duration, as in 10s is wanted"),
		strings.Repeat("x", 100) + "s": bad[time.Duration]("duration: a value" + want),
	}.run(t, func(d *time.Duration) reader { return duration(d) })
}

func TestPlainDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		time.Hour: "1h", 90 * time.Second: "90s", 2 * time.Minute: "2m", 1500 * time.Millisecond: "1500ms", time.Microsecond: "0.001ms",
	} {
		require.Equal(t, want, plainDuration(d))
		var back time.Duration
		require.Empty(t, read(t, want, duration(&back)))
		require.Equal(t, d, back)
	}
}

func TestSize(t *testing.T) {
	const want = " where a size, as in 4KiB is wanted"
	readers[int]{
		"260B":                  ok(260),
		"4KiB":                  ok(4096),
		"8MiB":                  ok(8 << 20),
		"1GiB":                  ok(1 << 30),
		"4096":                  bad[int]("unit: a size needs a unit: B, KiB, MiB or GiB (4096B)"),
		"0B":                    bad[int](`range: "0B": want a size above zero`),
		"2GiB":                  bad[int](`range: "2GiB" is more than 1GiB`),
		"4KB":                   bad[int](`size: "4KB"` + want + " (write 4KiB)"),
		"4k":                    bad[int](`size: "4k"` + want + " (write 4KiB)"),
		"4 kib":                 bad[int](`size: "4 kib"` + want + " (write 4KiB)"),
		"1.5KiB":                bad[int](`size: "1.5KiB"` + want),
		"-1KiB":                 bad[int](`size: "-1KiB"` + want),
		"big":                   bad[int](`size: "big"` + want),
		"'4KiB'":                bad[int]("quoted: quoted text where a size, as in 4KiB is wanted (write 4KiB without quotes)"),
		"99999999999999999999B": bad[int](`range: "99999999999999999999B" is more than 1GiB`),
	}.run(t, func(n *int) reader { return size(n) })
}

func TestPercent(t *testing.T) {
	const want = " a percentage from 0% to 100%"
	readers[float64]{
		"50%":   ok(0.5),
		"0%":    ok(0.0),
		"100%":  ok(1.0),
		"12.5%": ok(0.125),
		"50":    bad[float64]("unit: a percentage needs a % (50%)"),
		"0.5":   bad[float64]("unit: a percentage needs a % (50%)"),
		"101%":  bad[float64](`range: "101%" is out of range: want` + want),
		"-1%":   bad[float64](`percent: "-1%" where` + want + " is wanted"),
		"-1":    bad[float64](`percent: "-1" where` + want + " is wanted"),
		"half":  bad[float64](`percent: "half" where` + want + " is wanted"),
		"5 %":   bad[float64](`percent: "5 %" where` + want + " is wanted"),
	}.run(t, func(f *float64) reader { return percent(f) })
}

func TestFloat(t *testing.T) {
	const want = "a number from 1 to 10"
	readers[float64]{
		"2":                     ok(2.0),
		"1.5":                   ok(1.5),
		"0.9":                   bad[float64](`range: "0.9" is out of range: want ` + want),
		"11":                    bad[float64](`range: "11" is out of range: want ` + want),
		"1e1":                   bad[float64](`number: "1e1" where ` + want + " is wanted"),
		".inf":                  bad[float64](`number: ".inf" where ` + want + " is wanted"),
		"NaN":                   bad[float64](`number: "NaN" where ` + want + " is wanted"),
		"02":                    bad[float64](`number: "02" where ` + want + " is wanted"),
		`"2"`:                   bad[float64]("quoted: quoted text where " + want + " is wanted (write 2 without quotes)"),
		strings.Repeat("9", 39): bad[float64](`range: "` + strings.Repeat("9", 39) + `" is out of range: want ` + want),
	}.run(t, func(f *float64) reader { return float(f, 1, 10) })
}

func TestInteger(t *testing.T) {
	const want = "an integer from -3 to 100"
	readers[int]{
		"12":                   ok(12),
		"0":                    ok(0),
		"-3":                   ok(-3),
		"101":                  bad[int](`range: "101" is out of range: want ` + want),
		"-4":                   bad[int](`range: "-4" is out of range: want ` + want),
		`"12"`:                 bad[int]("quoted: quoted text where " + want + " is wanted (write 12 without quotes)"),
		"010":                  bad[int](`integer: "010" where ` + want + " is wanted (write 10)"),
		"0x10":                 bad[int](`integer: "0x10" where ` + want + " is wanted"),
		"1_000":                bad[int](`integer: "1_000" where ` + want + " is wanted (write 1000)"),
		"+7":                   bad[int](`integer: "+7" where ` + want + " is wanted (write 7)"),
		"-0":                   bad[int](`integer: "-0" where ` + want + " is wanted"),
		"1.0":                  bad[int](`integer: "1.0" where ` + want + " is wanted (write 1)"),
		"1.5":                  bad[int](`integer: "1.5" where ` + want + " is wanted"),
		"true":                 bad[int](`integer: "true" where ` + want + " is wanted"),
		"null":                 bad[int](`integer: "null" where ` + want + " is wanted"),
		"99999999999999999999": bad[int](`range: "99999999999999999999" is out of range: want ` + want),
	}.run(t, func(n *int) reader { return integer(n, -3, 100) })
}

func TestBoolean(t *testing.T) {
	const want = " where true or false is wanted"
	readers[bool]{
		"true":   ok(true),
		"false":  ok(false),
		"yes":    bad[bool](`bool: "yes"` + want + " (write true)"),
		"On":     bad[bool](`bool: "On"` + want + " (write true)"),
		"TRUE":   bad[bool](`bool: "TRUE"` + want + " (write true)"),
		"1":      bad[bool](`bool: "1"` + want + " (write true)"),
		"no":     bad[bool](`bool: "no"` + want + " (write false)"),
		"off":    bad[bool](`bool: "off"` + want + " (write false)"),
		"maybe":  bad[bool](`bool: "maybe"` + want),
		`"true"`: bad[bool]("quoted: quoted text where true or false is wanted (write true without quotes)"),
	}.run(t, func(b *bool) reader { return boolean(b) })
}

func TestWord(t *testing.T) {
	readers[string]{
		"close":   ok("close"),
		"clsoe":   bad[string](`word: "clsoe" where close, drop or resync is wanted (did you mean close?)`),
		"CLOSE":   bad[string](`word: "CLOSE" where close, drop or resync is wanted (did you mean close?)`),
		"zebra":   bad[string](`word: "zebra" where close, drop or resync is wanted`),
		`'close'`: bad[string]("quoted: quoted text where close, drop or resync is wanted (write close without quotes)"),
		"[close]": bad[string]("kind: a list where close, drop or resync is wanted"),
	}.run(t, func(s *string) reader { return word(s, "close", "drop", "resync") })
}

// TestWordsWithTrue: some keys take true, false and another word.
func TestWordsWithTrue(t *testing.T) {
	readers[string]{
		"true": ok("true"),
		"yes":  bad[string](`word: "yes" where false, true or also is wanted (write true)`),
		"off":  bad[string](`word: "off" where false, true or also is wanted (write false)`),
		"aslo": bad[string](`word: "aslo" where false, true or also is wanted (did you mean also?)`),
	}.run(t, func(s *string) reader { return word(s, "false", "true", "also") })
}

func TestText(t *testing.T) {
	readers[string]{
		"a text":   ok("a text"),
		"1.0":      ok("1.0"),
		`"true"`:   ok("true"),
		`"null"`:   ok("null"),
		`""`:       ok(""),
		"null":     bad[string](`null: "null" is no text (leave the key out, or put the text in quotes)`),
		"~":        bad[string](`null: "~" is no text (leave the key out, or put the text in quotes)`),
		"":         bad[string]("empty: nothing is written here: want text"),
		"{a: b}":   bad[string]("kind: a map where text is wanted"),
		"[a text]": bad[string]("kind: a list where text is wanted"),
	}.run(t, func(s *string) reader { return text(s) })
}

func TestVersion(t *testing.T) {
	const want = " where a version of three numbers, as in 1.0.0 is wanted"
	readers[string]{
		"1.0.0":   ok("1.0.0"),
		"10.2.33": ok("10.2.33"),
		"1.0":     bad[string](`version: "1.0"` + want + " (write 1.0.0)"),
		"1":       bad[string](`version: "1"` + want + " (write 1.0.0)"),
		"v1.0.0":  bad[string](`version: "v1.0.0"` + want),
		"1.00.0":  bad[string](`version: "1.00.0"` + want),
		"1.0.0-a": bad[string](`version: "1.0.0-a"` + want),
		`"1.0.0"`: bad[string]("quoted: quoted text where a version of three numbers, as in 1.0.0 is wanted (write 1.0.0 without quotes)"),
	}.run(t, func(s *string) reader { return version(s) })
}

func TestWireBytes(t *testing.T) {
	const want = " where LF, CRLF, CR, NUL or hex bytes, as in 0x0d0a is wanted"
	readers[string]{
		"LF":                            ok("\n"),
		"CRLF":                          ok("\r\n"),
		"CR":                            ok("\r"),
		"NUL":                           ok("\x00"),
		"0x03":                          ok("\x03"),
		"0x0D0a":                        ok("\r\n"),
		"lf":                            bad[string](`bytes: "lf"` + want + " (did you mean LF?)"),
		"CRFL":                          bad[string](`bytes: "CRFL"` + want + " (did you mean CRLF?)"),
		`'\n'`:                          bad[string]("quoted: quoted text where LF, CRLF, CR, NUL or hex bytes, as in 0x0d0a is wanted (write \\n without quotes)"),
		"0x":                            bad[string](`bytes: "0x"` + want + " (two hex digits a byte, as in 0x0d0a)"),
		"0xd":                           bad[string](`bytes: "0xd"` + want + " (two hex digits a byte, as in 0x0d0a)"),
		"0xgg":                          bad[string](`bytes: "0xgg"` + want + " (two hex digits a byte, as in 0x0d0a)"),
		"newline":                       bad[string](`bytes: "newline"` + want),
		"0x" + strings.Repeat("00", 17): bad[string]("bytes: 17 bytes; at most 16 are allowed"),
	}.run(t, func(s *string) reader { return wireBytes(s) })
}

func TestGoName(t *testing.T) {
	readers[string]{
		"ReadAll":  ok("ReadAll"),
		"ID_2":     ok("ID_2"),
		"readAll":  bad[string](`go-name: "readAll" is not an exported Go name of ASCII letters, digits and _`),
		"Read-All": bad[string](`go-name: "Read-All" is not an exported Go name of ASCII letters, digits and _`),
		"Été":      bad[string](`go-name: "Été" is not an exported Go name of ASCII letters, digits and _`),
		`"A\nB"`:   bad[string](`go-name: "A\nB" is not an exported Go name of ASCII letters, digits and _`),
	}.run(t, func(s *string) reader { return goName(s) })
}

func TestNumberRange(t *testing.T) {
	const want = " where a range, as in 1..100 or 0x81..0xff is wanted"
	none := model.Range{}
	for source, tt := range map[string]struct {
		want    model.Range
		finding string
	}{
		"1..3600":                 {model.Range{Min: "1", Max: "3600"}, ""},
		"0x81..0xff":              {model.Range{Min: "129", Max: "255"}, ""},
		"-5..5":                   {model.Range{Min: "-5", Max: "5"}, ""},
		"-9..-3":                  {model.Range{Min: "-9", Max: "-3"}, ""},
		"0.5..2.5":                {model.Range{Min: "0.5", Max: "2.5"}, ""},
		"7..7":                    {model.Range{Min: "7", Max: "7"}, ""},
		"0..18446744073709551615": {model.Range{Min: "0", Max: "18446744073709551615"}, ""},
		"5..1":                    {none, `range-form: "5..1" holds no number (write the lower number first)`},
		"1..":                     {none, `range-form: "1.."` + want},
		"1-5":                     {none, `range-form: "1-5"` + want},
		"1...5":                   {none, `range-form: "1...5"` + want},
		"01..5":                   {none, `range-form: "01" is no number`},
		"1..05":                   {none, `range-form: "05" is no number`},
		"0x1ffffffffffffffff..2":  {none, `range-form: "0x1ffffffffffffffff" is no number`},
		`"1..5"`:                  {none, "quoted: quoted text where a range, as in 1..100 or 0x81..0xff is wanted (write 1..5 without quotes)"},
	} {
		t.Run(source, func(t *testing.T) {
			var got *model.Range
			require.Equal(t, tt.finding, read(t, source, numberRange(&got)))
			if tt.finding == "" {
				require.Equal(t, tt.want, *got)
			} else {
				require.Nil(t, got)
			}
		})
	}
}

func TestDidYouMean(t *testing.T) {
	for _, tt := range []struct{ written, want string }{
		{"heartbaet", "did you mean heartbeat?"},
		{"hartbeat", "did you mean heartbeat?"},
		{"Heartbeat", "did you mean heartbeat?"},
		{"heart_beat", "did you mean heartbeat?"},
		{"raed", "did you mean read?"},
		{"reed", "did you mean read?"},
		{"x", ""},
		{"completely_different", ""},
		{strings.Repeat("a", 100_000), ""},
	} {
		require.Equal(t, tt.want, didYouMean(tt.written, []string{"read", "heartbeat", "login"}), fmt.Sprintf("%.20s", tt.written))
	}
	require.Empty(t, didYouMean("read", nil))
}
