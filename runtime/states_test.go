package runtime

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
)

func TestStatesJoinsWhatExceedsItsRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := New(plantest.Acme(), "device:1", &plantest.Params{})
		require.NoError(t, err)
		reason := errors.New("reason")
		resume, ended := make(chan struct{}), make(chan struct{})
		var got []StateChange
		go func() {
			defer close(ended)
			for change := range c.States(t.Context()) {
				got = append(got, change)
				<-resume
			}
		}()
		synctest.Wait() // the loop is in its body
		require.Equal(t, []StateChange{{At: c.clock.base, Address: "device:1"}}, got, "it begins with what is")
		for i := range stateRoom {
			c.uses().watchers.tell(StateChange{From: Dialing, To: Backoff, Attempt: i})
		}
		c.uses().watchers.tell(StateChange{From: Backoff, To: Dialing, Err: reason, Attempt: 100})
		c.uses().watchers.tell(StateChange{From: Dialing, To: Greeting, Attempt: 101})
		c.uses().watchers.tell(StateChange{From: Greeting, To: Closed, Attempt: 102})
		close(resume)
		<-ended
		require.Len(t, got, 1+stateRoom)
		for i, change := range got[1:stateRoom] {
			require.Equal(t, i, change.Attempt)
			require.Zero(t, change.Coalesced)
		}
		last := got[stateRoom]
		require.Equal(t, 3, last.Coalesced)
		require.Equal(t, Dialing, last.From)
		require.Equal(t, Closed, last.To)
		require.Equal(t, 102, last.Attempt)
		require.Equal(t, reason, last.Err, "a reason is not lost with its change")
	})
}

func TestStatesEndsWithItsContextAndItsLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := New(plantest.Acme(), "device:1", &plantest.Params{})
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan int)
		go func() {
			n := 0
			for range c.States(ctx) {
				n++
			}
			ended <- n
		}()
		synctest.Wait()
		c.uses().watchers.tell(StateChange{To: Dialing})
		synctest.Wait()
		cancel()
		require.Equal(t, 2, <-ended)
		for range c.States(t.Context()) {
			break
		}
		require.Empty(t, c.uses().watchers.set, "no watcher is left behind")
	})
}
