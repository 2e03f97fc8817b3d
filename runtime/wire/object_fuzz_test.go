package wire

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Against the standard library: what ParseObject takes, it takes too, with the
// same members; what it takes and ParseObject does not, has a reason to be refused.
func FuzzObject(f *testing.F) {
	for _, s := range []string{infoJSON, `{}`, `{"a":{"b":[1,{"c":null}]},"a":1}`, `{"\u0061":"\ud834\udd1e"}`, `{"a":-0.50e1}`, `[1]`, " {\"a\" :\t[ ]\r\n} ", `{"":""}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, err := ParseObject(raw)
		var members map[string]json.RawMessage
		stdErr := json.Unmarshal(raw, &members)
		if err != nil {
			return
		}
		require.NoError(t, stdErr)
		require.Equal(t, len(members), int(o.to-o.from))
		for i := o.from; i < o.to; i++ {
			key := o.doc.key(i)
			checkMember(t, raw, key, members[key])
		}
		w := NewWriter(nil, &Framing{Ends: []string{"\n"}, SendEnd: "\n", Max: math.MaxInt, Charset: ASCII})
		w.JSON("x", raw)
		compact, err := w.Done()
		require.NoError(t, err)
		require.Equal(t, decodeJSON(t, raw), decodeJSON(t, compact))
		require.NotContains(t, string(compact), "\n")
		r := NewReader(append(compact, " \t"...), ascii)
		require.Equal(t, string(compact), string(r.JSON("x")))
		require.NoError(t, r.Done())
	})
}

// decodeJSON keeps numbers as they are written.
func decodeJSON(t *testing.T, raw []byte) (v any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	require.NoError(t, d.Decode(&v))
	return v
}

// checkMember reads one member as each type, and compares where that succeeds.
func checkMember(t *testing.T, raw []byte, key string, want json.RawMessage) {
	t.Helper()
	fresh := func() *Object {
		o, err := ParseObject(raw)
		require.NoError(t, err)
		return o
	}
	o := fresh()
	require.Equal(t, string(want), string(o.Raw(key)))
	require.Equal(t, string(want) != "null", o.Has(key))
	if s := o.Text(key); o.Err() == nil {
		var v string
		require.NoError(t, json.Unmarshal(want, &v))
		require.Equal(t, v, s)
	}
	o = fresh()
	if n := o.Int(key, 64); o.Err() == nil {
		var v int64
		require.NoError(t, json.Unmarshal(want, &v))
		require.Equal(t, v, n)
	}
	o = fresh()
	if list := o.List(key); o.Err() == nil {
		var v []json.RawMessage
		require.NoError(t, json.Unmarshal(want, &v))
		require.Equal(t, len(v), list.Len())
		for i := range v {
			require.Equal(t, string(v[i]), string(list.Raw(i)))
		}
	}
}

// What ObjectWriter writes is JSON, and reads back.
func FuzzObjectWriter(f *testing.F) {
	f.Add("key", "text \"\\\n\x00 ü", int64(-5), uint64(1)<<63, []byte(`{"a":[1, 2]}`), uint8(3))
	f.Fuzz(func(t *testing.T, key, s string, i int64, u uint64, raw []byte, scale uint8) {
		w := NewObject(nil)
		w.Text("t"+key, s)
		w.Int("i", i, 64)
		w.Uint("u", u, 64)
		w.Decimal("d", Decimal{i, scale})
		w.Begin("o")
		w.Raw("r", raw)
		w.BeginList("l")
		w.Text("", s)
		w.Bool("", true)
		w.End()
		w.End()
		b, err := w.Done()
		if err != nil {
			require.Empty(t, b)
			return
		}
		require.True(t, json.Valid(b))
		o, err := ParseObject(b)
		if err != nil { // an invalid key, keys twice in raw, or too deep below o
			return
		}
		require.Equal(t, s, o.Text("t"+key))
		require.Equal(t, i, o.Int("i", 64))
		require.Equal(t, u, o.Uint("u", 64))
		require.Equal(t, Decimal{i, scale}, o.Decimal("d"))
		list := o.Object("o").List("l")
		require.Equal(t, s, list.Text(0))
		require.True(t, list.Bool(1))
		require.NoError(t, o.Err())
	})
}
