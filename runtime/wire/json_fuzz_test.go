package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

var jsonSeeds = []string{
	`{}`, ` {"a" : [1, -0.5e+10, true, false, null, "\u00e9\n"] } `, `[[[]]]`, `"a\ud800"`, `01`, `-`, `1.`, `1e`, `tru`, `nul`, `{"a":1,}`, `[1,]`, `[,1]`,
	`{"a"1}`, `{a:1}`, "\"\x01\"", "\"\xff\"", "\"é\"", `"\x"`, `"\u12g4"`, `{"a":{"a":{"a":{}}}}`, "{\"a\":\r\n\t1}", `]`, `}`, ``, `{"class":"TPV","mode":3}{"class":"SKY"}`,
}

// The scanner takes what the standard library takes that is UTF-8 and not too
// deep, and nothing else.
func FuzzJSON(f *testing.F) {
	for _, s := range append(jsonSeeds, strings.Repeat("[", 64)+strings.Repeat("]", 64), strings.Repeat("[", 65)+strings.Repeat("]", 65)) {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		why := refuseJSON(raw)
		good := json.Valid(raw) && utf8.Valid(raw) && depthOf(raw) <= maxJSONDepth
		require.Equal(t, good, why == "", "%q: %s", raw, why)
	})
}

// depthOf is how deep valid JSON nests.
func depthOf(raw []byte) int {
	depth, deepest := 0, 0
	d := json.NewDecoder(bytes.NewReader(raw))
	for {
		token, err := d.Token()
		if err != nil {
			return deepest
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
			deepest = max(deepest, depth)
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

// Objects that nothing ends but themselves: however a stream is split, it is cut
// into the same frames, and where all of them are JSON, as the standard library
// cuts it.
func FuzzObjects(f *testing.F) {
	for _, s := range append(jsonSeeds, `{"a":"}"} {"b":"\""}`+"\n"+`{"c":[{"d":{}}]}`, `{"a":]}{}`+"\n{}", strings.Repeat(`{"a":`, 65)) {
		f.Add([]byte(s), uint8(3))
	}
	shapes := []Shape{{Object: true}}
	framing := &Framing{Object: true, Max: 300}
	f.Fuzz(func(t *testing.T, stream []byte, size uint8) {
		if len(stream) > 1<<12 {
			return
		}
		for _, resync := range []bool{false, true} {
			want := decodeAll(t, framing, shapes, nil, stream, whole, resync)
			require.Equal(t, want, decodeAll(t, framing, shapes, nil, stream, bytewise, resync))
			pieces := func(at int) int { return at + 1 + int(size)%16 }
			require.Equal(t, want, decodeAll(t, framing, shapes, nil, stream, pieces, resync))
		}
		frames, ok := cutByLibrary(stream)
		if !ok || slices.ContainsFunc(frames, func(f string) bool { return len(f) > framing.Max || depthOf([]byte(f)) > maxJSONDepth }) {
			return
		}
		d := NewDecoder(framing, NewDispatch(shapes))
		for rest := stream; len(frames) > 0; frames = frames[1:] {
			frame, n, need, err := d.Next(rest, nil)
			require.NoError(t, err)
			require.Zero(t, need)
			require.Equal(t, frames[0], string(frame.Bytes))
			rest = rest[n:]
		}
	})
}

// cutByLibrary are the objects of a stream that holds nothing else.
func cutByLibrary(stream []byte) (frames []string, ok bool) {
	d := json.NewDecoder(bytes.NewReader(stream))
	for {
		var raw json.RawMessage
		switch err := d.Decode(&raw); {
		case errors.Is(err, io.EOF):
			return frames, true
		case err != nil || raw[0] != '{':
			return nil, false
		}
		frames = append(frames, string(raw))
	}
}
