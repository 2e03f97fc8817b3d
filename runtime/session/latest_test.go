package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// The newest of a key is what was sent last, whichever is answered last.
func TestTheNewestOfAKeyWasSentLast(t *testing.T) {
	for name, answers := range map[string]string{
		"in order":     "=1 opened a\n=2 opened b\n",
		"out of order": "=2 opened b\n=1 opened a\n",
		"one fails":    "!2 no\n=1 opened b\n",
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, plantest.Tagged(plantest.Also(func(p *session.Plan) {
				p.Commands[plantest.Command(p, "open")].UndoneBy = session.None
			})))
			r.connect()
			r.says("version\n", "version 1\n")
			for i, words := range []string{"a", "b"} {
				id, err := r.s.NewID()
				require.NoError(t, err)
				require.Equal(t, uint64(i+1), id)
				c := plantest.Tag(r.plan, id, "open", words)
				c.Lasting = []byte("key")
				r.call(c)
			}
			r.says("#1 open a\n#2 open b\n", answers)
			r.eof()
			r.pass(time.Second)
			r.connect()
			r.says("version\n", "version 1\n")
			want := "#2 open b\n"
			if name == "one fails" {
				want = "#1 open a\n"
			}
			require.Equal(t, want, r.sent())
		})
	}
}
