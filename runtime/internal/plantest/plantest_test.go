package plantest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
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
