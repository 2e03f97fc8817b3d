package dynamic_test

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
	"github.com/linewright/linewright/spec/model"
)

// frames are what a decoder is to find in a stream.
type frames struct {
	shapes    []wire.Shape
	templates []*model.Template
	names     []string
	sent      bool
}

func received(p *dynamic.Protocol) frames {
	var f frames
	for i, m := range p.Model().Messages {
		f.add(m.Name, p.Plan().Messages[i].Shape, &m.Template)
	}
	return f
}

func sent(p *dynamic.Protocol) frames {
	f := frames{sent: true}
	for i, c := range p.Model().Commands {
		f.add(c.Name, p.Plan().Commands[i].Shape, &c.Template)
	}
	return f
}

func (f *frames) add(name string, shape wire.Shape, t *model.Template) {
	f.names = append(f.names, name)
	f.shapes = append(f.shapes, shape)
	f.templates = append(f.templates, t)
}

// eachFrame runs a test of each message and command of every document at hand.
func eachFrame(t *testing.T, test func(t *testing.T, p *dynamic.Protocol, f frames, i int)) {
	for name, m := range everything(t) {
		p, err := dynamic.Open(m)
		require.NoError(t, err)
		for side, f := range map[string]frames{"received": received(p), "sent": sent(p)} {
			for i := range f.names {
				t.Run(name+"/"+side+"/"+f.names[i], func(t *testing.T) { test(t, p, f, i) })
			}
		}
	}
}

// only expects one message, in the modes that it is in.
type only struct {
	message int
	in      []int
}

func (o only) Expects(message int) bool { return message == o.message }

func (o only) InMode(modes []int) bool {
	return len(o.in) == 0 || slices.ContainsFunc(modes, func(m int) bool { return slices.Contains(o.in, m) })
}

// alone expects the message i, where it may come.
func (f *frames) alone(framing *wire.Framing, i int) only {
	in := f.shapes[i].In
	if len(in) == 0 {
		in = framing.Of(f.templates[i].Frame).In
	}
	return only{i, in}
}

// receiving is the framing of the side that receives: what is sent must be
// received, in lines and in the kinds of frames that are only ever sent.
func (f *frames) receiving(p *dynamic.Protocol) wire.Framing {
	framing := receivedOne(p.Plan().Framing, f.sent)
	others := framing.Others
	framing.Others = nil
	for _, other := range others {
		framing.Others = append(framing.Others, receivedOne(other, f.sent))
	}
	return framing
}

func receivedOne(f wire.Framing, sent bool) wire.Framing {
	if sent {
		f.Use = map[wire.Use]wire.Use{wire.UseSend: wire.UseReceive, wire.UseReceive: wire.UseSend}[f.Use]
	}
	if f.Packet == nil && !slices.Contains(f.Ends, f.SendEnd) {
		f.Ends = []string{f.SendEnd}
	}
	return f
}

// TestStream: every message and command, with random values, is found again in
// a stream, whole and by itself, and means the same.
func TestStream(t *testing.T) {
	alone.Skip(t)
	eachFrame(t, stream)
}

func stream(t *testing.T, p *dynamic.Protocol, f frames, i int) {
	framing := f.receiving(p)
	r := rand.New(rand.NewPCG(7, seed(f.names[i])))
	d := wire.NewDecoder(&framing, wire.NewDispatch(f.shapes))
	const rounds = 300
	found := 0
	for range rounds {
		want := codectest.Values(r, f.templates[i].Fields)
		frame, err := codec.Append(nil, &framing, f.templates[i], want)
		if err != nil {
			continue
		}
		if framing.DropEmpty && len(framing.Content(frame)) == 0 {
			continue
		}
		got := next(t, d, frame, f.alone(&framing, i), 1+r.IntN(len(frame)))
		if got.Message != i {
			// Another message of the same bytes: then it must mean as much.
			require.NotEqual(t, wire.NoMessage, got.Message, "%q", frame)
			continue
		}
		found++
		require.Equal(t, string(framing.Of(f.templates[i].Frame).Content(frame)), string(got.Bytes))
		values, err := codec.Parse(&framing, f.templates[i], got.Bytes)
		require.NoError(t, err)
		require.True(t, codec.Equal(want, values), "%s, was %s", values.Map(), want.Map())
	}
	require.Greater(t, found, rounds/20)
}

// next pushes frame in pieces and gives what the decoder makes of it.
func next(t *testing.T, d *wire.Decoder, frame []byte, expects wire.Expecter, piece int) wire.Frame {
	var buf []byte
	total := 0
	for rest := frame; ; rest = rest[min(piece, len(rest)):] {
		buf = append(buf, rest[:min(piece, len(rest))]...)
		f, consumed, need, err := d.Next(buf, expects)
		if err != nil { // require would take longer than all the rest
			t.Fatalf("%q: %v", frame, err)
		}
		if total += consumed; need == 0 {
			if total != len(frame) {
				t.Fatalf("%q: %d bytes of %d", frame, total, len(frame))
			}
			return f
		}
		if buf = buf[consumed:]; len(rest) == 0 {
			t.Fatalf("not a whole frame: %q", frame)
		}
	}
}

func seed(s string) uint64 {
	h := fnv.New64()
	_, _ = h.Write([]byte(s))
	return h.Sum64()
}

// FuzzStream: no bytes make the decoder or a parser fail in another way than by
// its error, and what the decoder calls a message parses as that message.
func FuzzStream(f *testing.F) {
	var all []*dynamic.Protocol
	for _, path := range []string{
		"../vendors/acme.yaml", "../plan/testdata/order.yaml", "../plan/testdata/lasting.yaml",
		"testdata/lines.yaml", "testdata/pairs.yaml", "testdata/forms.yaml", "testdata/jsonframes.yaml", "testdata/selfending.yaml",
		"testdata/binary.yaml", "testdata/stuffed.yaml", "testdata/self.yaml", "testdata/kinds.yaml", "testdata/variants.yaml", "../vendors/mqtt.yaml", "testdata/modes.yaml",
	} {
		p := open(f, path)
		all = append(all, p)
		for _, m := range p.Model().Messages {
			for _, e := range m.Examples {
				f.Add(uint8(len(all)-1), p.Plan().Framing.Of(m.Template.Frame).Wrap(nil, e.Wire))
			}
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		p := all[int(which)%len(all)]
		framing := p.Plan().Framing
		d := wire.NewDecoder(&framing, wire.NewDispatch(received(p).shapes))
		for {
			got, consumed, need, err := d.Next(data, only{})
			if err != nil || need > 0 {
				return
			}
			require.Positive(t, consumed)
			if got.Message != wire.NoMessage {
				_, err := p.Decode(p.Model().Messages[got.Message].Name, got.Bytes)
				require.NoError(t, err)
			}
			data = data[consumed:]
		}
	})
}
