package runtime_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// host answers every call, or keeps it.
type host struct {
	kept  bool
	calls []*session.Call
}

func (h *host) Do(_ context.Context, call *session.Call) (bool, error) {
	h.calls = append(h.calls, call)
	if h.kept {
		return true, runtime.ErrClosed
	}
	call.Message, call.Reply = 4, append(call.Reply[:0], "READING 3 1 C"...)
	return false, nil
}

func (h *host) NewID() (uint64, error) { return 7, nil }

func (h *host) FreeID(uint64) {}

func TestHostDoesTheCalls(t *testing.T) {
	h := &host{}
	plan := plantest.Acme()
	c, err := runtime.New(plan, "unit", &plantest.Params{}, runtime.WithHost(h))
	require.NoError(t, err)
	require.Error(t, c.Run(t.Context()), "its host runs it")

	call := c.Begin(2)
	require.NoError(t, call.Encoded(append(call.Frame, "READ 3\n"...), nil))
	require.NoError(t, call.Do(t.Context()))
	require.Equal(t, "READING 3 1 C", string(call.Reply))
	require.Equal(t, "READ 3\n", string(h.calls[0].Frame))
	call.Release()

	gone, cancel := context.WithCancel(t.Context())
	cancel()
	call = c.Begin(2)
	require.NoError(t, call.Encoded(append(call.Frame, "READ 5\n"...), nil))
	require.NoError(t, call.Do(gone), "what a caller that has gone undoes is the host's to know")
	require.Equal(t, "READ 5\n", string(h.calls[1].Frame))
	call.Release()

	h.kept = true
	call = c.Begin(2)
	require.NoError(t, call.Encoded(append(call.Frame, "READ 4\n"...), nil))
	require.ErrorIs(t, call.Do(t.Context()), runtime.ErrClosed)
	require.NotSame(t, h.calls[2], call.Call, "the host may still use the old one")
	require.Equal(t, "READ 4\n", string(h.calls[2].Frame))
	call.Release()
}
