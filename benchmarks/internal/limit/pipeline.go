// Package limit has the least that a client of a protocol has to do, written by
// hand for just that: what a generated client can at most reach.
package limit

import (
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"sync"
)

// pipeline puts the commands of all callers into one write: a caller appends to a
// buffer under a short lock, one flush at a time takes what gathered while the
// last one was written, and replies go to callers in order. It knows no
// deadline, no lost link, and no reply that nobody waits for any more.
type pipeline struct {
	conn     net.Conn
	reply    func(buf []byte) (size int, value []byte) // of the reply that buf begins with; 0: it is not complete
	mu       sync.Mutex
	waiting  []*waiter // whose commands are sent or about to be, in order
	head     int
	out      []byte
	flushing bool
	pool     sync.Pool
}

type waiter struct {
	done  chan struct{}
	value []byte
}

var errEnded = errors.New("connection ended")

func dial(address string, reply func(buf []byte) (size int, value []byte)) (*pipeline, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	r := &pipeline{conn: conn, reply: reply, pool: sync.Pool{New: func() any { return &waiter{done: make(chan struct{}, 1)} }}}
	go r.read()
	return r, nil
}

// Close ends it; calls that wait are lost.
func (r *pipeline) Close() error { return r.conn.Close() }

// Do sends what is encoded already, and waits. The reply's value is looked over,
// but not kept.
func (r *pipeline) Do(command []byte) {
	w := r.pool.Get().(*waiter)
	r.mu.Lock()
	r.out = append(r.out, command...)
	r.join(w)
	<-w.done
	r.pool.Put(w)
}

// join is called under the lock, and unlocks.
func (r *pipeline) join(w *waiter) {
	r.waiting = append(r.waiting, w)
	if r.flushing {
		r.mu.Unlock()
		return
	}
	r.flushing = true
	r.mu.Unlock()
	r.flush()
}

// flush writes until nothing waits.
func (r *pipeline) flush() {
	runtime.Gosched() // others may join
	spare := []byte(nil)
	for {
		r.mu.Lock()
		batch := r.out
		if len(batch) == 0 {
			r.flushing = false
			r.mu.Unlock()
			return
		}
		r.out = spare[:0]
		r.mu.Unlock()
		if _, err := r.conn.Write(batch); err != nil {
			return
		}
		spare = batch
	}
}

// call appends a command, and waits for its reply: the value is kept, where it is wanted.
func (r *pipeline) call(ctx context.Context, keep bool, command func(out []byte) []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w := r.pool.Get().(*waiter)
	w.value = nil
	if keep {
		w.value = make([]byte, 0, 64)
	}
	r.mu.Lock()
	r.out = command(r.out)
	r.join(w)
	select {
	case <-w.done:
		got := w.value
		w.value = nil
		r.pool.Put(w)
		return got, nil
	case <-ctx.Done():
		return nil, ctx.Err() // its reply would go to a waiter that nobody reuses
	}
}

// read gives replies to callers, all that came at once under one lock.
func (r *pipeline) read() {
	buf, fill := make([]byte, 64<<10), 0
	var ready []*waiter
	for {
		n, err := r.conn.Read(buf[fill:])
		if err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
				panic(errors.Join(errEnded, err))
			}
			return
		}
		fill += n
		used := 0
		r.mu.Lock()
		for {
			size, value := r.reply(buf[used:fill])
			if size == 0 {
				break
			}
			w := r.waiting[r.head]
			r.waiting[r.head] = nil
			r.head++
			if w.value != nil {
				w.value = append(w.value, value...)
			}
			ready = append(ready, w)
			used += size
		}
		if r.head > len(r.waiting)/2 {
			r.waiting = append(r.waiting[:0], r.waiting[r.head:]...)
			r.head = 0
		}
		r.mu.Unlock()
		for _, w := range ready {
			w.done <- struct{}{}
		}
		ready = ready[:0]
		fill = copy(buf, buf[used:fill])
	}
}
