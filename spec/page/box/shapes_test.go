package box

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/alone"
)

// TestShapesAtRandom: messages that differ in all that tells them apart, as no document has
// them all at once.
func TestShapesAtRandom(t *testing.T) {
	alone.Skip(t)
	page := framesPage(t)
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 1))
		o := &oracle{
			direction: "received", framing: wire.Framing{Ends: []string{"\n", "\r\n"}, Max: 30, MaxLine: 12, DropEmpty: seed%2 == 0},
			answers: map[string]any{}, reasons: map[string]bool{},
		}
		if seed%3 == 0 {
			o.framing.Packet = &wire.Packet{Extent: wire.ExtentEnds, Ends: []string{";"}, Head: 2}
		}
		for range 3 + r.IntN(6) {
			o.shapes = append(o.shapes, anyShape(r, o.framing.Packet != nil))
		}
		frames := o.planned()
		var cases [][]byte
		for range 150 {
			stream := make([]byte, r.IntN(24))
			for i := range stream {
				stream[i] = "AAB\n\n\r;x"[r.IntN(8)]
			}
			cases = append(cases, stream)
		}
		checkFrames(t, page, nil, frames, o, cases)
	}
}

// planned is the plan of an oracle's shapes, from now on.
func (o *oracle) planned() *framesOf {
	checks := map[*func([]byte) error]bool{}
	frames := &framesOf{Received: side{Kinds: kindsOf(&o.framing)}}
	for i := range o.shapes {
		checks[&o.shapes[i].Check] = o.shapes[i].Check != nil
	}
	h := hooked{refs: newRefs(), checks: checks}
	for i := range o.shapes {
		frames.Received.Shapes = append(frames.Received.Shapes, h.shape(&o.shapes[i]))
	}
	for i := range o.shapes {
		o.listen(i, &frames.Received.Shapes[i])
	}
	o.dispatch = wire.NewDispatch(o.shapes)
	return frames
}

// TestASureReadingIsPreferred: where the decoder that awaits nothing cannot choose between two
// objects, one of them is it, though any two lines would be a longer message, which ends where the
// bytes do.
func TestASureReadingIsPreferred(t *testing.T) {
	alone.Skip(t)
	o := &oracle{
		direction: "received", framing: wire.Framing{Ends: []string{"\n"}, Max: 100, MaxLine: 100},
		answers: map[string]any{}, reasons: map[string]bool{},
		shapes: []wire.Shape{
			{Steps: []wire.Step{{}}}, // any two lines
			{Object: true, Marks: []wire.Mark{{Path: []string{"a"}, Kind: wire.MarkNumber}}},
			{Object: true, Marks: []wire.Mark{{Path: []string{"b"}, Kind: wire.MarkNumber}}},
		},
	}
	frames := o.planned()
	stream := []byte(`{"a": 1, "b": 1}` + "\nx\n")
	first := o.anything(stream)
	require.Equal(t, wire.NoMessage, first.Message)
	best, _ := o.next(stream)
	require.Equal(t, 1, best.Message)
	checkFrames(t, framesPage(t), nil, frames, o, [][]byte{stream})
}

func anyShape(r *rand.Rand, packet bool) wire.Shape {
	prefixes := []string{"", "A", "AA", "AB", "B", "ABA"}
	s := wire.Shape{Prefix: prefixes[r.IntN(len(prefixes))]}
	if r.IntN(3) == 0 {
		s.In = []int{r.IntN(2)} // a mode
	}
	if r.IntN(2) == 0 {
		few := byte(r.IntN(5))
		s.Check = func(frame []byte) error {
			if len(frame) > 0 && frame[len(frame)-1]%5 == few {
				return errors.New("not this")
			}
			return nil
		}
	}
	if packet {
		heads := [...][2]string{{"", ""}, {"A", "\xff"}, {"A", "\x5f"}, {"\x00A", "\x00\xff"}, {"AB", "\xff\xff"}}
		head := heads[r.IntN(len(heads))]
		s.Head, s.Mask = head[0], head[1]
		return s
	}
	switch r.IntN(6) {
	case 0:
		s.Whole = s.Prefix != ""
	case 1:
		s.Steps = []wire.Step{{Lit: prefixes[r.IntN(3)], Whole: r.IntN(2) == 0}, {}}
	case 2:
		s.Block = true
		s.Steps = []wire.Step{{Kind: wire.StepUntil, Lit: "B", Whole: true, Body: []wire.Step{{}}}, {Lit: "B", Whole: true}}
	case 3:
		s.Steps = []wire.Step{{Kind: wire.StepWhile, Lit: "A", Body: []wire.Step{{Lit: "A"}}}}
	case 4:
		s.Inside = s.Prefix != ""
	case 5:
		s.Prompt, s.Suffix = true, "x"
	}
	return s
}
