package main

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestControlIsOnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c control
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		c.run(ctx)
		require.Equal(t, late, c.allowance())
	})
}

func TestControlThatIsLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c control
		c.due.Store(time.Now().UnixNano())
		require.Equal(t, late, c.allowance())
		time.Sleep(time.Second) // it should have fired long ago
		require.Equal(t, late+2*time.Second, c.allowance())
		c.recent.Store(int64(3 * time.Second))
		require.Equal(t, late+6*time.Second, c.allowance())
	})
}
