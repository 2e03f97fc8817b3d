package session_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestRestKeepsWhatWasNotTaken: a driver that gives back too early loses nothing.
func TestRestKeepsWhatWasNotTaken(t *testing.T) {
	s := session.New(plantest.Acme(), session.Options{Params: &plantest.Params{}})
	s.Start(session.Now{})
	s.Rest()
	require.NotNil(t, s.Effects().Dial)
}

// TestAnIdleSessionIsSmall: there may be thousands. 384 bytes are a class of the
// allocator; the next one is 416.
func TestAnIdleSessionIsSmall(t *testing.T) {
	t.Logf("%d bytes", session.Size)
	require.LessOrEqual(t, int(session.Size), 384)
}
