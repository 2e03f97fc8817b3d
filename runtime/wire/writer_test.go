package wire

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Framings of the tests, by what is special in them.
var (
	anyNewline = &Framing{Ends: []string{"\n", "\r\n"}, SendEnd: "\n", Max: 4096, MaxLine: 1024}
	crlfOnly   = &Framing{Ends: []string{"\r\n"}, SendEnd: "\r\n", Max: 4096, MaxLine: 1024}
	ascii      = &Framing{Ends: []string{"\r\n"}, SendEnd: "\r\n", Max: 4096, MaxLine: 1024, Charset: ASCII}
	latin1     = &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 4096, MaxLine: 1024, Charset: Latin1}
	nulEnds    = &Framing{Ends: []string{"\x00"}, SendEnd: "\x00", Max: 4096, MaxLine: 1024}
	hashEnds   = &Framing{Ends: []string{"##", "|"}, SendEnd: "##", Max: 4096, MaxLine: 1024}
	letterEnds = &Framing{Ends: []string{"A"}, SendEnd: "A", Max: 4096, MaxLine: 1024}
	tiny       = &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 8, MaxLine: 8}
)

// writeTest writes one thing. why empty: it must give want, without the final
// terminator; else it must fail with just this message.
type writeTest struct {
	name  string
	f     *Framing
	write func(w *Writer)
	want  string
	why   string
}

func runWriteTests(t *testing.T, tests []writeTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := tt.f
			if f == nil {
				f = anyNewline
			}
			w := NewWriter([]byte("before"), f)
			tt.write(&w)
			b, err := w.End()
			if tt.why != "" {
				require.EqualError(t, err, tt.why)
				require.Equal(t, err, w.Err())
				require.Equal(t, "before", string(b), "an error must append nothing")
				return
			}
			require.NoError(t, err)
			require.Equal(t, "before"+tt.want+f.SendEnd, string(b))
		})
	}
}

func text(s string, stops ...string) func(w *Writer) {
	return func(w *Writer) { w.Text("x", s, stops...) }
}

func TestWriteText(t *testing.T) {
	const (
		brk  = "x: holds a line break"
		stop = "x: holds the text that ends it"
	)
	runWriteTests(t, []writeTest{
		{"plain", nil, text("hello, world"), "hello, world", ""},
		{"empty", nil, text("", " "), "", ""},
		{"unicode", nil, text("grüße, 世界"), "grüße, 世界", ""},
		{"tab and escape are text", nil, text("a\tb\x1b"), "a\tb\x1b", ""},
		{"LF", nil, text("a\nLOGIN"), "", brk},
		{"CR", nil, text("a\rLOGIN"), "", brk},
		{"LF where CRLF ends lines", crlfOnly, text("a\nb"), "", brk},
		{"CR where CRLF ends lines", crlfOnly, text("a\r"), "", brk},
		{"newline far along", nil, text(strings.Repeat("x", 77) + "\n"), "", brk},
		{"newline where NUL ends lines", nulEnds, text("a\nb\r"), "a\nb\r", ""},
		{"NUL where NUL ends lines", nulEnds, text("a\x00b"), "", brk},
		{"NUL", nil, text("admin\x00guest"), "", "x: holds a NUL"},
		{"NUL far along", nil, text("0123456789abcdef\x00"), "", "x: holds a NUL"},
		{"NUL in latin1", latin1, text("a\x00b"), "a\x00b", ""},
		{"invalid UTF-8", nil, text("a\xffb"), "", "x: not valid UTF-8"},
		{"half a character", nil, text("gr\xc3"), "", "x: not valid UTF-8"},
		{"any byte in latin1", latin1, text("gr\xfc\xdfe"), "gr\xfc\xdfe", ""},
		{"ascii", ascii, text("gruss"), "gruss", ""},
		{"not ascii", ascii, text("grüße"), "", "x: not ASCII"},
		{"DEL is ascii", ascii, text("\x7f"), "\x7f", ""},
		{"stop", nil, text("a b", " "), "", stop},
		{"second stop", nil, text("a,b", " ", ","), "", stop},
		{"long stop", nil, text("a -- b", " -- "), "", stop},
		{"part of a stop is text", nil, text("a - b", " -- "), "a - b", ""},
		{"end of the stop's beginning", nil, text("xa", "ab"), "xa", ""},
		{"would make the stop earlier", nil, text("xa", "aa"), "", stop},
		{"would not make a long stop earlier", nil, text("xb", "abab"), "xb", ""},
		{"would make a long stop earlier", nil, text("xab", "abab"), "", stop},
		{"would make another stop earlier", nil, text("xa", "b", "ab"), "", stop},
		{"another stop fits not", nil, text("xa", "c", "ab"), "xa", ""},
		{"empty stop is none", nil, text("a", ""), "a", ""},
		{"terminator of other bytes", hashEnds, text("a##b"), "", brk},
		{"received terminator too", hashEnds, text("a|b"), "", brk},
		{"half a terminator inside", hashEnds, text("a#b"), "a#b", ""},
		{"half a terminator at the end", hashEnds, text("a#"), "", "end: the line has a line end inside (byte 1)"},
		{"terminator over two parts", hashEnds, func(w *Writer) { w.Lit("a#"); w.Text("x", "#b") }, "", "end: the line has a line end inside (byte 1)"},
		{"too large", tiny, text("123456789"), "", "frame is larger than 8 bytes"},
		{"just fits", tiny, text("12345678"), "12345678", ""},
	})
}

func TestWriteWord(t *testing.T) {
	word := func(s string, stops ...string) func(w *Writer) {
		return func(w *Writer) { w.Word("x", s, stops...) }
	}
	const blank = "x: holds a blank or a control character"
	runWriteTests(t, []writeTest{
		{"plain", nil, word("admin"), "admin", ""},
		{"unicode", nil, word("müller"), "müller", ""},
		{"empty", nil, word(""), "", "x: is empty"},
		{"blank", nil, word("a b"), "", blank},
		{"tab", nil, word("a\tb"), "", blank},
		{"newline", nil, word("a\n"), "", blank},
		{"NUL", latin1, word("a\x00"), "", blank},
		{"stop", nil, word("a:b", ":"), "", "x: holds the text that ends it"},
		{"not ascii", ascii, word("ü"), "", "x: not ASCII"},
		{"terminator", hashEnds, word("a|b"), "", "x: holds a line break"},
	})
}

func TestWriteNumbers(t *testing.T) {
	runWriteTests(t, []writeTest{
		{"uint8", nil, func(w *Writer) { w.Uint("x", 255, 8) }, "255", ""},
		{"uint8 too large", nil, func(w *Writer) { w.Uint("x", 256, 8) }, "", "x: does not fit 8 bits"},
		{"uint64", nil, func(w *Writer) { w.Uint("x", math.MaxUint64, 64) }, "18446744073709551615", ""},
		{"int8", nil, func(w *Writer) { w.Int("x", -128, 8) }, "-128", ""},
		{"int8 too small", nil, func(w *Writer) { w.Int("x", -129, 8) }, "", "x: does not fit 8 bits"},
		{"int8 too large", nil, func(w *Writer) { w.Int("x", 128, 8) }, "", "x: does not fit 8 bits"},
		{"int64", nil, func(w *Writer) { w.Int("x", math.MinInt64, 64) }, "-9223372036854775808", ""},
		{"digits", nil, func(w *Writer) { w.Digits("x", 42, 5) }, "00042", ""},
		{"digits exactly", nil, func(w *Writer) { w.Digits("x", 42, 2) }, "42", ""},
		{"digits of zero", nil, func(w *Writer) { w.Digits("x", 0, 3) }, "000", ""},
		{"digits too many", nil, func(w *Writer) { w.Digits("x", 100, 2) }, "", "x: does not fit 2 digits"},
		{"digits of the largest", nil, func(w *Writer) { w.Digits("x", math.MaxUint64, 22) }, "0018446744073709551615", ""},
		{"digits beyond the frame", tiny, func(w *Writer) { w.Digits("x", 1, 1<<40) }, "", "frame is larger than 8 bytes"},
		{"hex", nil, func(w *Writer) { w.Hex("x", 0xbeef, 8) }, "0000BEEF", ""},
		{"hex too large", nil, func(w *Writer) { w.Hex("x", 0x100, 2) }, "", "x: does not fit 2 digits"},
		{"decimal", nil, func(w *Writer) { w.Decimal("x", Decimal{-2150, 2}) }, "-21.50", ""},
		{"float", nil, func(w *Writer) { w.Float("x", -0.25) }, "-0.25", ""},
		{"float, large", nil, func(w *Writer) { w.Float("x", 123456789012) }, "123456789012", ""},
		{"float, larger", nil, func(w *Writer) { w.Float("x", 1e300) }, "1e+300", ""},
		{"float, small", nil, func(w *Writer) { w.Float("x", 1e-7) }, "1e-07", ""},
		{"float, negative zero", nil, func(w *Writer) { w.Float("x", math.Copysign(0, -1)) }, "0", ""},
		{"float, infinite", nil, func(w *Writer) { w.Float("x", math.Inf(-1)) }, "", "x: not a finite number"},
		{"float, NaN", nil, func(w *Writer) { w.Float("x", math.NaN()) }, "", "x: not a finite number"},
		{"bool on", nil, func(w *Writer) { w.Bool("x", true, "ON", "OFF") }, "ON", ""},
		{"bool off", nil, func(w *Writer) { w.Bool("x", false, "ON", "OFF") }, "OFF", ""},
	})
}

func TestWriteBytes(t *testing.T) {
	second := func(write func(w *Writer)) func(w *Writer) {
		return func(w *Writer) { w.Lit("h"); w.Break(); write(w) }
	}
	runWriteTests(t, []writeTest{
		{"anything on a later line", crlfOnly, second(func(w *Writer) { w.Bytes("x", []byte("a\r\nb\x00\xff")) }), "h\r\na\r\nb\x00\xff", ""},
		{"other terminators on a later line", hashEnds, second(func(w *Writer) { w.Bytes("x", []byte("a##b#|")) }), "h##a##b#|", ""},
		{"any bytes", crlfOnly, func(w *Writer) { w.Bytes("x", []byte("a\n\x00\xff")) }, "a\n\x00\xff", ""},
		{"too many", tiny, second(func(w *Writer) { w.Bytes("x", make([]byte, 7)) }), "", "frame is larger than 8 bytes"},
		{"fixed", nil, func(w *Writer) { w.FixedBytes("x", []byte{1, 2}, 2) }, "\x01\x02", ""},
		{"fixed, too short", nil, func(w *Writer) { w.FixedBytes("x", []byte{1}, 2) }, "", "x: not of exactly 2 bytes"},
		{"fixed text", nil, func(w *Writer) { w.FixedText("x", "ab", 2) }, "ab", ""},
		{"fixed text, too long", nil, func(w *Writer) { w.FixedText("x", "abc", 2) }, "", "x: not of exactly 2 bytes"},
		{"fixed text, newline", nil, func(w *Writer) { w.FixedText("x", "a\n", 2) }, "", "x: holds a line break"},
		{"hex bytes", nil, func(w *Writer) { w.HexBytes("x", []byte{0, 0xab, 255}) }, "00ABFF", ""},
		{"hex bytes, too many", tiny, func(w *Writer) { w.HexBytes("x", make([]byte, 5)) }, "", "frame is larger than 8 bytes"},
		{"hex bytes that hold the terminator", letterEnds, func(w *Writer) { w.Lit("x "); w.HexBytes("x", []byte{0xba}) }, "", "end: the line has a line end inside (byte 3)"},
		{"hex bytes that do not", letterEnds, func(w *Writer) { w.HexBytes("x", []byte{0xbc}) }, "BC", ""},
		{"base64", nil, func(w *Writer) { w.Base64("x", []byte{0, 0xab, 255, 1}) }, "AKv/AQ==", ""},
		{"base64, too many", tiny, func(w *Writer) { w.Base64("x", make([]byte, 7)) }, "", "frame is larger than 8 bytes"},
	})
}

func TestWriteQuoted(t *testing.T) {
	quoted := func(s string, flavour Quote) func(w *Writer) {
		return func(w *Writer) { w.Quoted("x", s, flavour) }
	}
	runWriteTests(t, []writeTest{
		{"c", nil, quoted("a \"b\" \\ c\n\r\t\x00\x7f ü", QuoteC), `"a \"b\" \\ c\n\r\t\x00\x7F ü"`, ""},
		{"c, not UTF-8", nil, quoted("\xff", QuoteC), "", "x: not valid UTF-8"},
		{"c, not ascii", ascii, quoted("ü", QuoteC), "", "x: not ASCII"},
		{"c, latin1", latin1, quoted("\xfc", QuoteC), "\"\xfc\"", ""},
		{"c, other terminator", hashEnds, quoted("a##b", QuoteC), "", "x: holds a line break"},
		{"json", nil, quoted("a \"b\" \\ c\n\r\t\x00\x7f ü", QuoteJSON), `"a \"b\" \\ c\n\r\t\u0000\u007f ü"`, ""},
		{"json in ascii", ascii, quoted("ü𝄞", QuoteJSON), `"\u00fc\ud834\udd1e"`, ""},
		{"json in latin1", latin1, quoted("\xfc", QuoteJSON), `"\u00fc"`, ""},
		{"json, not UTF-8", ascii, quoted("\xff", QuoteJSON), "", "x: not valid UTF-8"},
		{"doubled", nil, quoted(`say "hi" \n`, QuoteDoubled), `"say ""hi"" \n"`, ""},
		{"doubled, newline", nil, quoted("a\nb", QuoteDoubled), "", "x: holds a line break"},
		{"backslash", nil, quoted("a \"b\" \\ c\tü", QuoteBackslash), "\"a \\\"b\\\" \\\\ c\tü\"", ""},
		{"backslash, newline", nil, quoted("a\nb", QuoteBackslash), "", "x: holds a line break"},
		{"backslash, not UTF-8", nil, quoted("\xff", QuoteBackslash), "", "x: not valid UTF-8"},
		{"doubled, NUL", nil, quoted("a\x00b", QuoteDoubled), "", "x: holds a NUL"},
		{"too large before escapes", tiny, quoted("1234567", QuoteC), "", "frame is larger than 8 bytes"},
		{"too large by escapes", tiny, quoted("\n\n\n\n", QuoteC), "", "frame is larger than 8 bytes"},
	})
}

func TestWriteJSON(t *testing.T) {
	raw := func(s string) func(w *Writer) { return func(w *Writer) { w.JSON("x", []byte(s)) } }
	runWriteTests(t, []writeTest{
		{"compact", nil, raw(" {\"a\" : [1, true,\r\n null], \"b c\":\" d \\\" e \"}\n"), `{"a":[1,true,null],"b c":" d \" e "}`, ""},
		{"scalar", nil, raw(` 12 `), `12`, ""},
		{"unicode", nil, raw(`"ü"`), `"ü"`, ""},
		{"ascii", ascii, raw(`{"ü": "𝄞"}`), `{"\u00fc":"\ud834\udd1e"}`, ""},
		{"not json", nil, raw(`{"a":}`), "", "x: not a JSON value"},
		{"two values", nil, raw(`1 2`), "", "x: not a JSON value"},
		{"nothing", nil, raw(``), "", "x: not a JSON value"},
		{"not UTF-8", nil, raw("\"\xff\""), "", "x: not valid UTF-8"},
		{"deep", nil, raw(strings.Repeat("[", 65) + strings.Repeat("]", 65)), "", "x: JSON nested too deeply"},
		{"terminator", hashEnds, raw(`"##"`), "", "x: holds a line break"},
		{"too large", tiny, raw(`"12345678"`), "", "frame is larger than 8 bytes"},
	})
}

func TestWritePad(t *testing.T) {
	pad := func(left bool, write func(w *Writer)) func(w *Writer) {
		return func(w *Writer) {
			w.Lit("<")
			mark := w.Mark()
			write(w)
			w.Pad("x", mark, 6, left, ' ')
			w.Lit(">")
		}
	}
	runWriteTests(t, []writeTest{
		{"left", nil, pad(true, func(w *Writer) { w.Int("x", -12, 16) }), "<   -12>", ""},
		{"right", nil, pad(false, text("ab")), "<ab    >", ""},
		{"full", nil, pad(false, text("abcdef")), "<abcdef>", ""},
		{"empty", nil, pad(false, text("")), "<      >", ""},
		{"blank inside", nil, pad(false, text(" a b")), "< a b  >", ""},
		{"too long", nil, pad(true, text("abcdefg")), "", "x: longer than 6 bytes (byte 8)"},
		{"blank at the padded end", nil, pad(false, text("a ")), "", "x: has its filler at the padded end (byte 3)"},
		{"blank at the padded beginning", nil, pad(true, text(" a")), "", "x: has its filler at the padded end (byte 3)"},
		{"after an error", nil, pad(true, text("\n")), "", "x: holds a line break (byte 1)"},
	})
}

func TestWriteFrames(t *testing.T) {
	runWriteTests(t, []writeTest{
		{"two lines", crlfOnly, func(w *Writer) { w.Lit("a"); w.Break(); w.Lit("b") }, "a\r\nb", ""},
		{"first error stays", nil, func(w *Writer) { w.Uint("a", 300, 8); w.Fail("b", "no"); w.Text("c", "\n") }, "", "a: does not fit 8 bits"},
		{"offset", nil, func(w *Writer) { w.Lit("READ "); w.Uint("a", 300, 8) }, "", "a: does not fit 8 bits (byte 5)"},
		{"nested", nil, func(w *Writer) { w.Nest("o", &FieldError{Field: "user", Reason: "is missing"}) }, "", "o.user: is missing"},
		{"nested without field", nil, func(w *Writer) { w.Nest("o", &FieldError{Reason: "not JSON"}) }, "", "o: not JSON"},
		{"nested nothing", nil, func(w *Writer) { w.Nest("o", nil) }, "", ""},
		{"literals too large", tiny, func(w *Writer) { w.Lit("123456789") }, "", "frame is larger than 8 bytes"},
		{"breaks count", tiny, func(w *Writer) { w.Lit("1234"); w.Break(); w.Lit("1234") }, "", "frame is larger than 8 bytes"},
	})
}

func TestWriterDone(t *testing.T) {
	w := NewWriter([]byte("x"), anyNewline)
	w.Lit("part")
	b, err := w.Done()
	require.NoError(t, err)
	require.Equal(t, "xpart", string(b))

	w = NewWriter([]byte("x"), tiny)
	w.Lit("123456789")
	b, err = w.Done()
	require.Equal(t, &SizeError{Max: 8}, err)
	require.Equal(t, "x", string(b))
}

// A value may be a secret: no error may hold it.
func TestErrorsDoNotHoldValues(t *testing.T) {
	secret := "hunter2\n\x00\xff \"#"
	for _, f := range []*Framing{anyNewline, crlfOnly, ascii, latin1, nulEnds, hashEnds, tiny} {
		for _, write := range []func(w *Writer){
			func(w *Writer) { w.Text("x", secret, "#") },
			func(w *Writer) { w.Word("x", secret) },
			func(w *Writer) { w.FixedText("x", secret, 3) },
			func(w *Writer) { w.Quoted("x", secret, QuoteDoubled) },
			func(w *Writer) { w.Quoted("x", secret, QuoteJSON) },
			func(w *Writer) { w.Quoted("x", secret, QuoteBackslash) },
			func(w *Writer) { w.JSON("x", []byte(secret)) },
		} {
			w := NewWriter(nil, f)
			write(&w)
			if err := w.Err(); err != nil {
				require.NotContains(t, err.Error(), "hunter2")
			}
		}
	}
}

// A value that is too large costs no memory.
func TestWriterDoesNotGrowBeyondMax(t *testing.T) {
	huge := strings.Repeat("x", 1<<20)
	w := NewWriter(make([]byte, 0, 16), tiny)
	w.Text("x", huge)
	w.Quoted("x", huge, QuoteC)
	w.HexBytes("x", []byte(huge))
	w.Bytes("x", []byte(huge))
	b, err := w.End()
	require.Error(t, err)
	require.LessOrEqual(t, cap(b), 16)
	require.False(t, bytes.Contains(b[:cap(b)], []byte("xxxx")))
}
