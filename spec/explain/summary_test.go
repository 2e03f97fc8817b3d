package explain

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestPromise says the worst of each mode, and of one that waits for a reply.
func TestPromise(t *testing.T) {
	rows := func(mode string, idle, busy, frozen Seconds) []Noticing {
		return []Noticing{
			{Case: Closed},
			{Mode: mode, Case: Idle, Worst: idle},
			{Mode: mode, Case: Busy, Worst: busy},
			{Mode: mode, Case: Frozen, Worst: frozen},
			{Mode: mode, Case: Deaf, Worst: Never},
		}
	}
	const second, minute = Seconds(time.Second), Seconds(time.Minute)
	for want, noticing := range map[string][]Noticing{
		"Each command has a connection of its own: there is none that could fall silent unnoticed.":                                  {{Case: Closed}, {Case: Busy, Worst: minute}},
		"A silent device is noticed within 15 s.":                                                                                    rows("", 15*second, 5*second, 15*second),
		"A silent device is noticed within 15 s, and within 1 min while a command waits.":                                            rows("", 15*second, minute, 15*second),
		"A device that is gone is noticed within 50 s, by the kernel alone; one whose program hangs is not, while the link is idle.": rows("", 50*second, 50*second, Never),
		"In mode ready a silent device is noticed within 15 s. In mode data a silent device is noticed within 1 min.":                append(rows("ready", 15*second, 5*second, 15*second), rows("data", minute, minute, minute)...),
		"A silent device is noticed within 20 s.":                                                                                    append(rows("ready", 20*second, 20*second, 20*second), rows("data", 20*second, 5*second, 20*second)...),
	} {
		require.Equal(t, want, (&Report{Noticing: noticing}).Promise())
	}
}

// TestShortAnswers of reports with none, one and several of each.
func TestShortAnswers(t *testing.T) {
	wait := []Phase{{Name: "connect", Limit: Seconds(time.Second)}, {Name: "wait", Limit: Seconds(5 * time.Second)}}
	none := &Report{Messages: 3, Phases: wait}
	require.Equal(t, "No message comes unasked: each answers a command.", none.AnyTime())
	require.Equal(t, "Of the commands whose link dies before their reply, none is sent once more. What was not sent yet waits up to 5 s for the next link, then fails: not sent.", none.Fates())
	require.Empty(t, none.Repeats())
	require.Empty(t, none.Typically())
	require.Equal(t, "Nothing comes back by itself: each command has a connection of its own.", none.Return())

	some := &Report{
		Messages: 3, Unasked: []Unasked{{}, {}}, Phases: wait,
		Commands: []Command{
			{Name: "a", LinkDies: "repeated"},
			{Name: "b", LinkDies: "lasting", Lasts: true},
			{Name: "c", LinkDies: "unknown"},
			{Name: "d", LinkDies: "unseen"},
			{Name: "e", LinkDies: "session"},
			{Name: "f", LinkDies: "repeated", Lasts: true},
			{Name: "g", LinkDies: "goodbye"},
			{Name: "h", LinkDies: "unknown"},
		},
		Load: Load{Clients: 1000, Restarts: []Restart{{Peak: 980}, {Outage: Seconds(time.Hour), Peak: 36, Back99: Seconds(time.Minute)}}},
	}
	require.Equal(t, "2 of 3 messages may come unasked.", some.AnyTime())
	require.Equal(t, "Of the commands whose link dies before their reply, 2 are sent once more; of 3 nobody knows whether the device has carried them out. "+
		"2 last: once the device has them, they are sent on every link. What was not sent yet waits up to 5 s for the next link, then fails: not sent. "+
		"A repeat waits as long; then its fate is unknown.", some.Fates())
	require.Equal(t, []Shared{
		{"unknown", "fails; whether it was carried out is unknown", []string{"c", "h"}},
		{"unseen", "nobody learns whether it arrived: nothing answers it", []string{"d"}},
		{"repeated", "sent once more on the next link", []string{"a"}},
		{"repeated", "sent once more on the next link; once the device has it, it is sent on every link", []string{"f"}},
		{"lasting", "sent again on every link", []string{"b"}},
		{"session", "sent by the client itself, which begins anew on the next link", []string{"e"}},
		{"goodbye", "sent by the client itself before it closes the link; nothing follows", []string{"g"}},
	}, some.ByFate())
	require.Equal(t, "Losing 1,000 clients for a moment, a device sees up to 980 connect within one second; after a long outage at most 36, and 99 % are back within 1 min.", some.Return())
}

// TestWhatACommandWaitsFor in words.
func TestWhatACommandWaitsFor(t *testing.T) {
	const second = Seconds(time.Second)
	for want, c := range map[string]Command{
		"no reply":                                      {Timeout: Never},
		"a within 1 s":                                  {Reply: "a", Timeout: second},
		"a, b, c or d within 1 s":                       {Reply: "a, b, c, d", Timeout: second},
		"a, b, c or 2 more within 1 s":                  {Reply: "a, b, c, d, e", Timeout: second},
		"a or b, without a time limit":                  {Reply: "a, b", Timeout: Never},
		"any number of x or y, then a, each within 1 s": {Before: "x, y", Reply: "a", Timeout: second},
		"any number of x until the connection ends, each within 1 s": {Before: "x", Timeout: second},
		"a after get, put, each within its own time":                 {Reply: "a", Steps: []string{"get", "put"}, Timeout: Never},
	} {
		require.Equal(t, want, c.answer())
	}
}

// TestWordsOfOutages: nobody is ready within 0 ms.
func TestWordsOfOutages(t *testing.T) {
	const second = Seconds(time.Second)
	require.Equal(t, []string{"device down for 1 s", "at once", "2 s", "3 s"}, Comeback{Outage: second, P95: 2 * second, Worst: 3 * second}.Words())
	require.Equal(t, []string{"network silent for 1 s", "the link goes on", "the link goes on", "the link goes on"}, Comeback{Outage: second, Silent: true}.Words())
	require.Equal(t, "never: 25 % have given up", Comeback{Outage: second, GivesUp: 0.25}.Words()[3])
	require.Equal(t, "a moment", Restart{}.Words())
	require.Equal(t, "1 s", Restart{Outage: second}.Words())
}
