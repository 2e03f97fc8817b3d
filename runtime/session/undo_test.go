package session_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestUndoInEveryOrder: what was taken back does not return, and what was made
// again after it does, wherever the calls were when they crossed.
func TestUndoInEveryOrder(t *testing.T) {
	again := func(r *rig) string {
		r.t.Helper()
		r.eof()
		r.waits()
		r.connect()
		r.recv("INFO {}\r\n")
		r.sent()
		r.recv("PONG\r\n")
		return r.sent()
	}
	t.Run("undone while its write is stuck", func(t *testing.T) {
		r := newRig(t, plantest.Lasting()).lastingUp()
		r.stuck = true
		r.call(plantest.Sub(r.plan, "a", 1))
		r.call(plantest.Unsub(r.plan, 1))
		r.s.Wrote(r.now, r.s.Epoch(), nil)
		r.stuck = false
		r.apply()
		r.flush()
		require.Empty(t, again(r))
	})
	t.Run("undone and made again, all waiting", func(t *testing.T) {
		r := newRig(t, plantest.Lasting())
		r.call(plantest.Sub(r.plan, "a", 1))
		r.call(plantest.Unsub(r.plan, 1))
		r.call(plantest.Sub(r.plan, "b", 1))
		r.lastingUp()
		require.Equal(t, "SUB b 1\r\n", again(r))
	})
	t.Run("undone while the replay runs", func(t *testing.T) {
		r := newRig(t, plantest.Acme()).ready()
		r.call(plantest.Watch(r.plan, 1))
		r.recv("WATCHING 1\n")
		r.eof()
		r.waits()
		r.connect()
		r.sent()
		r.recv("OK\n")
		r.call(plantest.Unwatch(r.plan, 1))
		require.Equal(t, "WATCH 1\n", r.sent())
		r.recv("WATCHING 1\n")
		require.Equal(t, "UNWATCH 1\n", r.sent())
		require.Zero(t, r.s.Lasting())
	})
	t.Run("undone while it is in flight", func(t *testing.T) {
		r := newRig(t, plantest.Acme(plantest.InFlight(2))).ready()
		w, u := r.call(plantest.Watch(r.plan, 1)), r.call(plantest.Unwatch(r.plan, 1))
		r.recv("WATCHING 1\nUNWATCHED 1\n")
		r.replied(w, "WATCHING 1")
		r.replied(u, "UNWATCHED 1")
		require.Zero(t, r.s.Lasting())
	})
}

// TestUndoneIsNotRepeated though it is idempotent: what undid it is not sent
// again either.
func TestUndoneIsNotRepeated(t *testing.T) {
	p := plantest.Acme(plantest.InFlight(2), plantest.Also(func(p *session.Plan) {
		p.Commands[plantest.Command(p, "watch")].Idempotent = true
	}))
	r := newRig(t, p).ready()
	r.call(plantest.Watch(p, 1))
	r.call(plantest.Unwatch(p, 1))
	require.Equal(t, "WATCH 1\nUNWATCH 1\n", r.sent())
	r.eof()
	r.waits()
	r.ready()
	require.Empty(t, r.sent())
}

// TestManyAreUndone in another order than they were made, with holes left in
// between.
func TestManyAreUndone(t *testing.T) {
	const n = 100
	r := newRig(t, plantest.Lasting()).lastingUp()
	for i := range n {
		r.call(plantest.Sub(r.plan, "a", uint64(i)))
	}
	for i := 0; i < n; i += 3 {
		r.call(plantest.Unsub(r.plan, uint64(i)))
	}
	for i := n - 1; i > n/2; i-- {
		r.call(plantest.Unsub(r.plan, uint64(i)))
	}
	r.call(plantest.Sub(r.plan, "b", 2)) // again: in its old place
	var want strings.Builder
	for i := range n/2 + 1 {
		switch {
		case i == 2:
			want.WriteString("SUB b 2\r\n")
		case i%3 != 0:
			fmt.Fprintf(&want, "SUB a %d\r\n", i)
		}
	}
	require.Equal(t, strings.Count(want.String(), "\n"), r.s.Lasting())
	r.eof()
	r.waits()
	r.connect()
	r.recv("INFO {}\r\n")
	r.sent()
	r.recv("PONG\r\n")
	require.Equal(t, want.String(), r.sent())
}

// BenchmarkLasting makes and undoes many: the time of each must not grow.
func BenchmarkLasting(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				r := newRig(b, plantest.Lasting()).lastingUp()
				for i := range n {
					r.call(plantest.Sub(r.plan, "a", uint64(i)))
					r.sent()
					r.finished = r.finished[:0]
				}
				for i := range n {
					r.call(plantest.Unsub(r.plan, uint64(i)))
					r.sent()
					r.finished = r.finished[:0]
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(2*n*b.N), "ns/call")
		})
	}
}
