package mqtt_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/mqtt"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Delivery at most once, and at least once.
const (
	once  = 0
	least = 1
)

// inbox collects the messages of a client from now on.
func inbox(t *testing.T, c *mqtt.Client) *mqtt.Subscription {
	sub := c.Subscribe()
	t.Cleanup(sub.Close)
	return sub
}

// next waits for one message.
func next(t *testing.T, sub *mqtt.Subscription) *mqtt.Message {
	t.Helper()
	for e := range sub.Events(lab.Within(t, 20*time.Second)) {
		m, ok := e.(*mqtt.Message)
		require.True(t, ok)
		return m.Clone()
	}
	t.Fatal("no message came")
	return nil
}

func subscribe(t *testing.T, c *mqtt.Client, filter string, qos uint8) {
	t.Helper()
	granted, err := c.SubscribeTopic(lab.Within(t, 20*time.Second), filter, qos)
	require.NoError(t, err)
	require.EqualValues(t, qos, granted.Granted)
}

// publish sends a message and waits until the server has it.
func publish(t *testing.T, c *mqtt.Client, topic, payload string) {
	t.Helper()
	err := c.PublishAtLeastOnce(lab.Within(t, 20*time.Second), 0, topic, []byte(payload))
	require.NoError(t, err)
}

func TestPublishAndSubscribe(t *testing.T) {
	t.Parallel()
	c := startServer(t, open).dial(mqtt.Params{Client: "one"})
	messages := inbox(t, c)
	subscribe(t, c, "plant/+/level", least)
	subscribe(t, c, "other", once)

	for _, payload := range []string{"hello", "", "\x00\xff\x32", strings.Repeat("x", 20_000)} {
		publish(t, c, "plant/7/level", payload)
		m := next(t, messages)
		require.Equal(t, "plant/7/level", m.Topic)
		require.Equal(t, payload, string(m.Payload))
		require.EqualValues(t, least, m.QoS)
		require.True(t, m.Packet.Set)
		require.Zero(t, m.Dup)
	}
	require.NoError(t, c.Publish(lab.Within(t, 20*time.Second), 0, "plant/7/level", []byte("once")))
	m := next(t, messages)
	require.Equal(t, "once", string(m.Payload))
	require.EqualValues(t, once, m.QoS)
	require.False(t, m.Packet.Set)

	publish(t, c, "other", "less")
	m = next(t, messages)
	require.EqualValues(t, once, m.QoS, "no better than was subscribed")
}

func TestUnsubscribe(t *testing.T) {
	t.Parallel()
	s := startServer(t, open)
	c := s.dial(mqtt.Params{})
	messages := inbox(t, c)
	subscribe(t, c, "a", least)
	subscribe(t, c, "b", least)
	err := c.Unsubscribe(lab.Within(t, 20*time.Second), "a")
	require.NoError(t, err)
	publish(t, c, "a", "nobody")
	publish(t, c, "b", "somebody")
	require.Equal(t, "b", next(t, messages).Topic)
	link := lab.AwaitReady(t, c.States, 0).Link

	s.Kill()
	lab.AwaitLoss(t, c.States, link)
	s.start()
	lab.AwaitReady(t, c.States, link)
	publish(t, c, "a", "still nobody")
	publish(t, c, "b", "again")
	require.Equal(t, "again", string(next(t, messages).Payload), "what was taken back is not made again")
}

// TestEachIsAcknowledged: this server gives the next message when the one before
// is acknowledged.
func TestEachIsAcknowledged(t *testing.T) {
	t.Parallel()
	s := startServer(t, open+"\nmax_inflight_messages 1")
	c, other := s.dial(mqtt.Params{}), s.dial(mqtt.Params{})
	messages := inbox(t, c)
	subscribe(t, c, "x", least)
	const count = 50
	for i := range count {
		publish(t, other, "x", fmt.Sprint(i))
	}
	for i := range count {
		require.Equal(t, fmt.Sprint(i), string(next(t, messages).Payload))
	}
}

func TestRetained(t *testing.T) {
	t.Parallel()
	s := startServer(t, open)
	ctx := lab.Within(t, 20*time.Second)
	c := s.dial(mqtt.Params{})
	err := c.PublishAtLeastOnce(ctx, 1, "level", []byte("71.5"))
	require.NoError(t, err)
	require.NoError(t, c.Publish(ctx, 1, "phase", []byte("hold")))
	require.NoError(t, c.Flush(ctx))
	messages := inbox(t, c)
	for topic, payload := range map[string]string{"level": "71.5", "phase": "hold"} {
		subscribe(t, c, topic, least)
		m := next(t, messages)
		require.Equal(t, topic, m.Topic)
		require.Equal(t, payload, string(m.Payload))
		require.EqualValues(t, 1, m.Retain, "kept for those who come later")
	}
	publish(t, c, "level", "72")
	require.Zero(t, next(t, messages).Retain, "this one is new")
}

func TestLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, accounts(t))
	c := s.dial(mqtt.Params{Client: "one", User: "eve", Password: []byte("s3cret")})
	publish(t, c, "x", "in")
	for name, params := range map[string]mqtt.Params{
		"wrong password": {User: "eve", Password: []byte("guess")},
		"nobody":         {},
		"no such user":   {User: "adam", Password: []byte("s3cret")},
	} {
		_, err := mqtt.Dial(lab.Within(t, 20*time.Second), s.address, params)
		require.ErrorIs(t, err, mqtt.ErrRefused, name)
		var refused *mqtt.Connack
		require.ErrorAs(t, err, &refused, name)
		require.Equal(t, mqtt.ConnectCodeNotAuthorized, refused.Code, name)
		require.NotContains(t, err.Error(), "guess")
	}
	_, err := mqtt.Dial(lab.Within(t, 20*time.Second), s.address, mqtt.Params{Password: []byte("s3cret")})
	require.ErrorContains(t, err, "a password needs a user")
}

func TestNameOfAKeptSession(t *testing.T) {
	t.Parallel()
	s := startServer(t, open)
	s.dial(mqtt.Params{})
	_, err := mqtt.Dial(lab.Within(t, 20*time.Second), s.address, mqtt.Params{KeepSession: true})
	var refused *mqtt.Connack
	require.ErrorAs(t, err, &refused)
	require.Equal(t, mqtt.ConnectCodeIdentifierRejected, refused.Code)
}

// TestKeptSession: what is published while we are away comes when we are back,
// and comes again if it was not handled.
func TestKeptSession(t *testing.T) {
	t.Parallel()
	s := startServer(t, open)
	params := mqtt.Params{Client: "keeper", KeepSession: true}
	c := s.dial(params)
	subscribe(t, c, "x", least)
	require.NoError(t, c.Shutdown(lab.Within(t, 20*time.Second)))
	publish(t, s.dial(mqtt.Params{}), "x", "meanwhile")

	for dup := range uint8(2) {
		back, err := mqtt.New(s.address, params)
		require.NoError(t, err)
		messages := inbox(t, back)
		go func() { _ = back.Run(t.Context()) }()
		for e := range messages.Events(lab.Within(t, 20*time.Second)) {
			m := e.(*mqtt.Message)
			require.Equal(t, "meanwhile", string(m.Payload))
			require.Equal(t, dup, m.Dup)
			require.NoError(t, back.Close(), "before it is handled")
		}
		<-back.Done()
	}
}

// TestWill: it is published where a client is gone, not where it has said
// goodbye.
func TestWill(t *testing.T) {
	t.Parallel()
	s := startServer(t, open)
	watch := s.dial(mqtt.Params{})
	messages := inbox(t, watch)
	subscribe(t, watch, "gone/+", least)
	will := mqtt.Params{WillTopic: "gone/politely", WillPayload: []byte("bye"), WillQoS: least}
	polite := s.dial(will)
	require.NoError(t, polite.Shutdown(lab.Within(t, 20*time.Second)))
	<-polite.Done()
	will.WillTopic, will.WillRetain, will.KeepSession, will.Client = "gone/suddenly", 1, true, "sudden"
	require.NoError(t, s.dial(will).Close())
	m := next(t, messages)
	require.Equal(t, "gone/suddenly", m.Topic)
	require.Equal(t, "bye", string(m.Payload))
	require.EqualValues(t, least, m.QoS)

	late := inbox(t, watch)
	subscribe(t, watch, "gone/#", least)
	m = next(t, late)
	require.Equal(t, "gone/suddenly", m.Topic)
	require.EqualValues(t, 1, m.Retain)
}

func TestManyPublishers(t *testing.T) {
	t.Parallel()
	c := startServer(t, open).dial(mqtt.Params{})
	messages := inbox(t, c)
	subscribe(t, c, "x", once)
	const callers, each = 8, 25
	var wg sync.WaitGroup
	for caller := range callers {
		wg.Go(func() {
			for n := range each {
				if err := c.PublishAtLeastOnce(t.Context(), 0, "x", fmt.Append(nil, caller, ".", n)); err != nil {
					t.Errorf("%d of %d: %v", n, caller, err)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for range callers * each {
		payload := string(next(t, messages).Payload)
		require.False(t, seen[payload], "%s came twice", payload)
		seen[payload] = true
	}
	require.EqualValues(t, 1, c.Stats().Links)
}

func TestTooLongIsNotSent(t *testing.T) {
	t.Parallel()
	c := startServer(t, open).dial(mqtt.Params{})
	err := c.Publish(lab.Within(t, 20*time.Second), 0, "x", make([]byte, 1<<20))
	var e *mqtt.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, mqtt.NotSent, e.Fate)
	publish(t, c, "x", "well")
}

// TestHeartbeat watches an idle link over three intervals; a server gives up what
// is silent for one and a half.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	s := startServer(t, open)
	plan := *mqtt.Plan()
	probe := *plan.Liveness.Probe
	probe.Told.AtLeast, probe.Timeout = time.Second, time.Second
	plan.Liveness.Probe = &probe
	answers := make(chan time.Time, 100)
	observer := runtime.Observer{Received: func(message string, _ int) {
		if message == "pingresp" {
			answers <- time.Now()
		}
	}}
	c, err := runtime.Dial(lab.Within(t, 20*time.Second), &plan, s.address, &mqtt.Params{Keepalive: 1}, runtime.WithObserver(observer))
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	lab.AwaitReady(t, c.States, 0)
	links, start := c.Stats().Links, time.Now()
	for n := range 3 {
		select {
		case at := <-answers:
			t.Logf("ping %d was answered after %v", n+1, at.Sub(start).Round(time.Millisecond))
		case <-lab.Within(t, 20*time.Second).Done():
			t.Fatalf("%d pings were answered", n)
		}
	}
	require.GreaterOrEqual(t, time.Since(start), 2900*time.Millisecond)
	require.Equal(t, links, c.Stats().Links, "the link stayed")
}

// TestRestart: subscriptions are made again before anything else is sent.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t, open)
	c := s.dial(mqtt.Params{Client: "one"})
	messages := inbox(t, c)
	subscribe(t, c, "x/#", least)
	link := lab.AwaitReady(t, c.States, 0).Link
	s.Kill()
	require.Error(t, lab.AwaitLoss(t, c.States, link).Err)
	s.start()
	lab.AwaitReady(t, c.States, link)
	publish(t, c, "x/y", "again")
	require.Equal(t, "again", string(next(t, messages).Payload))
	require.Zero(t, messages.Dropped())
}
