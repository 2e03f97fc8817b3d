package spec_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBounds: what is more than is read is said to be, and not left out.
func TestBounds(t *testing.T) {
	lets := func(steps string) string {
		return tiny("parameters: {p: {type: text}}", "session: {login: ["+steps+"]}")
	}
	doubled := `{let: {l0: "{p}"}}`
	for n := range 9 {
		doubled += fmt.Sprintf(`, {let: {l%d: "{l%d}{l%d}"}}`, n+1, n, n)
	}
	for name, test := range map[string]struct{ source, says string }{
		"frames":       {tiny("frames: {" + times(17, "f#: {ends: LF, max: 1KiB}, ") + "}"), "too-much: at most 16 frames are read"},
		"fields":       {with("  m: {receive: \"M"+times(1_001, " {a#:word}")+"\", event: true}\n", ""), "template-large: 1001 fields; at most 1000 are allowed"},
		"values":       {lets(times(65, "{let: {l#: \"{p}\"}}, ")), "too-much: at most 64 values are kept"},
		"a long value": {lets("{let: {l: \"{p}" + strings.Repeat("x", 16<<10) + "\"}}"), "too-long: "},
		"doubled":      {lets(doubled), "too-long: with the values that it uses written out, l8 has more than 256 parts"},
	} {
		_, findings := load(t, test.source)
		found := slices.ContainsFunc(findings, func(f string) bool { return strings.Contains(f, test.says) })
		require.True(t, found, "%s: %v", name, findings)
	}
}
