package wire

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseDecimal(t *testing.T) {
	tests := []struct {
		in   string
		want Decimal
		out  string // empty: in
	}{
		{"0", Decimal{}, ""},
		{"21.50", Decimal{2150, 2}, ""},
		{"-21.50", Decimal{-2150, 2}, ""},
		{"-0", Decimal{}, "0"},
		{"-0.00", Decimal{0, 2}, "0.00"},
		{"0.05", Decimal{5, 2}, ""},
		{"-0.05", Decimal{-5, 2}, ""},
		{"007.10", Decimal{710, 2}, "7.10"},
		{"9223372036854775807", Decimal{math.MaxInt64, 0}, ""},
		{"-9223372036854775808", Decimal{math.MinInt64, 0}, ""},
		{"-9.223372036854775808", Decimal{math.MinInt64, 18}, ""},
		{"0." + strings.Repeat("0", 254) + "1", Decimal{1, 255}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			d, err := ParseDecimal(tt.in)
			require.NoError(t, err)
			require.Equal(t, tt.want, d)
			out := tt.out
			if out == "" {
				out = tt.in
			}
			require.Equal(t, out, d.String())
		})
	}
}

func TestParseDecimalRefuses(t *testing.T) {
	for in, why := range map[string]string{
		"":                                     "no digits",
		"-":                                    "no digits",
		"+1":                                   "no digits",
		".5":                                   "no digits",
		"-.5":                                  "no digits",
		" 1":                                   "no digits",
		"5.":                                   "not a decimal number",
		"1 ":                                   "not a decimal number",
		"1e3":                                  "not a decimal number",
		"1.2.3":                                "not a decimal number",
		"1_0":                                  "not a decimal number",
		"--1":                                  "no digits",
		"9223372036854775808":                  "too large a number",
		"-9223372036854775809":                 "too large a number",
		"99999999999999999999":                 "too large a number",
		"922337203685477580.8":                 "too large a number",
		"0." + strings.Repeat("0", 255) + "1":  "more than 255 decimal places",
		"NaN":                                  "no digits",
		"٣":                                    "no digits",
		"1" + strings.Repeat("0", 100_000):     "too large a number",
		"0." + strings.Repeat("0", 1_000) + "": "more than 255 decimal places",
	} {
		_, err := ParseDecimal(in)
		require.EqualError(t, err, why, "%.40q", in)
		var d Decimal
		require.EqualError(t, d.UnmarshalText([]byte(in)), why)
	}
}

func TestReadDecimal(t *testing.T) {
	read := func(r *Reader) any { return r.Decimal("x") }
	runReadTests(t, []readTest{
		{"to a blank", nil, "21.50 C", read, Decimal{2150, 2}, " C", ""},
		{"point without digits", nil, "21.C", read, Decimal{21, 0}, ".C", ""},
		{"two points", nil, "1.2.3", read, Decimal{12, 1}, ".3", ""},
		{"exponent", nil, "1e3", read, Decimal{1, 0}, "e3", ""},
		{"negative", nil, "-1.5", read, Decimal{-15, 1}, "", ""},
		{"none", nil, "warm", read, nil, "", "x: no digits"},
		{"minus and nothing", nil, "- 1", read, nil, "", "x: no digits"},
		{"too large", nil, "9223372036854775808", read, nil, "", "x: too large a number"},
	})
}

func rat(d Decimal) *big.Rat {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale)), nil)
	return new(big.Rat).SetFrac(big.NewInt(d.Coef), scale)
}

// randomDecimal has few and many digits, places, and neighbours of the limits.
func randomDecimal(r *rand.Rand) Decimal {
	d := Decimal{Coef: int64(r.Uint64()) >> r.IntN(64), Scale: uint8(r.IntN(256) >> r.IntN(8))}
	if r.IntN(4) == 0 {
		d.Coef = int64(powers[r.IntN(19)]) * (1 - 2*r.Int64N(2))
	}
	if r.IntN(20) == 0 {
		d.Coef = math.MinInt64 + r.Int64N(2)
	}
	return d
}

func TestDecimalProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 1_000 {
		a, b := randomDecimal(r), randomDecimal(r)
		require.Equal(t, rat(a).Cmp(rat(b)), a.Cmp(b), "%v %v", a, b)
		require.Zero(t, a.Cmp(a))
		require.Equal(t, a.Cmp(b) == 0, string(KeyDecimal(nil, a)) == string(KeyDecimal(nil, b)), "%v %v", a, b)

		back, err := ParseDecimal(a.String())
		require.NoError(t, err)
		require.Equal(t, a, back)

		nearest, _ := rat(a).Float64()
		require.Equal(t, nearest, a.Float64(), "%v", a)
	}
}

func TestDecimalEqualValuesOfOtherPlaces(t *testing.T) {
	for _, pair := range [][2]string{{"21.5", "21.50"}, {"0", "0.000"}, {"-3", "-3.0"}, {"100", "100.00"}} {
		a, err := ParseDecimal(pair[0])
		require.NoError(t, err)
		b, err := ParseDecimal(pair[1])
		require.NoError(t, err)
		require.Zero(t, a.Cmp(b))
		require.Zero(t, b.Cmp(a))
		require.Equal(t, KeyDecimal(nil, a), KeyDecimal(nil, b))
		require.NotEqual(t, a, b)
	}
}

func TestDecimalJSON(t *testing.T) {
	type doc struct {
		V Decimal  `json:"v"`
		P *Decimal `json:"p,omitempty"`
	}
	raw, err := json.Marshal(doc{V: Decimal{2150, 2}})
	require.NoError(t, err)
	require.JSONEq(t, `{"v":21.50}`, string(raw))
	require.Contains(t, string(raw), "21.50")

	var d doc
	require.NoError(t, json.Unmarshal([]byte(`{"v":-0.50,"p":null}`), &d))
	require.Equal(t, doc{V: Decimal{-50, 2}}, d)
	require.NoError(t, json.Unmarshal([]byte(`{"v":null}`), &d))
	require.Equal(t, Decimal{-50, 2}, d.V, "null changes nothing")
	for _, bad := range []string{`{"v":1e3}`, `{"v":"1"}`, `{"v":true}`, `{"v":99999999999999999999}`} {
		require.Error(t, json.Unmarshal([]byte(bad), &d), bad)
	}
	text, err := Decimal{5, 1}.MarshalText()
	require.NoError(t, err)
	require.Equal(t, "0.5", string(text))
	text, err = Decimal{5, 1}.AppendText(text)
	require.NoError(t, err)
	require.Equal(t, "0.50.5", string(text))
}

func TestOptional(t *testing.T) {
	type doc struct {
		A Optional[int]    `json:"a"`
		B Optional[string] `json:"b,omitzero"`
	}
	v, ok := Some(3).Get()
	require.True(t, ok)
	require.Equal(t, 3, v)
	_, ok = Optional[int]{}.Get()
	require.False(t, ok)
	require.Equal(t, 3, Some(3).Or(4))
	require.Equal(t, 4, Optional[int]{}.Or(4))
	require.True(t, Optional[int]{}.IsZero())
	require.False(t, Some(0).IsZero(), "a zero that is there is not absent")

	raw, err := json.Marshal(doc{B: Some("")})
	require.NoError(t, err)
	require.Equal(t, `{"a":null,"b":""}`, string(raw))
	raw, err = json.Marshal(doc{A: Some(1)})
	require.NoError(t, err)
	require.Equal(t, `{"a":1}`, string(raw))

	d := doc{A: Some(7)}
	require.NoError(t, json.Unmarshal([]byte(`{"a":null,"b":"x"}`), &d))
	require.Equal(t, doc{B: Some("x")}, d)
	require.Error(t, json.Unmarshal([]byte(`{"a":"x"}`), &d))
	require.Equal(t, doc{B: Some("x")}, d, "an error changes nothing")
}
