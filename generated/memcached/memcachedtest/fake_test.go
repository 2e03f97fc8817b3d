package memcachedtest_test

import (
	"context"
	"fmt"
	"log"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/memcached"
	"github.com/linewright/linewright/generated/memcached/memcachedtest"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A server that keeps what it is told, in ten lines.
func Example() {
	server := memcachedtest.New()
	defer server.Close()
	store := map[string][]byte{} // one connection's handlers run one after the other
	server.HandleSet(func(r *memcachedtest.SetRequest) {
		store[r.Key] = r.Data
		r.ReplyStored()
	})
	server.HandleGet(func(r *memcachedtest.GetRequest) {
		if data, ok := store[r.Key]; ok {
			r.ReplyValue(memcached.Value{Key: r.Key, Data: data})
			return
		}
		r.ReplyEnd()
	})

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := server.Dial(ctx, memcached.Params{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	if err := c.Set(ctx, "k", 0, 0, []byte("a\r\nEND")); err != nil {
		log.Fatal(err)
	}
	for _, key := range []string{"k", "l"} {
		value, found, err := c.Get(ctx, key)
		fmt.Printf("%q %v %v\n", value.Data, found, err)
	}
	// Output:
	// "a\r\nEND" true <nil>
	// "" false <nil>
}

// TestDefaults sends commands to a fake without handlers, over TCP.
func TestDefaults(t *testing.T) {
	server := memcachedtest.New()
	defer server.Close()
	addr, err := server.Listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	c, err := memcached.Dial(ctx, addr, memcached.Params{User: "eve", Password: "s3cret"})
	require.NoError(t, err)
	defer c.Close()

	value, found, err := c.Get(ctx, "k")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "a\r\nbc", string(value.Data), "the spec's example")
	require.NoError(t, c.Set(ctx, "k", 7, -1, []byte("\r\n")))
	require.Equal(t, []memcached.SetRequest{{Key: "k", Flags: 7, Exptime: -1, Data: []byte("\r\n")}}, server.ReceivedSet())
	require.Equal(t, "eve s3cret", server.ReceivedAuthenticate()[0].Token)
	require.Empty(t, server.History().Of(device.Unhandled, device.Unknown))
}

// TestFullServer: a server that has no room for one more connection is tried
// again, later; it does not refuse the login for good.
func TestFullServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := memcachedtest.New()
		defer server.Close()
		tries := 0
		server.HandleNoop(func(r *memcachedtest.NoopRequest) {
			if tries++; tries <= 3 {
				r.ReplyTooManyConnections()
				return
			}
			r.Default()
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		c, err := server.Dial(ctx, memcached.Params{})
		require.NoError(t, err)
		defer c.Close()
		require.EqualValues(t, 4, tries)
	})
}
