package main

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

func TestControlIsOnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := control{lateness: new(lateness)}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		c.run(ctx)
		require.Zero(t, c.now())
		require.Zero(t, c.most())
		require.NotZero(t, c.count())
	})
}

func TestAllowance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f fleet
		f.control.due.Store(time.Now().UnixNano())
		require.Equal(t, oneLate, f.allowance())
		time.Sleep(time.Second) // it should have fired long ago
		require.Equal(t, oneLate+2*time.Second, f.allowance())
		f.control.recent.Store(int64(3 * time.Second))
		require.Equal(t, oneLate+6*time.Second, f.allowance())
		f.virtual = true
		require.Zero(t, f.allowance(), "virtual time has no excuse")
	})
}

// TestFewMayBeLate: a few returns may use the whole allowance, but not one of a
// hundred.
func TestFewMayBeLate(t *testing.T) {
	for _, c := range []struct {
		name        string
		good, bad   int
		late, timer time.Duration
		ok          bool
	}{
		{"none", 2000, 0, 0, 0, true},
		{"one of a hundred", 1980, 20, 900 * time.Millisecond, 0, true},
		{"more", 1979, 21, 900 * time.Millisecond, 0, false},
		{"all, a little", 0, 2000, 50 * time.Millisecond, 0, true},
		{"all, more", 0, 2000, 51 * time.Millisecond, 0, false},
		{"all, and so is the control timer", 0, 2000, 90 * time.Millisecond, 20 * time.Millisecond, true},
		{"too few to say", 0, enough - 1, 900 * time.Millisecond, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fleet{book: new(ledger.Book), late: new(latenesses)}
			f.control.lateness = &f.late.timer
			for range c.good {
				f.late.calls.note(-time.Microsecond)
			}
			for range c.bad {
				f.late.calls.note(c.late)
			}
			f.control.note(c.timer)
			f.judgeLate()
			require.Equal(t, c.ok, f.book.Clean(), "%v", f.book.Violations())
		})
	}
}
