package spec_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
)

// pieces are what random templates of any shape are made of; f# becomes a
// name.
var pieces = []string{
	"{f#:uint8}", "{f#:int16}", "{f#:decimal}", "{f#:word}", "{f#:text}", "{f#:quoted}", "{f#:quoted('doubled')}",
	"{f#:bool('ON','OFF')}", "{f#:digits(3)}", "{f#:hex(4)}", "{f#:hexbytes}", "{f#:base64}", "{f#:json}", "{f#:float}",
	"{f#:list(uint8,',')}", "{f#:list(word,' ')}", "{f#:list(text,',')}", "{f#:list(Point,';')}", "{f#:padded(int16,6)}",
	"{f#:Unit}", "{f#:Open}", "{f#:Point}", "{f#:Name}", "{f#:Info}", "{f#:text(4)}",
	" ", " ", " ", ",", ";", ": ", "x", "{{", "\\n", "\\n", "{?", "{?", "}", "}",
	"{#f#}\\n{f#:bytes}", "{#f#:digits(4)}\\n{f#:list(Arg)}\\n", "{#f#+2}\\n{f#:text}",
	"\\n{f#:list(text)}\\nEND", "\\n{f#:list(Point)}\\n.", "\\n{f#:list(Arg)}\\n", "{#f#}\\n{f#:list(uint8)}\\n", "\\n{f#:list(Block)}\\n]",
	"\\n{f#:list(dotted)}\\n.", "\\n{f#:Keys}\\nEND", "{#f#} {f#:bytes}", "{#f#}:{f#:bytes},", " {#f#:digits(2)}{f#:bytes}", "{#f#};{f#:text}", "{f#:bytes(2)}", "{#f#} {f#:list(text,',')}", "{#f#};{f#:list(uint8,' ')}", "\\n{f#:list(Net)}\\n.", "\\n{f#:Bulk}", "{#f#}\\n{f#:list(Bulk)}", "\\n{f#:list(Bulk)}\\n.", "{f#:Place}", "{f#:list(Place,';')}", "\\n{f#:list(Keys)}\\n", "{f#:Args}", " {f#:Args}]", "{_:word}", "{_:uint8}",
}

const pieceTypes = `types:
  Unit: {enum: {celsius: C, percent: "%"}}
  Open: {enum: {low: L, high: H}, open: true}
  Point: {layout: "({x:int8}/{y:int8})"}
  Name: {layout: "<{name:text}>"}
  Info: {json: {id: "{id:text}", "n?": "{n:int8}", list: "{l:list(decimal)}"}}
  Arg: {layout: "${#data}\n{data:bytes}"}
  Keys: {pairs: {name: word, "size?": uint8, tags: list(text)}, first: name, others: keep}
  Args: {pairs: {"x?": int8, "y?": text}, between: "=", each: "&", others: keep}
  Bulk: {one_of: {nil: "$-1", data: "${#data}\n{data:bytes}", text: "+{text:text}"}}
  Place: {one_of: {polar: "@{r:uint8}/{a:uint16}", plain: "p{x:uint8}!", word: "{word:word}", none: "-"}}
  Net: {layout: "{id:word} {#data}:{data:bytes},"}
  Block: {layout: "[{name:word}\n{lines:list(text)}\n{}"}
`

func randomPieces(r *rand.Rand) string {
	var b strings.Builder
	for i := range 2 + r.IntN(9) {
		b.WriteString(strings.ReplaceAll(pieces[r.IntN(len(pieces))], "f#", fmt.Sprintf("f%d", i)))
	}
	return b.String()
}

// TestAcceptedTemplatesRoundTrip: a template without findings can be read: what
// its fields are written as, is parsed as the same values. So stops, counts and
// the decisions about optional parts are right, what they cannot be right for is
// refused, and the decoder cuts the frame where it ends.
func TestAcceptedTemplatesRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	accepted, frames := 0, 0
	for range 8000 {
		template := randomPieces(r)
		doc, _ := document(fmt.Sprintf("%smessages:\n  m: {receive: \"M%s\", event: true}\n", pieceTypes, template))
		p, findings := spec.LoadAnyway("random.yaml", []byte(doc))
		if slices.ContainsFunc(findings, func(f spec.Finding) bool { return f.Rule != "vector-missing" }) {
			continue
		}
		accepted++
		m := &p.Messages[0].Template
		running, err := dynamic.Open(p)
		require.NoError(t, err, m.Source)
		framing := &running.Plan().Framing
		decoder := wire.NewDecoder(framing, wire.NewDispatch([]wire.Shape{running.Plan().Messages[0].Shape}))
		for range 10 {
			values := codectest.Values(r, m.Fields)
			frame, err := codec.Append(nil, framing, m, values)
			if err != nil {
				continue
			}
			frames++
			cut := decode(t, decoder, frame, 1+r.IntN(len(frame)))
			frame = frame[:len(frame)-len(framing.SendEnd)]
			require.Equal(t, string(frame), string(cut), "of %q", m.Source)
			got, err := codec.Parse(framing, m, frame)
			require.NoError(t, err, "%q of %q", frame, m.Source)
			again, err := codec.Append(nil, framing, m, got)
			require.NoError(t, err, "%q of %q", frame, m.Source)
			require.Equal(t, string(frame), strings.TrimSuffix(string(again), framing.SendEnd), "of %q", m.Source)
		}
	}
	t.Logf("%d templates accepted, %d frames", accepted, frames)
	require.Greater(t, accepted, 300)
	require.Greater(t, frames, 2000)
}

// decode pushes a frame in pieces through a decoder, which must find it whole.
func decode(t *testing.T, d *wire.Decoder, frame []byte, piece int) []byte {
	t.Helper()
	var buf []byte
	for rest := frame; len(rest) > 0; {
		n := min(piece, len(rest))
		buf, rest = append(buf, rest[:n]...), rest[n:]
		f, consumed, need, err := d.Next(buf, everything{})
		require.NoError(t, err, "%q", frame)
		if need == 0 {
			require.Equal(t, 0, f.Message, "%q", frame)
			require.Len(t, frame, consumed, "%q", frame)
			return f.Bytes
		}
		buf = buf[consumed:]
	}
	require.Fail(t, "not found whole", "%q", frame)
	return nil
}

// everything is expected.
type everything struct{}

func (everything) Expects(int) bool { return true }
