package wire

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSmoke(t *testing.T) {
	f := &Framing{Ends: []string{"\n", "\r\n"}, SendEnd: "\n", Max: 4096, MaxLine: 4096}
	w := NewWriter(nil, f)
	w.Lit("READING ")
	w.Uint("channel", 3, 8)
	w.Lit(" ")
	w.Decimal("value", Decimal{2150, 2})
	w.Lit(" ")
	w.Text("unit", "C")
	b, err := w.End()
	require.NoError(t, err)
	require.Equal(t, "READING 3 21.50 C\n", string(b))
	r := NewReader(b[:len(b)-1], f)
	r.Lit("READING ")
	require.EqualValues(t, 3, r.Uint("channel", 8))
	r.Lit(" ")
	require.Equal(t, Decimal{2150, 2}, r.Decimal("value"))
	r.Lit(" ")
	require.Equal(t, "C", r.Text("unit"))
	require.NoError(t, r.Done())
}
