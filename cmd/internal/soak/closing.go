package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// atOnce is what a Close may take, and drain the time that a Shutdown is given.
const (
	atOnce = 100 * time.Millisecond
	drain  = 5 * time.Second
)

// close ends the clients while their callers go on: every second with Close,
// the others with Shutdown. Then it ends the callers.
func (f *fleet) close() {
	defer f.silence()
	var all sync.WaitGroup
	slots := make(chan struct{}, 8)
	for i, m := range f.members {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			f.end(m, m.now(), i%2 == 0)
		})
	}
	all.Wait()
}

// reopen closes a member's client while its callers go on, and opens another:
// once its consumer has got what the old one held.
func (f *fleet) reopen(m *member, gently bool) {
	old := m.now()
	f.end(m, old, gently)
	<-old.consumed
	if err := m.renew(); err != nil {
		panic(err) // the same arguments did before
	}
	f.launch(m)
}

// end closes a client, gently with Shutdown, and judges how long that took and
// what is left.
func (f *fleet) end(m *member, c *client, gently bool) {
	allowed, name := atOnce, "Close"
	start := time.Now()
	if gently {
		allowed, name = drain+atOnce, "Shutdown"
		ctx, cancel := context.WithTimeout(context.Background(), drain)
		defer cancel()
		_ = c.Shutdown(ctx)
	} else {
		_ = c.Close()
	}
	took := time.Since(start)
	if !gently {
		f.late.closes.note(took)
	}
	f.book.Check(ledger.InTime, took <= allowed+f.allowance(), func() string {
		return fmt.Sprintf("%v: %s took %v", m, name, took)
	})
	waiting := c.Stats().Waiting
	f.book.Check(ledger.NothingLeft, waiting == 0, func() string {
		return fmt.Sprintf("%v: %d calls wait after %s", m, waiting, name)
	})
}
