package wire

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readTest reads one thing. why empty: it must give want and leave rest; else
// it must fail with just this message.
type readTest struct {
	name string
	f    *Framing
	in   string
	read func(r *Reader) any
	want any
	rest string
	why  string
}

func runReadTests(t *testing.T, tests []readTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := tt.f
			if f == nil {
				f = anyNewline
			}
			r := NewReader([]byte(tt.in), f)
			got := tt.read(&r)
			if tt.why != "" {
				require.EqualError(t, r.Err(), tt.why)
				require.Zero(t, got)
				requireStuck(t, &r)
				return
			}
			require.NoError(t, r.Err())
			require.Equal(t, tt.want, got)
			require.Equal(t, tt.rest, tt.in[r.Offset():])
		})
	}
}

// requireStuck: after an error everything gives zero values, loops over what is
// left end, and the error stays.
func requireStuck(t *testing.T, r *Reader) {
	t.Helper()
	err := r.Err()
	require.True(t, r.AtBreak())
	require.True(t, r.AtEnd())
	require.False(t, r.Has("x"))
	require.Zero(t, r.Separators(" "))
	require.Zero(t, r.Offset())
	require.Empty(t, r.Since(0))
	require.Nil(t, r.Since(9))
	r.Lit("x")
	r.Break()
	r.Same("y", []byte("x"))
	require.Zero(t, r.Uint("y", 64))
	require.Zero(t, r.Int("y", 64))
	require.Zero(t, r.Count("y"))
	require.Zero(t, r.Digits("y", 1))
	require.Zero(t, r.Hex("y", 1))
	require.Zero(t, r.Decimal("y"))
	require.Zero(t, r.Float("y"))
	require.Zero(t, r.Text("y"))
	require.Zero(t, r.Word("y"))
	require.Zero(t, r.FixedText("y", 1))
	require.Zero(t, r.FixedBytes("y", 1))
	require.Zero(t, r.Bytes("y", 1))
	require.Zero(t, r.Quoted("y", QuoteC))
	require.Zero(t, r.HexBytes("y"))
	require.Zero(t, r.Base64("y"))
	require.Zero(t, r.JSON("y"))
	require.False(t, r.Bool("y", "", "x"))
	p := r.Pad("y", 3, true, ' ')
	r.Unpad("y", p)
	r.Nest("y", err)
	r.Fail("y", "no")
	require.Equal(t, err, r.Err())
	require.Equal(t, err, r.Done())
}

func TestReadText(t *testing.T) {
	text := func(stops ...string) func(r *Reader) any {
		return func(r *Reader) any { return r.Text("x", stops...) }
	}
	word := func(stops ...string) func(r *Reader) any {
		return func(r *Reader) any { return r.Word("x", stops...) }
	}
	const blank = "x: holds a blank or a control character"
	runReadTests(t, []readTest{
		{"to the frame's end", nil, "hello, world", text(), "hello, world", "", ""},
		{"to the line end", nil, "one\ntwo", text(), "one", "\ntwo", ""},
		{"to the other line end", nil, "one\r\ntwo", text(), "one", "\r\ntwo", ""},
		{"CR alone is data", nil, "one\rtwo", text(), "one\rtwo", "", ""},
		{"LF alone is data where CRLF ends lines", crlfOnly, "one\ntwo\r\nthree", text(), "one\ntwo", "\r\nthree", ""},
		{"other terminators", hashEnds, "a#b|c##d", text(), "a#b", "|c##d", ""},
		{"NUL terminator", nulEnds, "a\nb\x00c", text(), "a\nb", "\x00c", ""},
		{"to the stop", nil, "a b c", text(" "), "a", " b c", ""},
		{"to the first of stops", nil, "a,b c", text(" ", ","), "a", ",b c", ""},
		{"a long stop that begins first", nil, "ab--c-d", text("-d", "--c"), "ab", "--c-d", ""},
		{"a short stop inside a long one", nil, "ab--c-d", text("--c-d", "-"), "ab", "--c-d", ""},
		{"a stop on the next line does not count", nil, "ab\nc d", text(" "), "ab", "\nc d", ""},
		{"empty", nil, " b", text(" "), "", " b", ""},
		{"empty stop is none", nil, "a b", text(""), "a b", "", ""},
		{"NUL", nil, "a\x00b", text(), nil, "", "x: holds a NUL"},
		{"NUL in latin1", latin1, "a\x00\xfc", text(), "a\x00\xfc", "", ""},
		{"invalid UTF-8", nil, "abcdefgh\xff", text(), nil, "", "x: not valid UTF-8"},
		{"not ascii", ascii, "abcdefghü", text(), nil, "", "x: not ASCII"},
		{"invalid UTF-8 behind the stop", nil, "a \xff", text(" "), "a", " \xff", ""},
		{"word", nil, "admin rest", word(" "), "admin", " rest", ""},
		{"word, empty", nil, " rest", word(" "), nil, "", "x: is empty"},
		{"word, blank", nil, "a b:", word(":"), nil, "", blank},
		{"word, NUL in latin1", latin1, "a\x00", word(), nil, "", blank},
		{"word, not ascii", ascii, "ü", word(), nil, "", "x: not ASCII"},
		{"fixed", nil, "abcd", func(r *Reader) any { return r.FixedText("x", 3) }, "abc", "d", ""},
		{"fixed, line too short", nil, "ab\nc", func(r *Reader) any { return r.FixedText("x", 3) }, nil, "", "x: fewer bytes than it needs"},
		{"fixed, charset", ascii, "\xff\xff", func(r *Reader) any { return r.FixedText("x", 2) }, nil, "", "x: not ASCII"},
		{"fixed, negative", nil, "ab", func(r *Reader) any { return r.FixedText("x", -1) }, nil, "", "x: fewer bytes than it needs"},
	})
}

func TestReadNumbers(t *testing.T) {
	unsigned := func(bits int) func(r *Reader) any { return func(r *Reader) any { return r.Uint("x", bits) } }
	signed := func(bits int) func(r *Reader) any { return func(r *Reader) any { return r.Int("x", bits) } }
	digits := func(n int) func(r *Reader) any { return func(r *Reader) any { return r.Digits("x", n) } }
	hex := func(n int) func(r *Reader) any { return func(r *Reader) any { return r.Hex("x", n) } }
	count := func(r *Reader) any { return r.Count("x") }
	float := func(r *Reader) any { return r.Float("x") }
	const none = "x: no digits"
	runReadTests(t, []readTest{
		{"uint", nil, "42 rest", unsigned(8), uint64(42), " rest", ""},
		{"uint, leading zeros", nil, strings.Repeat("0", 50) + "7", unsigned(8), uint64(7), "", ""},
		{"uint8, largest", nil, "255", unsigned(8), uint64(255), "", ""},
		{"uint8, too large", nil, "256", unsigned(8), nil, "", "x: does not fit 8 bits"},
		{"uint64, largest", nil, "18446744073709551615", unsigned(64), uint64(math.MaxUint64), "", ""},
		{"uint64, too large by one", nil, "18446744073709551616", unsigned(64), nil, "", "x: does not fit 64 bits"},
		{"uint64, far too large", nil, strings.Repeat("9", 400), unsigned(64), nil, "", "x: does not fit 64 bits"},
		{"uint, empty", nil, "", unsigned(8), nil, "", none},
		{"uint, plus", nil, "+1", unsigned(8), nil, "", none},
		{"uint, minus", nil, "-1", unsigned(8), nil, "", none},
		{"uint, blank", nil, " 1", unsigned(8), nil, "", none},
		{"int", nil, "-42x", signed(8), int64(-42), "x", ""},
		{"int, minus zero", nil, "-0", signed(8), int64(0), "", ""},
		{"int8, smallest", nil, "-128", signed(8), int64(-128), "", ""},
		{"int8, too small", nil, "-129", signed(8), nil, "", "x: does not fit 8 bits"},
		{"int8, too large", nil, "128", signed(8), nil, "", "x: does not fit 8 bits"},
		{"int64, smallest", nil, "-9223372036854775808", signed(64), int64(math.MinInt64), "", ""},
		{"int64, too small", nil, "-9223372036854775809", signed(64), nil, "", "x: does not fit 64 bits"},
		{"int64, too large", nil, "9223372036854775808", signed(64), nil, "", "x: does not fit 64 bits"},
		{"int, minus alone", nil, "-", signed(8), nil, "", none},
		{"int, two minuses", nil, "--1", signed(8), nil, "", none},
		{"int, plus", nil, "+1", signed(8), nil, "", none},
		{"count", nil, "17\n", count, 17, "\n", ""},
		{"count beyond int", nil, "9223372036854775808", count, math.MaxInt, "", ""},
		{"count beyond uint64", nil, strings.Repeat("9", 40), count, math.MaxInt, "", ""},
		{"count, negative", nil, "-1", count, nil, "", none},
		{"digits", nil, "00425", digits(4), uint64(42), "5", ""},
		{"digits, too few", nil, "42", digits(3), nil, "", "x: fewer bytes than it needs"},
		{"digits, other", nil, "4a2", digits(3), nil, "", "x: not a digit"},
		{"digits, sign", nil, "-42", digits(3), nil, "", "x: not a digit"},
		{"digits, too large", nil, "18446744073709551616", digits(20), nil, "", "x: does not fit 64 bits"},
		{"digits, negative width", nil, "18", digits(-1), nil, "", "x: fewer bytes than it needs"},
		{"hex", nil, "0bEEf", hex(4), uint64(0xbee), "f", ""},
		{"hex, other", nil, "0bEg", hex(4), nil, "", "x: not a digit"},
		{"hex, largest", nil, "0ffffffffffffffff", hex(17), uint64(math.MaxUint64), "", ""},
		{"hex, too large", nil, "10000000000000000", hex(17), nil, "", "x: does not fit 64 bits"},
		{"float", nil, "-12.5e-1 C", float, -1.25, " C", ""},
		{"float, whole", nil, "12.", float, 12.0, ".", ""},
		{"float, exponent without digits", nil, "12eV", float, 12.0, "eV", ""},
		{"float, exponent with sign alone", nil, "12e+", float, 12.0, "e+", ""},
		{"float, too large", nil, "1e999", float, nil, "", "x: too large a number"},
		{"float, infinity", nil, "Inf", float, nil, "", none},
		{"float, NaN", nil, "nan", float, nil, "", none},
		{"float, hexadecimal", nil, "0x1p4", float, 0.0, "x1p4", ""},
		{"float, underscore", nil, "1_0", float, 1.0, "_0", ""},
	})
}

func TestReadBool(t *testing.T) {
	read := func(on, off string) func(r *Reader) any {
		return func(r *Reader) any { return r.Bool("x", on, off) }
	}
	runReadTests(t, []readTest{
		{"on", nil, "on!", read("on", "off"), true, "!", ""},
		{"off", nil, "off!", read("on", "off"), false, "!", ""},
		{"neither", nil, "no", read("on", "off"), nil, "", "x: neither of its two words"},
		{"off begins with on", nil, "10", read("1", "10"), false, "", ""},
		{"on begins with off", nil, "10", read("10", "1"), true, "", ""},
		{"the shorter", nil, "11", read("1", "10"), true, "1", ""},
	})
}

func TestReadBytes(t *testing.T) {
	bytes := func(n uint64) func(r *Reader) any { return func(r *Reader) any { return r.Bytes("x", n) } }
	hex := func(r *Reader) any { return r.HexBytes("x", " ") }
	b64 := func(r *Reader) any { return r.Base64("x", " ") }
	const bad64 = "x: not base64"
	runReadTests(t, []readTest{
		{"counted", nil, "a\nb\x00c", bytes(4), []byte("a\nb\x00"), "c", ""},
		{"counted, none", nil, "abc", bytes(0), []byte{}, "abc", ""},
		{"counted, too few", nil, "abc", bytes(4), nil, "", "length: x has fewer bytes than were counted"},
		{"counted, huge", nil, "abc", bytes(1 << 63), nil, "", "length: x has fewer bytes than were counted"},
		{"fixed", nil, "a\nb", func(r *Reader) any { return r.FixedBytes("x", 2) }, []byte("a\n"), "b", ""},
		{"fixed, too few", nil, "a", func(r *Reader) any { return r.FixedBytes("x", 2) }, nil, "", "x: fewer bytes than it needs"},
		{"fixed, negative", nil, "a", func(r *Reader) any { return r.FixedBytes("x", -2) }, nil, "", "x: fewer bytes than it needs"},
		{"hex", nil, "00aBFf rest", hex, []byte{0, 0xab, 0xff}, " rest", ""},
		{"hex, none", nil, " rest", hex, []byte{}, " rest", ""},
		{"hex, odd", nil, "abc", hex, nil, "", "x: an odd number of hex digits"},
		{"hex, other", nil, "abxx", hex, nil, "", "x: not a hex digit"},
		{"base64", nil, "AKv/AQ== rest", b64, []byte{0, 0xab, 255, 1}, " rest", ""},
		{"base64, none", nil, "", b64, []byte{}, "", ""},
		{"base64, not padded", nil, "AKv/AQ", b64, nil, "", bad64},
		{"base64, bits left over", nil, "AKv/AR==", b64, nil, "", bad64},
		{"base64, url alphabet", nil, "AKv_AQ==", b64, nil, "", bad64},
		{"base64, CR inside", nil, "AKv/\rAQ==", b64, nil, "", bad64},
		{"base64, LF inside", crlfOnly, "AKv/\nAQ==", b64, nil, "", bad64},
	})
}

func TestReadQuoted(t *testing.T) {
	c := func(r *Reader) any { return r.Quoted("x", QuoteC) }
	json := func(r *Reader) any { return r.Quoted("x", QuoteJSON) }
	doubled := func(r *Reader) any { return r.Quoted("x", QuoteDoubled) }
	backslash := func(r *Reader) any { return r.Quoted("x", QuoteBackslash) }
	const (
		open   = "x: has no closing quote"
		escape = "x: has an escape that is not allowed"
	)
	runReadTests(t, []readTest{
		{"c, plain", nil, `"a b" c`, c, "a b", " c", ""},
		{"c, empty", nil, `""`, c, "", "", ""},
		{"c, escapes", nil, `"\a\b\f\n\r\t\v\\\"\'\?\x41\x7f\101\0"`, c, "\a\b\f\n\r\t\v\\\"'?A\x7fA\x00", "", ""},
		{"c, octal of one and two digits", nil, `"\18\779"`, c, "\x018\x3f9", "", ""},
		{"c, octal too large", nil, `"\777"`, c, nil, "", escape},
		{"c, one hex digit", nil, `"\x4"`, c, nil, "", escape},
		{"c, unknown escape", nil, `"\q"`, c, nil, "", escape},
		{"c, escapes that are not UTF-8", nil, `"\xff"`, c, nil, "", "x: not valid UTF-8"},
		{"c, escapes that are UTF-8", nil, `"\xc3\xbc"`, c, "ü", "", ""},
		{"c, escapes that are not ascii", ascii, `"\xc3\xbc"`, c, nil, "", "x: not ASCII"},
		{"c, latin1", latin1, `"\xff` + "\xfe\"", c, "\xff\xfe", "", ""},
		{"c, NUL", nil, "\"\x00\"", c, nil, "", "x: holds a NUL"},
		{"no quote", nil, `a"`, c, nil, "", "x: does not begin with a quote"},
		{"nothing", nil, ``, c, nil, "", "x: does not begin with a quote"},
		{"c, not closed", nil, `"abc`, c, nil, "", open},
		{"c, closing quote escaped", nil, `"abc\"`, c, nil, "", open},
		{"c, backslash last", nil, `"abc\`, c, nil, "", open},
		{"c, closed on the next line", nil, "\"abc\ndef\"", c, nil, "", open},
		{"json", nil, `"a \b\f\n\r\t\\\"\/ \u00fc \ud834\udd1e" b`, json, "a \b\f\n\r\t\\\"/ ü 𝄞", " b", ""},
		{"json, plain", nil, `"ü"`, json, "ü", "", ""},
		{"json, control", nil, "\"a\tb\"", json, nil, "", "x: holds a control character that is not escaped"},
		{"json, c escape", nil, `"\x41"`, json, nil, "", escape},
		{"json, short escape", nil, `"\u12"`, json, nil, "", escape},
		{"json, half a pair", nil, `"\ud834"`, json, nil, "", escape},
		{"json, half a pair and another", nil, `"\ud834\u0041"`, json, nil, "", escape},
		{"json, halves swapped", nil, `"\udd1e\ud834"`, json, nil, "", escape},
		{"json in ascii", ascii, `"\u00fc"`, json, "ü", "", ""},
		{"json in latin1", latin1, `"\u00fc` + "\xfc\"", json, "\xfc\xfc", "", ""},
		{"json beyond latin1", latin1, `"\u0100"`, json, nil, "", escape},
		{"backslash", nil, `"say \"hi\" \\ \n" rest`, backslash, `say "hi" \ n`, " rest", ""},
		{"backslash, before a letter of two bytes", nil, `"\ü"`, backslash, "ü", "", ""},
		{"backslash, quote escaped", nil, `"a\"`, backslash, nil, "", open},
		{"backslash last", nil, `"a\`, backslash, nil, "", open},
		{"backslash, NUL", nil, "\"\\\x00\"", backslash, nil, "", "x: holds a NUL"},
		{"doubled", nil, `"say ""hi"" \n" rest`, doubled, `say "hi" \n`, " rest", ""},
		{"doubled, only a quote", nil, `""""`, doubled, `"`, "", ""},
		{"doubled, not closed", nil, `"a""`, doubled, nil, "", open},
		{"doubled, empty", nil, `"" "`, doubled, "", ` "`, ""},
	})
}

func TestReadJSON(t *testing.T) {
	read := func(r *Reader) any { return r.JSON("x") }
	const bad = "x: not a JSON value"
	runReadTests(t, []readTest{
		{"object", nil, `{"a":[1,{"b":"}\""}]} `, read, []byte(`{"a":[1,{"b":"}\""}]}`), "", ""},
		{"blanks before the line end", nil, "{} \t\nrest", read, []byte(`{}`), "\nrest", ""},
		{"blanks before something else", nil, "{} rest", read, []byte(`{}`), " rest", ""},
		{"literal behind it", nil, `[1]]`, read, []byte(`[1]`), "]", ""},
		{"string", nil, `"a b" c`, read, []byte(`"a b"`), " c", ""},
		{"number", nil, `12 c`, read, []byte(`12`), " c", ""},
		{"number and a comma", nil, `12,13`, read, []byte(`12`), ",13", ""},
		{"blanks inside", nil, `{ "a" : 1 }`, read, []byte(`{ "a" : 1 }`), "", ""},
		{"nothing", nil, ``, read, nil, "", bad},
		{"not closed", nil, `{"a":1`, read, nil, "", bad},
		{"closed on the next line", nil, "{\"a\":\n1}", read, nil, "", bad},
		{"wrong bracket", nil, `{"a":[1}]`, read, nil, "", bad},
		{"closing bracket", nil, `}`, read, nil, "", bad},
		{"not closed string", nil, `"abc`, read, nil, "", bad},
		{"word", nil, `nope`, read, nil, "", bad},
		{"not UTF-8", nil, "\"\xff\"", read, nil, "", "x: not valid UTF-8"},
		{"deepest", nil, strings.Repeat("[", 64) + strings.Repeat("]", 64), read, []byte(strings.Repeat("[", 64) + strings.Repeat("]", 64)), "", ""},
		{"too deep", nil, strings.Repeat("[", 65) + strings.Repeat("]", 65), read, nil, "", "x: JSON nested too deeply"},
		{"far too deep", nil, strings.Repeat(`{"a":`, 100_000), read, nil, "", "x: JSON nested too deeply"},
	})
}

func TestReadLiterals(t *testing.T) {
	read := func(read func(r *Reader)) func(r *Reader) any {
		return func(r *Reader) any { read(r); return nil }
	}
	runReadTests(t, []readTest{
		{"literal", nil, "READ 3", read(func(r *Reader) { r.Lit("READ ") }), nil, "3", ""},
		{"other literal", nil, "REAL 3", read(func(r *Reader) { r.Lit("READ ") }), nil, "", "literal: other text than the template's"},
		{"literal cut short", nil, "REA", read(func(r *Reader) { r.Lit("READ ") }), nil, "", "literal: other text than the template's"},
		{"break", nil, "\nx", read(func(r *Reader) { r.Break() }), nil, "x", ""},
		{"other break", nil, "\r\nx", read(func(r *Reader) { r.Break() }), nil, "x", ""},
		{"no break", nil, "x", read(func(r *Reader) { r.Break() }), nil, "", "end: no line end here"},
		{"no break at the end", nil, "", read(func(r *Reader) { r.Break() }), nil, "", "end: no line end here"},
		{"LF is no break where CRLF ends lines", crlfOnly, "\nx", read(func(r *Reader) { r.Break() }), nil, "", "end: no line end here"},
		{"same", nil, "ababc", read(func(r *Reader) { s := r.FixedText("x", 2); r.SameText("x", s) }), nil, "c", ""},
		{"not the same", nil, "abac", read(func(r *Reader) { b := r.FixedBytes("x", 2); r.Same("x", b) }), nil, "", "x: not the same as before (byte 2)"},
		{"since", nil, "abc", func(r *Reader) any { at := r.Offset(); r.Lit("ab"); return string(r.Since(at)) }, "ab", "c", ""},
		{"nested", nil, "abc", read(func(r *Reader) { r.Lit("a"); r.Nest("o", &FieldError{Field: "user", Reason: "is missing"}) }), nil, "", "o.user: is missing (byte 1)"},
		{"failed by the caller", nil, "abc", read(func(r *Reader) { r.Lit("ab"); r.Fail("x", "out of range") }), nil, "", "x: out of range (byte 2)"},
	})
}

func TestReadPlaces(t *testing.T) {
	r := NewReader([]byte("a b c\r\nd e"), anyNewline)
	require.Equal(t, 2, r.Separators(" "))
	require.Equal(t, 0, r.Separators(""))
	require.True(t, r.Has("a "))
	require.False(t, r.Has("b"))
	require.False(t, r.AtBreak())
	r.Lit("a b c")
	require.Equal(t, 0, r.Separators(" "), "those of the next line do not count")
	require.True(t, r.AtBreak())
	require.False(t, r.AtEnd())
	r.Break()
	require.Equal(t, 1, r.Separators(" "))
	r.Lit("d e")
	require.True(t, r.AtBreak())
	require.True(t, r.AtEnd())
	require.NoError(t, r.Done())

	r = NewReader([]byte("----"), anyNewline)
	require.Equal(t, 2, r.Separators("--"), "without overlap")
	r.Lit("--")
	require.EqualError(t, r.Done(), "end: more bytes than the template has (byte 2)")
}

// A line that was looked at is looked at again after bytes that held its end.
func TestReadLineAfterBytes(t *testing.T) {
	r := NewReader([]byte("ab\ncd ef\ngh"), anyNewline)
	require.Equal(t, 0, r.Separators(" "))
	require.Equal(t, "ab\nc", string(r.Bytes("x", 4)))
	require.Equal(t, "d", r.Text("y", " "))
	r.Lit(" ")
	require.Equal(t, "ef", r.Text("z", " "))
	r.Break()
	require.Equal(t, "gh", r.Text("z"))
	require.NoError(t, r.Done())
}

func TestReadPad(t *testing.T) {
	padded := func(left bool, read func(r *Reader) any) func(r *Reader) any {
		return func(r *Reader) any {
			r.Lit("<")
			p := r.Pad("x", 6, left, ' ')
			v := read(r)
			r.Unpad("x", p)
			return v
		}
	}
	text := func(r *Reader) any { return r.Text("x") }
	number := func(r *Reader) any { return r.Int("x", 16) }
	runReadTests(t, []readTest{
		{"number", nil, "<   -12>", padded(true, number), int64(-12), ">", ""},
		{"number without blanks", nil, "<123456>", padded(true, func(r *Reader) any { return r.Uint("x", 32) }), uint64(123456), ">", ""},
		{"text", nil, "<ab    >", padded(false, text), "ab", ">", ""},
		{"text with blanks inside", nil, "< a b  >", padded(false, text), " a b", ">", ""},
		{"nothing but blanks", nil, "<      >", padded(false, text), "", ">", ""},
		{"no number", nil, "<      >", padded(true, number), nil, "", "x: no digits (byte 7)"},
		{"line too short", nil, "<12\n34567", padded(true, number), nil, "", "x: fewer bytes than it needs (byte 1)"},
	})
	r := NewReader([]byte("12 34 rest"), anyNewline)
	p := r.Pad("x", 5, false, ' ')
	r.Uint("x", 8)
	r.Unpad("x", p)
	require.EqualError(t, r.Err(), "x: more bytes than its value has (byte 2)")

	r = NewReader([]byte("12    rest\nx"), anyNewline)
	p = r.Pad("x", 6, false, ' ')
	r.Uint("x", 8)
	r.Unpad("x", p)
	require.Equal(t, "rest", r.Text("y"), "the line goes on behind the field")
	r.Break()
	r.Lit("x")
	require.NoError(t, r.Done())
}
