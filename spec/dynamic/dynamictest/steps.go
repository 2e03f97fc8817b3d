package dynamictest

import (
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/codectest"
)

// steps compares the scripts' conditions and frames, with random parameters and
// random captured messages.
func (c *comparison) steps(t *testing.T, r *rand.Rand) {
	for range rounds {
		values, err := c.p.Params(c.params(r))
		if err != nil {
			continue
		}
		a := c.vars(r, values)
		b := *a
		b.Counter = new(atomic.Uint64)
		if c.g.Params != nil {
			params := c.g.Params()
			if err := fill(params, c.p.Model().Params, values); err != nil {
				t.Fatalf("parameters %v do not fit the generated struct: %v", values.Map(), err)
			}
			b.Params = params
		}
		c.eachStep(func(where string, x, y *session.Step, request []byte) {
			a.Request, b.Request = request, request
			compareStep(t, where, x, y, a, &b)
		}, r)
		c.sequences(t, r, a, &b)
	}
}

func compareStep(t *testing.T, where string, x, y *session.Step, a, b *session.Vars) {
	if x.When != nil && x.When(a) != y.When(b) {
		t.Errorf("%s: done: %v, generated %v, with %v", where, x.When(a), y.When(b), a.Params)
	}
	if x.Encode == nil || x.When != nil && !x.When(a) {
		return
	}
	want, err := x.Encode(nil, a)
	got, gotErr := y.Encode(nil, b)
	if again, _ := x.Encode(nil, a); err == nil && string(again) != string(want) {
		return // random, counted, or the clock went on
	}
	if (err == nil) != (gotErr == nil) || err == nil && string(want) != string(got) {
		t.Errorf("%s: sends %q (%s), generated %q (%s), with %v", where, want, verdict(err), got, verdict(gotErr), a.Params)
	}
}

// params gives random parameters; those with a default are sometimes left out.
func (c *comparison) params(r *rand.Rand) dynamic.Map {
	m := dynamic.Map{}
	for _, it := range codectest.Values(r, c.p.Model().Params) {
		m[it.Name] = it.Value
	}
	for _, f := range c.p.Model().Params {
		if f.HasDefault && r.IntN(2) == 0 {
			delete(m, f.Name)
		}
	}
	return m
}

// vars has the messages captured that the scripts use, each with a frame or none.
func (c *comparison) vars(r *rand.Rand, params codec.Values) *session.Vars {
	v := &session.Vars{Params: params, Captured: make([][]byte, len(c.p.Plan().Messages)), Counter: new(atomic.Uint64)}
	v.ID, v.TLS = 1+r.Uint64N(255), r.IntN(2) == 0
	for range c.p.Plan().Lets {
		v.Lets = append(v.Lets, []byte{byte('a' + r.IntN(26))})
	}
	for i, m := range c.p.Plan().Messages {
		if m.Capture && r.IntN(4) > 0 {
			v.Captured[i] = c.one(r, i)
		}
	}
	return v
}

// one is a frame of a message; nil where no random values can be written.
func (c *comparison) one(r *rand.Rand, message int) []byte {
	m := c.p.Model().Messages[message]
	for range 20 {
		frame, err := codec.Append(nil, c.f, &m.Template, codectest.Values(r, m.Template.Fields))
		if err == nil {
			return c.f.Of(m.Template.Frame).Content(frame)
		}
	}
	return nil
}

func (c *comparison) eachStep(do func(where string, x, y *session.Step, request []byte), r *rand.Rand) {
	a, b := c.p.Plan(), c.g.Plan
	for i := range a.Login {
		do("login", &a.Login[i], &b.Login[i], nil)
	}
	for i := range a.Ready {
		do("ready", &a.Ready[i], &b.Ready[i], nil)
	}
	if a.Logout != nil {
		do("logout", a.Logout, b.Logout, nil)
	}
	for p, q := a.Liveness.Probe, b.Liveness.Probe; p != nil; p, q = p.Else, q.Else {
		do("probe", &p.Step, &q.Step, nil)
	}
	for p, q := a.Liveness.Beat, b.Liveness.Beat; p != nil; p, q = p.Else, q.Else {
		do("beat", &p.Step, &q.Step, nil)
	}
	for i := range a.Answers {
		if request := c.one(r, a.Answers[i].Message); request != nil {
			do("answer", &a.Answers[i].Step, &b.Answers[i].Step, request)
		}
	}
}
