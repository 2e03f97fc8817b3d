package device

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
)

// TestAFaultThatNobodySaw: it stopped a peer between two commands, and was
// healed before the reader looked whether to wait. The rest must not lie there
// until the client sends more.
func TestAFaultThatNobodySaw(t *testing.T) {
	d := New(plantest.Acme())
	defer d.Close()
	d.Handle("read", func(r *Request) { r.Link().BlackHole() })
	p := d.Open(0, func(bool) {})
	p.Input(0, []byte("READ 1\nREAD 2\n"))
	require.Len(t, d.History().Commands("read"), 1)
	d.Heal()
	d.Handle("read", func(*Request) {})
	require.True(t, (&runner{d: d, peer: p}).readable())
	require.Len(t, d.History().Commands("read"), 2)
}
