package wire

import (
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// The targets here compare this package with the standard library. Where the
// two draw other lines, an expression says which texts are in question.

// unframed is a line of any bytes.
var unframed = &Framing{Max: math.MaxInt, MaxLine: math.MaxInt}

// readAll reads all of s; ok is false where some of it is left, or is refused.
func readAll[T any](s string, read func(r *Reader) T) (v T, ok bool) {
	r := NewReader([]byte(s), unframed)
	v = read(&r)
	return v, r.Done() == nil
}

var (
	decimalForm = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	floatForm   = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
)

// Numbers are those of strconv and math/big; of integers only a plus is refused
// beside.
func FuzzNumbersAgree(f *testing.F) {
	for _, s := range []string{"0", "-0", "21.50", "-1e-9", "18446744073709551616", "9223372036854775808", "-9223372036854775808", "7fFF", "+1", "1.", "0x1p-2", "1_0", "1e999"} {
		f.Add(s, uint8(6))
		f.Add(s, uint8(62))
	}
	f.Fuzz(func(t *testing.T, s string, size uint8) {
		bits := 2 + int(size)%63 // of one bit, strconv takes any negative number for -1
		agree := func(ok bool, v any, refused bool, want any, err error) {
			t.Helper()
			require.Equal(t, err == nil && !refused, ok, "%q: %v", s, err)
			if ok {
				require.Equal(t, want, v, "%q", s)
			}
		}
		u, ok := readAll(s, func(r *Reader) uint64 { return r.Uint("x", bits) })
		wantU, err := strconv.ParseUint(s, 10, bits)
		agree(ok, u, false, wantU, err)
		i, ok := readAll(s, func(r *Reader) int64 { return r.Int("x", bits) })
		wantI, err := strconv.ParseInt(s, 10, bits)
		agree(ok, i, strings.HasPrefix(s, "+"), wantI, err)
		if s == "" {
			return
		}
		u, ok = readAll(s, func(r *Reader) uint64 { return r.Digits("x", len(s)) })
		wantU, err = strconv.ParseUint(s, 10, 64)
		agree(ok, u, false, wantU, err)
		u, ok = readAll(s, func(r *Reader) uint64 { return r.Hex("x", len(s)) })
		wantU, err = strconv.ParseUint(s, 16, 64)
		agree(ok, u, false, wantU, err)
		v, ok := readAll(s, func(r *Reader) float64 { return r.Float("x") })
		wantV, err := strconv.ParseFloat(s, 64)
		agree(ok, v, !floatForm.MatchString(s), wantV, err)
		decimalAgrees(t, s)
	})
}

// decimalAgrees compares s, which may be a decimal, with math/big.
func decimalAgrees(t *testing.T, s string) {
	d, ok := readAll(s, func(r *Reader) Decimal { return r.Decimal("x") })
	whole, part, _ := strings.Cut(s, ".")
	coef, isNumber := new(big.Int).SetString(whole+part, 10)
	fits := decimalForm.MatchString(s) && isNumber && coef.IsInt64() && len(part) <= math.MaxUint8
	require.Equal(t, fits, ok, "%q", s)
	if !ok {
		return
	}
	require.Equal(t, Decimal{coef.Int64(), uint8(len(part))}, d, "%q", s)
	exact, ok := new(big.Rat).SetString(s)
	require.True(t, ok)
	nearest, _ := exact.Float64()
	require.Equal(t, nearest, d.Float64(), "%q", s)
	half := Decimal{d.Coef / 2, d.Scale / 2}
	other, ok := new(big.Rat).SetString(half.String())
	require.True(t, ok)
	require.Equal(t, exact.Cmp(other), d.Cmp(half), "%v and %v", d, half)
}

// cForm is what C and Go quote alike: C also knows \? and short octal numbers,
// Go also \u and \U.
var cForm = regexp.MustCompile(`^"([^"\\\n\x00]|\\[abfnrtv\\"]|\\x[0-9a-fA-F]{2}|\\[0-3][0-7]{2})*"$`)

// Quoted text is that of strconv, encoding/json and, with doubled quotes,
// encoding/csv.
func FuzzQuotesAgree(f *testing.F) {
	for _, s := range []string{`"a\"b\\"`, `"\x41\101"`, `"\a\b\f\n\r\t\v\\\""`, `"grüße 𝄞"`, `"\ud834\udd1e\u00fc"`, `"\ud834"`, `"a""b"`, `""""`, `"a"b"`, "\"\xff\"", `"\/"`, `"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := readAll(s, func(r *Reader) string { return r.Quoted("x", QuoteC) })
		want, err := strconv.Unquote(s)
		if cForm.MatchString(s) && utf8.ValidString(s) && utf8.ValidString(want) {
			require.NoError(t, err)
			require.True(t, ok, "%s", s)
		}
		if ok && err == nil && strings.HasPrefix(s, `"`) && !strings.ContainsAny(s, "\x00") {
			require.Equal(t, want, got, "%s", s)
		}

		got, ok = readAll(s, func(r *Reader) string { return r.Quoted("x", QuoteJSON) })
		err = json.Unmarshal([]byte(s), &want)
		// Half a surrogate pair and bytes that are no UTF-8 become U+FFFD there.
		isText := strings.HasPrefix(s, `"`) && strings.HasSuffix(s, `"`) && utf8.ValidString(s) && !strings.Contains(want, "\ufffd")
		switch {
		case ok:
			require.NoError(t, err, "%s", s)
			require.Equal(t, want, got, "%s", s)
		case err == nil && isText:
			require.Fail(t, "refused", "%s", s)
		}

		if strings.ContainsAny(s, "\r\n\x00") || !utf8.ValidString(s) || !strings.HasPrefix(s, `"`) {
			return
		}
		got, ok = readAll(s, func(r *Reader) string { return r.Quoted("x", QuoteDoubled) })
		record, err := csv.NewReader(strings.NewReader(s)).Read()
		require.Equal(t, err == nil && len(record) == 1, ok, "%s: %v", s, err)
		if ok {
			require.Equal(t, record[0], got, "%s", s)
		}
	})
}

// Bytes as text are those of encoding/hex and encoding/base64.
func FuzzBytesAgree(f *testing.F) {
	for _, s := range []string{"", "00fF", "0", "0g", "AKv/AQ==", "AKv/AQ=", "AKv/AR==", "A\nKv", "===="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := readAll(s, func(r *Reader) []byte { return r.HexBytes("x") })
		want, err := hex.DecodeString(s)
		require.Equal(t, err == nil, ok, "%q", s)
		if ok {
			require.Equal(t, string(want), string(got))
		}
		got, ok = readAll(s, func(r *Reader) []byte { return r.Base64("x") })
		want, err = base64.StdEncoding.Strict().DecodeString(s)
		require.Equal(t, err == nil && !strings.ContainsAny(s, "\r\n"), ok, "%q", s)
		if ok {
			require.Equal(t, string(want), string(got))
		}
		b := []byte(s)
		require.Equal(t, strings.ToUpper(hex.EncodeToString(b)), string(mustWrite(t, func(w *Writer) { w.HexBytes("x", b) })))
		require.Equal(t, base64.StdEncoding.EncodeToString(b), string(mustWrite(t, func(w *Writer) { w.Base64("x", b) })))
	})
}
