package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// items are what came before a call's reply.
func items(c *session.Call) []string {
	var all []string
	for _, frame := range c.Items.All() {
		all = append(all, string(frame))
	}
	return all
}

func TestInvariant08ManyMessagesBeforeAReply(t *testing.T) {
	t.Run("none, some, and those of another list between them", func(t *testing.T) {
		r := tagged(t)
		a, b, c := r.ask("list", "a 2"), r.ask("list", "b 1"), r.ask("list", "c 0")
		r.recv("+1 item a 0\n+2 item b 0\n=3 end c\n+1 item a 1\n")
		require.False(t, r.done(a) || r.done(b))
		r.recv("=2 end b\n=1 end a\n")
		r.replied(a, "=1 end a")
		require.Equal(t, []string{"+1 item a 0", "+1 item a 1"}, items(a))
		r.replied(b, "=2 end b")
		require.Equal(t, []string{"+2 item b 0"}, items(b))
		r.replied(c, "=3 end c")
		require.Empty(t, items(c))
	})
	t.Run("one that is none's ends the link", func(t *testing.T) {
		r := tagged(t)
		r.ask("get", "a")
		r.recv("+1 item a 0\n")
		require.Equal(t, 1, r.aborts)
	})
	t.Run("an error ends it", func(t *testing.T) {
		r := tagged(t)
		a := r.ask("list", "a 2")
		r.recv("+1 item a 0\n!1 lost\n")
		r.replied(a, "!1 lost")
		require.Equal(t, session.ClassFailed, a.Class)
		require.Zero(t, r.aborts)
	})
	t.Run("each has the reply's time again", func(t *testing.T) {
		r := tagged(t, plantest.NoProbe())
		a := r.ask("list", "a 9")
		for i := range 9 {
			r.pass(r.plan.Timeouts.Reply - 1)
			require.False(t, r.done(a), i)
			r.recv(fmt.Sprintf("+1 item a %d\n", i))
		}
		r.pass(r.plan.Timeouts.Reply)
		r.fails(a, session.Unknown, session.ErrTimeout)
	})
	t.Run("a cancelled one takes them all the same", func(t *testing.T) {
		r := tagged(t)
		a := r.ask("list", "a 2")
		r.recv("+1 item a 0\n")
		r.cancel(a)
		r.recv("+1 item a 1\n=1 end a\n")
		require.Zero(t, r.aborts)
		require.Zero(t, r.s.Stats().RepliesUnawaited)
		require.Len(t, items(a), 1, "what its caller may still look at does not change")
	})
	t.Run("one that is repeated begins anew", func(t *testing.T) {
		r := tagged(t)
		a := r.ask("list", "a 2")
		r.recv("+1 item a 0\n")
		r.eof()
		r.pass(time.Second)
		r.welcome()
		r.recv("+1 item a 5\n=1 end a\n")
		r.replied(a, "=1 end a")
		require.Equal(t, []string{"+1 item a 5"}, items(a))
	})
	t.Run("in order", func(t *testing.T) {
		p := plantest.Order(plantest.Also(func(p *session.Plan) {
			get := &p.Commands[plantest.Command(p, "get")]
			get.Each = []session.Reply{{Message: plantest.Message(p, "integer")}}
		}))
		r := newRig(t, p)
		r.login(p)
		a, b := r.call(plantest.Get(p, "a")), r.call(plantest.Incr(p, "b"))
		r.recv(":1\r\n:2\r\n$1\r\nx\r\n:3\r\n")
		r.replied(a, "$1\r\nx")
		require.Equal(t, []string{":1", ":2"}, items(a))
		r.replied(b, ":3")
	})
}

func TestInvariant16ItemsHaveABound(t *testing.T) {
	for name, size := range map[string]int{"of large ones": 4000, "of small ones": 1} {
		t.Run(name, func(t *testing.T) {
			r := tagged(t)
			a := r.ask("list", "a 2")
			item := "+1 item a " + strings.Repeat("x", size) + "\n"
			many := strings.Repeat(item, 64<<10/len(item))
			for heard := 0; r.aborts == 0; heard += len(many) {
				require.Less(t, heard, 17<<20*len(item)/(len(item)-1+16))
				r.recv(many)
			}
			require.Equal(t, 1, r.aborts)
			require.ErrorIs(t, r.lastErr(), session.ErrProtocol)
			r.fails(a, session.Unknown, session.ErrProtocol)
		})
	}
}

// TestItemsAreNotKept: a call that is used again does not hold on to much.
func TestItemsAreNotKept(t *testing.T) {
	r := tagged(t)
	a := r.ask("list", "a 2")
	for range 10_000 {
		r.recv("+1 item a 1\n")
	}
	items := a.Items
	items.Clear(200 << 10)
	require.Equal(t, session.Items{}, items)
}
