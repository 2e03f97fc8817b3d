package lab_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFullAcceptQueue is a server that lives but lets nobody in: its kernel
// ignores who knocks. Each dial ends in its own time, and the client is there
// as soon as there is room.
func TestFullAcceptQueue(t *testing.T) {
	t.Parallel()
	const connect = time.Second // of document
	w := newWorld(t, ours(settings[len(settings)-1]), &fault{}, idle)
	w.told("full", "full")
	w.await("backoff") // the link was closed
	for range 3 {
		dialing := w.await("dialing")
		failed := w.await("backoff")
		t.Logf("a dial ended after %v, bound %v, control timer late by up to %v: %s",
			round(failed.At-dialing.At), connect, round(failed.Late), failed.Err)
		assert.Contains(t, failed.Err, "deadline exceeded")
		assert.LessOrEqual(t, failed.At-dialing.At, connect+excuse(failed.Late))
	}
	accepting := w.told("accept", "accepting")
	back := w.await("ready")
	t.Logf("ready again after %v, bound %v", round(back.At-accepting), redial)
	require.LessOrEqual(t, back.At-accepting, redial+excuse(back.Late))
}
