package wire

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Within a group all keys are equal; between groups no key is equal to another,
// nor the beginning of another, so that keys in a row cannot be confused.
func TestKeys(t *testing.T) {
	groups := [][][]byte{
		{KeyUint(nil, 0), KeyInt(nil, 0), KeyDecimal(nil, Decimal{}), KeyDecimal(nil, Decimal{0, 9})},
		{KeyUint(nil, 3), KeyInt(nil, 3), KeyDecimal(nil, Decimal{3, 0}), KeyDecimal(nil, Decimal{300, 2})},
		{KeyUint(nil, 300)},
		{KeyInt(nil, -3), KeyDecimal(nil, Decimal{-30, 1})},
		{KeyInt(nil, math.MinInt64)},
		{KeyUint(nil, math.MaxUint64)},
		{KeyUint(nil, 1<<63)},
		{KeyDecimal(nil, Decimal{215, 1}), KeyDecimal(nil, Decimal{2150, 2})},
		{KeyDecimal(nil, Decimal{-215, 1})},
		{KeyDecimal(nil, Decimal{215, 2})},
		{KeyDecimal(nil, Decimal{1, 255})},
		{KeyText(nil, ""), KeyBytes(nil, nil)},
		{KeyText(nil, "a"), KeyBytes(nil, []byte("a"))},
		{KeyText(nil, "aa")},
		{KeyText(nil, "3")},
		{KeyText(nil, "u\x03")},
		{KeyBool(nil, false)},
		{KeyBool(nil, true)},
		{KeyFloat(nil, 0), KeyFloat(nil, math.Copysign(0, -1))},
		{KeyFloat(nil, math.NaN()), KeyFloat(nil, math.Float64frombits(0x7ff8dead00000000))},
		{KeyFloat(nil, 3)},
		{KeyFloat(nil, math.Inf(1))},
	}
	for i, group := range groups {
		for _, key := range group {
			require.Equal(t, group[0], key, "group %d", i)
			for j, other := range groups {
				if i != j {
					require.False(t, len(key) <= len(other[0]) && string(other[0][:len(key)]) == string(key),
						"key of group %d begins one of group %d", i, j)
				}
			}
		}
	}
}

func TestKeysAppend(t *testing.T) {
	require.Equal(t, append([]byte("x"), KeyText(nil, "a")...), KeyText([]byte("x"), "a"))
	require.NotEqual(t, KeyText(KeyText(nil, "ab"), "c"), KeyText(KeyText(nil, "a"), "bc"))
}
