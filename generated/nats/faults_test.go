package nats_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/nats"
	"github.com/linewright/linewright/generated/nats/natstest"
	"github.com/linewright/linewright/runtime"
)

func TestGreetingThatNeverComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := natstest.New()
		defer server.Close()
		server.Next().BlackHole()
		start := time.Now()
		c, err := server.Dial(t.Context(), nats.Params{})
		require.NoError(t, err)
		defer c.Close()
		require.EqualValues(t, 2, c.Stats().Links, "the second connection was greeted")
		took := time.Since(start)
		require.GreaterOrEqual(t, took, 5*time.Second, "the greeting's own deadline")
		require.LessOrEqual(t, took, 5*time.Second+200*time.Millisecond, "and the first delay")
	})
}

func TestGreetingThatIsNone(t *testing.T) {
	for name, text := range map[string]string{
		"another protocol":     "220 ready",
		"not JSON":             "INFO {",
		"a member missing":     `INFO {"server_id":"X"}`,
		"a member of a kind":   `INFO {"server_id":7,"version":"2","max_payload":1}`,
		"a key twice":          `INFO {"server_id":"X","server_id":"Y","version":"2","max_payload":1}`,
		"depth without an end": `INFO {"x":` + string(make([]byte, 100)) + `}`,
	} {
		synctest.Test(t, func(t *testing.T) {
			server := natstest.New()
			defer server.Close()
			server.Greet(text)
			c, err := server.NewClient(nats.Params{})
			require.NoError(t, err)
			defer c.Close()
			go func() { _ = c.Run(t.Context()) }()
			for change := range c.States(t.Context()) {
				if change.To == runtime.Backoff {
					require.ErrorIs(t, change.Err, runtime.ErrProtocol, name)
					return
				}
			}
		})
	}
}

// TestBusyBlackHole: publishing flat out does not delay the verdict.
func TestBusyBlackHole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := natstest.New()
		defer server.Close()
		c, err := server.Dial(t.Context(), nats.Params{})
		require.NoError(t, err)
		defer c.Close()
		server.Silence() // reads, and says nothing
		start, stop := time.Now(), make(chan struct{})
		go func() {
			for c.State().Up() {
				_ = c.Pub(t.Context(), "x", nats.Optional[string]{}, []byte("body"))
				<-time.After(10 * time.Millisecond)
			}
			close(stop)
		}()
		for change := range c.States(t.Context()) {
			if change.To == runtime.Backoff {
				require.ErrorIs(t, change.Err, runtime.ErrPeerSilent)
				require.Equal(t, 30*time.Second, change.At.Sub(start))
				break
			}
		}
		<-stop
	})
}
