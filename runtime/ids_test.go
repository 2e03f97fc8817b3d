package runtime

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

// ask does a command of a Tagged with an id of its own.
func (r *rig) ask(ctx context.Context, name, words string) (reply string, err error) {
	call := r.Begin(plantest.Command(r.plan, name))
	defer call.Release()
	id, err := call.NewID()
	if err != nil {
		return "", err
	}
	if err := call.Encoded(append(call.Frame, plantest.Tag(r.plan, id, name, words).Frame...), nil); err != nil {
		return "", err
	}
	if err := call.Do(ctx); err != nil {
		return "", err
	}
	_, reply, _ = strings.Cut(string(call.Reply), " ")
	return reply, nil
}

// TestInvariant08IDsUnderManyCallers: replies in any order reach those who asked,
// also where callers go, ids are few and links die.
func TestInvariant08IDsUnderManyCallers(t *testing.T) {
	plan := plantest.Tagged(plantest.IDs(200), plantest.InFlight(50))
	virtual(t, plan, func(t *testing.T, r *rig) {
		var random sync.Mutex
		rnd := rand.New(rand.NewPCG(1, 2))
		after := func(most time.Duration) time.Duration {
			random.Lock()
			defer random.Unlock()
			return time.Duration(rnd.Int64N(int64(most)))
		}
		r.device.Handle("get", func(q *device.Request) {
			words := q.Words()
			time.AfterFunc(after(80*time.Millisecond), func() { q.Replyf("=%s value %s", words[0][1:], words[2]) })
		})
		r.up()
		var callers sync.WaitGroup
		var mu sync.Mutex
		answered := 0
		for caller := range 60 {
			callers.Go(func() {
				for n := range 40 {
					key := fmt.Sprintf("%d-%d", caller, n)
					ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond+after(200*time.Millisecond))
					reply, err := r.ask(ctx, "get", key)
					cancel()
					if err != nil {
						continue
					}
					if reply != "value "+key {
						t.Errorf("%s got %q", key, reply)
					}
					mu.Lock()
					answered++
					mu.Unlock()
				}
			})
		}
		for range 3 {
			<-time.After(300 * time.Millisecond)
			r.device.Reset()
		}
		callers.Wait()
		require.Greater(t, answered, 500)
	})
}

// TestNewIDIsGivenBack: an id that was not sent is free again.
func TestNewIDIsGivenBack(t *testing.T) {
	virtual(t, plantest.Tagged(plantest.IDs(3)), func(t *testing.T, r *rig) {
		for range 5 {
			call := r.Begin(plantest.Command(r.plan, "get"))
			_, err := call.NewID()
			require.NoError(t, err)
			require.Error(t, call.Encoded(nil, context.Canceled))
			call.Release()
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 5 {
			_, err := r.ask(ctx, "get", "a")
			require.ErrorIs(t, err, context.Canceled)
		}
		a, b := r.Begin(1), r.Begin(1)
		defer a.Release()
		defer b.Release()
		_, err := a.NewID()
		require.NoError(t, err)
		_, err = b.NewID()
		require.NoError(t, err)
		_, err = r.ask(t.Context(), "get", "a")
		require.ErrorIs(t, err, ErrNotReady)
	})
}
