package lab

import (
	"context"
	"iter"
	"testing"
	"time"

	"github.com/linewright/linewright/runtime"
)

// States is a client's States method.
type States func(context.Context) iter.Seq[runtime.StateChange]

// Await follows a client until a change of state is what the test waits for.
func Await(t testing.TB, states States, what string, is func(runtime.StateChange) bool) runtime.StateChange {
	t.Helper()
	for change := range states(Within(t, 30*time.Second)) {
		if is(change) {
			return change
		}
	}
	t.Fatalf("never saw %s", what)
	return runtime.StateChange{}
}

// AwaitReady waits until a client is READY on a later link than the given one.
func AwaitReady(t testing.TB, states States, after uint64) runtime.StateChange {
	t.Helper()
	return Await(t, states, "READY again", func(c runtime.StateChange) bool {
		return c.To == runtime.Ready && c.Link > after
	})
}

// AwaitLoss waits until a client has lost the given link.
func AwaitLoss(t testing.TB, states States, link uint64) runtime.StateChange {
	t.Helper()
	return Await(t, states, "the link's loss", func(c runtime.StateChange) bool {
		return c.Link > link || c.Link == link && (c.To == runtime.Backoff || c.To == runtime.Closed)
	})
}
