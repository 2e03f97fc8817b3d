package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// end closes everything while callers go on, and judges what is left to judge.
func (r *result) end(f *fleet) {
	f.close()
	over := ended(f)
	r.book.Check(ledger.NothingLeft, over, func() string { return "a client, a caller or a consumer does not end: see below" })
	if !over {
		r.stacks = stacks()
	}
	f.judgeLate()
	for _, m := range f.members {
		r.sums = sums(r.sums, m.stats())
		r.addEvents(m.stream.Close(m.conn, m.lost()))
	}
	err := f.closeDevices()
	r.book.Check(ledger.NothingLeft, err == nil, func() string { return fmt.Sprintf("closing the devices: %v", err) })
	for _, m := range f.members {
		m.account.Close()
	}
}

// ended waits for the clients, their callers and consumers.
func ended(f *fleet) bool {
	done := make(chan struct{})
	go func() {
		f.ran.Wait()
		f.called.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-time.After(2 * patience):
		return false
	}
}

// stacks are all goroutines.
func stacks() string {
	var text strings.Builder
	_ = pprof.Lookup("goroutine").WriteTo(&text, 1)
	return text.String()
}

// settle waits until what ends is gone, for a few seconds at most. Even what has
// ended needs a moment: the Go runtime forgets stopped timers, and the clients
// that they belong to, when other timers fire.
func settle(before resources) (now resources) {
	for range 50 {
		<-time.After(100 * time.Millisecond)
		now = measure(true)
		if now.goroutines <= before.goroutines && now.descriptors <= before.descriptors {
			break
		}
	}
	return now
}

// profile writes the heap's profile to a file, where there is a name.
func profile(name string) error {
	if name == "" {
		return nil
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(pprof.WriteHeapProfile(file), file.Close())
}
