package dynamictest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
	"github.com/linewright/linewright/spec/model"
)

// hooks compares the functions over received frames: classes, errors, keys, counts.
func (c *comparison) hooks(t *testing.T, r *rand.Rand) {
	a, b := c.p.Plan(), c.g.Plan
	for i, m := range c.p.Model().Messages {
		for _, frame := range c.some(r, &m.Template) {
			if f := a.Messages[i].Classify; f != nil && f(frame) != b.Messages[i].Classify(frame) {
				t.Errorf("frame %q of %s is of class %d, generated %d", frame, m.Name, f(frame), b.Messages[i].Classify(frame))
			}
			c.numbers(t, m.Name, "has the id", &m.Template, frame, a.Messages[i].ID, b.Messages[i].ID)
			c.failures(t, m.Name, frame, a.Messages[i].Failure, b.Messages[i].Failure)
			c.counts(t, m.Name, frame, a.Messages[i].Shape.Steps, b.Messages[i].Shape.Steps)
		}
	}
	for i, cmd := range c.p.Model().Commands {
		for _, frame := range c.some(r, &cmd.Template) {
			c.counts(t, cmd.Name, frame, a.Commands[i].Shape.Steps, b.Commands[i].Shape.Steps)
			c.numbers(t, cmd.Name, "asks for", &cmd.Template, frame, a.Commands[i].Wait.Of, b.Commands[i].Wait.Of)
		}
		c.key(t, r, cmd.Name, &cmd.Template, a.Commands[i].Echo, b.Commands[i].Echo)
		c.keys(t, r, cmd.Name, a.Commands[i].Replies, b.Commands[i].Replies)
		c.keys(t, r, cmd.Name, a.Commands[i].Each, b.Commands[i].Each)
		c.keys(t, r, cmd.Name, a.Commands[i].Errors, b.Commands[i].Errors)
	}
}

// numbers compares which number two functions read from a frame of a template: of
// another they are never asked.
func (c *comparison) numbers(t *testing.T, name, what string, of *model.Template, frame []byte, a, b func([]byte) (uint64, bool)) {
	if (a == nil) != (b == nil) {
		t.Errorf("%s %s a number here only: %t, generated %t", name, what, a != nil, b != nil)
	}
	if a == nil || b == nil || codec.Check(c.f, of, frame) != nil {
		return
	}
	want, has := a(frame)
	if got, have := b(frame); got != want || have != has {
		t.Errorf("%s: frame %q %s %d (%t), generated %d (%t)", name, frame, what, want, has, got, have)
	}
}

// failures compares what error a frame is, where it is the message: of another
// it is never asked.
func (c *comparison) failures(t *testing.T, name string, frame []byte, a, b func([]byte) error) {
	if (a == nil) != (b == nil) {
		t.Errorf("%s is an error here only: %t, generated %t", name, a != nil, b != nil)
	}
	if a == nil || b == nil {
		return
	}
	want, got := a(bytes.Clone(frame)), b(bytes.Clone(frame))
	if says := temporary(want); says != unreadable && says != temporary(got) {
		t.Errorf("%s: frame %q is the error %q, generated %q", name, frame, want, got)
	}
}

// unreadable is an error of reading, not the vendor's.
const unreadable = "unreadable"

// temporary is whether the vendor's error says that it may go away.
func temporary(err error) string {
	e, ok := err.(interface{ Temporary() bool })
	if !ok {
		return unreadable
	}
	return fmt.Sprint(e.Temporary())
}

func (c *comparison) keys(t *testing.T, r *rand.Rand, name string, a, b []session.Reply) {
	for i := range a {
		c.key(t, r, name, &c.p.Model().Messages[a[i].Message].Template, a[i].Key, b[i].Key)
	}
}

// key compares what two functions find echoed in frames of a template: of others they
// are never asked, and the generated one reads no further than it must.
func (c *comparison) key(t *testing.T, r *rand.Rand, name string, of *model.Template, a, b func(dst, frame []byte) ([]byte, error)) {
	if a == nil {
		return
	}
	for _, frame := range c.some(r, of) {
		if codec.Check(c.f, of, frame) != nil {
			continue
		}
		want, err := a([]byte("x"), frame)
		got, gotErr := b([]byte("x"), frame)
		if (err == nil) != (gotErr == nil) || err == nil && !bytes.Equal(want, got) {
			t.Errorf("%s: the key of %q is %q (%s), generated %q (%s)", name, frame, want, verdict(err), got, verdict(gotErr))
		}
	}
}

// counts tries each count with each beginning of the frame that ends with a
// line, as the decoder may; those in bodies with each end of it.
func (c *comparison) counts(t *testing.T, name string, frame []byte, a, b []wire.Step) {
	for i := range a {
		c.counts(t, name, frame, a[i].Body, b[i].Body)
		for n := range a[i].Cases {
			c.counts(t, name, frame, a[i].Cases[n].Body, b[i].Cases[n].Body)
		}
		if a[i].Count == nil {
			continue
		}
		for from := 0; from >= 0 && from <= len(frame); from = after(frame, from) {
			for to := after(frame, from); to >= 0; to = after(frame, to) {
				part := frame[from:to]
				want, err := a[i].Count(part)
				got, gotErr := b[i].Count(part)
				want, got = min(want, c.f.Max+1), min(got, c.f.Max+1) // more is more
				if (err == nil) != (gotErr == nil) || err == nil && want != got {
					t.Errorf("%s, step %d: the count of %q is %d (%s), generated %d (%s)", name, i, part, want, verdict(err), got, verdict(gotErr))
				}
			}
		}
	}
}

// after is where the line that from is in ends, its end included; -1 where it
// is the last.
func after(frame []byte, from int) int {
	i := bytes.IndexByte(frame[from:], '\n')
	if i < 0 {
		return -1
	}
	return from + i + 1
}

// some gives frames of a template, whole and damaged.
func (c *comparison) some(r *rand.Rand, t *model.Template) [][]byte {
	var list [][]byte
	for range rounds / 10 {
		frame, err := codec.Append(nil, c.f, t, codectest.Values(r, t.Fields))
		if err != nil {
			continue
		}
		frame = c.f.Of(t.Frame).Content(frame)
		list = append(list, frame, damage(r, frame))
	}
	return list
}
