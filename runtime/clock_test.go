package runtime

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
)

func TestVirtualTimeIsNoSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClock()
		for range 100 {
			time.Sleep(time.Minute)
			now := c.now()
			require.Equal(t, now.Mono, now.Wall)
		}
		require.Equal(t, 100*time.Minute, c.mono())
		require.Equal(t, time.Now().UnixNano(), c.time(c.mono()).UnixNano())
	})
}

func TestSleepIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClock()
		c.asleep = func() time.Duration { return time.Hour + c.mono()%sleepGrain }
		time.Sleep(sampleEvery)
		now := c.now()
		require.InDelta(t, time.Hour, now.Wall-now.Mono, float64(sleepGrain))
		gap := now.Wall - now.Mono
		time.Sleep(sampleEvery)
		now = c.now()
		require.Equal(t, gap, now.Wall-now.Mono, "it counts once, and jitter does not")
	})
}

// TestAnOlderSampleChangesNothing: clients that share a clock sample it without a lock.
func TestAnOlderSampleChangesNothing(t *testing.T) {
	c := newClock()
	c.sample(session.Now{Mono: 2 * time.Second, Wall: time.Hour})
	c.sample(session.Now{Mono: time.Second, Wall: time.Second})
	require.EqualValues(t, time.Hour-2*time.Second, c.slept.Load())
}

// TestWallTimeTellsWhenToAsk: a step of the wall clock makes us ask; it is no sleep where
// the platform knows better.
func TestWallTimeTellsWhenToAsk(t *testing.T) {
	c := newClock()
	c.slept0 -= time.Hour // as if the machine had slept since, and nobody had seen the wall clock go on
	require.Zero(t, c.since(c.mono()))
	require.Greater(t, c.since(c.mono()-time.Minute), 30*time.Second, "it has run ahead")
}
