package codec

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

func TestSecretsAreNeverPrinted(t *testing.T) {
	inner := Values{{Name: "pass", Value: "hunter2", Secret: true}, {Name: "n", Value: int64(1)}}
	values := Values{{Name: "options", Value: inner}, {Name: "key", Value: []byte("hunter2"), Secret: true}, {Name: "none"}}
	js, err := json.Marshal(values)
	require.NoError(t, err)
	require.JSONEq(t, `{"options":{"pass":"***","n":1},"key":"***"}`, string(js))
	require.Equal(t, `{options: {pass: ***, n: 1}, key: ***}`, values.String())
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, x := range []any{values, values[0], values[1], &values, []any{values}} {
			require.NotContains(t, fmt.Sprintf(verb, x), "hunter2", verb)
			require.NotContains(t, fmt.Sprintf(verb, x), "68756e74657232", verb)
		}
	}
	require.NotContains(t, values.LogValue().String(), "hunter2")
	require.Equal(t, "hunter2", values.Map()["options"].(map[string]any)["pass"])
}

func TestShow(t *testing.T) {
	require.Equal(t, `{a: "x\n", b: [1, celsius, "?"], c: 21.50, d: "\x00", e: true}`, v(
		"a", "x\n", "b", []any{uint64(1), celsius, Enum{Wire: "?"}}, "c", dec("21.50"), "d", []byte{0}, "e", true, "f", nil).String())
	require.Equal(t, "absent", Show(nil))
	js, err := json.Marshal(v("f", math.NaN(), "u", celsius, "d", dec("1.50"), "l", []any{celsius}))
	require.NoError(t, err)
	require.JSONEq(t, `{"f":"NaN","u":"celsius","d":1.50,"l":["celsius"]}`, string(js))
}

func TestEqual(t *testing.T) {
	same := [][2]any{
		{nil, nil},
		{math.NaN(), math.NaN()},
		{0.0, math.Copysign(0, -1)}, // which is written as 0
		{[]byte{}, []byte(nil)},
		{v("a", nil, "b", "x"), v("b", "x")},
		{[]any{v("a", 1)}, []any{v("a", 1)}},
	}
	for _, p := range same {
		require.True(t, Equal(p[0], p[1]), "%v", p)
		require.True(t, Equal(p[1], p[0]), "%v", p)
	}
	other := [][2]any{
		{nil, ""},
		{dec("21.5"), dec("21.50")},
		{uint64(1), int64(1)},
		{"x", []byte("x")},
		{v("a", "x"), v("a", "x", "b", "y")},
		{[]any{"a"}, []any{"a", "b"}},
		{[]any{"a"}, []any{"b"}},
		{v(), "x"},
	}
	for _, p := range other {
		require.False(t, Equal(p[0], p[1]), "%v", p)
		require.False(t, Equal(p[1], p[0]), "%v", p)
	}
}

func TestRecord(t *testing.T) {
	tpl := family()["json"]
	got, err := Record(framing(), tpl.Fields, map[string]any{"info": map[string]any{
		"max": 5, "tags": []string{"a"}, "unit": "percent", "raw": map[string]any{"n": model.Number("1.50")}, "user": nil,
	}})
	require.NoError(t, err)
	want := v("info", v("max", int64(5), "tags", []any{"a"}, "unit", Enum{"percent", "%"}, "raw", []byte(`{"n":1.50}`)))
	require.True(t, Equal(want, got), "%s", got)

	again, err := Record(framing(), tpl.Fields, map[string]any{"info": got[0].Value})
	require.NoError(t, err)
	require.True(t, Equal(got, again))
}

// Numbers of bytes are written as manuals print them, those of text are not.
func TestHexNumbers(t *testing.T) {
	got, err := Convert(framing(), &model.Type{Kind: model.Uint, Bits: 16, Binary: model.BigEndian}, model.Number("0xff00"))
	require.NoError(t, err)
	require.Equal(t, uint64(0xff00), got)
	for _, refused := range []string{"0x10000", "0xfg", "0x", "-0x1"} {
		_, err = Convert(framing(), &model.Type{Kind: model.Uint, Bits: 16, Binary: model.BigEndian}, model.Number(refused))
		require.Error(t, err, refused)
	}
	_, err = Convert(framing(), uint_(16), model.Number("0x1"))
	require.Error(t, err)
}

func TestRecordRefuses(t *testing.T) {
	tpl := template(field("n", uint_(8)), field("w", of(model.Word)), field("l", list(",", int_(8))),
		field("at", layout(field("x", int_(8)), lit(","), field("y", int_(8)))), field("u", closed), field("b", onOff),
		field("d", of(model.Decimal)), field("h", of(model.HexBytes)), field("r", of(model.JSONRaw)), field("by", of(model.Bytes)))
	good := map[string]any{
		"n": 1, "w": "a", "l": []int{1}, "at": map[string]any{"x": 1, "y": 2}, "u": "low", "b": true,
		"d": 1.5, "h": "00ff", "r": "[1, 2]", "by": "x",
	}
	values, err := Record(framing(), tpl.Fields, good)
	require.NoError(t, err)
	require.Equal(t, `{n: 1, w: "a", l: [1], at: {x: 1, y: 2}, u: low, b: true, d: 1.5, h: "\x00\xff", r: "[1,2]", by: "x"}`, values.String())

	tests := []struct {
		field string
		value any
		path  string
	}{
		{"n", 256, "n"},
		{"n", -1, "n"},
		{"n", "1", "n"},
		{"n", 1.5, "n"},
		{"n", nil, "n"},
		{"n", model.Number("0x100"), "n"},
		{"w", 1, "w"},
		{"w", model.Number("1"), "w"},
		{"w", []byte("a"), "w"},
		{"l", "1,2", "l"},
		{"l", []any{1, "2"}, "l[1]"},
		{"l", []byte{1}, "l"},
		{"at", map[string]any{"x": 1}, "at.y"},
		{"at", map[string]any{"x": 1, "y": 2, "z": 3}, "at.z"},
		{"at", 5, "at"},
		{"u", "mid", "u"},
		{"u", true, "u"},
		{"b", "true", "b"},
		{"d", "1.5", "d"},
		{"d", model.Number("1e99"), "d"},
		{"h", "0", "h"},
		{"r", "{", "r"},
		{"r", make(chan int), "r"},
		{"by", 1, "by"},
		{"nn", 1, "nn"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.field, tt.value), func(t *testing.T) {
			bad := map[string]any{}
			for k, x := range good {
				bad[k] = x
			}
			bad[tt.field] = tt.value
			_, err := Record(framing(), tpl.Fields, bad)
			var fe *wire.FieldError
			require.True(t, errors.As(err, &fe), "%v", err)
			require.Equal(t, tt.path, fe.Field)
		})
	}
}

// Every mistake is told, in a stable order.
func TestRecordTellsAll(t *testing.T) {
	tpl := template(field("a", uint_(8)), field("b", uint_(8)), field("c", of(model.Text)))
	for range 20 {
		_, err := Record(framing(), tpl.Fields, map[string]any{"z": 1, "y": 2, "b": "x", "c": "ok"})
		require.EqualError(t, err, "y: is not a field; there are a, b, c\nz: is not a field; there are a, b, c\na: is missing\nb: must be uint8")
	}
}

func TestFromText(t *testing.T) {
	tests := []struct {
		t    *model.Type
		text string
		want any
	}{
		{of(model.Text), "a b", "a b"},
		{of(model.Quoted), "a", "a"},
		{uint_(8), "7", uint64(7)},
		{int_(8), "-7", int64(-7)},
		{wide(model.Digits, 3), "007", uint64(7)},
		{of(model.Decimal), "1.50", dec("1.50")},
		{onOff, "ON", true},
		{onOff, "false", false},
		{unit, "celsius", celsius},
		{unit, "C", celsius},
		{unit, "K", Enum{Wire: "K"}},
		{of(model.Bytes), "x", []byte("x")},
		{of(model.HexBytes), "ff", []byte{255}},
		{list(",", uint_(8)), "1,2", []any{uint64(1), uint64(2)}},
		{padded(5, uint_(8)), "3", uint64(3)},
		{arg(), "key", []byte("key")},
	}
	for _, tt := range tests {
		got, err := FromText(framing(), tt.t, tt.text)
		require.NoError(t, err, tt.text)
		require.True(t, Equal(tt.want, got), "%s: %s", tt.text, Show(got))
		back, err := ToText(framing(), tt.t, got)
		require.NoError(t, err)
		again, err := FromText(framing(), tt.t, back)
		require.NoError(t, err)
		require.True(t, Equal(got, again), "%s: %s", back, Show(again))
	}
	for _, tt := range tests[2:8] {
		_, err := FromText(framing(), tt.t, "secret junk")
		require.Error(t, err)
		require.NotContains(t, err.Error(), "junk")
	}
}

func TestKeys(t *testing.T) {
	fields := template(field("a", of(model.Text)), field("b", of(model.Text)), field("d", of(model.Decimal)),
		optional(model.DecideEOL, field("o", uint_(8)))).Fields
	key := func(v Values) string { return string(AppendKey(nil, fields, v)) }
	base := v("a", "x", "b", "yz", "d", dec("21.5"))
	require.Equal(t, key(base), key(v("a", "x", "b", "yz", "d", dec("21.50"))))
	require.NotEqual(t, key(base), key(v("a", "xy", "b", "z", "d", dec("21.5"))))
	require.NotEqual(t, key(base), key(v("a", "x", "b", "yz", "d", dec("21.5"), "o", uint64(0))))
	nested := template(field("l", list(",", layout(field("x", uint_(8)), lit("="), field("y", unit))))).Fields
	require.Equal(t,
		wire.KeyText(wire.KeyUint(wire.KeyUint(nil, 1), 7), "C"),
		AppendKey(nil, nested, v("l", []any{v("x", uint64(7), "y", celsius)})))
	require.Equal(t, wire.KeyBytes(nil, []byte("k")), AppendKey(nil, template(field("k", arg())).Fields, v("k", []byte("k"))))
	number := &model.Type{Kind: model.Enum, Elem: uint_(16), Values: []model.EnumValue{{Named: model.Named{Name: "on"}, Wire: "65280"}}}
	require.Equal(t, wire.KeyUint(nil, 0xff00), AppendKey(nil, template(field("n", number)).Fields, v("n", Enum{"on", "65280"})),
		"as the number that the generated code has")
}

func TestClass(t *testing.T) {
	rule := &model.ErrorRule{
		Field: field("code", unit).Field, Else: "failed",
		Cases: []model.ErrorCase{{Class: "retry", Values: []string{"C"}}, {Class: "ok", Values: []string{"7"}}},
	}
	require.Equal(t, "retry", Class(rule, v("code", celsius)))
	require.Equal(t, "ok", Class(rule, v("code", uint64(7))))
	require.Equal(t, "failed", Class(rule, v("code", "other")))
	require.Equal(t, "failed", Class(rule, v()))
	require.Equal(t, "close", Class(&model.ErrorRule{Class: "close"}, nil))
}

func TestMeasure(t *testing.T) {
	msg := family()["msg"]
	payload := msg.Ops[len(msg.Ops)-1]
	n, err := Measure(framing(), msg, []*model.Op{payload}, []byte("MSG a 1 12\r\n"))
	require.NoError(t, err)
	require.Equal(t, 12, n)
	n, err = Measure(framing(), msg, []*model.Op{payload}, []byte("MSG a 1 18446744073709551615\r\n"))
	require.NoError(t, err)
	require.Equal(t, math.MaxInt, n, "a frame too large, not another message")
	_, err = Measure(framing(), msg, []*model.Op{payload}, []byte("MSG a 1 x\r\n"))
	require.Error(t, err)

	set := family()["set"]
	value := set.Ops[len(set.Ops)-1]
	data := value.Field.Type.Body.Ops[3]
	n, err = Measure(framing(), set, []*model.Op{value, data}, []byte("*3\n$3\nSET\n$1\nk\n$7\n"))
	require.NoError(t, err)
	require.Equal(t, 7, n)

	del := family()["del"]
	n, err = Measure(framing(), del, []*model.Op{del.Ops[len(del.Ops)-1]}, []byte("*5\n$3\nDEL\n"))
	require.NoError(t, err)
	require.Equal(t, 4, n)
}

// A layout whose only field is optional has a value that may have no fields, but is there.
func TestLayoutOfNothing(t *testing.T) {
	part := optional(model.DecideByte, lit("-"), field("a", &model.Type{Kind: model.Word}, ",", ";"))
	maybe := layout(lit("x"), part)
	tpl := template(lit("M "), field("m", maybe), lit(";"), field("l", &model.Type{Kind: model.List, Sep: ",", Elem: maybe}))
	for _, frame := range []string{"M x;x", "M x-y;x", "M x;x,x-z"} {
		values, err := Parse(framing(), tpl, []byte(frame))
		require.NoError(t, err)
		again, err := Append(nil, framing(), tpl, values)
		require.NoError(t, err)
		require.Equal(t, frame+"\r\n", string(again))
	}
	_, err := Record(framing(), tpl.Fields, map[string]any{"l": []any{}})
	require.ErrorContains(t, err, "m: is missing")
	given, err := Record(framing(), tpl.Fields, map[string]any{"m": map[string]any{}, "l": []any{}})
	require.NoError(t, err)
	again, err := Append(nil, framing(), tpl, given)
	require.NoError(t, err)
	require.Equal(t, "M x;\r\n", string(again))
}
