package box

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/samples"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/page/internal/browser"
)

// edgeTypes are a message each, with a value that is one of theirs, on the wire and in YAML.
var edgeTypes = [][3]string{
	{"int8", "1", "1"},
	{"int16", "1", "1"},
	{"int32", "1", "1"},
	{"int64", "1", "1"},
	{"uint8", "1", "1"},
	{"uint16", "1", "1"},
	{"uint32", "1", "1"},
	{"uint64", "1", "1"},
	{"digits(3)", "001", "1"},
	{"digits(19)", "0000000000000000001", "1"},
	{"hex(2)", "01", "1"},
	{"hex(16)", "0000000000000001", "1"},
	{"decimal", "1.5", "1.5"},
	{"float", "1.5", "1.5"},
	{"hexbytes", "01", "'01'"},
	{"base64", "aGk=", "aGk="},
	{"quoted", `"a"`, "a"},
	{"quoted('json')", `"a"`, "a"},
	{"quoted('doubled')", `"a"`, "a"},
	{"quoted('backslash')", `"a"`, "a"},
	{"text", "a", "a"},
	{"word", "a", "a"},
	{"text(3)", "abc", "abc"},
	{"list(int8,',')", "1,2", "[1, 2]"},
	{"list(quoted,' ')", `"a" "b"`, "[a, b]"},
	{"json", "1", "1"},
	{"bool('on','off')", "on", "true"},
	{"Small", "1", "1"},
	{"Price", "1.5", "1.5"},
	{"Kept", "A", "a"},
	{"Known", "A", "a"},
	{"Named", "abc", "abc"},
	{"Hot", "1", "0.1"},
	{"Tiny", "01", "one"},
	{"padded(text,6)", "a     ", "a"},
	{"padded(int32,6)", "     1", "1"},
	{"Odd", "1.5", "1.5"},
}

const edgeNamed = `types:
  Small: {is: int8, range: -3..7}
  Price: {is: decimal, range: 0.05..99.9}
  Kept: {enum: {a: A, b: "B b"}, open: true}
  Known: {enum: {a: A, b: "B b"}}
  Named: {is: text, max: 4, chars: "a-cé-"}
  Hot: {is: int16, scale: 0.1, range: -10..20}
  Tiny: {enum: {one: 1, two: 2}, as: digits(2)}
  Odd: {is: float, range: -1.5..1000}
`

// edges are texts that are just right, or just not.
var edges = []string{
	"0", "-0", "00", "007", "+1", "-", "", " ", "1 ", "-1", "7", "8", "-3", "-4", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "-32768", "-32769", "65535", "65536",
	"2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
	"-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "000000000000000000000000000001", "99999999999999999999",
	"00000000000000000255", "18446744073709551616", "0FFFFFFFFFFFFFFFF", "0ffffffffffffffff", "10000000000000000", "FF", "fF", "0x", "G0", "00FFff", "0", "123",
	"0.05", "0.049", "99.9", "99.90", "99.91", "1.", ".5", "1.5.5", "9.223372036854775807", "-9.223372036854775808", "9.223372036854775808", "922337203685477580.8",
	"0." + strings.Repeat("0", 255), "0." + strings.Repeat("0", 256), "20.0", "10.05", "-10.0", "-10.1", "20.1", "3276.7",
	"1e3", "1E+3", "1e-7", "1e21", "1e20", "123456.7", "1234567", "1e400", "-1e400", "1e-400", "5e-324", "0.0001", "0.00001", "-0.0", "1e", "1e+", "1000.0000001", "-1.5", "-1.6", "0.1e1", "9007199254740993",
	"aGk=", "aGl=", "aGk", "aGk==", "====", "aA==", "aB==", "a===", "AAAA", "A A=", "é", "éa", "a-c", "abcab", "abca", "a-é", "\xe9", "\xff", "a\x00b", "\x00", "\t", "a\tb",
	`""`, `"`, `"a`, `"a"`, `"a"b`, `"\""`, `"\"`, `"\\"`, `"\x41"`, `"\x4"`, `"\x00"`, `"\101"`, `"\377"`, `"\400"`, `"\777"`, `"\18"`, `"\8"`, `"\n\r\t\a\b\f\v\'\?"`, `"\e"`, `"\u0041"`,
	`"\u00e9"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00"`, `"\ud83dx"`, `"\u12"`, `"\/"`, `"a""b"`, `"""`, `""""`, "\"\x01\"", "\"\x7f\"", "\"é\"", "\"\xff\"", `"\xff"`, `"\303\251"`, `"\303"`, `"a" "b"`, `"a","b"`,
	"on", "off", "of", "onoff", "A", "B b", "B", "a", "01", "02", "03", "1", "2", "A ", "AB    ", "ABCDEF", "ABCDEFG", "      ", "    42", "42    ", "   -42", "000042", "  0042", "é    ", "éa   ",
	"1,2,3", ",", "1,", ",1", "1,,2", "1, 2", "300,1", "-128,127", `{"a":1}`, `{"a":1,"a":2}`, `[1,2`, `{"a":{"b":1,"b":2}}`, "nul", "null", "null ", " null", "true ", "[]x", "[1, 2 ,\t3]", `"\ud83d"`, "01", "-", "1.", "1.5e", strings.Repeat("[", 64) + strings.Repeat("]", 64), strings.Repeat("[", 65) + strings.Repeat("]", 65),
	"\u2028", "\u00a0", "\ufeff", "\ufffd", "\U0001f600", "\u0301", "\u200b", "\u00ad", "\ue000", "\U000e0001", "\ud7ff", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80", "\xe0\x80\x80", "\xf0\x80\x80\x80", "\xf8", "\xc3", "\xe2\x82",
}

// TestEdges: values at the edges of their types read alike, alone and between others, in
// each charset.
func TestEdges(t *testing.T) {
	alone.Skip(t)
	page := open(t)
	for _, charset := range []string{"utf8", "ascii", "latin1"} {
		p := edgeProtocol(t, charset)
		w := newTwins(t, page, p)
		for i, m := range p.Messages {
			lead := strings.ToUpper(m.Name) + " "
			for _, edge := range edges {
				if m.Name[0] == 's' {
					w.twice(i, lead, edge)
					continue
				}
				w.add("received", i, []byte(lead+edge))
				w.add("received", i, []byte(lead+edge+";k"))
				w.add("received", i, []byte(lead+edge+";k#-128"))
			}
		}
		w.compare()
		t.Log(w.total, "lines in", charset)
	}
}

// twice is a value and itself again, as it is and as it is written.
func (w *twins) twice(index int, lead, edge string) {
	for _, again := range append([]string{edge}, edges[:3]...) {
		w.add("received", index, []byte(lead+edge+";"+again))
	}
	f, single := w.framings["received"], w.sides["received"][index-2]
	values, err := codec.Parse(&f, single, []byte("M"+lead[1:]+edge))
	if err != nil {
		return
	}
	if frame, err := codec.Append(nil, &f, single, values); err == nil {
		canonical := strings.TrimSuffix(string(frame[len(lead):]), "\n")
		w.add("received", index, []byte(lead+edge+";"+canonical))
		w.add("received", index, []byte(lead+canonical+";"+canonical))
	}
}

func edgeProtocol(t *testing.T, charset string) *model.Protocol {
	t.Helper()
	var doc strings.Builder
	fmt.Fprintf(&doc, "frames: {line: {ends: LF, max: 4KiB, charset: %s}}\n%smessages:\n", charset, edgeNamed)
	message := func(name, template, good, is string) {
		fmt.Fprintf(&doc, "  %s: {receive: %s, event: true, examples: [{wire: %s, is: {%s}}, {wire: X, bad: literal}]}\n", name, yaml(template), yaml(good), is)
	}
	for i, typ := range edgeTypes {
		message(fmt.Sprint("m", i), fmt.Sprintf("M%d {x:%s}", i, typ[0]), fmt.Sprintf("M%d %s", i, typ[1]), "x: "+typ[2])
		if typ[0] == "json" {
			continue // it goes on to the line's end
		}
		message(fmt.Sprint("n", i), fmt.Sprintf("N%d {x:%s};{y:word}{? #{z:int8}}", i, typ[0]), fmt.Sprintf("N%d %s;k", i, typ[1]), "y: k, x: "+typ[2])
		if !strings.HasPrefix(typ[0], "list") { // it has no single form
			message(fmt.Sprint("s", i), fmt.Sprintf("S%d {x:%s};{x}", i, typ[0]), fmt.Sprintf("S%d %s;%s", i, typ[1], typ[1]), "x: "+typ[2])
		}
	}
	whole, _ := samples.Whole(doc.String())
	p, findings := spec.Load("edges.yaml", []byte(whole))
	require.Empty(t, findings)
	return p
}

func yaml(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// TestVisibleCharacters: what is shown as it is, is the same as in Go, but for characters
// that the browser's Unicode has and Go's has not.
func TestVisibleCharacters(t *testing.T) {
	alone.Skip(t)
	page := open(t)
	newTwins(t, page, edgeProtocol(t, "utf8"))
	shown := browser.Eval[[][2]rune](page, `(() => {
		const runs = [];
		for (let c = 0; c < 0x110000; c++) {
			if (c >= 0xd800 && c < 0xe000 || !box.visible(c)) continue;
			if (runs.length > 0 && runs[runs.length - 1][1] === c - 1) runs[runs.length - 1][1] = c;
			else runs.push([c, c]);
		}
		return runs;
	})()`)
	visible := map[rune]bool{}
	newer := 0
	for _, run := range shown {
		for c := run[0]; c <= run[1]; c++ {
			visible[c] = true
			if strconv.IsPrint(c) {
				continue
			}
			require.True(t, unicode.Is(unicode.Cn, c), "%U", c) // unassigned
			newer++
		}
	}
	for c := rune(0); c <= unicode.MaxRune; c++ {
		if strconv.IsPrint(c) && !(c >= 0xd800 && c < 0xe000) {
			require.True(t, visible[c] || c == '"' || c == '\\', "%U", c)
		}
	}
	t.Log(newer, "characters are newer than Unicode", unicode.Version)
}
