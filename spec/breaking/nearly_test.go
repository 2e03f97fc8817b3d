package breaking_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/breaking"
)

// TestNearlyTheSameTime: what words round to the same is a change of its own, with a
// fingerprint of its own, and does not read as none.
func TestNearlyTheSameTime(t *testing.T) {
	sides := regexp.MustCompile(`(?:within|take|time:) (.+), and (?:might take|might|had|promised|was within) (.+)$`)
	for name, tt := range map[string]struct {
		edits edit // with the time as a %
		ids   []string
	}{
		"a write":           {edit{"replies: {match", "timeouts: {write: %}\nreplies: {match"}, []string{"device-less-time", "noticed-sooner"}},
		"a login":           {edit{"replies: {match", "timeouts: {login: %}\nreplies: {match"}, []string{"device-less-time"}},
		"a heartbeat":       {edit{"timeout: 5s}}", "timeout: %}}"}, []string{"device-less-time", "noticed-sooner"}},
		"a reply":           {edit{"timeout: 3s}", "timeout: %}"}, []string{"device-less-time", "reply-time"}},
		"a reply of a call": {edit{`"SET {n:uint8}", reply: ok`, `"SET {n:uint8}", reply: ok, timeout: {field: n, unit: ms, plus: %}`}, []string{"device-less-time", "reply-time"}},
		"a pause":           {edit{"gap: 1s", "gap: %"}, []string{"pause-longer"}},
		"noticing later":    {edit{"timeout: 5s}}", "timeout: %}}"}, []string{"noticed-later"}},
	} {
		at := func(time string) string {
			e := make(edit, len(tt.edits))
			for i := range e {
				e[i] = strings.ReplaceAll(tt.edits[i], "%", time)
			}
			return e.apply(t, before)
		}
		seen, found := map[string]string{}, map[string]bool{}
		for _, times := range [][2]string{{"2004ms", "2001ms"}, {"2004ms", "2003ms"}, {"2001ms", "2004ms"}, {"2001ms", "2003ms"}} {
			for _, c := range breaking.Diff(load(t, at(times[0])), load(t, at(times[1]))) {
				require.Empty(t, seen[c.Fingerprint], "%s: %+v", name, c)
				seen[c.Fingerprint] = c.Message
				found[c.ID] = true
				if m := sides.FindStringSubmatch(c.Message); m != nil {
					require.NotEqual(t, m[1], m[2], "%s: %s", name, c.Message)
				}
			}
		}
		for _, id := range tt.ids {
			require.True(t, found[id], "%s: %s", name, id)
		}
	}
}
