package wire

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const infoJSON = ` {"server_id":"N\u00c4","port":4222,"tls":true,"max":-9223372036854775808,"load":21.50,
 "auth":{"user":"a","roles":["x","y\n"],"empty":{}},"nothing":null,"mixed":[true,1,-2,0.5,{"a":1},[2]],"version":"2.9.10" } `

func parseInfo(t *testing.T) *Object {
	t.Helper()
	o, err := ParseObject([]byte(infoJSON))
	require.NoError(t, err)
	return o
}

func TestObject(t *testing.T) {
	o := parseInfo(t)
	require.Equal(t, "NÄ", o.Text("server_id"))
	require.EqualValues(t, 4222, o.Uint("port", 16))
	require.True(t, o.Bool("tls"))
	require.EqualValues(t, -1<<63, o.Int("max", 64))
	require.Equal(t, Decimal{2150, 2}, o.Decimal("load"))
	require.Equal(t, `"2.9.10"`, string(o.Raw("version")))
	require.Equal(t, "null", string(o.Raw("nothing")))
	require.True(t, o.Has("auth"))
	require.False(t, o.Has("nothing"), "null is absent")
	require.False(t, o.Has("elsewhere"))
	auth := o.Object("auth")
	require.Equal(t, "a", auth.Text("user"))
	roles := auth.List("roles")
	require.Equal(t, 2, roles.Len())
	require.Equal(t, "y\n", roles.Text(1))
	require.False(t, auth.Object("empty").Has("x"))
	mixed := o.List("mixed")
	require.True(t, mixed.Bool(0))
	require.EqualValues(t, 1, mixed.Uint(1, 8))
	require.EqualValues(t, -2, mixed.Int(2, 8))
	require.Equal(t, Decimal{5, 1}, mixed.Decimal(3))
	require.EqualValues(t, 1, mixed.Object(4).Int("a", 8))
	require.Equal(t, "[2]", string(mixed.Raw(5)))
	for key, want := range map[string]any{
		"version": "2.9.10", "tls": true, "port": int64(4222), "load": Decimal{215, 1}, "nothing": nil,
	} {
		o.Const(key, want)
	}
	o.Const("port", 4222)
	o.Const("port", uint64(4222))
	require.NoError(t, o.Err())
}

func TestObjectErrors(t *testing.T) {
	tests := []struct {
		name string
		read func(o *Object)
		why  string
	}{
		{"missing", func(o *Object) { o.Text("elsewhere") }, "elsewhere: is missing"},
		{"not a string", func(o *Object) { o.Text("port") }, "port: not a string"},
		{"null is no string", func(o *Object) { o.Text("nothing") }, "nothing: not a string"},
		{"not a bool", func(o *Object) { o.Bool("port") }, "port: not a bool"},
		{"not an integer", func(o *Object) { o.Int("load", 64) }, "load: not an integer of 64 bits"},
		{"too large", func(o *Object) { o.Uint("port", 8) }, "port: not an unsigned integer of 8 bits"},
		{"negative", func(o *Object) { o.Uint("max", 64) }, "max: not an unsigned integer of 64 bits"},
		{"too small", func(o *Object) { o.Int("max", 32) }, "max: not an integer of 32 bits"},
		{"no number", func(o *Object) { o.Decimal("version") }, "version: not a decimal number that fits"},
		{"not an object", func(o *Object) { o.Object("port").Text("x") }, "port: not an object"},
		{"not a list", func(o *Object) { require.Zero(t, o.List("auth").Len()) }, "auth: not a list"},
		{"path", func(o *Object) { o.Object("auth").Int("user", 8) }, "auth.user: not an integer of 8 bits"},
		{"path of an item", func(o *Object) { o.Object("auth").List("roles").Bool(1) }, "auth.roles[1]: not a bool"},
		{"path in an item", func(o *Object) { o.List("mixed").Object(4).Text("a") }, "mixed[4].a: not a string"},
		{"item is no object", func(o *Object) { o.List("mixed").Object(0).Text("a") }, "mixed[0]: not an object"},
		{"other constant", func(o *Object) { o.Const("version", "2") }, "version: not the constant that it must be"},
		{"constant of another type", func(o *Object) { o.Const("port", "4222") }, "port: not the constant that it must be"},
		{"constant of no type", func(o *Object) { o.Const("port", []int{1}) }, "port: not the constant that it must be"},
		{"constant missing", func(o *Object) { o.Const("elsewhere", true) }, "elsewhere: is missing"},
		{"failed by the caller", func(o *Object) { o.Object("auth").Fail("user", "not known") }, "auth.user: not known"},
		{"first error stays", func(o *Object) { o.Text("port"); o.Text("elsewhere") }, "port: not a string"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := parseInfo(t)
			tt.read(o)
			require.EqualError(t, o.Err(), tt.why)
			require.Zero(t, o.Text("server_id"), "zero values after an error")
			require.Zero(t, o.Uint("port", 16))
			require.Zero(t, o.Decimal("load"))
			require.False(t, o.Bool("tls"))
			require.Nil(t, o.Raw("version"))
			require.Zero(t, o.List("mixed").Len())
			require.False(t, o.Object("auth").Has("user"))
			require.EqualError(t, o.Err(), tt.why)
		})
	}
}

func TestParseObjectRefuses(t *testing.T) {
	many := strings.Builder{}
	for i := range 20 {
		fmt.Fprintf(&many, `"k%d":1,`, i)
	}
	for in, why := range map[string]string{
		``:                                  "not a JSON value",
		`[]`:                                "not a JSON object",
		`"a"`:                               "not a JSON object",
		`{"a":1`:                            "not a JSON value",
		`{"a":1}}`:                          "not a JSON value",
		`{'a':1}`:                           "not a JSON value",
		`{"a":01}`:                          "not a JSON value",
		`{"a":1,}`:                          "not a JSON value",
		"{\"a\":\"\xff\"}":                  "not valid UTF-8",
		"{\"a\":\"\n\"}":                    "not a JSON value",
		`{"a":1,"a":2}`:                     "a: is there twice",
		`{"a":1,"\u0061":2}`:                "a: is there twice",
		`{"a":{"b":1,"b":1}}`:               "a.b: is there twice",
		`{"\ud800":1}`:                      "a key has an escape that is not allowed",
		`{"a":[[{"b":[1,{"c":1,"c":1}]}]]}`: "a.b.c: is there twice",
		`{` + many.String() + `"k7":1}`:     "k7: is there twice",
		strings.Repeat(`{"a":`, 65) + `1` + strings.Repeat(`}`, 65): "JSON nested too deeply",
	} {
		o, err := ParseObject([]byte(in))
		require.EqualError(t, err, why, "%.60s", in)
		require.Nil(t, o)
	}
	o, err := ParseObject([]byte(`{"a":"\udc00"}`))
	require.NoError(t, err)
	o.Text("a")
	require.EqualError(t, o.Err(), "a: has an escape that is not allowed")
}

// Time is linear in the members.
func TestParseObjectWithManyMembers(t *testing.T) {
	raw := []byte{'{'}
	for i := range 10_000 {
		raw = fmt.Appendf(raw, `"k%d":{"a":[%d]},`, i, i)
	}
	raw = append(raw, `"last":7}`...)
	o, err := ParseObject(raw)
	require.NoError(t, err)
	require.EqualValues(t, 7, o.Uint("last", 8))
}

func TestObjectWriter(t *testing.T) {
	o := NewObject([]byte("CONNECT "))
	o.Bool("verbose", false)
	o.Text("na\"me", "a\nü")
	o.Int("i", -5, 8)
	o.Uint("u", 200, 8)
	o.Decimal("d", Decimal{150, 2})
	o.Null("n")
	o.Raw("r", []byte(`{ "a" : [1, 2] }`))
	o.Begin("auth")
	o.Begin("empty")
	o.End()
	o.BeginList("list")
	o.Text("", "x")
	o.Begin("")
	o.Bool("b", true)
	o.End()
	o.BeginList("")
	o.End()
	o.End()
	o.End()
	o.Bool("last", true)
	raw, err := o.Done()
	require.NoError(t, err)
	require.Equal(t, `CONNECT {"verbose":false,"na\"me":"a\nü","i":-5,"u":200,"d":1.50,"n":null,"r":{"a":[1,2]},`+
		`"auth":{"empty":{},"list":["x",{"b":true},[]]},"last":true}`, string(raw))
	require.True(t, json.Valid(raw[len("CONNECT "):]))

	empty := NewObject(nil)
	raw, err = empty.Done()
	require.NoError(t, err)
	require.Equal(t, "{}", string(raw))
}

func TestObjectWriterErrors(t *testing.T) {
	tests := []struct {
		name  string
		write func(o *ObjectWriter)
		why   string
	}{
		{"not UTF-8", func(o *ObjectWriter) { o.Text("a", "\xff") }, "a: not valid UTF-8"},
		{"int", func(o *ObjectWriter) { o.Int("a", 128, 8) }, "a: does not fit 8 bits"},
		{"uint", func(o *ObjectWriter) { o.Uint("a", 256, 8) }, "a: does not fit 8 bits"},
		{"raw", func(o *ObjectWriter) { o.Raw("a", []byte("{")) }, "a: not a JSON value"},
		{"path", func(o *ObjectWriter) { o.Begin("a"); o.Begin("b"); o.Fail("c", "no"); o.End(); o.End() }, "a.b.c: no"},
		{"too many ends", func(o *ObjectWriter) { o.End() }, "more ends than begins"},
		{"too few ends", func(o *ObjectWriter) { o.Begin("a") }, "a: more begins than ends"},
		{"too deep", func(o *ObjectWriter) {
			for range 1000 {
				o.BeginList("")
			}
			for range 1000 {
				o.End()
			}
		}, strings.Repeat(".", 62) + ": JSON nested too deeply"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := NewObject([]byte("x"))
			tt.write(&o)
			b, err := o.Done()
			require.EqualError(t, err, tt.why)
			require.Equal(t, "x", string(b))
		})
	}
}

// As deep as is allowed, written and read.
func TestObjectDepth(t *testing.T) {
	o := NewObject(nil)
	for range maxJSONDepth - 1 {
		o.Begin("a")
	}
	for range maxJSONDepth - 1 {
		o.End()
	}
	raw, err := o.Done()
	require.NoError(t, err)
	read, err := ParseObject(raw)
	require.NoError(t, err)
	for range maxJSONDepth - 1 {
		read = read.Object("a")
	}
	require.NoError(t, read.Err())
}

// TestLongKeys of objects with many objects inside must not be copied for each.
func TestLongKeys(t *testing.T) {
	const n = 64 << 10
	raw := []byte(`{"` + strings.Repeat("k", n) + `":[{}` + strings.Repeat(",{}", n) + `]}`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := ParseObject(raw)
	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	allocated := after.TotalAlloc - before.TotalAlloc
	t.Logf("%d bytes allocated for %d received", allocated, len(raw))
	require.Less(t, allocated, uint64(100*len(raw)))

	_, err = ParseObject([]byte(`{"a": [{"b": {"c": 1, "c": 2}}]}`))
	require.EqualError(t, err, "a.b.c: is there twice")
}
