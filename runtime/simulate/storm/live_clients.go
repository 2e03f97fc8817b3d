package storm

import (
	"context"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

// open starts another client.
func (l *live) open(slot int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := &player{l: l, record: check.Client{Addresses: addresses(l.script)}}
	opts := []runtime.Option{runtime.WithDialer(p.dial), runtime.WithSeed(l.script.Seed + uint64(len(l.actors))), runtime.WithMaxWaiting(maxWaiting), runtime.WithEngine(l.engine)}
	if p.record.Addresses > 1 {
		opts = append(opts, runtime.WithFailover("second"))
	}
	if l.secure {
		opts = append(opts, runtime.WithTLS(l.shakes.client()))
	}
	h, err := l.load.Open(l.plan, opts...)
	if err != nil {
		panic(err)
	}
	p.h = h
	p.ctx, p.cancel = context.WithCancel(context.Background())
	l.slots[slot] = p
	l.actors = append(l.actors, p)
	p.watching = make(chan struct{})
	l.users.Go(p.watch)
	l.users.Go(func() {
		<-p.watching
		_ = h.Run(context.Background())
	})
}

// revive opens a client anew where a refusal has ended it.
func (l *live) revive() {
	for i := range l.slots {
		if p := l.at(i); p.h.State() == session.Closed && !p.ending {
			l.open(i)
		}
	}
}

// end closes one client in good order, and the rest at once.
func (l *live) end() {
	l.mu.Lock()
	l.over = true
	l.mu.Unlock()
	l.shutdown(l.at(int(l.script.Seed%clients)), farewell)
	<-time.After(farewell)
	l.mu.Lock()
	all := slices.Clone(l.actors)
	l.mu.Unlock()
	for _, p := range all {
		_ = p.h.Close()
	}
}

func (l *live) shutdown(p *player, within time.Duration) {
	l.users.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		defer cancel()
		_ = p.h.Shutdown(ctx)
	})
}

func (l *live) slot(a Act) *player { return l.at(a.Who % clients) }

func (l *live) at(slot int) *player {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.slots[slot]
}

// reopen closes a client, at once or in good order, and opens another later.
func (l *live) reopen(act Act, gently bool) {
	old := l.slot(act)
	if old.ending {
		return
	}
	old.ending = true
	if gently {
		l.shutdown(old, act.For)
	} else {
		_ = old.h.Close()
	}
	l.users.Go(func() {
		<-time.After(act.For)
		_ = old.h.Close()
		l.mu.Lock()
		again := l.slots[act.Who%clients] == old && !l.over
		l.mu.Unlock()
		if again {
			l.open(act.Who % clients)
		}
	})
}
