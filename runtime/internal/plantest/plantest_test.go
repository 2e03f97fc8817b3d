package plantest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

func TestIndicesAgree(t *testing.T) {
	for _, p := range []*session.Plan{plantest.Acme(), plantest.Order(), plantest.Lasting()} {
		t.Run(p.Vendor, func(t *testing.T) {
			for _, c := range p.Commands {
				if c.Lasting {
					require.True(t, p.Commands[c.UndoneBy].Undoes, c.Name)
				} else {
					require.Equal(t, session.None, c.UndoneBy, c.Name)
				}
				for _, r := range append(c.Replies, c.Errors...) {
					require.Less(t, r.Message, len(p.Messages), c.Name)
				}
			}
			require.Panics(t, func() { plantest.Message(p, "no such") })
		})
	}
}

func TestModsDoNotShare(t *testing.T) {
	plantest.Acme(plantest.Misses(3), plantest.Beat(0))
	require.Equal(t, 1, plantest.Acme().Liveness.Probe.Misses)
	require.NotEmpty(t, plantest.Acme().Commands[0].Replies)
}

func TestArguments(t *testing.T) {
	p := plantest.Order()
	frame := plantest.Put(p, "k", "a\r\n$3\r\n").Frame
	require.Equal(t, []string{"SET", "k", "a\r\n$3\r\n"}, plantest.Arguments(frame[:len(frame)-2]))
	require.Nil(t, plantest.Arguments([]byte("*9\r\n$3")))
}

// TestShapes cuts what each side sends with the plan's own shapes.
func TestShapes(t *testing.T) {
	acme, order, lasting := plantest.Acme(), plantest.Order(), plantest.Lasting()
	command := func(c *session.Call) string { return string(c.Frame) }
	for _, test := range []struct {
		plan    *session.Plan
		frame   string
		command string // its name; or
		message string
		unknown bool
	}{
		{plan: acme, frame: command(plantest.Read(acme, 3)), command: "read"},
		{plan: acme, frame: command(plantest.Set(acme, 3, "1.5")), command: "set"},
		{plan: acme, frame: command(plantest.Watch(acme, 3)), command: "watch"},
		{plan: acme, frame: command(plantest.Unwatch(acme, 3)), command: "unwatch"},
		{plan: acme, frame: "LOGIN u s\n", command: "login"},
		{plan: acme, frame: "LOGIN u\n", command: "login", unknown: true},
		{plan: acme, frame: "READ 256\n", command: "read", unknown: true},
		{plan: acme, frame: "READING 3 21.50 C\r\n", message: "reading"},
		{plan: acme, frame: "READING 3 21.50\n", message: "reading", unknown: true},
		{plan: acme, frame: "WATCHING 3\n", message: "watching"},
		{plan: acme, frame: "ERR 12 too hot\n", message: "fault"},
		{plan: order, frame: command(plantest.Get(order, "a\r\nb")), command: "get"},
		{plan: order, frame: command(plantest.Put(order, "k", "*1\r\n")), command: "set"},
		{plan: order, frame: command(plantest.Incr(order, "")), command: "incr"},
		{plan: order, frame: "$-1\r\n", message: "nil"},
		{plan: order, frame: "$5\r\na\r\nbc\r\n", message: "value"},
		{plan: order, frame: "-NOAUTH no\r\n", message: "error"},
		{plan: lasting, frame: command(plantest.Pub(lasting, "s", []byte("x\r\ny"))), command: "pub"},
		{plan: lasting, frame: command(plantest.Sub(lasting, "s", 7)), command: "sub"},
		{plan: lasting, frame: command(plantest.Unsub(lasting, 7)), command: "unsub"},
		{plan: lasting, frame: string(plantest.Msg("s", 7, []byte("x\r\ny"))) + "\r\n", message: "msg"},
		{plan: lasting, frame: "-ERR 'Authorization Violation'\r\n", message: "denied"},
		{plan: lasting, frame: "-ERR 'Stale Connection'\r\n", message: "error"},
	} {
		t.Run(test.frame, func(t *testing.T) {
			var shapes []wire.Shape
			want := 0
			if test.command != "" {
				want = plantest.Command(test.plan, test.command)
				for _, c := range test.plan.Commands {
					shapes = append(shapes, c.Shape)
				}
			} else {
				want = plantest.Message(test.plan, test.message)
				for _, m := range test.plan.Messages {
					shapes = append(shapes, m.Shape)
				}
			}
			if test.unknown {
				want = session.None
			}
			d := wire.NewDecoder(&test.plan.Framing, wire.NewDispatch(shapes))
			f, n, need, err := d.Next([]byte(test.frame), all{})
			require.NoError(t, err)
			require.Zero(t, need)
			require.Equal(t, want, f.Message)
			require.Equal(t, len(test.frame), n)
		})
	}
}

type all struct{}

func (all) Expects(int) bool { return true }
