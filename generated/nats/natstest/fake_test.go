package natstest_test

import (
	"context"
	"fmt"
	"log"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/nats"
	"github.com/linewright/linewright/generated/nats/natstest"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A server that has a message for each subscription.
func Example() {
	server := natstest.New()
	defer server.Close()
	server.HandleSub(func(r *natstest.SubRequest) {
		r.EmitMsg(nats.Msg{Subject: r.Subject, Sid: r.Sid, Payload: []byte("welcome")})
	})

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c, err := server.Dial(ctx, nats.Params{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	sub, err := c.Sub(ctx, "news", nats.Optional[string]{})
	if err != nil {
		log.Fatal(err)
	}
	for m := range sub.Events(ctx) {
		fmt.Printf("%s: %s\n", m.Subject, m.Payload)
		return
	}
	// Output: news: welcome
}

// dial makes a client of a fake; both end with the bubble.
func dial(t *testing.T, server *natstest.Device, params nats.Params, opts ...nats.Option) *nats.Client {
	t.Helper()
	c, err := server.Dial(t.Context(), params, opts...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, c.Close())
		require.NoError(t, server.Close())
	})
	return c
}

// TestReady keeps a client READY, with and without TLS, which begins after the
// greeting here.
func TestReady(t *testing.T) {
	for name, opts := range map[string][]device.Option{"plain": nil, "TLS": {device.WithSelfSigned()}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := natstest.New(opts...)
				var client []nats.Option
				if len(opts) > 0 {
					client = append(client, nats.WithTLS(server.ClientTLS()))
				}
				c := dial(t, server, nats.Params{User: "eve", Pass: "s3cret"}, client...)
				server.EmitPing()
				<-time.After(5 * time.Minute)
				require.EqualValues(t, 1, c.Stats().Links)
				require.Len(t, server.ReceivedPong(), 1)
				require.Equal(t, nats.Some("eve"), server.ReceivedConnect()[0].Options.User)
				require.Empty(t, server.History().Of(device.Unhandled, device.Unknown))
			})
		})
	}
}

// TestGreeting is what the test says, from the next connection on.
func TestGreeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := natstest.New()
		server.GreetInfo(nats.Info{Info: nats.ServerInfo{ServerID: "X", Version: "3", MaxPayload: 1}})
		dial(t, server, nats.Params{})
		require.Equal(t, `INFO {"server_id":"X","version":"3","max_payload":1}`+"\r\n", string(server.History().Of(device.Emitted)[0].Frame))
	})
}

// TestSubscriptionsReturn after a reset, and what is published is seen.
func TestSubscriptionsReturn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := natstest.New()
		c := dial(t, server, nats.Params{})
		_, err := c.Sub(t.Context(), "a.*", nats.Some("workers"))
		require.NoError(t, err)
		synctest.Wait()
		server.Reset()
		synctest.Wait()
		require.NoError(t, c.Pub(t.Context(), "a.b", nats.Optional[string]{}, []byte("x\r\n")))
		synctest.Wait()
		sub := nats.SubRequest{Subject: "a.*", Queue: nats.Some("workers"), Sid: "1"}
		require.Equal(t, []nats.SubRequest{sub, sub}, server.ReceivedSub())
		require.Equal(t, []nats.PubRequest{{Subject: "a.b", Payload: []byte("x\r\n")}}, server.ReceivedPub())
		require.Equal(t, 2, server.History().Of(device.Received).Conn(2).Commands("pub")[0].Conn)
	})
}
