package session_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestSequenceWithIDs: each command of a sequence has an id of its own, which is free again
// afterwards, however it ends.
func TestSequenceWithIDs(t *testing.T) {
	both := plantest.Also(func(p *session.Plan) {
		step := func(name string) session.Step {
			return session.Step{Command: plantest.Command(p, name), Encode: func(dst []byte, v *session.Vars) ([]byte, error) {
				return fmt.Appendf(dst, "#%d %s 1\n", v.ID, name), nil
			}}
		}
		undo := step("shut")
		p.Commands[undo.Command].Undoes = false
		p.Commands[plantest.Command(p, "open")].Lasting = false
		p.Sequences = []session.Sequence{{Name: "both", Steps: []session.Step{step("get"), step("put")}, Undo: &undo}}
	})
	begin := func(t *testing.T) (*rig, *session.Call, int) {
		r := tagged(t, both, plantest.InFlight(4))
		before := r.s.Held()
		c := r.call(&session.Call{Sequence: &r.plan.Sequences[0]})
		return r, c, before
	}
	// id is that of the one command that was sent.
	id := func(r *rig, name string) (id int) {
		t.Helper()
		_, err := fmt.Sscanf(r.sent(), "#%d "+name, &id)
		require.NoError(t, err)
		return id
	}
	t.Run("to its end", func(t *testing.T) {
		r, c, before := begin(t)
		first := id(r, "get")
		r.recv(fmt.Sprintf("=%d value 1\n", first))
		second := id(r, "put")
		require.NotEqual(t, first, second)
		r.recv(fmt.Sprintf("=%d done\n", second))
		r.replied(c, fmt.Sprintf("=%d done", second))
		require.Equal(t, before, r.s.Held())
	})
	t.Run("broken off, and undone", func(t *testing.T) {
		r, c, before := begin(t)
		r.recv(fmt.Sprintf("!%d no\n", id(r, "get")))
		require.Equal(t, session.ClassFailed, c.Class)
		r.recv(fmt.Sprintf("=%d shut 1\n", id(r, "shut")))
		require.Equal(t, before, r.s.Held())
	})
	t.Run("its link is lost", func(t *testing.T) {
		r, c, before := begin(t)
		r.recv(fmt.Sprintf("=%d value 1\n", id(r, "get")))
		r.eof()
		r.fails(c, session.Unknown, session.ErrLinkLost)
		require.Equal(t, before, r.s.Held())
		r.pass(time.Second)
	})
}
