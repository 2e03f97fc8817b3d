package wire_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
)

func TestScale(t *testing.T) {
	tenth, ten := wire.Decimal{Coef: 1, Scale: 1}, wire.Decimal{Coef: 10}
	require.Equal(t, "21.5", wire.ScaleUint(215, tenth).String())
	require.Equal(t, "-0.3", wire.ScaleInt(-3, tenth).String())
	require.Equal(t, "2150", wire.ScaleInt(215, ten).String())
	// 2^61+1 by 8 would be 8 again in 64 bits.
	require.EqualValues(t, math.MaxInt64, wire.ScaleUint(1<<61+1, wire.Decimal{Coef: 8}).Coef)
	require.EqualValues(t, -math.MaxInt64, wire.ScaleInt(-(1<<61+1), wire.Decimal{Coef: 8}).Coef)
	require.EqualValues(t, math.MaxInt64, wire.ScaleUint(math.MaxUint64, wire.Decimal{Coef: 1}).Coef)
	for _, c := range []struct {
		value, by string
		want      int64
		ok        bool
	}{
		{"21.5", "0.1", 215, true},
		{"21.500", "0.1", 215, true},
		{"21", "0.10", 210, true},
		{"-0.3", "0.1", -3, true},
		{"0", "0.1", 0, true},
		{"21.55", "0.1", 0, false},
		{"30", "10", 3, true},
		{"35", "10", 0, false},
		{"0.75", "0.25", 3, true},
		{"0.7", "0.25", 0, false},
		{"3", "1.5", 2, true},
		{"9223372036854775807", "0.1", 0, false},
		{"9223372036854775807", "1", math.MaxInt64, true},
		{"1", "0", 0, false},
	} {
		d, err := wire.ParseDecimal(c.value)
		require.NoError(t, err)
		by, err := wire.ParseDecimal(c.by)
		require.NoError(t, err)
		n, ok := d.Unscale(by)
		require.Equal(t, c.ok, ok, "%s by %s", c.value, c.by)
		require.Equal(t, c.want, n, "%s by %s", c.value, c.by)
	}
}

// TestUnscaleAgainstRationals compares with exact arithmetic.
func TestUnscaleAgainstRationals(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	rat := func(d wire.Decimal) *big.Rat {
		x, ok := new(big.Rat).SetString(d.String())
		require.True(t, ok)
		return x
	}
	for range 20_000 {
		by := wire.Decimal{Coef: 1 + r.Int64N(1<<r.IntN(30)), Scale: uint8(r.IntN(10))}
		d := wire.Decimal{Coef: int64(r.Uint64()) >> r.IntN(64), Scale: uint8(r.IntN(12))}
		if r.IntN(2) == 0 {
			d = wire.ScaleInt(int64(r.Uint64())>>(32+r.IntN(32)), by)
		}
		q := new(big.Rat).Quo(rat(d), rat(by))
		n, ok := d.Unscale(by)
		require.Equal(t, q.IsInt() && q.Num().IsInt64(), ok, "%s by %s", d, by)
		if ok {
			require.Equal(t, q.Num().Int64(), n, "%s by %s", d, by)
		}
	}
}

func TestUnscaleToWrite(t *testing.T) {
	by := wire.Decimal{Coef: 1, Scale: 1}
	for _, c := range []struct {
		value wire.Decimal
		why   string
	}{
		{wire.Decimal{Coef: 215, Scale: 2}, "is no multiple of 0.1"},
		{wire.Decimal{Coef: -215, Scale: 1}, "is negative"},
		{wire.Decimal{Coef: 215, Scale: 1}, ""},
	} {
		w := wire.NewWriter(nil, &wire.Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 64})
		w.Uint("temp", w.UnscaleUint("temp", c.value, by), 16)
		frame, err := w.End()
		if c.why == "" {
			require.NoError(t, err)
			require.Equal(t, "215\n", string(frame))
			continue
		}
		require.ErrorContains(t, err, c.why)
	}
}
