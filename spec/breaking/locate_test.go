package breaking_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEveryChangeHasAPlace: what the new document has, or is part of, has its line there;
// what it has no longer has the old one's as well. No two changes share a fingerprint.
func TestEveryChangeHasAPlace(t *testing.T) {
	for name, c := range cases(t) {
		now := c.edits.apply(t, before)
		seen := map[string]bool{}
		for _, change := range compare(t, before, now) {
			require.False(t, seen[change.Fingerprint], "%s: two changes have the fingerprint of %s", name, change.Path)
			seen[change.Fingerprint] = true
			if !strings.HasPrefix(change.Path, "$.") {
				continue
			}
			keys := strings.Split(strings.TrimPrefix(change.Path, "$."), ".")
			require.True(t, change.Line > 0 || change.OldLine > 0, "%s: %s is nowhere", name, change.Path)
			if change.OldLine > 0 {
				was := strings.Split(before, "\n")[change.OldLine-1]
				require.Contains(t, was, keys[len(keys)-1]+":", "%s: %s", name, change.Path)
			}
		}
	}
}

// TestPlacesOfSettings: a default is where it would be written, and one that was
// written, where it stood.
func TestPlacesOfSettings(t *testing.T) {
	now := edit{"every: 10s", "every: 8s", "reconnect: {initial: 5s, max: 30s}\n", "", "gap: 1s, ", ""}.apply(t, before)
	line := func(doc, text string) int {
		head, _, found := strings.Cut(doc, text)
		require.True(t, found, text)
		return strings.Count(head, "\n") + 1
	}
	want := map[string][2]int{ // in the new document, in the old one
		"$.liveness.probe.every":   {line(now, "every: 8s"), 0},
		"$.liveness.user_timeout":  {line(now, "liveness:"), 0},
		"$.liveness#idle":          {line(now, "liveness:"), 0},
		"$.reconnect.initial":      {0, line(before, "initial: 5s")},
		"$.commands.plain.gap":     {line(now, "plain:"), line(before, "gap: 1s")},
		"$.liveness.probe.timeout": {},
	}
	for _, c := range compare(t, before, now) {
		if lines, ok := want[c.Path]; ok {
			require.Equal(t, lines, [2]int{c.Line, c.OldLine}, c.Path)
			delete(want, c.Path)
		}
	}
	require.Equal(t, map[string][2]int{"$.liveness.probe.timeout": {}}, want, "that one has not changed")
}

// TestFingerprintsTellOutagesApart: the same delays after another outage are another
// change.
func TestFingerprintsTellOutagesApart(t *testing.T) {
	seen := map[string]bool{}
	later := 0
	for _, c := range compare(t, before, edit{"initial: 5s, max: 30s", "initial: 5s, max: 1m"}.apply(t, before)) {
		require.False(t, seen[c.Fingerprint], "%s: %s", c.Path, c.Message)
		seen[c.Fingerprint] = true
		if c.ID == "back-later" {
			later++
		}
	}
	require.Greater(t, later, 1)
}
