package wire

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// Against the standard library: what ParseObject takes, it takes too, with the
// same members; what it takes and ParseObject does not, has a reason to be refused.
func FuzzObject(f *testing.F) {
	for _, s := range []string{infoJSON, `{}`, `{"a":{"b":[1,{"c":null}]},"a":1}`, `{"\u0061":"\ud834\udd1e"}`, `{"a":-0.50e1}`, `[1]`, " {\"a\" :\t[ ]\r\n} ", `{"":""}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if broken.Match(raw) {
			return // what the library puts for half a surrogate pair could not be told
		}
		o, err := ParseObject(raw)
		var members map[string]json.RawMessage
		stdErr := json.Unmarshal(raw, &members)
		if err != nil {
			require.True(t, stdErr != nil || refusable(raw), "%q: %v", raw, err)
			return
		}
		require.NoError(t, stdErr)
		require.False(t, refusable(raw), "%q", raw)
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

// broken finds U+FFFD, also escaped.
var broken = regexp.MustCompile(`\x{fffd}|\\u[fF]{3}[dD]`)

// refusable reports whether JSON that the standard library takes has a reason to
// be refused: it is null, not UTF-8, deeper than 64 levels, or has a key twice or
// one with half a surrogate pair, which the library makes another character.
func refusable(raw []byte) bool {
	if string(bytes.TrimSpace(raw)) == "null" || !utf8.Valid(raw) {
		return true
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	for tokens := newTokens(d); ; {
		again, more := tokens.next()
		if again || !more || len(tokens.open) > 64 {
			return more
		}
	}
}

// tokens are those of a JSON value, with the keys of the objects around each.
type tokens struct {
	*json.Decoder
	open []map[string]bool // the keys of each level; nil: a list
	key  bool              // the next text is a key
}

func newTokens(d *json.Decoder) *tokens { return &tokens{Decoder: d} }

// next reports whether the next token is a key that the object has already, or
// a broken one; more is false at the end.
func (t *tokens) next() (again, more bool) {
	token, err := t.Token()
	if err != nil {
		return false, false
	}
	inObject := func() bool { return len(t.open) > 0 && t.open[len(t.open)-1] != nil }
	switch token := token.(type) {
	case json.Delim:
		switch token {
		case '{':
			t.open = append(t.open, map[string]bool{})
		case '[':
			t.open = append(t.open, nil)
		default:
			t.open = t.open[:len(t.open)-1]
		}
		t.key = inObject()
		return false, true
	case string:
		if t.key {
			keys := t.open[len(t.open)-1]
			again = keys[token] || strings.Contains(token, "\ufffd")
			keys[token] = true
			t.key = false
			return again, true
		}
	}
	t.key = inObject()
	return false, true
}

// checkMember reads one member as each type: what the standard library takes is
// taken, but for null, and is the same.
func checkMember(t *testing.T, raw []byte, key string, want json.RawMessage) {
	t.Helper()
	o, err := ParseObject(raw)
	require.NoError(t, err)
	null := string(want) == "null"
	require.Equal(t, string(want), string(o.Raw(key)))
	require.Equal(t, !null, o.Has(key))
	sameMember(t, raw, want, func(o *Object) string { return o.Text(key) })
	sameMember(t, raw, want, func(o *Object) bool { return o.Bool(key) })
	sameMember(t, raw, want, func(o *Object) int64 { return o.Int(key, 64) })
	sameMember(t, raw, want, func(o *Object) int16 { return int16(o.Int(key, 16)) })
	sameMember(t, raw, want, func(o *Object) uint64 { return o.Uint(key, 64) })
	sameMember(t, raw, want, func(o *Object) uint8 { return uint8(o.Uint(key, 8)) })
	sameMember(t, raw, want, func(o *Object) Decimal { return o.Decimal(key) })
	if list := o.List(key); o.Err() == nil {
		var v []json.RawMessage
		require.NoError(t, json.Unmarshal(want, &v))
		require.Equal(t, len(v), list.Len())
		for i := range v {
			require.Equal(t, string(v[i]), string(list.Raw(i)))
		}
	}
}

// sameMember compares one member with what the standard library makes of it.
func sameMember[T any](t *testing.T, raw []byte, member json.RawMessage, get func(o *Object) T) {
	t.Helper()
	o, err := ParseObject(raw)
	require.NoError(t, err)
	got := get(o)
	var want T
	err = json.Unmarshal(member, &want)
	if text, ok := any(want).(string); ok && strings.Contains(text, "\ufffd") {
		require.Error(t, o.Err(), "%s: half a surrogate pair", member)
		return
	}
	require.Equal(t, err == nil && string(member) != "null", o.Err() == nil, "%T %s: %v, %v", want, member, err, o.Err())
	if o.Err() == nil {
		require.Equal(t, want, got, "%s", member)
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
