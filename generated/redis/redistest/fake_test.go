package redistest_test

import (
	"context"
	"fmt"
	"log"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/generated/redis/redistest"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A server that keeps what it is told, in ten lines.
func Example() {
	server := redistest.New()
	defer server.Close()
	store := map[string][]byte{} // one connection's handlers run one after the other
	server.HandleSet(func(r *redistest.SetRequest) {
		store[string(r.Key)] = r.Value
		r.ReplyOK()
	})
	server.HandleGet(func(r *redistest.GetRequest) {
		if value, ok := store[string(r.Key)]; ok {
			r.ReplyValue(redis.Value{Data: value})
			return
		}
		r.ReplyNil()
	})

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := server.Dial(ctx, redis.Params{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	if err := c.Set(ctx, []byte("k"), []byte("a\r\n$-1")); err != nil {
		log.Fatal(err)
	}
	for _, key := range []string{"k", "l"} {
		value, found, err := c.Get(ctx, []byte(key))
		fmt.Printf("%q %v %v\n", value.Data, found, err)
	}
	// Output:
	// "a\r\n$-1" true <nil>
	// "" false <nil>
}

// TestDefaults sends every command to a fake without handlers, over TCP.
func TestDefaults(t *testing.T) {
	server := redistest.New()
	defer server.Close()
	addr, err := server.Listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	c, err := redis.Dial(ctx, addr, redis.Params{Password: []byte("s3cret")})
	require.NoError(t, err)
	defer c.Close()

	require.NoError(t, c.Set(ctx, []byte("k"), []byte("v")))
	value, found, err := c.Get(ctx, []byte("k"))
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "hello", string(value.Data), "the spec's example")
	n, err := c.Incr(ctx, []byte("n"))
	require.NoError(t, err)
	require.EqualValues(t, 1000, n.Value)
	_, err = c.Del(ctx, [][]byte{[]byte("a"), nil, []byte("b\r\n")})
	require.NoError(t, err)
	require.Equal(t, []redis.DelRequest{{Keys: [][]byte{[]byte("a"), {}, []byte("b\r\n")}}}, server.ReceivedDel())
	require.Equal(t, "s3cret", string(server.ReceivedAuth()[0].Password))
	require.Empty(t, server.History().Of(device.Unhandled, device.Unknown))
}

// TestErrors: one reply refuses the login, another only fails.
func TestErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := redistest.New()
		defer server.Close()
		server.HandlePing(func(r *redistest.PingRequest) { r.ReplyServerError(redis.ServerError{Code: "NOAUTH"}) })
		_, err := server.Dial(t.Context(), redis.Params{})
		require.ErrorIs(t, err, redis.ErrRefused)

		server.HandlePing((*redistest.PingRequest).Default)
		server.HandleIncr(func(r *redistest.IncrRequest) {
			r.ReplyServerError(redis.ServerError{Code: "BUSY", Text: redis.Some("later")})
		})
		c, err := server.Dial(t.Context(), redis.Params{})
		require.NoError(t, err)
		defer c.Close()
		_, err = c.Incr(t.Context(), []byte("n"))
		var failed *redis.ServerError
		require.ErrorAs(t, err, &failed)
		require.True(t, failed.Temporary())
		require.Equal(t, "later", failed.Text.Value)
	})
}
