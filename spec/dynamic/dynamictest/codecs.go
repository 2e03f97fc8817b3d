package dynamictest

import (
	"bytes"
	"testing"

	"github.com/linewright/linewright/spec/dynamic"
)

// Codecs compares both codecs of a spec on frames that come from elsewhere, as
// from a fuzzer:
//
//	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/acme.yaml", dynamictest.Generated{…})
//	codecs.Seed(f)
//	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
type Codecs struct {
	Protocol *dynamic.Protocol
	comparison
	pairs []pair
}

// OpenCodecs reads the spec in the file at path.
func OpenCodecs(t testing.TB, path string, g Generated) *Codecs {
	t.Helper()
	p := Open(t, path)
	list, ok := pairs(p, g)
	if !ok {
		t.Fatalf("%d messages and %d commands, the spec has %d and %d",
			len(g.Messages), len(g.Commands), len(p.Model().Messages), len(p.Model().Commands))
	}
	return &Codecs{p, comparison{f: &p.Plan().Framing, p: p, g: g}, list}
}

// Seed gives a fuzzer the spec's examples.
func (c *Codecs) Seed(f *testing.F) {
	for _, m := range c.Protocol.Model().Messages {
		for _, e := range m.Examples {
			f.Add(e.Wire)
		}
	}
	for _, m := range c.Protocol.Model().Commands {
		for _, e := range m.Examples {
			f.Add(e.Wire)
		}
	}
}

// Read reads a frame, without its end, as each message and each command. Both
// codecs must accept or refuse it, find the same values, and write them as the
// same bytes, which mean what was read.
func (c *Codecs) Read(t *testing.T, frame []byte) {
	t.Helper()
	before := bytes.Clone(frame)
	for i := range c.pairs {
		c.parse(t, &c.pairs[i], frame)
	}
	if !bytes.Equal(before, frame) {
		t.Errorf("reading changed the frame from %q to %q", before, frame)
	}
}
