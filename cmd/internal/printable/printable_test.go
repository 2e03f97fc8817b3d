package printable_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/printable"
)

func TestLine(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"read: not sent: not ready", "read: not sent: not ready"},
		{"Kessel 3 größer 温度", "Kessel 3 größer 温度"},
		{"a\x1b[2J\x1b]0;title\ab", `a\x1b[2J\x1b]0;title\ab`},
		{"one\ntwo\n", "one; two"},
		{"tab\tcr\r", `tab\tcr\r`},
		{"\u202egnp.exe", `\u202egnp.exe`},
		{"c1 \u009b31m", `c1 \u009b31m`},
		{"bad \xff, good \ufffd", `bad \xff, good ` + "\ufffd"},
	} {
		require.Equal(t, tt.want, printable.Line(tt.text))
	}
}

func TestShort(t *testing.T) {
	fits := strings.Repeat("x", 4096)
	require.Equal(t, fits, printable.Short(fits))
	require.Equal(t, fits+" … (4097 bytes)", printable.Short(fits+"x"))
	require.Equal(t, fits[1:]+" … (8193 bytes)", printable.Short(fits[1:]+strings.Repeat("ä", 2049)))
	require.Len(t, printable.Short(strings.Repeat("\x80", 5000)), 4096-utf8.UTFMax+len(" … (5000 bytes)"))
}

func FuzzLine(f *testing.F) {
	f.Add("a\x1b[2Jb\xff\u202e\n")
	f.Fuzz(func(t *testing.T, text string) {
		out := printable.Line(text)
		require.True(t, utf8.ValidString(out))
		for _, r := range out {
			require.True(t, unicode.IsPrint(r), "%q", out)
		}
		require.Equal(t, out, printable.Line(out))
	})
}
