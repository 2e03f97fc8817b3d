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

// TestEachUndoesTheOther: of two commands that undo each other, that which was
// called last for a key is sent again.
func TestEachUndoesTheOther(t *testing.T) {
	p := plantest.Acme()
	watch, unwatch := plantest.Command(p, "watch"), plantest.Command(p, "unwatch")
	p.Commands[watch].Undoes = true
	p.Commands[unwatch].Lasting, p.Commands[unwatch].UndoneBy = true, watch
	r := newRig(t, p).ready()
	for _, call := range []struct {
		c     *session.Call
		reply string
	}{
		{plantest.Watch(p, 3), "WATCHING 3\n"},
		{plantest.Unwatch(p, 4), "UNWATCHED 4\n"},
		{plantest.Unwatch(p, 3), "UNWATCHED 3\n"},
		{plantest.Watch(p, 4), "WATCHING 4\n"},
		{plantest.Watch(p, 5), "WATCHING 5\n"},
	} {
		r.call(call.c)
		r.recv(call.reply)
	}
	r.sent()
	require.Equal(t, 3, r.s.Lasting())
	r.eof()
	r.waits()
	r.connect()
	r.sent()
	r.recv("OK\n")
	for _, step := range []string{"UNWATCH 3\n", "WATCH 4\n", "WATCH 5\n"} {
		require.Equal(t, step, r.sent(), "in the order of the calls that count")
		r.recv(map[string]string{"UNWATCH 3\n": "UNWATCHED 3\n", "WATCH 4\n": "WATCHING 4\n", "WATCH 5\n": "WATCHING 5\n"}[step])
	}
	require.Equal(t, "ready", r.state())
}
