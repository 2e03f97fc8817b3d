package session_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// rig steps one session by hand: the test is both the driver and the device.
type rig struct {
	t    testing.TB
	plan *session.Plan
	s    *session.Session
	now  session.Now

	dial     *session.Dial // not answered yet
	open     bool          // a connection is there
	aborts   int
	half     bool
	tls      bool
	stuck    bool            // writes do not complete
	writing  session.Epoch   // of the stuck write; 0: none
	held     string          // what it writes
	out      strings.Builder // what the device received
	in       []byte          // received by us, not consumed yet
	changes  []session.Change
	events   []string
	due      session.Epoch // of the last event: where it is to be answered once it is handled
	notes    []session.Note
	finished []*session.Call
	posted   []session.Posted
	traces   []session.Trace
	dials    []time.Duration
}

func newRig(t testing.TB, p *session.Plan, mods ...func(*session.Options)) *rig {
	t.Helper()
	o := session.Options{Params: &plantest.Params{User: "user", Secret: "secret"}, Addresses: 1, Seed: 1}
	for _, m := range mods {
		m(&o)
	}
	r := &rig{t: t, plan: p, s: session.New(p, o), now: session.Now{Mono: time.Second, Wall: time.Hour}}
	r.s.Start(r.now)
	r.apply()
	return r
}

// apply does what the effects ask for, as a driver does.
func (r *rig) apply() {
	fx := r.s.Effects()
	for _, e := range fx.Events {
		r.events, r.due = append(r.events, string(e.Frame)), e.Link
	}
	if n := len(fx.Changes); n > 0 {
		require.Equal(r.t, fx.Changes[n-1], r.s.Last())
	}
	r.changes = append(r.changes, fx.Changes...)
	r.finished = append(r.finished, fx.Finished...)
	r.posted = append(r.posted, fx.Posted...)
	r.traces = append(r.traces, fx.Traces...)
	r.notes = append(r.notes, fx.Notes...)
	if fx.Abort {
		r.aborts++
		r.open, r.dial, r.half = false, nil, false
		r.in = nil
	}
	if fx.Dial != nil {
		require.False(r.t, r.open, "dialled with a connection open")
		r.dial = fx.Dial
		r.dials = append(r.dials, r.now.Mono)
	}
	r.half = r.half || fx.HalfClose
	r.tls = r.tls || fx.StartTLS
	flush := fx.Flush
	fx.Reset()
	r.s.Rest()
	if flush {
		r.flush()
	}
}

func (r *rig) flush() {
	for {
		b := r.s.Batch(r.now, r.s.Epoch())
		if b == nil {
			r.apply()
			return
		}
		if r.stuck {
			r.writing, r.held = r.s.Epoch(), string(b)
			r.apply()
			return
		}
		r.out.Write(b)
		r.s.Wrote(r.now, r.s.Epoch(), nil)
		r.apply()
	}
}

// next completes the stuck write, so that the next one is stuck; it gives what the device
// got by that.
func (r *rig) next() string {
	held := r.held
	r.complete()
	return held
}

func (r *rig) complete() {
	r.held, r.writing = "", 0
	r.s.Wrote(r.now, r.s.Epoch(), nil)
	r.apply()
	r.flush()
}

// unstick completes the stuck write, and all that follow.
func (r *rig) unstick() {
	r.stuck = false
	r.out.WriteString(r.held)
	r.complete()
}

// connect answers the pending dial.
func (r *rig) connect() {
	r.t.Helper()
	require.NotNil(r.t, r.dial, "nothing was dialled")
	d := r.dial
	r.dial, r.open = nil, true
	require.True(r.t, r.s.Dialed(r.now, d.Epoch))
	r.apply()
}

// refuse fails the pending dial.
func (r *rig) refuse(err error) {
	r.t.Helper()
	require.NotNil(r.t, r.dial, "nothing was dialled")
	d := r.dial
	r.dial = nil
	r.s.DialFailed(r.now, d.Epoch, err, false)
	r.apply()
}

// handled says that the program has handled an event.
func (r *rig) handled(link session.Epoch, message int, frame string) {
	r.s.Handled(r.now, link, message, []byte(frame))
	r.apply()
}

// recv gives the session what the device says.
func (r *rig) recv(text string) {
	r.in = append(r.in, text...)
	r.s.Heard(r.now.Mono)
	n, _ := r.s.Input(r.now, r.s.Epoch(), r.in)
	r.in = append([]byte(nil), r.in[min(n, len(r.in)):]...)
	r.apply()
}

// eof is the device's end of stream.
func (r *rig) eof() {
	r.s.Lost(r.now, r.s.Epoch(), io.EOF)
	r.apply()
}

// sent is what the device received since the last call.
func (r *rig) sent() string {
	text := r.out.String()
	r.out.Reset()
	return text
}

// pass lets time pass, waking the session at its deadlines.
func (r *rig) pass(d time.Duration) {
	end := r.now.Mono + d
	for range 100_000 {
		at, ok := r.s.Deadline()
		if !ok || at > end {
			r.to(end)
			return
		}
		r.to(max(at, r.now.Mono))
		r.s.Tick(r.now)
		r.apply()
	}
	r.t.Fatal("the session asks for ticks without end")
}

func (r *rig) to(at time.Duration) {
	r.now.Wall += at - r.now.Mono
	r.now.Mono = at
}

// call submits a command.
func (r *rig) call(c *session.Call) *session.Call {
	r.s.Submit(r.now, c)
	r.apply()
	return c
}

// done reports whether the call is the caller's again.
func (r *rig) done(c *session.Call) bool {
	for _, f := range r.finished {
		if f == c {
			return true
		}
	}
	return false
}

// state is the current state's name.
func (r *rig) state() string { return r.s.State().String() }

// ready takes an acme client to READY.
func (r *rig) ready() *rig {
	r.t.Helper()
	r.connect()
	require.Equal(r.t, "LOGIN user secret\n", r.sent())
	r.recv("OK\n")
	require.Equal(r.t, "ready", r.state())
	return r
}

// fails checks how a call ended.
func (r *rig) fails(c *session.Call, fate session.Fate, cause error) {
	r.t.Helper()
	require.True(r.t, r.done(c), "the call has not ended")
	var e *session.Error
	require.ErrorAs(r.t, c.Err, &e)
	require.Equal(r.t, fate, e.Fate)
	require.ErrorIs(r.t, c.Err, cause)
}

// replied checks that a call got its reply.
func (r *rig) replied(c *session.Call, frame string) {
	r.t.Helper()
	require.True(r.t, r.done(c), "the call has not ended")
	require.NoError(r.t, c.Err)
	require.Equal(r.t, frame, string(c.Reply))
}

// moment is what the clocks show at mono, where the machine does not sleep
// until then.
func (r *rig) moment(mono time.Duration) session.Now {
	return session.Now{Mono: mono, Wall: r.now.Wall + mono - r.now.Mono}
}
