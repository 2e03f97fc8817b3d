package codec

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
)

func dec(s string) wire.Decimal {
	d, err := wire.ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

func v(pairs ...any) Values {
	var out Values
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, Item{Name: pairs[i].(string), Value: pairs[i+1]})
	}
	return out
}

var celsius = Enum{Name: "celsius", Wire: "C"}

// Each frame means its values, and is what they are written as.
func TestBothWays(t *testing.T) {
	tests := []struct {
		template, frame string
		values          Values
	}{
		{"literal", "OK", nil},
		{"reading", "READING 3 21.50 C", v("channel", uint64(3), "value", dec("21.50"), "unit", celsius)},
		{"reading", "READING 3 -0.5 new unit", v("channel", uint64(3), "value", dec("-0.5"), "unit", Enum{Wire: "new unit"})},
		{"optional", `ALARM 7 HIGH ON "a \"b\""`, v("id", uint64(7), "severity", Enum{"high", "HIGH"}, "active", true, "text", `a "b"`)},
		{"optional", "ALARM 7 LOW OFF", v("id", uint64(7), "severity", Enum{"low", "LOW"}, "active", false)},
		{"nested", "N", nil},
		{"nested", "N a", v("a", "a")},
		{"nested", "N a ", v("a", "a", "b", "")},
		{"nested", "N a b c", v("a", "a", "b", "b c")},
		{"byte", "B 1;", v("a", uint64(1), "rest", "")},
		{"byte", "B 1,-2;x,y", v("a", uint64(1), "b", int64(-2), "rest", "x,y")},
		{"msg", "MSG a.b 9 5\r\nhello", v("subject", "a.b", "sid", "9", "payload", []byte("hello"))},
		{"msg", "MSG a.b 9 in.box 0\r\n", v("subject", "a.b", "sid", "9", "reply", "in.box", "payload", []byte{})},
		{"msg", "MSG a 9 4\r\n\r\n\r\n", v("subject", "a", "sid", "9", "payload", []byte("\r\n\r\n"))},
		{"hmsg", "HMSG 3 5\r\nabcde", v("headers", []byte("abc"), "payload", []byte("de"))},
		{"del", "*1\r\n$3\r\nDEL", v("keys", []any{})},
		{"del", "*3\r\n$3\r\nDEL\r\n$1\r\na\r\n$2\r\n\r\n", v("keys", []any{[]byte("a"), []byte("\r\n")})},
		{"set", "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3\r\n+OK", v("key", []byte("k"), "value", []byte("+OK"))},
		{"numbers", "-128 0042 00FF 1.5 300", v("i", int64(-128), "d", uint64(42), "h", uint64(255), "f", 1.5, "r", int64(300))},
		{"padded", "P[   -42][north   ][C   ]", v("n", int64(-42), "t", "north", "u", celsius)},
		{"fixed", "Fa b12\r\n\n\x00", v("t", "a b", "u", uint64(12), "b", []byte("\n\x00"))},
		{"blobs", "X 00FF aGk= ab-1", v("h", []byte{0, 255}, "b", []byte("hi"), "w", "ab-1")},
		{"lists", "L ;", v("xs", []any{}, "ts", []any{})},
		{"lists", "L 1,2;a,,b", v("xs", []any{uint64(1), uint64(2)}, "ts", []any{"a", "", "b"})},
		{"same", "S 7 x 7 x", v("id", uint64(7), "tag", "x")},
		{"stop", "'it's' 0.", v("t", "it's")},
		{"json", `INFO {"max":5,"tags":["a","b"],"verbose":false}`, v("info", v("max", int64(5), "tags", []any{"a", "b"}))},
		{"counted", "C 3 3 a:b:<x>", v("text", "a:b", "box", "x")},
		{"packed", "K 2 1\r\n1,22\r\n--\r\n- 5\r\n- 6\r\nEND", v("packed", []any{uint64(1), uint64(22)}, "lines", []any{uint64(5), uint64(6)})},
		{"ranges", "2.25 10 16 -3", v("d", dec("2.25"), "f", 10.0, "u", uint64(16), "n", int64(-3))},
		{"codes", `002 1 {"a":[1]}`, v("a", Enum{"two", "002"}, "b", Enum{"one", "1"}, "raw", []byte(`{"a":[1]}`))},
		{"codes", `042 2 null`, v("a", Enum{Wire: "042"}, "b", Enum{"two", "2"}, "raw", []byte("null"))},
		{
			"jsonlists", `{"i":[-1],"u":[1],"b":[true,false],"d":[1.50],"r":[{"a":null}],"e":[2],"s":[{"x":3}],"c":"C","null":null,"n":-7,"t":"text"}`,
			v("o", v("i", []any{int64(-1)}, "u", []any{uint64(1)}, "b", []any{true, false}, "d", []any{dec("1.50")}, "r", []any{[]byte(`{"a":null}`)},
				"e", []any{Enum{"two", "2"}}, "s", []any{v("x", uint64(3))}, "c", celsius)),
		},
		{
			"json", `INFO {"max":5,"user":"\"","tags":[],"verbose":false,"auth":{"pass":"p","n":1.50},"unit":"C","raw":{"a":[1,2]}}`,
			v("info", v("max", int64(5), "user", `"`, "tags", []any{}, "pass", "p", "n", dec("1.50"), "unit", celsius, "raw", []byte(`{"a":[1,2]}`))),
		},
		{"layouts", "P -1,2 1=a;2=b", v("at", v("x", int64(-1), "y", int64(2)), "ps", []any{v("a", uint64(1), "b", "a"), v("a", uint64(2), "b", "b")})},
	}
	for _, tt := range tests {
		t.Run(tt.template+"/"+tt.frame, func(t *testing.T) {
			tpl := family()[tt.template]
			got, err := Parse(framing(), tpl, []byte(tt.frame))
			require.NoError(t, err)
			require.True(t, Equal(tt.values, got), "got %s, want %s", got, tt.values)
			frame, err := Append([]byte("before "), framing(), tpl, tt.values)
			require.NoError(t, err)
			require.Equal(t, "before "+tt.frame+"\r\n", string(frame))
		})
	}
}

// Frames that are not canonical mean the same.
func TestParsesOtherForms(t *testing.T) {
	tests := []struct {
		template, frame string
		values          Values
	}{
		{"reading", "READING 003 021.50 C", v("channel", uint64(3), "value", dec("21.50"), "unit", celsius)},
		{"hmsg", "HMSG 03 5\nabcde", v("headers", []byte("abc"), "payload", []byte("de"))},
		{"same", "S 07 x 7 x", v("id", uint64(7), "tag", "x")},
		{"stop", "'a' 200.whatever", v("t", "a")},
		{"numbers", "1 0001 00ff 1e3 -5", v("i", int64(1), "d", uint64(1), "h", uint64(255), "f", 1e3, "r", int64(-5))},
		{
			"json", `INFO {"tags":["a"], "new":{"x":1}, "verbose":false, "max":5, "user":null}  `,
			v("info", v("max", int64(5), "tags", []any{"a"})),
		},
	}
	for _, tt := range tests {
		t.Run(tt.template+"/"+tt.frame, func(t *testing.T) {
			got, err := Parse(framing(), family()[tt.template], []byte(tt.frame))
			require.NoError(t, err)
			require.True(t, Equal(tt.values, got), "got %s, want %s", got, tt.values)
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		template, frame string
		place           string
	}{
		{"literal", "OKAY", "end"},
		{"literal", "NO", "literal"},
		{"reading", "READING 3 warm C", "value"},
		{"reading", "READING 256 1 C", "channel"},
		{"reading", "READING 3 21.50", "literal"},
		{"optional", "ALARM 7 MID ON", "severity"},
		{"optional", "ALARM 7 LOW MAYBE", "active"},
		{"optional", "ALARM 7 LOW ON x", "text"},
		{"byte", "B 1,x;", "b"},
		{"byte", "B 1 ;", "literal"},
		{"msg", "MSG a.b 9 5\r\nhell", "length"},
		{"msg", "MSG a.b 9 5\r\nhello!", "end"},
		{"msg", "MSG a.b 9\r\n", "literal"},
		{"msg", "MSG a.b 9 99999999999999999999\r\n", "count"},
		{"msg", "MSG a.b 9 9223372036854775808\r\n", "count"},
		{"msg", "MSG a.b 9 9223372036854775807\r\n", "length"},
		{"hmsg", "HMSG 5 3\r\nabcde", "count"},
		{"del", "*0\r\n$3\r\nDEL", "count"},
		{"del", "*9223372036854775807\r\n$3\r\nDEL", "end"},
		{"del", "*2\r\n$3\r\nDEL\r\n$x\r\na", "keys"},
		{"set", "*3\r\n$3\r\nGET\r\n$1\r\nk\r\n$1\r\nv", "literal"},
		{"numbers", "128 0042 00FF 1.5 300", "i"},
		{"numbers", "1 42 00FF 1.5 300", "d"},
		{"numbers", "1 0042 00FF 1.5 301", "r"},
		{"numbers", "1 0042 00FF 1.5 -6", "r"},
		{"padded", "P[42    ][north   ][C   ]", "n"},
		{"padded", "P[   -42][north]", "t"},
		{"blobs", "X 0 aGk= ab", "h"},
		{"blobs", "X 00 aGk ab", "b"},
		{"blobs", "X 00 aGk= abcde", "w"},
		{"blobs", "X 00 aGk= xyz", "w"},
		{"lists", "L 1,,2;", "xs"},
		{"lists", "L 1,2,;", "xs"},
		{"same", "S 7 x 8 x", "id"},
		{"same", "S 7 x 7 y", "tag"},
		{"json", `INFO {"max":"5","tags":[],"verbose":false}`, "max"},
		{"json", `INFO {"max":5,"tags":[],"verbose":true}`, "verbose"},
		{"json", `INFO {"max":5,"tags":[1],"verbose":false}`, "tags"},
		{"json", `INFO {"tags":[],"verbose":false}`, "info"},
		{"json", `INFO [1]`, "info"},
		{"json", `INFO {"max":5`, "info"},
		{"layouts", "P 1,x 1=a", "y"},
		{"counted", "C -1 3 a:b:<x>", "count"},
		{"counted", "C 3 4 a:b:<x>", "length"},
		{"counted", "C 3 3 a:b:<x!", "box"},
		{"packed", "K 2 1\n1,2x\n--\n- 5\n- 6\nEND", "packed"},
		{"packed", "K 2 1\n1,22\n--\n- 5\nEND", "lines"},
		{"ranges", "2.26 10 16 0", "d"},
		{"ranges", "-2 10 16 0", "d"},
		{"ranges", "0 10.5 16 0", "f"},
		{"ranges", "0 1 256 0", "u"},
		{"ranges", "0 1 16 -4", "n"},
		{"codes", "12 1 null", "a"},
		{"codes", "001 3 null", "b"},
		{"codes", "001 1 {", "raw"},
		{"jsonlists", `{"i":[70000],"u":[1],"b":[],"d":[],"r":[],"e":[],"s":[],"c":"C","null":null,"n":-7,"t":"text"}`, "i"},
		{"jsonlists", `{"i":[],"u":[1],"b":[],"d":[],"r":[],"e":[3],"s":[],"c":"C","null":null,"n":-7,"t":"text"}`, "e"},
		{"jsonlists", `{"i":[],"u":[1],"b":[],"d":[],"r":[],"e":[],"s":[{}],"c":"C","null":null,"n":-7,"t":"text"}`, "s"},
		{"jsonlists", `{"i":[],"u":[1],"b":[],"d":[],"r":[],"e":[],"s":[],"c":"C","null":1,"n":-7,"t":"text"}`, "null"},
	}
	for _, tt := range tests {
		t.Run(tt.template+"/"+tt.frame, func(t *testing.T) {
			_, place, err := explain(framing(), family()[tt.template], []byte(tt.frame))
			require.Error(t, err)
			require.True(t, place.is(tt.place, err), "refused at %s: %v", place, err)
			_, same := Parse(framing(), family()[tt.template], []byte(tt.frame))
			require.Equal(t, err, same)
		})
	}
}

func TestAppendRefuses(t *testing.T) {
	tests := []struct {
		template string
		values   Values
		field    string
	}{
		{"reading", v("channel", uint64(3), "value", dec("1")), "unit"},
		{"reading", v("channel", uint64(300), "value", dec("1"), "unit", celsius), "channel"},
		{"reading", v("channel", 3, "value", dec("1"), "unit", celsius), "channel"},
		{"reading", v("channel", uint64(3), "value", dec("1"), "unit", celsius, "extra", true), "extra"},
		{"reading", v("channel", uint64(3), "value", dec("1"), "unit", Enum{Wire: "C\r\nQUIT"}), "unit"},
		{"optional", v("id", uint64(1), "severity", Enum{Wire: "MID"}, "active", true), "severity"},
		{"nested", v("b", "b"), "a"},
		{"nested", v("a", "a b"), "a"},
		{"msg", v("subject", "a b", "sid", "1", "payload", []byte{}), "subject"},
		{"msg", v("subject", "", "sid", "1", "payload", []byte{}), "subject"},
		{"numbers", v("i", int64(1), "d", uint64(10000), "h", uint64(1), "f", 1.0, "r", int64(1)), "d"},
		{"numbers", v("i", int64(1), "d", uint64(1), "h", uint64(1), "f", 1.0, "r", int64(301)), "r"},
		{"padded", v("n", int64(1234567), "t", "x", "u", celsius), "n"},
		{"padded", v("n", int64(1), "t", "x ", "u", celsius), "t"},
		{"fixed", v("t", "four", "u", uint64(1), "b", []byte("xx")), "t"},
		{"fixed", v("t", "abc", "u", uint64(1), "b", []byte("x")), "b"},
		{"blobs", v("h", []byte{}, "b", []byte{}, "w", "xyz"), "w"},
		{"lists", v("xs", []any{}, "ts", []any{""}), "ts"},
		{"lists", v("xs", []any{}, "ts", []any{"a,b"}), "ts[0]"},
		{"lists", v("xs", []any{nil}, "ts", []any{}), "xs[0]"},
		{"stop", v("t", "it' s"), "t"},
		{"json", v("info", v("max", int64(5), "tags", []any{1}, "user", "x")), "info.tags.tags"},
		{"json", v("info", v("max", int64(5), "tags", []any{}, "pass", "x")), "info.auth.n"},
		{"json", v("info", v("max", int64(5), "tags", []any{}, "other", "x")), "info.other"},
		{"json", v("info", "text"), "info"},
	}
	for _, tt := range tests {
		t.Run(tt.template+"/"+tt.field, func(t *testing.T) {
			dst := []byte("kept")
			got, err := Append(dst, framing(), family()[tt.template], tt.values)
			var fe *wire.FieldError
			require.ErrorAs(t, err, &fe)
			require.Equal(t, tt.field, fe.Field, fe.Reason)
			require.Equal(t, "kept", string(got))
		})
	}
}

func TestAppendTooLarge(t *testing.T) {
	var se *wire.SizeError
	_, err := Append(nil, framing(), family()["msg"], v("subject", "a", "sid", "1", "payload", make([]byte, 5000)))
	require.ErrorAs(t, err, &se)
}
