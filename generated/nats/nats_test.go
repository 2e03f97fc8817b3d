package nats_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/nats"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noQueue is a subscription that shares its messages with nobody.
var noQueue nats.Optional[string]

// next waits for one message of a subscription.
func next(t *testing.T, sub *nats.SubSubscription) *nats.Msg {
	t.Helper()
	for m := range sub.Events(lab.Within(t, 20*time.Second)) {
		return m.Clone()
	}
	t.Fatal("no message came")
	return nil
}

func publish(t *testing.T, c *nats.Client, subject, payload string) {
	t.Helper()
	ctx := lab.Within(t, 20*time.Second)
	require.NoError(t, c.Pub(ctx, subject, nats.Optional[string]{}, []byte(payload)))
	require.NoError(t, c.Flush(ctx))
}

func TestPublishAndSubscribe(t *testing.T) {
	c := startServer(t, "").dial(nats.Params{})
	ctx := lab.Within(t, 20*time.Second)
	sub, err := c.Sub(ctx, "foo.*", noQueue)
	require.NoError(t, err)
	other, err := c.Sub(ctx, "other", noQueue)
	require.NoError(t, err)

	for _, payload := range []string{"hello", "", "a\r\nb\x00\xff", "MSG foo 1 5\r\nhello\r\nPONG\r\n"} {
		publish(t, c, "foo.bar", payload)
		m := next(t, sub)
		require.Equal(t, "foo.bar", m.Subject)
		require.Equal(t, payload, string(m.Payload))
		require.False(t, m.ReplyTo.Set)
	}
	require.NoError(t, c.Pub(ctx, "foo.ask", nats.Some("inbox.1"), []byte("?")))
	m := next(t, sub)
	require.Equal(t, nats.Some("inbox.1"), m.ReplyTo)

	publish(t, c, "other", "mine")
	require.Equal(t, "mine", string(next(t, other).Payload), "each subscription gets its own")
}

func TestUnsubscribe(t *testing.T) {
	s := startServer(t, "")
	c := s.dial(nats.Params{})
	ctx := lab.Within(t, 20*time.Second)
	ended, err := c.Sub(ctx, "x", noQueue)
	require.NoError(t, err)
	stays, err := c.Sub(ctx, "x", noQueue)
	require.NoError(t, err)
	require.NoError(t, ended.Close(ctx))
	publish(t, c, "x", "1")
	require.Equal(t, "1", string(next(t, stays).Payload))
	for range ended.Events(ctx) {
		t.Fatal("a closed subscription got a message")
	}
}

func TestQueueSharesMessages(t *testing.T) {
	s := startServer(t, "")
	ctx := lab.Within(t, 20*time.Second)
	var subs []*nats.SubSubscription
	for range 3 {
		sub, err := s.dial(nats.Params{}).Sub(ctx, "work", nats.Some("workers"))
		require.NoError(t, err)
		subs = append(subs, sub)
	}
	c := s.dial(nats.Params{})
	const messages = 100
	got := make(chan string, 3*messages)
	listening, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	for _, sub := range subs {
		wg.Go(func() {
			for m := range sub.Events(listening) {
				got <- string(m.Payload)
			}
		})
	}
	for i := range messages {
		publish(t, c, "work", fmt.Sprint(i))
	}
	seen := map[string]bool{}
	for range messages {
		select {
		case payload := <-got:
			require.False(t, seen[payload], "%s came twice", payload)
			seen[payload] = true
		case <-ctx.Done():
			t.Fatalf("%d of %d messages came", len(seen), messages)
		}
	}
	stop()
	wg.Wait()
}

func TestLogin(t *testing.T) {
	s := startServer(t, `authorization { user: eve, password: s3cret, timeout: 2 }`)
	s.dial(nats.Params{User: "eve", Pass: "s3cret"})
	for name, params := range map[string]nats.Params{
		"wrong password": {User: "eve", Pass: "guess"},
		"nobody":         {},
		"hostile name":   {User: `"},"verbose":true}`, Pass: `\"`},
	} {
		_, err := nats.Dial(lab.Within(t, 20*time.Second), s.address, params)
		require.ErrorIs(t, err, nats.ErrRefused, name)
	}
	_, err := nats.Dial(lab.Within(t, 20*time.Second), s.address, nats.Params{User: "eve\r\nPUB x 0\r\n"})
	require.ErrorContains(t, err, "user: holds a line break")
}

func TestPermissions(t *testing.T) {
	s := startServer(t, `authorization { users: [
		{user: eve, password: x, permissions: {publish: {deny: "secret.>"}, subscribe: {deny: "secret.>"}}}
	] }`)
	c := s.dial(nats.Params{User: "eve", Pass: "x"})
	events := c.Subscribe()
	defer events.Close()
	publish(t, c, "secret.x", "?")
	for ev := range events.Events(lab.Within(t, 20*time.Second)) {
		if denied, ok := ev.(*nats.NotPermitted); ok {
			require.Contains(t, denied.What, "secret.x")
			break
		}
	}
	require.True(t, c.State().Up(), "the connection stays")
}

// TestServerPings: the server pings, and closes a client that does not answer.
func TestServerPings(t *testing.T) {
	t.Parallel()
	s := startServer(t, "ping_interval: \"300ms\"\nping_max: 1")
	pings := make(chan struct{}, 100)
	c := s.dial(nats.Params{}, nats.WithObserver(nats.Observer{Received: func(message string, _ int) {
		if message == "ping" {
			pings <- struct{}{}
		}
	}}))
	links, ctx := c.Stats().Links, lab.Within(t, 20*time.Second)
	for n := range 5 {
		select {
		case <-pings:
		case <-ctx.Done():
			t.Fatalf("%d pings came", n)
		}
	}
	require.Equal(t, links, c.Stats().Links, "with ping_max 1 a silent client is closed at the third")
}

// TestRestart: subscriptions are made again before anything else is sent.
func TestRestart(t *testing.T) {
	s := startServer(t, "")
	c := s.dial(nats.Params{})
	ctx := lab.Within(t, 60*time.Second)
	sub, err := c.Sub(ctx, "x.>", noQueue)
	require.NoError(t, err)
	closed, err := c.Sub(ctx, "x.>", noQueue)
	require.NoError(t, err)
	require.NoError(t, closed.Close(ctx))
	require.NoError(t, c.Flush(ctx)) // else a link that dies with them in its hands is the next Flush's error
	link := lab.AwaitReady(t, c.States, 0).Link
	for round := range 3 {
		s.Kill()
		lab.AwaitLoss(t, c.States, link)
		s.start()
		link = lab.AwaitReady(t, c.States, link).Link
		publish(t, c, "x.y", fmt.Sprint(round))
		require.Equal(t, fmt.Sprint(round), string(next(t, sub).Payload))
	}
	require.Zero(t, sub.Dropped())
}

func TestTLS(t *testing.T) {
	cert, key, roots := lab.Certificate(t)
	s := startServer(t, fmt.Sprintf("tls { cert_file: %q, key_file: %q }\nauthorization { user: eve, password: s3cret }", cert, key))
	login := nats.Params{User: "eve", Pass: "s3cret"}
	c := s.dial(login, nats.WithTLS(&tls.Config{RootCAs: roots}))
	sub, err := c.Sub(lab.Within(t, 20*time.Second), "x", noQueue)
	require.NoError(t, err)
	publish(t, c, "x", "in private")
	require.Equal(t, "in private", string(next(t, sub).Payload))

	t.Run("again after a restart", func(t *testing.T) {
		link := lab.AwaitReady(t, c.States, 0).Link
		s.Kill()
		lab.AwaitLoss(t, c.States, link)
		s.start()
		lab.AwaitReady(t, c.States, link)
		publish(t, c, "x", "still in private")
		require.Equal(t, "still in private", string(next(t, sub).Payload))
	})
	t.Run("a certificate that nobody signed is refused", func(t *testing.T) {
		_, err := nats.Dial(lab.Within(t, 20*time.Second), s.address, login, nats.WithTLS(&tls.Config{}))
		require.ErrorIs(t, err, nats.ErrRefused)
	})
	t.Run("another server's name is refused", func(t *testing.T) {
		config := &tls.Config{RootCAs: roots, ServerName: "elsewhere.example"}
		_, err := nats.Dial(lab.Within(t, 20*time.Second), s.address, login, nats.WithTLS(config))
		require.ErrorIs(t, err, nats.ErrRefused)
	})
	t.Run("plain text gets nowhere", func(t *testing.T) {
		_, err := nats.Dial(lab.Within(t, 2*time.Second), s.address, login)
		require.Error(t, err)
	})
}
