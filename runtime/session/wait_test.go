package session_test

import (
	"bytes"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// asks makes a plan whose SET asks for a reply time: its value in seconds, and two
// more, but a minute at most.
func asks() *session.Plan {
	p := plantest.Acme()
	p.Liveness.Probe = nil
	set := &p.Commands[plantest.Command(p, "set")]
	set.Timeout = time.Minute
	set.Wait = session.Wait{Unit: time.Second, Plus: 2 * time.Second, Of: func(frame []byte) (uint64, bool) {
		n, err := strconv.ParseUint(string(frame[bytes.LastIndexByte(frame, ' ')+1:]), 10, 64)
		return n, err == nil
	}}
	return p
}

func TestWait(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"0": 2 * time.Second, "7": 9 * time.Second, "58": time.Minute, "59": time.Minute, "18446744073709551615": time.Minute,
		"x": time.Minute, // what cannot be read
	} {
		r := newRig(t, asks()).ready()
		set := r.call(plantest.Set(r.plan, 1, value))
		r.pass(want - time.Millisecond)
		require.False(t, r.done(set), value)
		r.pass(time.Millisecond)
		r.fails(set, session.Unknown, session.ErrTimeout)
	}
}

// TestWaitOfWhatKnowsTheLink: a call that is encoded when it is handed over asks
// for its time then.
func TestWaitOfWhatKnowsTheLink(t *testing.T) {
	r := newRig(t, asks()).ready()
	set := plantest.Set(r.plan, 1, "0")
	frame := set.Frame
	set.Frame, set.Encode = nil, func(dst []byte, _ *session.Vars) ([]byte, error) { return append(dst, frame...), nil }
	r.call(set)
	r.pass(2 * time.Second)
	r.fails(set, session.Unknown, session.ErrTimeout)
}

// TestTheLatestLasts: without a key, each call replaces the one before, in its
// place.
func TestTheLatestLasts(t *testing.T) {
	p := plantest.Acme()
	mode := &p.Commands[plantest.Command(p, "set")]
	mode.Lasting = true
	r := newRig(t, p).ready()
	r.call(plantest.Set(p, 1, "a"))
	r.recv("OK\n")
	r.call(plantest.Watch(p, 3))
	r.recv("WATCHING 3\n")
	r.call(plantest.Set(p, 2, "b"))
	r.recv("OK\n")
	r.call(plantest.Set(p, 3, "c"))
	r.recv("ERR 1 no\n")
	r.sent()
	r.eof()
	r.waits()
	r.connect()
	r.sent()
	r.recv("OK\n")
	require.Equal(t, "SET 2 b\n", r.sent(), "what the server has taken last")
	r.recv("OK\n")
	require.Equal(t, "WATCH 3\n", r.sent())
	r.recv("WATCHING 3\n")
	require.Equal(t, "ready", r.state())
}
