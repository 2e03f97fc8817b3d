package dynamictest

import (
	"math/rand/v2"
	"testing"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
)

// rounds is how many random values each message and command is tried with;
// each gives several frames.
const rounds = 300

// Compare reports every way in which the generated package differs.
func Compare(t *testing.T, p *dynamic.Protocol, g Generated) {
	t.Helper()
	c, list := compareFrames(t, p, g, rounds/50)
	if c == nil {
		return
	}
	t.Run("amplification", func(t *testing.T) {
		for i := range list {
			t.Run(list[i].name, func(t *testing.T) { c.amplification(t, &list[i]) })
		}
	})
	t.Run("hooks", func(t *testing.T) { c.hooks(t, rand.New(rand.NewPCG(4, 4))) })
	t.Run("steps", func(t *testing.T) { c.steps(t, rand.New(rand.NewPCG(5, 5))) })
}

// CompareFrames compares the plan and the frames alone, of which hardly any may
// have values that can be written.
func CompareFrames(t *testing.T, p *dynamic.Protocol, g Generated) {
	t.Helper()
	c, _ := compareFrames(t, p, g, 0)
	if c == nil || len(p.Model().Sequences) == 0 {
		return
	}
	t.Run("sequences", func(t *testing.T) {
		r := rand.New(rand.NewPCG(6, 6))
		for range rounds {
			a, b := c.bare(), c.bare()
			c.sequences(t, r, a, b)
		}
	})
}

// compareFrames gives what is compared, or nil where the plans differ.
func compareFrames(t *testing.T, p *dynamic.Protocol, g Generated, least int) (*comparison, []pair) {
	t.Helper()
	t.Run("plan", func(t *testing.T) { comparePlans(t, p.Plan(), g.Plan) })
	list, ok := pairs(p, g)
	if !ok {
		t.Fatalf("%d messages and %d commands, the spec has %d and %d",
			len(g.Messages), len(g.Commands), len(p.Model().Messages), len(p.Model().Commands))
	}
	if t.Failed() {
		return nil, nil // functions cannot be compared where the data around them differs
	}
	c := &comparison{f: &p.Plan().Framing, p: p, g: g, least: least}
	for i := range list {
		t.Run(list[i].name, func(t *testing.T) { c.frames(t, &list[i], rand.New(rand.NewPCG(3, uint64(i)))) })
	}
	return c, list
}

type comparison struct {
	f     *wire.Framing
	p     *dynamic.Protocol
	g     Generated
	least int // of the rounds' values that can be written
}

// frames compares values that are written, and frames, whole or damaged, that
// are read.
func (c *comparison) frames(t *testing.T, p *pair, r *rand.Rand) {
	written := 0
	for range rounds {
		values := codectest.Values(r, p.template.Fields)
		frame, ok := c.append(t, p, values)
		if !ok {
			continue
		}
		written++
		frame = c.f.Of(p.template.Frame).Content(frame)
		c.parse(t, p, frame)
		for range 4 {
			c.parse(t, p, damage(r, frame))
		}
	}
	if written < c.least {
		t.Errorf("only %d of %d random values can be written", written, rounds)
	}
}

// append compares what is made of values; ok is false where both refuse them.
func (c *comparison) append(t *testing.T, p *pair, values codec.Values) (frame []byte, ok bool) {
	want, err := codec.Append(nil, c.f, p.template, values)
	m := p.frame()
	if why := fill(m, p.template.Fields, values); why != nil {
		t.Fatalf("values %v do not fit the generated struct: %v", values.Map(), why)
	}
	got, gotErr := m.AppendFrame(nil)
	switch {
	case (err == nil) != (gotErr == nil):
		t.Errorf("values %v: dynamic %s, generated %s", values.Map(), verdict(err), verdict(gotErr))
	case err == nil && string(want) != string(got):
		t.Errorf("values %v are %q, generated %q", values.Map(), want, got)
	}
	return want, err == nil
}

// parse compares what is made of a frame.
func (c *comparison) parse(t *testing.T, p *pair, frame []byte) {
	values, err := codec.Parse(c.f, p.template, frame)
	m := p.frame()
	gotErr := m.ParseFrame(frame)
	if (err == nil) != (gotErr == nil) {
		t.Errorf("frame %q: dynamic %s, generated %s", frame, verdict(err), verdict(gotErr))
		return
	}
	if p.other != nil && p.other.accepts(frame) != p.dynamic.accepts(frame) {
		t.Errorf("frame %q: the checks differ; dynamic %s", frame, verdict(err))
	}
	if err != nil {
		return
	}
	want, err := codec.Append(nil, c.f, p.template, values)
	got, gotErr := m.AppendFrame(nil)
	if (err == nil) != (gotErr == nil) || string(want) != string(got) {
		t.Errorf("frame %q means %v and is written back as %q (%s), generated %q (%s)",
			frame, values.Map(), want, verdict(err), got, verdict(gotErr))
	}
	c.same(t, p, frame, values, m)
	if err == nil {
		c.again(t, p, got, m)
	}
}

// same fails unless the generated struct holds the values of the dynamic codec.
func (c *comparison) same(t *testing.T, p *pair, frame []byte, values codec.Values, got Frame) {
	want := p.frame()
	if why := fill(want, p.template.Fields, values); why != nil {
		t.Fatalf("frame %q: values %v do not fit the generated struct: %v", frame, values.Map(), why)
	}
	if !equal(want, got) {
		t.Errorf("frame %q means %v, generated %+v", frame, values.Map(), got)
	}
}

// again reads what was written: it must mean what was read.
func (c *comparison) again(t *testing.T, p *pair, wire []byte, want Frame) {
	got := p.frame()
	if err := got.ParseFrame(c.f.Of(p.template.Frame).Content(wire)); err != nil {
		t.Errorf("%+v was read, but not written as %q: %v", want, wire, err)
	} else if !equal(want, got) {
		t.Errorf("%+v was read; written as %q it is %+v", want, wire, got)
	}
}

func verdict(err error) string {
	if err == nil {
		return "accepts"
	}
	return "refuses: " + err.Error()
}
