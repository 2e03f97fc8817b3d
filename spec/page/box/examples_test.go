package box

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/model"
)

// TestExamples: of every vendor's examples, good and bad, of what is left when bytes are cut
// off, and of others that are changed somewhere, the script says what package codec says.
func TestExamples(t *testing.T) {
	alone.Skip(t)
	page := open(t)
	for name, p := range vendors(t) {
		t.Run(name, func(t *testing.T) {
			w := newTwins(t, page, p)
			r := rand.New(rand.NewPCG(1, 2))
			for i, m := range p.Messages {
				w.examples(r, "received", i, m.Examples)
			}
			for i, c := range p.Commands {
				w.examples(r, "sent", i, c.Examples)
			}
			w.compare()
			t.Log(w.total, "cases")
		})
	}
}

func (w *twins) examples(r *rand.Rand, direction string, index int, examples []*model.Example) {
	for _, e := range examples {
		w.add(direction, index, e.Wire)
		for n := range min(len(e.Wire), 200) {
			w.add(direction, index, e.Wire[:n])
		}
		for range 40 {
			w.add(direction, index, altered(r, e.Wire))
		}
		// As a message that it is not.
		w.add(direction, r.IntN(len(w.sides[direction])), e.Wire)
	}
}

// altered is a frame in which a byte, or several, are others, more or fewer.
func altered(r *rand.Rand, frame []byte) []byte {
	out := slices.Clone(frame)
	for range 1 + r.IntN(2) {
		at := r.IntN(len(out) + 1)
		switch c := anyByte(r); {
		case at == len(out) || r.IntN(3) == 0:
			out = slices.Insert(out, at, c)
		case r.IntN(2) == 0:
			out = slices.Delete(out, at, at+1)
		default:
			out[at] = c
		}
	}
	return out
}

// anyByte is often one that means something.
func anyByte(r *rand.Rand) byte {
	if r.IntN(3) == 0 {
		return byte(r.IntN(256))
	}
	const some = "0123456789 -.,:;=\"'\\\r\n{}[]()+#\x00\xff\xc3eEaAfFxu/"
	return some[r.IntN(len(some))]
}
