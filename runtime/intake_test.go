package runtime

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestIntakeLosesNothing: whoever was the first takes what has come, in order, and
// nothing is left behind without somebody who was.
func TestIntakeLosesNothing(t *testing.T) {
	const callers, each = 8, 500
	var in intake
	var taking sync.Mutex
	var all [callers][]int
	var taken atomic.Int64
	take := func() {
		taking.Lock()
		defer taking.Unlock()
		for call := in.take(); call != nil; call = call.Next {
			all[call.Command] = append(all[call.Command], int(call.ID))
			taken.Add(1)
		}
	}
	var wg sync.WaitGroup
	for caller := range callers {
		wg.Go(func() {
			for i := range each {
				if in.add(&session.Call{Command: caller, ID: uint64(i)}) {
					take()
				}
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, callers*each, taken.Load())
	require.Nil(t, in.take())
	for caller := range callers {
		for i, id := range all[caller] {
			require.Equal(t, i, id, "caller %d", caller)
		}
	}
}

// TestCancelBeforeTheSessionHasTheCall: a caller whose context ends while somebody else
// is about to submit its call goes, and the call is not sent.
func TestCancelBeforeTheSessionHasTheCall(t *testing.T) {
	virtual(t, plantest.Acme(), func(t *testing.T, r *rig) {
		r.up()
		other := plantest.Read(r.plan, 1)
		other.Done = make(chan struct{}, 1)
		require.True(t, r.uses().intake.add(other), "we are the one who is to submit both")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := r.try(ctx, plantest.Read(r.plan, 2))
		var e *Error
		require.ErrorAs(t, err, &e)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, NotSent, e.Fate)
		<-other.Done
		require.NoError(t, other.Err)
		reads := r.device.History().Commands("read")
		require.Len(t, reads, 1)
		require.Equal(t, "READ 1", string(reads[0].Frame))
	})
}
