package main

import (
	"bytes"
	"context"
	"io"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
	"github.com/linewright/linewright/generated/nats/natstest"
	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/generated/redis/redistest"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// virtual runs a soak in virtual time, in memory.
func virtual(t *testing.T, s settings) *result {
	t.Helper()
	var r *result
	synctest.Test(t, func(t *testing.T) {
		s.virtual, s.callers, s.rate, s.seed = true, 3, 2, 1
		var err error
		r, err = run(t.Context(), s, io.Discard)
		require.NoError(t, err)
	})
	return r
}

// TestSoak is the short form: ten minutes of virtual time.
func TestSoak(t *testing.T) {
	r := virtual(t, settings{duration: 10 * time.Minute, clients: 24})
	for _, rule := range ledger.Rules() {
		if rule != ledger.Flat && rule != ledger.NothingLeft { // of the whole test process
			require.Zero(t, r.book.Broken(rule), "%v", r.book.Violations())
			require.NotZero(t, r.book.Checked(rule), rule)
		}
	}
	for i, n := range r.faults {
		require.NotZero(t, n, faults[i].name)
	}
	for _, n := range []ledger.Nature{ledger.Plain, ledger.Idempotent} {
		require.NotZero(t, r.book.Ended(n, ledger.Failed), n)
		require.NotZero(t, r.book.Ended(n, ledger.NotSent), n)
		require.NotZero(t, r.book.Ended(n, ledger.Unknown), n)
		require.NotZero(t, r.book.Strange(n), n)
	}
	require.NotZero(t, r.events.Missing, "slow consumers")
	require.NotZero(t, r.events.Silenced)
	require.NotZero(t, r.events.Cut)
	require.NotZero(t, r.sums.Repeated)
	require.NotZero(t, r.book.Doubtful())
	require.Greater(t, r.late.closes.count(), uint64(r.clients/2), "some were closed before the end")
	require.NotZero(t, r.late.calls.count())
	require.Greater(t, r.sums.Links, uint64(2*r.clients))
	for _, v := range vendors {
		require.LessOrEqual(t, r.again[v.name], v.schedule(), v.name)
	}
}

// TestSoakOnTCP is a moment of the real thing.
func TestSoakOnTCP(t *testing.T) {
	s := settings{duration: 2 * time.Second, clients: 20, callers: 3, rate: 20, seed: 1}
	r, err := run(t.Context(), s, io.Discard)
	require.NoError(t, err)
	require.Empty(t, r.book.Violations())
	require.True(t, r.book.Clean())
	var page, picture bytes.Buffer
	require.NoError(t, r.finish(&page, &picture))
	require.True(t, strings.HasPrefix(picture.String(), "<svg "))
	require.True(t, strings.HasPrefix(page.String(), "# Soak: every rule was kept\n"), page.String())
	require.Less(t, strings.Count(page.String(), "\n"), 60, "one page")
}

// TestSoakEndsEarly: an interrupt ends the faults, and the run is judged.
func TestSoakEndsEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		start := time.Now()
		r, err := run(ctx, settings{duration: time.Hour, clients: 8, callers: 1, rate: 1, virtual: true}, io.Discard)
		require.NoError(t, err)
		require.Less(t, time.Since(start), 5*time.Minute)
		require.NotZero(t, r.book.Checked(ledger.Healed))
	})
}

// TestTheJudgeSees lets devices do what no client can see alone, and clients'
// replies be mistaken: a rule must be broken, in a whole run.
func TestTheJudgeSees(t *testing.T) {
	for _, c := range []struct {
		name   string
		lasts  time.Duration
		rule   ledger.Rule
		tamper func(*fleet)
	}{
		{"a crossed reply", 30 * time.Second, ledger.OwnReply, withRedis(crossReplies)},
		{"an execution that nobody asked for", 30 * time.Second, ledger.OwnCommand, withRedis(executeOther)},
		{"a command that is executed twice", 30 * time.Second, ledger.SuccessOnce, withRedis(executeTwice)},
		{"a success that was not executed", 30 * time.Second, ledger.SuccessOnce, withRedis(executeNever)},
		{"an event that comes twice", 30 * time.Second, ledger.EventsInOrder, withEvents(func(f fake, l link, n int) {
			f.emit(l, n)
			f.emit(l, n)
		})},
		{"an event that is lost", 30 * time.Second, ledger.EventsExplained, withEvents(func(f fake, l link, n int) {
			if n%10 != 0 {
				f.emit(l, n)
			}
		})},
		{"a call that returns late", 30 * time.Second, ledger.InTime, withClients(func(s generated) generated { return lateCalls{s} })},
		{"a Close that takes its time", 30 * time.Second, ledger.InTime, withClients(func(s generated) generated { return slowClose{s} })},
		{"a change of state that is lost", 30 * time.Second, ledger.StatesInOrder, withClients(func(s generated) generated { return forgetful{s} })},
		{"a client that does not notice", 3 * time.Minute, ledger.Noticed, only("black hole", withClients(func(s generated) generated { return blind{s} }))},
		{"a client that dials and dials", 30 * time.Second, ledger.Paced, only("refuse dial", withClients(func(s generated) generated { return dialler{s} }))},
		{"a subscription that does not return", 30 * time.Second, ledger.AtRest, withNats(func(f *natsFake) {
			f.HandleSub(func(*natstest.SubRequest) {})
		})},
		{"a client that does not come back", 30 * time.Second, ledger.ReadyAgain, func(f *fleet) {
			leaves := time.Now().Add(15 * time.Second)
			f.members[0].replace(func(s generated) generated { return absentee{s, leaves} })
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := virtual(t, settings{duration: c.lasts, clients: 12, tamper: c.tamper})
			require.NotZero(t, r.book.Broken(c.rule), "%v", r.book.Violations())
			require.NotEmpty(t, r.book.Violations())
			require.ErrorIs(t, r.finish(io.Discard, io.Discard), errBroken)
		})
	}
}

// only lets nothing but one fault go wrong.
func only(name string, tamper func(*fleet)) func(*fleet) {
	return func(f *fleet) {
		f.faults = slices.DeleteFunc(f.faults, func(i int) bool { return faults[i].name != name })
		tamper(f)
	}
}

func withRedis(tamper func(*redisFake)) func(*fleet) {
	return func(f *fleet) {
		for _, st := range f.stands {
			if redis, ok := st.fake.(*redisFake); ok {
				tamper(redis)
			}
		}
	}
}

// crossReplies answers each tenth GET with another's value.
func crossReplies(f *redisFake) {
	count := 0
	f.HandleGet(func(r *redistest.GetRequest) {
		if count++; count%10 == 0 {
			f.w.labelled(r.Conn, string(r.Key), nil)
			r.ReplyValue(redis.Value{Data: []byte("1/g/1")})
			return
		}
		f.get(r)
	})
}

func executeOther(f *redisFake) {
	f.HandleSet(func(r *redistest.SetRequest) {
		f.set(r)
		f.w.labelled(r.Conn, string(r.Key)+"0", nil)
	})
}

func executeTwice(f *redisFake) {
	f.HandleSet(func(r *redistest.SetRequest) {
		f.set(r)
		f.w.labelled(r.Conn, string(r.Key), nil)
	})
}

func executeNever(f *redisFake) {
	f.HandleSet(func(r *redistest.SetRequest) { r.ReplyOK() })
}

func withNats(tamper func(*natsFake)) func(*fleet) {
	return func(f *fleet) {
		for _, st := range f.stands {
			if nats, ok := st.fake.(*natsFake); ok {
				tamper(nats)
			}
		}
	}
}

// withEvents replaces how devices send events.
func withEvents(emit func(f fake, l link, n int)) func(*fleet) {
	return func(f *fleet) {
		for _, st := range f.stands {
			st.fake = emitter{st.fake, emit}
		}
	}
}

type emitter struct {
	fake
	as func(f fake, l link, n int)
}

func (e emitter) emit(l link, n int) { e.as(e.fake, l, n) }

// withClients replaces all clients, now and later.
func withClients(as func(generated) generated) func(*fleet) {
	return func(f *fleet) {
		for _, m := range f.members {
			m.replace(as)
		}
	}
}

func (m *member) replace(as func(generated) generated) {
	open := m.open
	m.open = func() (generated, error) {
		c, err := open()
		return as(c), err
	}
	m.client.generated = as(m.client.generated)
}

// lateCalls return a millisecond after their context.
type lateCalls struct{ generated }

func (l lateCalls) order(r *rand.Rand) order {
	o := l.generated.order(r)
	do := o.do
	o.do = func(ctx context.Context) error {
		err := do(ctx)
		if ctx.Err() != nil {
			time.Sleep(time.Millisecond)
		}
		return err
	}
	return o
}

// slowClose is a client whose Close takes more than it may.
type slowClose struct{ generated }

func (s slowClose) Close() error {
	time.Sleep(atOnce + 1)
	return s.generated.Close()
}

// forgetful is a client that does not tell that it dials.
type forgetful struct{ generated }

func (f forgetful) States(ctx context.Context) iter.Seq[runtime.StateChange] {
	return func(yield func(runtime.StateChange) bool) {
		for change := range f.generated.States(ctx) {
			if change.To != runtime.Dialing && !yield(change) {
				return
			}
		}
	}
}

// blind is a client that takes every device for well.
type blind struct{ generated }

func (blind) State() runtime.State { return runtime.Ready }

// dialler is a client that dials twenty times where once would do.
type dialler struct{ generated }

func (d dialler) Stats() runtime.Stats {
	s := d.generated.Stats()
	s.Dials *= 20
	return s
}

// absentee is a client that is away for good from some moment on. How often it
// comes back before a fault keeps it away is up to the scheduler: a clock is not.
type absentee struct {
	generated
	leaves time.Time
}

func (a absentee) State() runtime.State {
	if time.Now().Before(a.leaves) {
		return a.generated.State()
	}
	return runtime.Greeting
}
