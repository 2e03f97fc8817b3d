package trial

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

const ms = time.Millisecond

var load = Load{Callers: 8, WarmUp: 100 * ms, Time: time.Second}

// sleeps is an operation that takes a time and does nothing.
func sleeps(d time.Duration) func(int) Op {
	return func(int) Op { return func(context.Context) error { time.Sleep(d); return nil } }
}

func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		r, err := Run(load, sleeps(2*ms))
		require.NoError(t, err)
		require.InDelta(t, 8*500, r.Rate, 8, "one at the edge, for each caller")
		require.InDelta(t, 2000, r.P50, 250, "µs, in a bucket of an eighth")
		require.GreaterOrEqual(t, r.P50, 2000.0)
		require.Equal(t, r.P50, r.P999)
		require.LessOrEqual(t, time.Since(began), 1102*ms)
		require.Greater(t, r.CPU, 0.0)
	})
}

func TestABatchCountsAsSoMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		many := load
		many.Batch = 64
		r, err := Run(many, sleeps(2*ms))
		require.NoError(t, err)
		require.InDelta(t, 64*8*500, r.Rate, 64*8)
	})
}

// Each caller has its own operation.
func TestCallersAreToldApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls [8]atomic.Int64
		_, err := Run(load, func(caller int) Op {
			return func(context.Context) error { calls[caller].Add(1); time.Sleep(ms); return nil }
		})
		require.NoError(t, err)
		for i := range calls {
			require.InDelta(t, 1100, calls[i].Load(), 2)
		}
	})
}

// The few that are slow are seen, though only some operations are timed.
func TestPercentilesSeeTheSlowOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, err := Run(Load{Callers: 1, Time: 100 * time.Second}, func(int) Op {
			n := 0
			return func(context.Context) error {
				if n++; n%(sampleEvery*20) == 1 { // a twentieth of those that are timed
					time.Sleep(50 * ms)
				} else {
					time.Sleep(ms)
				}
				return nil
			}
		})
		require.NoError(t, err)
		require.InDelta(t, 1000, r.P50, 125)
		require.InDelta(t, 50_000, r.P99, 6250)
	})
}

var errBroken = errors.New("broken")

// The first error ends it at once.
func TestAnErrorEndsTheLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := Run(load, func(caller int) Op {
			return func(context.Context) error {
				time.Sleep(10 * ms)
				if caller == 3 && time.Since(began) > 300*ms {
					return errBroken
				}
				return nil
			}
		})
		require.ErrorIs(t, err, errBroken)
		require.Less(t, time.Since(began), 350*ms)
	})
}

func TestNothingDoneIsNoResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := Run(load, sleeps(5*time.Second))
		require.ErrorIs(t, err, errIdle)
	})
}

// An operation that hangs is told by its context.
func TestAnOpThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := Run(load, func(caller int) Op {
			return func(ctx context.Context) error {
				if caller == 5 {
					<-ctx.Done()
				}
				time.Sleep(ms)
				return ctx.Err()
			}
		})
		require.ErrorIs(t, err, errHangs)
		require.InDelta(t, load.WarmUp+load.Time+patience, time.Since(began), float64(2*ms))
	})
}

// One that ignores that is left behind: the trial's process ends.
func TestAnOpThatHangsForGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release, began := make(chan struct{}), time.Now()
		_, err := Run(load, func(int) Op {
			return func(context.Context) error { <-release; return errBroken }
		})
		require.ErrorIs(t, err, errHangs)
		require.Equal(t, load.WarmUp+load.Time+2*patience, time.Since(began))
		close(release)
	})
}

func TestAllocations(t *testing.T) {
	var keep *[64]byte
	r, err := Loop(time.Millisecond, 1000, func() error {
		for range 1000 {
			keep = new([64]byte)
		}
		return nil
	})
	require.NoError(t, err)
	require.NotNil(t, keep)
	require.InDelta(t, 1, r.Allocs, 0.5)
	require.InDelta(t, 64, r.Bytes, 32)
}

func TestCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, err := Count(load, func(ctx context.Context, got *atomic.Int64) error {
			for ctx.Err() == nil {
				time.Sleep(ms)
				got.Add(3)
			}
			return ctx.Err()
		})
		require.NoError(t, err)
		require.InDelta(t, 3000, r.Rate, 6)
	})
}

func TestCountOfWhatDoesNotCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		nothing := func(ctx context.Context, _ *atomic.Int64) error { <-ctx.Done(); return ctx.Err() }
		_, err := Count(load, nothing)
		require.ErrorIs(t, err, errIdle)

		ends := func(context.Context, *atomic.Int64) error { return errBroken }
		_, err = Count(load, ends)
		require.ErrorIs(t, err, errBroken)
		require.ErrorContains(t, err, "before its time")

		late := func(ctx context.Context, got *atomic.Int64) error {
			time.Sleep(500 * ms)
			got.Add(1)
			<-ctx.Done()
			return errBroken
		}
		_, err = Count(load, late)
		require.ErrorIs(t, err, errBroken)
	})
}

func TestLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		passes := 0
		r, err := Loop(time.Second, 10, func() error {
			if passes++; passes == 1 {
				time.Sleep(500 * ms) // warms up, and is not counted
			}
			time.Sleep(100 * ms)
			return nil
		})
		require.NoError(t, err)
		require.Equal(t, 11, passes)
		require.InDelta(t, 100, r.Rate, 1e-6)

		passes = 0
		r, err = Loop(time.Second, 10, func() error { passes++; time.Sleep(2 * time.Second); return nil })
		require.NoError(t, err)
		require.Equal(t, 1, passes, "what takes long is not done twice")
		require.InDelta(t, 5, r.Rate, 1e-6)

		for last := range 3 {
			_, err = Loop(time.Second, 10, func() error {
				if time.Sleep(ms); last == 0 {
					return errBroken
				}
				last--
				return nil
			})
			require.ErrorIs(t, err, errBroken)
		}
	})
}
