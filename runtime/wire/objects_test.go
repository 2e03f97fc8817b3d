package wire

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// jsonShapes are a small protocol of JSON objects, and a line of text.
var jsonShapes = []Shape{
	{Object: true, Marks: []Mark{{[]string{"return"}, MarkAny, ""}}},
	{Object: true, Marks: []Mark{{[]string{"return"}, MarkObject, ""}, {[]string{"return", "running"}, MarkBool, ""}}},
	{Object: true, Marks: []Mark{{[]string{"error"}, MarkObject, ""}}},
	{Object: true, Marks: []Mark{{[]string{"event"}, MarkText, ""}}},
	{Object: true, Marks: []Mark{{[]string{"event"}, MarkConst, `"STOP"`}, {[]string{"data", "n"}, MarkNumber, ""}, {[]string{"data"}, MarkObject, ""}}, Check: holds("n")},
	{Object: true, Marks: []Mark{{[]string{"list"}, MarkList, ""}}},
	{Object: true, Marks: []Mark{{[]string{"pong"}, MarkConst, "null"}}},
	{Object: true, Marks: []Mark{{[]string{"code"}, MarkConst, "7"}}},
	{Object: true, Marks: []Mark{{[]string{"ok"}, MarkConst, "true"}}},
	{Prefix: "$"},
	{Object: true, Marks: []Mark{{[]string{"é\""}, MarkConst, `"ü\\"`}}},
	{Object: true, Marks: []Mark{{[]string{"ok"}, MarkConst, "true"}}}, // like jOK, and never awaited with it
	{Object: true, Marks: []Mark{{[]string{"line"}, MarkConst, `"\u2028"`}}},
}

// The indexes of jsonShapes.
const (
	jDone = iota
	jStatus
	jError
	jEvent
	jStop
	jList
	jPong
	jCode
	jOK
	jText
	jOdd
	jOKToo
	jLine
)

// holds is a check for a member inside data.
func holds(key string) func(frame []byte) error {
	return func(frame []byte) error {
		o, err := ParseObject(frame)
		if err != nil {
			return err
		}
		o.Object("data").Int(key, 8)
		return o.Err()
	}
}

func TestObjectsAreToldApart(t *testing.T) {
	lines := &Framing{Ends: []string{"\n", "\r\n"}, SendEnd: "\n", Max: 300, MaxLine: 300}
	for in, want := range map[string]int{
		`{"return":{}}`:                                   jDone,
		`{"return":null,"id":1}`:                          jDone,
		`{"id":1, "return" : {"running": false}}`:         jStatus,
		`{"return":{"running":null}}`:                     jDone,
		`{"return":{"running":0}}`:                        jDone,
		`{"return":{"x":{"running":true}}}`:               jDone,
		`{"error":{"return":1}}`:                          jError,
		`{"error":{},"return":{}}`:                        jError, // an object says more than any value
		`{"error":"no"}`:                                  NoMessage,
		`{"event":"STOP"}`:                                jEvent,
		`{"event":"STOP","data":{"n":3}}`:                 jStop,
		`{"data":{"m":[{"n":"x"}],"n":3},"event":"STOP"}`: jStop,
		`{"event":"ST\u004fP","data":{"n":3}}`:            jStop,
		`{"\u0065vent":"STOP","data":{"n":3}}`:            jStop,
		`{"event":"STOP","data":{"n":300}}`:               jEvent, // its check refuses it
		`{"event":"STOP","data":{"n":3,"n":4}}`:           jEvent,
		`{"event":1}`:                                     NoMessage,
		`{"list":[]}`:                                     jList,
		`{"list":{}}`:                                     NoMessage,
		`{"pong":null}`:                                   jPong,
		`{"pong":0}`:                                      NoMessage,
		`{"code":7}`:                                      jCode,
		`{"code":7.0}`:                                    NoMessage,
		`{"code":"7"}`:                                    NoMessage,
		`{"ok":true}`:                                     jOK,
		`{"ok":false}`:                                    NoMessage,
		`{"é\"":"ü\\"}`:                                   jOdd,
		`{"\u00e9\u0022":"\u00fc\u005c"}`:                 jOdd,
		`{"code":7,"pong":null}`:                          NoMessage, // both, and neither says more
		`{"code":7,"list":[]}`:                            jCode,
		"{\"line\":\"\u2028\"}":                           jLine,
		`{}`:                                              NoMessage,
		`[]`:                                              NoMessage,
		`{"ok":true`:                                      NoMessage,
		`{"ok":true}}`:                                    NoMessage,
		` 	{"ok":true} `:                                  jOK,
		`$GPGGA`:                                          jText,
	} {
		d := NewDecoder(lines, NewDispatch(jsonShapes))
		f, n, need, err := d.Next([]byte(in+"\n"), nil)
		require.NoError(t, err)
		require.Zero(t, need)
		require.Equal(t, len(in)+1, n)
		require.Equal(t, want, f.Message, in)
		require.Equal(t, in, string(f.Bytes))
	}
}

// What is awaited comes before what says more.
func TestAwaitedObjectsComeFirst(t *testing.T) {
	lines := &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 300, MaxLine: 300}
	for _, tt := range []struct {
		in      string
		expects expectSet
		want    int
	}{
		{`{"return":{"running":true}}`, expectSet{jDone}, jDone},
		{`{"return":{"running":true}}`, expectSet{jDone, jStatus}, jStatus},
		{`{"ok":true}`, expectSet{jOKToo}, jOKToo},
		{`{"code":7,"pong":null}`, expectSet{jPong}, jPong},
		{`{"code":7,"pong":null}`, expectSet{jPong, jCode}, NoMessage},
	} {
		f, _, _, err := NewDecoder(lines, NewDispatch(jsonShapes)).Next([]byte(tt.in+"\n"), tt.expects)
		require.NoError(t, err)
		require.Equal(t, tt.want, f.Message, tt.in)
	}
}

// Objects that nothing ends but themselves.
func TestObjectsEndThemselves(t *testing.T) {
	f := &Framing{Object: true, Max: 40}
	for in, want := range map[string][]string{
		`{"ok":true}{"list":["}"]}`:              {`8 {"ok":true}`, `5 {"list":["}"]}`},
		" \r\n{\"ok\":true}\n\n{}\t":             {`8 {"ok":true}`, `-1 {}`},
		`{"a":"\"}{\\"}`:                         {`-1 {"a":"\"}{\\"}`},
		`{"a":{"b":[{}`:                          {"pending"},
		"  ":                                     nil,
		"} and no line end":                      {"error: not a JSON object"},
		"[]\n1\n{\"ok\":true}":                   {"-1 []", "error: not a JSON object", `8 {"ok":true}`},
		"{\"a\":]}\n{\"ok\":true}":               {"error: not a JSON value", `8 {"ok":true}`},
		"{\"a\":\"\n\"}\n{\"ok\":true}":          {"error: not a JSON value", "error: not a JSON object", `8 {"ok":true}`},
		`{"a":"` + strings.Repeat("x", 40):       {"error: a frame is larger than 40 bytes"},
		strings.Repeat(" ", 60) + `{"ok":true}`:  {`8 {"ok":true}`},
		`{"123456789012345678901234567890":123}`: {`-1 {"123456789012345678901234567890":123}`},
	} {
		require.Equal(t, want, decodeAll(t, f, jsonShapes, nil, []byte(in), whole, true), "%q", in)
		require.Equal(t, want, decodeAll(t, f, jsonShapes, nil, []byte(in), bytewise, true), "%q", in)
	}
	deep := &Framing{Object: true, Max: 1 << 10}
	in := []byte(strings.Repeat(`{"a":`, 65))
	require.Equal(t, []string{"error: " + tooDeep}, decodeAll(t, deep, jsonShapes, nil, in, bytewise, false))
}

// Telling objects apart allocates nothing, and takes time by the frame's bytes.
func TestTellingObjectsApartAllocatesNothing(t *testing.T) {
	shapes := make([]Shape, 0, 200)
	for i := range 200 {
		shapes = append(shapes, Shape{Object: true, Marks: []Mark{{[]string{"class"}, MarkConst, fmt.Sprintf(`"C%d"`, i)}, {[]string{"n"}, MarkNumber, ""}}})
	}
	for _, f := range []*Framing{{Ends: []string{"\n"}, SendEnd: "\n", Max: 300, MaxLine: 300}, {Object: true, Max: 300}} {
		d := NewDecoder(f, NewDispatch(shapes))
		in := []byte(`{"time":"2013-11-06T12:00:22.000Z","deep":[{"class":"C1"},{"n":[1,2,3]}],"n":0.005,"class":"C42"}` + "\n")
		require.Zero(t, testing.AllocsPerRun(100, func() {
			got, _, _, err := d.Next(in, nil)
			if err != nil || got.Message != 42 {
				panic(fmt.Sprint(got.Message, err))
			}
			d.Reset()
		}))
	}
}

func TestMarks(t *testing.T) {
	mark := func(kind MarkKind, value string) Mark { return Mark{Kind: kind, Const: value} }
	one, text := mark(MarkConst, "1"), mark(MarkConst, `"a"`)
	for _, tt := range []struct {
		a, b            Mark
		allows, implies bool
	}{
		{one, one, true, true},
		{one, mark(MarkConst, "2"), false, false},
		{one, mark(MarkNumber, ""), true, true},
		{mark(MarkNumber, ""), one, true, false},
		{one, mark(MarkText, ""), false, false},
		{text, mark(MarkText, ""), true, true},
		{mark(MarkConst, "null"), mark(MarkAny, ""), true, true},
		{mark(MarkConst, "null"), mark(MarkObject, ""), false, false},
		{mark(MarkConst, "false"), mark(MarkBool, ""), true, true},
		{mark(MarkAny, ""), mark(MarkList, ""), true, false},
		{mark(MarkObject, ""), mark(MarkList, ""), false, false},
		{mark(MarkList, ""), mark(MarkList, ""), true, true},
	} {
		require.Equal(t, tt.allows, tt.a.Allows(tt.b), "%v %v", tt.a, tt.b)
		require.Equal(t, tt.allows, tt.b.Allows(tt.a), "%v %v", tt.b, tt.a)
		require.Equal(t, tt.implies, tt.a.Implies(tt.b), "%v %v", tt.a, tt.b)
	}
}

func TestFrameObjects(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 60, Charset: ASCII}
	w := NewWriter([]byte("x"), f)
	o := w.Object()
	o.Text("é", "ü")
	o.Float("f", -1.5e-7)
	o.Others("others", []byte(`{"a": [1], "é":"ö"}`), "b")
	w.EndObject(&o)
	frame, err := w.End()
	require.NoError(t, err)
	require.Equal(t, `x{"\u00e9":"\u00fc","f":-1.5e-07,"a":[1],"\u00e9":"\u00f6"}`+"\n", string(frame))

	r := NewReader([]byte(` {"f": 1e3, "l": [1, "a", [true]], "b": {"c": null}, "x": 1, "\u0061": "b"} `), f)
	in := r.Object()
	require.InDelta(t, 1000, in.Float("f"), 0)
	l := in.List("l")
	l.Exactly(3)
	l.Const(0, 1)
	l.Const(1, "a")
	require.True(t, l.List(2).Bool(0))
	in.Object("b").Const("c", nil)
	require.Equal(t, `{"x":1,"a":"b"}`, string(in.Others("f", "l", "b")))
	require.Nil(t, in.Others("f", "l", "b", "x", "a"))
	require.NoError(t, in.Err())
	require.NoError(t, r.Done())
}

func TestFrameObjectErrors(t *testing.T) {
	f := &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: 30}
	for why, write := range map[string]func(o *ObjectWriter){
		"none: not a JSON object":                            func(o *ObjectWriter) { o.Others("none", nil) },
		"others: not a JSON object":                          func(o *ObjectWriter) { o.Others("others", []byte("[1]")) },
		"others: holds a member that has a field of its own": func(o *ObjectWriter) { o.Others("others", []byte(`{"a":1}`), "a") },
		"f: is no finite number":                             func(o *ObjectWriter) { o.Float("f", -1/zero()) },
		"frame is larger than 30 bytes":                      func(o *ObjectWriter) { o.Text("t", strings.Repeat("x", 40)) },
		"b.t: not valid UTF-8":                               func(o *ObjectWriter) { o.Begin("b"); o.Text("t", "\xff"); o.End() },
	} {
		w := NewWriter([]byte("x"), f)
		o := w.Object()
		write(&o)
		w.EndObject(&o)
		got, err := w.End()
		require.EqualError(t, err, why)
		require.Equal(t, "x", string(got))
	}
	for why, read := range map[string]func(o *Object){
		"l: not of exactly 2 items":              func(o *Object) { o.List("l").Exactly(2) },
		"l[0]: not the constant that it must be": func(o *Object) { o.List("l").Const(0, 2) },
		"l[2].x: is missing":                     func(o *Object) { o.List("l").Object(2).Int("x", 8) },
		"l[2].y.z[1].w: not a bool":              func(o *Object) { o.List("l").Object(2).Object("y").List("z").Object(1).Bool("w") },
		"l[1]: no":                               func(o *Object) { o.List("l").Fail(1, "no") },
		"l[1]: not a list":                       func(o *Object) { o.List("l").List(1).Exactly(1) },
		"f: not a number that fits":              func(o *Object) { o.Float("f") },
		"g: not a number that fits":              func(o *Object) { o.Float("g") },
	} {
		r := NewReader([]byte(`{"a":{"b":[]},"l":[1,"a",{"y":{"z":[0,{"w":1}]}}],"f":"1","g":1e999}`), f)
		o := r.Object()
		read(o)
		require.EqualError(t, o.Err(), why)
		o.List("l").Exactly(1)
		require.Zero(t, o.List("l").Len())
		require.EqualError(t, o.Err(), why, "the first one sticks")
		r.Nest("", o.Err())
		require.Error(t, r.Done())
	}
	r := NewReader([]byte(`{"a":1`), f)
	o := r.Object()
	require.Zero(t, o.Text("a"))
	require.Zero(t, o.List("l").Len())
	var bad *FieldError
	require.True(t, errors.As(o.Err(), &bad))
	require.Equal(t, notJSON, bad.Reason)
}

func zero() float64 { return 0 }

// Values that are equal have equal keys, whatever they are written as.
func TestKeyJSON(t *testing.T) {
	for raw, want := range map[string][]byte{
		"7":                        KeyUint(nil, 7),
		" 7 ":                      KeyUint(nil, 7),
		"-7":                       KeyInt(nil, -7),
		"7.50":                     KeyDecimal(nil, Decimal{75, 1}),
		"18446744073709551615":     KeyUint(nil, 1<<64-1),
		`"a"`:                      KeyText(nil, "a"),
		`"\u0061"`:                 KeyText(nil, "a"),
		"true":                     KeyBool(nil, true),
		"false":                    KeyBool(nil, false),
		` { "a" : [ 1 , null ] } `: append([]byte{keyJSON, 14}, `{"a":[1,null]}`...),
		"null":                     append([]byte{keyJSON, 4}, "null"...),
		"1e3":                      append([]byte{keyJSON, 3}, "1e3"...),
	} {
		require.Equal(t, want, KeyJSON(nil, []byte(raw)), raw)
	}
}
