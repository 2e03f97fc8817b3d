package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/pprof"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/ledger"
)

// end closes everything while callers go on, and judges what is left to judge.
func (r *result) end(f *fleet) {
	r.close = f.close()
	r.book.Check(ledger.InTime, r.close <= f.control.allowance(), func() string { return fmt.Sprintf("Close took %v", r.close) })
	if !ended(f) {
		r.unexplained = append(r.unexplained, stacks())
	}
	for _, m := range f.members {
		st := m.Stats()
		r.book.Check(ledger.NothingLeft, st.Waiting == 0, func() string { return fmt.Sprintf("%v: %d calls wait", m, st.Waiting) })
		r.add(st)
		r.addEvents(m.stream.Close(m.conn, m.dropped()))
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
	var text writer
	_ = pprof.Lookup("goroutine").WriteTo(&text, 1)
	return string(text)
}

type writer []byte

func (w *writer) Write(p []byte) (int, error) { *w = append(*w, p...); return len(p), nil }

// settle waits until what ends is gone, for a few seconds at most.
func settle(before resources) resources {
	now := measure(true)
	for range 50 {
		if now.goroutines <= before.goroutines && now.descriptors <= before.descriptors {
			break
		}
		<-time.After(100 * time.Millisecond)
		now = measure(true)
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
