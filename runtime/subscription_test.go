package runtime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/session"
)

// subscriber is a client without a session: subscriptions need none.
func subscriber(bytes int, overflow Overflow) *Client {
	return &Client{plan: new(session.Plan), cfg: &config{eventBuffer: bytes, overflow: overflow}}
}

func arrivals(message int, frames ...string) (a []session.Arrival) {
	for _, f := range frames {
		a = append(a, session.Arrival{Message: message, Frame: []byte(f)})
	}
	return a
}

// held reads what a subscription holds, without waiting for more.
func heldBy(t *testing.T, s *Subscription) (frames []string) {
	t.Helper()
	l := consumer{s: s}
	defer l.leave()
	for {
		_, frame, state := l.next()
		if state != held {
			return frames
		}
		frames = append(frames, string(frame))
	}
}

func TestOverflowPolicies(t *testing.T) {
	for _, test := range []struct {
		policy  Overflow
		want    []string
		dropped uint64
		err     error
	}{
		{DropOldest, []string{"2", "3", "4"}, 2, nil},
		{DropNewest, []string{"0", "1", "2"}, 2, nil},
		{CloseSubscription, []string{"0", "1", "2"}, 1, ErrOverflow},
	} {
		c := subscriber(3*(ringHeader+1), test.policy)
		s := c.Subscribe(Filter{})
		c.deliver(arrivals(7, "0", "1", "2", "3", "4"))
		require.Equal(t, test.want, heldBy(t, s))
		require.Equal(t, test.dropped, s.Dropped())
		require.Equal(t, test.dropped, c.routes().lost())
		require.Equal(t, test.err, s.Err())
		s.Close()
		require.Equal(t, test.dropped, c.routes().lost(), "what a closed one dropped still counts")
	}
}

func TestFiltersRoute(t *testing.T) {
	c := subscriber(1000, DropOldest)
	tail := func(dst, frame []byte) ([]byte, error) {
		_, after, ok := bytes.Cut(frame, []byte(" "))
		if !ok {
			return dst, errors.New("no key")
		}
		return append(dst, after...), nil
	}
	subs := map[string]*Subscription{
		"all":     c.Subscribe(Filter{}),
		"unknown": c.Subscribe(Filter{Messages: []int{}, Unknown: true}),
		"two":     c.Subscribe(Filter{Messages: []int{1, 2}}),
		"x":       c.Subscribe(Filter{Messages: []int{1, 3}, Key: []byte("x"), Keys: []func(dst, frame []byte) ([]byte, error){tail, tail}}),
	}
	var events []session.Arrival
	for message := session.None; message < 4; message++ {
		for _, body := range []string{"m x", "m y", "m"} {
			events = append(events, arrivals(message, fmt.Sprint(message, " ", body))...)
			events[len(events)-1].Frame = []byte(fmt.Sprintf("%d%s", message, body))
		}
	}
	c.deliver(events)
	require.Len(t, heldBy(t, subs["all"]), 12, "unknown frames are extra")
	require.Equal(t, []string{"-1m x", "-1m y", "-1m"}, heldBy(t, subs["unknown"]))
	require.Equal(t, []string{"1m x", "1m y", "1m", "2m x", "2m y", "2m"}, heldBy(t, subs["two"]))
	require.Equal(t, []string{"1m x", "3m x"}, heldBy(t, subs["x"]))
	require.Zero(t, c.uses().unclaimed.Load())

	for _, s := range subs {
		s.Close()
		s.Close()
	}
	c.deliver(events)
	require.EqualValues(t, len(events), c.uses().unclaimed.Load())
	for name, s := range subs {
		require.Empty(t, heldBy(t, s), name)
	}
	require.Empty(t, c.routes().all)
	for _, to := range c.routes().routes {
		require.Empty(t, to.plain)
		require.Empty(t, to.keyed)
	}
	require.Panics(t, func() { c.Subscribe(Filter{Key: []byte("x")}) })
}

// TestKeysAreFoundOnce: a thousand subscriptions by one function cost one call
// a frame; two closures of the same code are two functions.
func TestKeysAreFoundOnce(t *testing.T) {
	c := subscriber(1000, DropOldest)
	calls := 0
	by := func(n int) func(dst, frame []byte) ([]byte, error) {
		return func(dst, frame []byte) ([]byte, error) {
			calls++
			return append(dst, frame[n]), nil
		}
	}
	first, second := by(0), by(1)
	var subs []*Subscription
	for i := range 26 {
		key := []byte{'a' + byte(i)}
		for _, find := range []func(dst, frame []byte) ([]byte, error){first, second} {
			subs = append(subs, c.Subscribe(Filter{
				Messages: []int{0}, Key: key, Keys: []func(dst, frame []byte) ([]byte, error){find},
			}))
		}
	}
	c.deliver(arrivals(0, "bc"))
	require.Equal(t, 2, calls)
	require.Equal(t, []string{"bc"}, heldBy(t, subs[2]))
	require.Equal(t, []string{"bc"}, heldBy(t, subs[5]))
	for _, i := range []int{0, 1, 3, 4} {
		require.Empty(t, heldBy(t, subs[i]))
	}
}

func TestFramesWaitsAndEnds(t *testing.T) {
	for name, test := range map[string]struct {
		end  func(c *Client, s *Subscription, cancel func())
		want []string
		err  error
	}{
		"context": {func(_ *Client, _ *Subscription, cancel func()) { cancel() }, []string{"a"}, nil},
		"close":   {func(_ *Client, s *Subscription, _ func()) { s.Close() }, []string{"a"}, nil},
		"client": {func(c *Client, _ *Subscription, _ func()) {
			c.deliver(arrivals(0, "b"))
			c.routes().close(ErrClosed)
		}, []string{"a", "b"}, ErrClosed},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := subscriber(1000, DropOldest)
				s := c.Subscribe(Filter{})
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				var got []string
				ended := make(chan struct{})
				go func() {
					defer close(ended)
					for _, frame := range s.Frames(ctx) {
						got = append(got, string(frame))
					}
				}()
				time.Sleep(time.Hour)
				c.deliver(arrivals(0, "a"))
				synctest.Wait()
				test.end(c, s, cancel)
				<-ended
				require.Equal(t, test.want, got)
				require.Equal(t, test.err, s.Err())
			})
		})
	}
}

func TestSubscribeAfterTheEnd(t *testing.T) {
	c := subscriber(1000, DropOldest)
	c.routes().close(ErrClosed)
	s := c.Subscribe(Filter{})
	for range s.Frames(t.Context()) {
		t.Fatal("nothing can come")
	}
	require.Equal(t, ErrClosed, s.Err())
}

// TestSeveralLoopsShare: none is left waiting, and nothing comes twice.
func TestSeveralLoopsShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := subscriber(1<<20, DropOldest)
		s := c.Subscribe(Filter{})
		var mu sync.Mutex
		seen := make(map[string]int)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for _, frame := range s.Frames(t.Context()) {
					mu.Lock()
					seen[string(frame)]++
					mu.Unlock()
				}
			})
		}
		for i := range 1000 {
			c.deliver(arrivals(0, fmt.Sprint(i)))
		}
		c.routes().close(ErrClosed)
		wg.Wait()
		require.Len(t, seen, 1000)
		for frame, n := range seen {
			require.Equal(t, 1, n, frame)
		}
	})
}

// TestEventsComeBeforeReplies: who got a reply finds what came before it in the
// subscriptions, and one who subscribes then does not get the reply again.
func TestEventsComeBeforeReplies(t *testing.T) {
	c := subscriber(1000, DropOldest)
	call := &session.Call{Done: make(chan struct{}, 1)}
	asked := false
	find := func(dst, frame []byte) ([]byte, error) {
		asked = true
		require.Empty(t, call.Done, "the caller was woken first")
		return append(dst, frame...), nil
	}
	s := c.Subscribe(Filter{Messages: []int{7}, Key: []byte("x"), Keys: []func(dst, frame []byte) ([]byte, error){find}})
	c.do(&work{finished: []*session.Call{call}, events: arrivals(7, "x")})
	require.True(t, asked)
	require.Len(t, call.Done, 1)
	require.Equal(t, []string{"x"}, heldBy(t, s))
}

func TestConsumingAllocatesNothing(t *testing.T) {
	c := subscriber(1<<20, DropOldest)
	s := c.Subscribe(Filter{})
	events := arrivals(0, "READING 3 21.50 C")
	l := consumer{s: s}
	allocs := testing.AllocsPerRun(1000, func() {
		c.deliver(events)
		_, _, _ = l.next()
	})
	require.Zero(t, allocs)
}

// TestWakeUpIsPassedOn from a loop that ends with it to one that waits.
func TestWakeUpIsPassedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := subscriber(1000, DropOldest)
		s := c.Subscribe(Filter{})
		defer s.Close()
		first, leave := context.WithCancel(t.Context())
		got := make(chan string, 2)
		loop := func(ctx context.Context) {
			for _, frame := range s.Frames(ctx) {
				got <- string(frame)
				return
			}
		}
		go loop(first)
		synctest.Wait() // it waits before the second does
		go loop(t.Context())
		synctest.Wait()
		c.deliver(arrivals(7, "x"))
		leave() // with the wake-up in its hand, or not
		require.Equal(t, "x", <-got)
	})
}
