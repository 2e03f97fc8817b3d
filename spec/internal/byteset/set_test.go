package byteset_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/byteset"
)

func TestSet(t *testing.T) {
	s := byteset.Of("az\x00\xff")
	for c := range 256 {
		require.Equal(t, c == 'a' || c == 'z' || c == 0 || c == 0xff, s.Has(byte(c)), c)
	}
	require.True(t, s.And(byteset.Of("b")).Empty())
	require.Equal(t, byteset.Of("ab"), byteset.Range('a', 'b'))
	require.Equal(t, byteset.Of("a"), byteset.Range('a', 'b').Without(byteset.Of("b")))
	require.Equal(t, byteset.Of("ab"), byteset.Of("a").Or(byteset.Of("b")))
	require.False(t, byteset.Range(0, 0xff).Without(byteset.Range(0, 0xfe)).Empty())
}

func TestPick(t *testing.T) {
	require.Equal(t, byte('z'), byteset.Of("az").Pick("yz"))
	require.Equal(t, byte('a'), byteset.Of("\x01az").Pick("0"))
	require.Equal(t, byte(1), byteset.Of("\x01\x02").Pick(""))
}
