package session_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// publisher is a ready client of the plan with publish, subscribe and so on.
func publisher(t *testing.T, mods ...func(*session.Options)) *rig {
	t.Helper()
	r := newRig(t, plantest.Lasting(), mods...)
	r.connect()
	r.recv("INFO {}\r\n")
	r.recv("PONG\r\n")
	require.Equal(t, "ready", r.state())
	r.sent()
	return r
}

func (r *rig) post(c *session.Call) bool {
	ok := r.s.Post(c)
	r.apply()
	return ok
}

// TestPostsGoOutAsTheyCame, between other commands, and may be changed at once.
func TestPostsGoOutAsTheyCame(t *testing.T) {
	r := publisher(t, func(o *session.Options) { o.Trace = true })
	r.stuck = true
	r.call(plantest.Sub(r.plan, "x", 1))
	r.traces = nil
	before := r.s.Stats().FramesSent
	want := ""
	for i := range 10 {
		c := plantest.Pub(r.plan, "x", fmt.Append(nil, i))
		want += string(c.Frame)
		require.True(t, r.post(c))
		clear(c.Frame)
		if i == 4 {
			sub := plantest.Sub(r.plan, "y", 2)
			want += string(sub.Frame)
			r.call(sub)
		}
	}
	require.Equal(t, 11, r.s.Outstanding())
	r.unstick()
	require.Equal(t, want, r.sent()[len(plantest.Sub(r.plan, "x", 1).Frame):])
	require.Equal(t, []session.Posted{{Commands: 10}}, r.posted)
	require.EqualValues(t, 11, r.s.Stats().FramesSent-before)
	require.Len(t, r.traces, 11, "an observer sees each")
	for _, tr := range r.traces {
		require.Less(t, tr.Bytes, 30)
	}
}

// TestPostIsForWhatNeedsNoCall: the others are refused, and nothing happens to them.
func TestPostIsForWhatNeedsNoCall(t *testing.T) {
	r := newRig(t, plantest.Lasting())
	require.False(t, r.post(plantest.Pub(r.plan, "x", nil)), "the client is not READY")
	r = publisher(t)
	require.False(t, r.post(plantest.Sub(r.plan, "x", 1)), "lasting")
	require.False(t, r.post(plantest.Unsub(r.plan, 1)), "takes back")
	c := plantest.Pub(r.plan, "x", nil)
	c.ID = 7
	require.False(t, r.post(c), "has an id")
	c = plantest.Pub(r.plan, "x", nil)
	c.Encode = func(dst []byte, _ *session.Vars) ([]byte, error) { return dst, nil }
	require.False(t, r.post(c), "is not encoded yet")
	r.s.Shutdown(r.now)
	require.False(t, r.post(plantest.Pub(r.plan, "x", nil)), "the client drains")

	for name, mod := range map[string]plantest.Mod{
		"writes of their own": func(p *session.Plan) { p.Stream.SingleWrites = true },
		"pauses":              func(p *session.Plan) { p.Commands[plantest.Pub(p, "x", nil).Command].Settle = 1 },
		"its mode": func(p *session.Plan) {
			p.Commands[plantest.Pub(p, "x", nil).Command].Shape.In = []int{session.ModeReady}
		},
		"a mode to enter": func(p *session.Plan) { p.Commands[plantest.Pub(p, "x", nil).Command].Enters = session.ModeReady },
		"the link's end":  func(p *session.Plan) { p.Commands[plantest.Pub(p, "x", nil).Command].Closes = true },
	} {
		r := newRig(t, plantest.Lasting(mod))
		r.connect()
		r.recv("INFO {}\r\n")
		r.recv("PONG\r\n")
		require.False(t, r.post(plantest.Pub(r.plan, "x", nil)), name)
	}
	acme := newRig(t, plantest.Acme()).ready()
	require.False(t, acme.post(plantest.Read(acme.plan, 1)), "is answered")
}

// TestPostsHaveAFate: what was handed over is unknown, what was not goes with the next
// link, or is not sent.
func TestPostsHaveAFate(t *testing.T) {
	r := publisher(t)
	r.stuck = true
	for range 3 {
		require.True(t, r.post(plantest.Pub(r.plan, "x", nil)))
	}
	for range 2 {
		require.True(t, r.post(plantest.Pub(r.plan, "y", nil)))
	}
	r.eof()
	require.Len(t, r.posted, 1)
	require.Equal(t, 1, r.posted[0].Commands, "the first was handed over before the others came")
	requireFate(t, r.posted[0].Err, session.Unknown, session.ErrLinkLost)
	require.Equal(t, 4, r.s.Outstanding())
	r.pass(r.plan.Timeouts.Ready)
	require.Len(t, r.posted, 2)
	require.Equal(t, 4, r.posted[1].Commands)
	requireFate(t, r.posted[1].Err, session.NotSent, session.ErrNotReady)
	require.Zero(t, r.s.Outstanding())

	r = publisher(t)
	r.stuck = true
	require.True(t, r.post(plantest.Pub(r.plan, "x", nil)))
	require.True(t, r.post(plantest.Pub(r.plan, "y", nil)))
	r.s.Close(r.now, nil)
	r.apply()
	require.Len(t, r.posted, 2)
	requireFate(t, r.posted[0].Err, session.Unknown, session.ErrClosed)
	requireFate(t, r.posted[1].Err, session.NotSent, session.ErrClosed)
}

// TestPostsAreOfOneCommand: each is told by its own name.
func TestPostsAreOfOneCommand(t *testing.T) {
	r := newRig(t, plantest.Lasting(func(p *session.Plan) {
		p.Commands = append(p.Commands, session.Command{Name: "note", UndoneBy: session.None, Shape: wire.Shape{Prefix: "NOTE", Whole: true}})
	}))
	r.connect()
	r.recv("INFO {}\r\n")
	r.recv("PONG\r\n")
	r.stuck = true
	r.call(plantest.Sub(r.plan, "x", 1)) // is written
	note := func() *session.Call {
		return &session.Call{Command: len(r.plan.Commands) - 1, Frame: []byte("NOTE\r\n")}
	}
	for _, c := range []*session.Call{plantest.Pub(r.plan, "x", nil), note(), note(), plantest.Pub(r.plan, "x", nil)} {
		require.True(t, r.post(c))
	}
	r.s.Close(r.now, nil)
	r.apply()
	var got []string
	for _, p := range r.posted {
		var e *session.Error
		require.ErrorAs(t, p.Err, &e)
		got = append(got, fmt.Sprint(p.Commands, " ", e.Op))
	}
	require.Equal(t, []string{"1 pub", "2 note", "1 pub"}, got)
}

func requireFate(t *testing.T, err error, fate session.Fate, cause error) {
	t.Helper()
	var e *session.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "pub", e.Op)
	require.Equal(t, fate, e.Fate)
	require.ErrorIs(t, err, cause)
}

// TestPublishersGoOnOnceThereIsRoom, and not only when their own command is written; in
// order, and each once.
func TestPublishersGoOnOnceThereIsRoom(t *testing.T) {
	r := publisher(t)
	r.stuck = true
	body := strings.Repeat("x", 1000)
	pub := func(i int) *session.Call { return plantest.Pub(r.plan, fmt.Sprint("s", i), []byte(body)) }
	n := 0
	for r.post(pub(n)) {
		n++
	}
	require.InDelta(t, 256, n, 10)
	crowd := []*session.Call{r.call(pub(n)), r.call(pub(n + 1)), r.call(pub(n + 2))}
	require.False(t, r.post(pub(n+3)), "nobody overtakes those who wait")
	_, ended := r.s.Cancel(r.now, crowd[2], context.Canceled)
	require.False(t, ended)
	require.Empty(t, r.finished)

	writes := r.next() // the first was alone, then all that there was room for
	for _, c := range crowd[:2] {
		require.True(t, r.done(c))
		require.NoError(t, c.Err)
		require.True(t, c.Posted)
	}
	require.False(t, r.done(crowd[2]))
	require.True(t, r.post(pub(n+2)), "there is room")
	r.unstick()
	sent := writes + r.sent()
	at := 0
	for i := range n + 3 {
		next := strings.Index(sent[at:], fmt.Sprintf("PUB s%d ", i))
		require.GreaterOrEqual(t, next, 0, "command %d", i)
		at += next
	}
	total := 0
	for _, p := range r.posted {
		require.NoError(t, p.Err)
		total += p.Commands
	}
	require.Equal(t, n+3, total)
	require.Zero(t, r.s.Outstanding())
}

// TestNobodyOvertakesTheCrowd, also where so many wait that some do not go at once.
func TestNobodyOvertakesTheCrowd(t *testing.T) {
	r := publisher(t)
	r.stuck = true
	body := []byte(strings.Repeat("x", 1000))
	for r.post(plantest.Pub(r.plan, "x", body)) {
	}
	const crowd = 100
	for range crowd {
		r.call(plantest.Pub(r.plan, "x", body))
	}
	gone := func() (n int) {
		for _, c := range r.finished {
			require.NoError(t, c.Err)
			require.True(t, c.Posted)
			n++
		}
		return n
	}
	r.next()
	require.Greater(t, gone(), crowd/2)
	require.Less(t, gone(), crowd)
	require.False(t, r.post(plantest.Pub(r.plan, "x", body)), "there is room, and others wait for it")
	r.next()
	require.True(t, r.post(plantest.Pub(r.plan, "x", body)), "the others are being written")
}

// TestADraftThatIsTooLarge for the post that it was appended to gets one of its own.
func TestADraftThatIsTooLarge(t *testing.T) {
	r := publisher(t)
	r.stuck = true
	want := ""
	for _, size := range []int{1, 100_000, 1, 250_000} {
		c := plantest.Pub(r.plan, "x", []byte(strings.Repeat("x", size)))
		room, ok := r.s.Draft(c.Command, false)
		require.True(t, ok)
		_ = append(room, "what is left out"...)
		room, ok = r.s.Draft(c.Command, false)
		require.True(t, ok)
		r.s.Enlist(append(room, c.Frame...))
		r.apply()
		want += string(c.Frame)
	}
	require.Equal(t, 3, r.s.Outstanding(), "one is being written")
	got, batches := "", 0
	for batch := r.next(); batch != ""; batch = r.next() {
		require.LessOrEqual(t, len(batch), 256<<10)
		got += batch
		batches++
	}
	require.Equal(t, 3, batches)
	require.Equal(t, want, got)
}

// TestPostsLeavePlacesForCallers: however small they are.
func TestPostsLeavePlacesForCallers(t *testing.T) {
	r := publisher(t, func(o *session.Options) { o.MaxWaiting = 20 })
	r.stuck = true
	n := 0
	for r.post(plantest.Pub(r.plan, "x", nil)) {
		n++
	}
	require.Equal(t, 12, n, "one is written, and half of the places and one more are taken")
	for range 9 {
		require.False(t, r.done(r.call(plantest.Sub(r.plan, "y", 1))))
	}
	r.fails(r.call(plantest.Sub(r.plan, "y", 1)), session.NotSent, session.ErrNotReady)
}

// TestPostsAreLent: an idle session holds none.
func TestPostsAreLent(t *testing.T) {
	r := publisher(t)
	kept := 0
	for i := range 3 {
		r.stuck = true
		require.True(t, r.post(plantest.Pub(r.plan, "x", []byte{byte(i)})))
		r.s.Wrote(r.now, r.s.Epoch(), nil)
		kept = r.s.IdlePosts()
		r.stuck = false
		r.apply()
		r.flush()
	}
	require.Len(t, r.posted, 3)
	require.Equal(t, 1, kept, "for the next ones")
	require.Zero(t, r.s.IdlePosts())
}
