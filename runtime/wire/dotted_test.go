package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDotted(t *testing.T) {
	for _, tt := range []struct{ line, text string }{
		{"", ""}, {"a", "a"}, {"..", "."}, {"...", ".."}, {"..a", ".a"}, {"a.", "a."},
	} {
		w := NewWriter(nil, anyNewline)
		w.Dotted("x", tt.text)
		b, err := w.Done()
		require.NoError(t, err)
		require.Equal(t, tt.line, string(b))
		r := NewReader([]byte(tt.line+"\nx"), anyNewline)
		require.Equal(t, tt.text, r.Dotted("x"))
		require.NoError(t, r.Err())
		require.Equal(t, len(tt.line), r.Offset())
	}
	r := NewReader([]byte(".a"), anyNewline)
	require.Equal(t, "a", r.Dotted("x"), "the first dot goes, whoever put it there")
	r = NewReader([]byte(".\n"), anyNewline)
	r.Dotted("x")
	require.Error(t, r.Err())
}
