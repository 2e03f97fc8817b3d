package explain

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// losing is a document with a command of each fate.
func losing(t testing.TB, wait time.Duration) (opened, *Report) {
	doc := open(t, fmt.Sprintf(skeleton, "silence: 24h", "{initial: 100ms, max: 200ms}", "match: order, in_flight: 8")+
		"  fetch: {send: \"FETCH\", reply: value, idempotent: true}\n"+
		"  watch: {send: \"WATCH\", reply: value, lasting: latest}\n"+
		"  keep: {send: \"KEEP\", reply: value, idempotent: true, lasting: latest}\n"+
		"  glow: {send: \"GLOW\", reply: none, lasting: latest}\n"+
		fmt.Sprintf("timeouts: {reply: 1h, ready: %v}\n", wait))
	return doc, Of(doc.model, nil, Options{Static: true})
}

// caller is one command, and how it ended.
type caller struct {
	name string
	err  error
	took time.Duration
}

// outageOf is a client whose commands wait when the link dies.
type outageOf struct {
	d       *device.Device
	c       *dynamic.Client
	mu      sync.Mutex
	sent    map[string]int // what has come to the device
	answers bool
	callers sync.WaitGroup
}

func newOutage(t *testing.T, doc opened) *outageOf {
	o := &outageOf{d: doc.protocol.Device(), sent: map[string]int{}}
	t.Cleanup(func() { o.d.Close() })
	for _, name := range []string{"get", "fetch", "watch", "keep", "glow"} {
		o.d.Handle(name, func(r *device.Request) {
			o.mu.Lock()
			defer o.mu.Unlock()
			o.sent[name]++
			if o.answers && name != "glow" {
				r.Reply("VALUE 1")
			}
		})
	}
	c, err := doc.protocol.Dial(t.Context(), "device", nil, runtime.WithDialer(o.d.Dialer()))
	require.NoError(t, err)
	o.c = c
	return o
}

func (o *outageOf) call(ctx context.Context, name string) *caller {
	call, begun, values := &caller{name: name}, time.Now(), dynamic.Map(nil)
	if name == "get" {
		values = dynamic.Map{"n": 1}
	}
	o.callers.Go(func() {
		_, _, call.err = o.c.Call(ctx, name, values)
		call.took = time.Since(begun)
	})
	return call
}

// down takes the device away for so long; dials are refused meanwhile.
func (o *outageOf) down(length time.Duration) {
	synctest.Wait()
	o.d.RefuseDial()
	o.d.CloseAll()
	synctest.Wait()
	o.answer(true)
	time.Sleep(length)
	o.d.Heal()
}

// answer says whether the device answers from now on.
func (o *outageOf) answer(answers bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.answers = answers
}

// came is how often the device was sent what.
func (o *outageOf) came() map[string]int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return maps.Clone(o.sent)
}

func fate(t *testing.T, err error) runtime.Fate {
	t.Helper()
	var e *runtime.Error
	require.ErrorAs(t, err, &e)
	return e.Fate
}

// TestFatesAsPrinted: what becomes of commands whose link dies, and of those that come
// while there is none, whatever the times.
func TestFatesAsPrinted(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		wait := time.Second + time.Duration(r.Int64N(int64(10*time.Second)))/time.Millisecond*time.Millisecond
		length := time.Duration(r.Int64N(int64(2 * wait)))
		doc, report := losing(t, wait)
		require.Equal(t, Seconds(wait), report.wait())
		const dial = 250 * time.Millisecond // at the latest after the outage
		if d := length - wait; d > -dial && d <= 0 {
			length -= dial
		}
		synctest.Test(t, func(t *testing.T) {
			o := newOutage(t, doc)
			single, repeated := o.call(t.Context(), "get"), o.call(t.Context(), "fetch")
			synctest.Wait()
			o.d.RefuseDial()
			o.d.CloseAll()
			synctest.Wait()
			require.Equal(t, runtime.Unknown, fate(t, single.err), "it is not repeated")
			require.False(t, o.c.State().Up())
			late := o.call(t.Context(), "get")
			o.down(length)
			o.callers.Wait()
			defer o.c.Close()
			if length < wait {
				require.NoError(t, repeated.err)
				require.NoError(t, late.err)
				require.LessOrEqual(t, late.took, length+dial)
				require.Equal(t, map[string]int{"get": 2, "fetch": 2}, o.came())
				return
			}
			require.Equal(t, wait, repeated.took)
			require.Equal(t, runtime.Unknown, fate(t, repeated.err))
			require.Equal(t, wait, late.took)
			require.Equal(t, runtime.NotSent, fate(t, late.err))
			time.Sleep(time.Minute)
			require.Equal(t, map[string]int{"get": 1, "fetch": 1}, o.came(), "nothing is sent later")
		})
	}
}

// TestNothingIsSentAThirdTime, and the reply's time begins anew.
func TestNothingIsSentAThirdTime(t *testing.T) {
	doc, _ := losing(t, 5*time.Second)
	synctest.Test(t, func(t *testing.T) {
		o := newOutage(t, doc)
		defer o.c.Close()
		call := o.call(t.Context(), "fetch")
		for range 2 {
			time.Sleep(40 * time.Minute) // of the hour that the reply has
			require.NoError(t, call.err)
			o.d.CloseAll()
		}
		time.Sleep(time.Minute)
		o.callers.Wait()
		require.Equal(t, runtime.Unknown, fate(t, call.err))
		require.Equal(t, 80*time.Minute, call.took)
		require.Equal(t, 2, o.came()["fetch"])
	})
}

// TestEachFate is what a link's death makes of one command: how it ends, and how often
// it has been sent after one more link.
func TestEachFate(t *testing.T) {
	doc, report := losing(t, 5*time.Second)
	for _, c := range []struct {
		name, words string
		answered    bool // before the link died
		fails       bool
		sent        int
	}{
		{"get", "fails; whether it was carried out is unknown", false, true, 1},
		{"fetch", "sent once more on the next link", false, false, 2},
		{"watch", "fails; whether it was carried out is unknown; once the device has it, it is sent on every link", false, true, 1},
		{"watch", "fails; whether it was carried out is unknown; once the device has it, it is sent on every link", true, false, 3},
		{"keep", "sent once more on the next link; once the device has it, it is sent on every link", false, false, 3},
		{"keep", "sent once more on the next link; once the device has it, it is sent on every link", true, false, 3},
		{"glow", "sent again on every link", true, false, 3},
	} {
		for _, known := range report.Commands {
			if known.Name == c.name {
				require.Equal(t, c.words, known.Fate())
			}
		}
		synctest.Test(t, func(t *testing.T) {
			o := newOutage(t, doc)
			defer o.c.Close()
			o.answer(c.answered)
			call := o.call(t.Context(), c.name)
			for range 2 {
				o.down(time.Second)
				time.Sleep(time.Second)
			}
			o.callers.Wait()
			require.Equal(t, c.fails, call.err != nil, "%s: %v", c.name, call.err)
			if c.fails {
				require.Equal(t, runtime.Unknown, fate(t, call.err))
			}
			require.Equal(t, c.sent, o.came()[c.name], "%s, answered: %v", c.name, c.answered)
		})
	}
}

// TestTheGoodbye is sent when the client shuts down, and at no other time.
func TestTheGoodbye(t *testing.T) {
	doc := open(t, fmt.Sprintf(skeleton, "probe: {send: ping, every: 10s, timeout: 5s}", "{initial: 100ms, max: 200ms}", "match: kind")+
		"  leave: {send: \"LEAVE\", reply: pong, private: true, closes: true}\n  hello: {send: \"HELLO\", reply: pong, private: true}\n"+
		"session: {login: [{do: hello}], logout: leave}\n")
	for _, c := range commands(doc.model) {
		switch c.Name {
		case "leave":
			require.Equal(t, "goodbye", c.LinkDies)
		case "hello":
			require.Equal(t, "session", c.LinkDies)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		d, sent := doc.protocol.Device(), map[string]*atomic.Int32{"hello": {}, "leave": {}}
		defer d.Close()
		for name, n := range sent {
			d.Handle(name, func(r *device.Request) {
				n.Add(1)
				r.Reply("PONG")
			})
		}
		c, err := doc.protocol.Dial(t.Context(), "device", nil, runtime.WithDialer(d.Dialer()))
		require.NoError(t, err)
		defer c.Close()
		d.CloseAll()
		time.Sleep(time.Minute)
		require.EqualValues(t, 2, sent["hello"].Load())
		require.Zero(t, sent["leave"].Load())
		require.NoError(t, c.Shutdown(t.Context()))
		require.EqualValues(t, 2, sent["hello"].Load())
		require.EqualValues(t, 1, sent["leave"].Load())
	})
}
