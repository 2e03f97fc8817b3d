package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"options.user":          "options.user",
		"größe 気温 \"x\"":        "größe 気温 \"x\"",
		"a\x1b[2J":              `"a\x1b[2J"`,
		"a\nlevel=INFO":         `"a\nlevel=INFO"`,
		"\u009b31m":             `"\u009b31m"`,
		"\u202eturned":          `"\u202eturned"`,
		"line\u2028 separator":  `"line\u2028 separator"`,
		"\xff":                  `"\xff"`,
		"x\x00":                 `"x\x00"`,
		strings.Repeat("x", 99): strings.Repeat("x", 40) + "…",
	} {
		require.Equal(t, want, Shown(text, 40))
	}
}

// TestErrorsShowHostileKeysQuoted: the path of a JSON member is the peer's own
// text, also of members that nobody asked for.
func TestErrorsShowHostileKeysQuoted(t *testing.T) {
	for _, raw := range []string{
		`{"a\u001b[31m\nlevel=ERROR":{"x":1,"x":2}}`,
		"{\"\u009b31m\":1,\"\u009b31m\":1}",
		`{"\u202eok":[{"\u0000":1,"\u0000":1}]}`,
		`{"` + strings.Repeat("long", 1<<20) + `":{"x":1,"x":1}}`,
	} {
		_, err := ParseObject([]byte(raw))
		require.ErrorContains(t, err, "is there twice")
		require.NotContains(t, err.Error(), "\n")
		require.Less(t, len(err.Error()), 200)
		require.Equal(t, err.Error(), Shown(err.Error(), 200), "the error is safe to print")
	}
}

// FuzzShown: whatever a peer says, what is shown is a bounded line of glyphs.
func FuzzShown(f *testing.F) {
	f.Add("a\x1b[2J\u202e\xff\n", uint8(3))
	f.Fuzz(func(t *testing.T, text string, limit uint8) {
		out := Shown(text, int(limit))
		require.False(t, strings.ContainsFunc(out, hidden), "%q", out)
		require.LessOrEqual(t, len(out), 4*int(limit)+len(`""…`))
		if len(text) <= int(limit) && !strings.ContainsFunc(text, hidden) {
			require.Equal(t, text, out)
		}
	})
}
