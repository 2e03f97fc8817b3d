package growth

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/linewright/linewright/benchmarks/generate"
	"github.com/linewright/linewright/benchmarks/internal/trial"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/plan"
)

// received is how many frames are looked at in one pass.
const received = 8192

// frames tells received frames apart, as a client does, with the plan of a
// document of n messages. All of them come, in no order. What is in their fields
// is not looked at: that does not depend on how many messages there are.
func frames(_ []string, n int) (trial.Result, error) {
	p, err := generate.Load(generate.Document(n))
	if err != nil {
		return trial.Result{}, err
	}
	of, _, err := plan.Of(p)
	if err != nil {
		return trial.Result{}, err
	}
	var shapes []wire.Shape
	for _, m := range of.Messages {
		shapes = append(shapes, m.Shape)
	}
	decoder, text := wire.NewDecoder(&of.Framing, wire.NewDispatch(shapes)), stream(n)
	r, err := trial.Loop(300*time.Millisecond, received, func() error { return decode(decoder, text) })
	r.PerUnit = r.CPU * 1e3
	return r, err
}

// stream is frames of n messages.
func stream(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var text []byte
	for range received {
		text = fmt.Appendf(text, "M%05d %d 21.50 warm\n", r.IntN(n), r.IntN(256))
	}
	return text
}

func decode(d *wire.Decoder, text []byte) error {
	n := 0
	for ; len(text) > 0; n++ {
		_, used, _, err := d.Next(text, anytime{})
		if err != nil {
			return err
		}
		text = text[used:]
	}
	if n != received {
		return fmt.Errorf("%d frames instead of %d", n, received)
	}
	return nil
}

// anytime expects whatever comes, as a client does with events.
type anytime struct{}

func (anytime) Expects(int) bool { return true }
