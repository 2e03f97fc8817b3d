package fault

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	unit "github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/runtime/device"
)

var acme = Grammar{Commands: []string{"login", "read"}, Refusal: "DENIED"}

// Every fault of the device has its name here, and every name is one of its.
func TestEveryFaultHasAName(t *testing.T) {
	scope := reflect.TypeFor[*device.Scope]()
	var methods []string
	for i := range scope.NumMethod() {
		switch name := scope.Method(i).Name; name {
		case "Emit", "Heal", "Only": // no faults
		default:
			methods = append(methods, name)
			assert.NotNil(t, kindOf(kebab(name)), "%s is missing", name)
		}
	}
	for _, k := range kinds {
		known := slices.ContainsFunc(methods, func(m string) bool { return kebab(m) == k.name || slices.Contains(k.other, kebab(m)) })
		assert.True(t, known, "%s is no fault of the device", k.name)
		assert.Contains(t, Help(), "  "+k.name)
		assert.Contains(t, Help(), k.doc)
	}
}

// kebab is AcceptAndClose as accept-and-close.
func kebab(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Fault
	}{
		{"silence", Fault{}},
		{"black-hole@10s", Fault{after: 10 * time.Second, timed: true}},
		{"black-hole@0s+5s", Fault{timed: true, lasts: 5 * time.Second}},
		{"delay=200ms@1m", Fault{after: time.Minute, timed: true}},
		{"reset#3", Fault{count: 3}},
		{"drop=read,2#3+1s", Fault{count: 3, lasts: time.Second}},
		{"drop-replies=login", Fault{}},
		{"reset~1m", Fault{mean: time.Minute}},
		{"hangup~1m", Fault{mean: time.Minute}},
		{`refuse-login="ERR 1 a+b@c#d~e,f"~1m+5s`, Fault{mean: time.Minute, lasts: 5 * time.Second}},
		{"refuse-login", Fault{}},
		{`garbage="\x00\xff"#1`, Fault{count: 1}},
	} {
		f, err := acme.Parse(tt.text)
		require.NoError(t, err, tt.text)
		require.NotNil(t, f.apply, tt.text)
		require.Equal(t, tt.text, f.String())
		f.text, f.kind, f.apply = "", nil, nil
		require.Equal(t, tt.want, f, tt.text)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ text, why string }{
		{"blackhole", "there is no fault \"blackhole\"; there are silence, black-hole, "},
		{"", "there is no fault"},
		{"silence=3", "silence takes no argument\n    silence=3\n           ^"},
		{"delay", "delay needs an argument: delay=TIME"},
		{"delay=", "an argument is missing"},
		{"delay=2x@10s", "\"2x\" is no time, such as 500ms or 10s\n    delay=2x@10s\n          ^"},
		{"delay=1s,2s", "delay takes fewer arguments: delay=TIME"},
		{"split-every=0", "no number from 1 on"},
		{"drop=rread", "the spec has no command \"rread\"; it has login, read"},
		{"drop=read,0", "no number from 1 on"},
		{"drop=read,", "an argument is missing"},
		{"reset@soon", "\"soon\" is no time, such as 500ms or 10s\n    reset@soon\n         ^"},
		{"reset#0", "no number of a command"},
		{"reset@1s#2", "\"#2\" is one too many"},
		{"silence+1s+2s", "one too many"},
		{"silence+0s", "must not be 0"},
		{"silence@2562047h", "is no time"},
		{"reset~1ns", "1ns on average is too often: say 1ms or more\n    reset~1ns\n         ^"},
		{"reset+5s", "reset is over at once"},
		{"silence~1m", "never end: say for how long, as in silence~1m+5s"},
		{`garbage="abc`, "quoted text does not end"},
		{`garbage="a"b`, `"b" is one too many`},
	} {
		_, err := acme.Parse(tt.text)
		var e *Error
		require.ErrorAs(t, err, &e, tt.text)
		require.ErrorContains(t, err, tt.why, tt.text)
	}
	_, err := Grammar{}.Parse("refuse-login")
	require.ErrorContains(t, err, "the spec has no error for a login")
}

// FuzzParse: what is not understood is pointed at; what is understood comes as it
// says, on a device and in a schedule.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"silence", "delay=1s@1s+2s", `garbage="\x00"#3`, "reset~1m", "silence~1ms+5s", "é=", "drop=read,2", "refuse-login=X#2+1s", "refuse-login"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Grammar{}.Parse(text)
		requirePlace(t, text, err)
		fault, err := acme.Parse(text)
		requirePlace(t, text, err)
		if err != nil {
			return
		}
		require.Equal(t, text, fault.String())
		d := device.New(unit.Plan())
		fault.Apply(&d.Scope)
		d.Heal()
		checkSchedule(t, fault)
	})
}

// requirePlace: an error points into the text.
func requirePlace(t *testing.T, text string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, text, e.Text)
	require.True(t, 0 <= e.Offset && e.Offset <= len(text), "%d of %q", e.Offset, text)
	require.Equal(t, utf8.ValidString(text), utf8.ValidString(text[:e.Offset]) && utf8.ValidString(text[e.Offset:]))
	require.NotEmpty(t, e.Why)
	require.Contains(t, e.Error(), e.Why)
}

// checkSchedule lets a fault come and go for a while: something happens whenever
// it is due, never earlier, and beginnings and ends take turns.
func checkSchedule(t *testing.T, f Fault) {
	s := NewSchedule(1)
	s.Add(0, 0, f)
	if f.mean == 0 && f.count == 0 {
		require.Equal(t, f.after, s.Next())
	}
	require.Empty(t, s.Advance(-1, f.count-1))
	on, changes := false, s.Advance(0, f.count)
	if f.mean == 0 {
		require.Equal(t, f.after == 0, len(changes) > 0)
	}
	now := time.Duration(0)
	for range 20 {
		for _, c := range changes {
			require.Equal(t, f.String(), c.Fault.String())
			require.NotEqual(t, on, c.Begins)
			on = c.Begins && !f.Act()
		}
		require.Equal(t, on, len(s.Active()) == 1)
		next := s.Next()
		if next == Never {
			return
		}
		if next > now+1 {
			require.Empty(t, s.Advance(next-1, f.count))
		}
		now = max(now, next)
		changes = s.Advance(now, f.count)
		require.NotEmpty(t, changes, "at %v", next)
	}
}
