// Package limit has the least that a client of a protocol has to do, written by
// hand for just that: what a generated client can at most reach.
package limit

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"strconv"
	"sync"
)

// Redis puts the commands of all callers into one write: a caller appends to a
// buffer under a short lock, one flush at a time takes what gathered while the
// last one was written, and replies go to callers in order. It knows no
// deadline, no lost link, and no reply that nobody waits for any more.
type Redis struct {
	conn     net.Conn
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

// DialRedis connects.
func DialRedis(address string) (*Redis, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	r := &Redis{conn: conn, pool: sync.Pool{New: func() any { return &waiter{done: make(chan struct{}, 1)} }}}
	go r.read()
	return r, nil
}

// Close ends it; calls that wait are lost.
func (r *Redis) Close() error { return r.conn.Close() }

// Do sends what is encoded already, and waits. The reply's value is looked over,
// but not kept.
func (r *Redis) Do(command []byte) {
	w := r.pool.Get().(*waiter)
	r.mu.Lock()
	r.out = append(r.out, command...)
	r.join(w)
	<-w.done
	r.pool.Put(w)
}

// join is called under the lock, and unlocks.
func (r *Redis) join(w *waiter) {
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
func (r *Redis) flush() {
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

// Get encodes a GET, and gives a copy of the value, or why there is none: what
// a client does that people can use.
func (r *Redis) Get(ctx context.Context, key []byte) ([]byte, error) {
	return r.call(ctx, true, "*2\r\n$3\r\nGET\r\n", key, nil)
}

// Set encodes a SET.
func (r *Redis) Set(ctx context.Context, key, value []byte) error {
	_, err := r.call(ctx, false, "*3\r\n$3\r\nSET\r\n", key, value)
	return err
}

// Ping sends a PING.
func (r *Redis) Ping(ctx context.Context) error {
	_, err := r.call(ctx, false, "*1\r\n$4\r\nPING\r\n", nil, nil)
	return err
}

func (r *Redis) call(ctx context.Context, keep bool, head string, key, value []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w := r.pool.Get().(*waiter)
	w.value = nil
	if keep {
		w.value = make([]byte, 0, 64)
	}
	r.mu.Lock()
	r.out = append(r.out, head...)
	if key != nil {
		r.out = bulk(r.out, key)
	}
	if value != nil {
		r.out = bulk(r.out, value)
	}
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

func bulk(out, text []byte) []byte {
	out = append(out, '$')
	out = strconv.AppendInt(out, int64(len(text)), 10)
	out = append(out, "\r\n"...)
	out = append(out, text...)
	return append(out, "\r\n"...)
}

// read gives replies to callers, all that came at once under one lock.
func (r *Redis) read() {
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
			size, value := reply(buf[used:fill])
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

// reply is the size of the reply that buf begins with, 0 where some of it has
// not come, and its value.
func reply(buf []byte) (size int, value []byte) {
	end := bytes.IndexByte(buf, '\n')
	if end < 0 {
		return 0, nil
	}
	if buf[0] != '$' || buf[1] == '-' {
		return end + 1, buf[1 : end-1]
	}
	n := 0
	for _, c := range buf[1 : end-1] {
		n = n*10 + int(c-'0')
	}
	if size = end + 1 + n + 2; size > len(buf) {
		return 0, nil
	}
	return size, buf[end+1 : end+1+n]
}

// RawRedis is one caller that writes, reads, and does nothing else.
type RawRedis struct {
	conn net.Conn
	buf  []byte
}

// DialRawRedis connects.
func DialRawRedis(address string) (*RawRedis, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &RawRedis{conn, make([]byte, 64<<10)}, nil
}

// Do sends a command, and reads until its reply is there.
func (r *RawRedis) Do(command []byte) error {
	if _, err := r.conn.Write(command); err != nil {
		return err
	}
	fill := 0
	for {
		n, err := r.conn.Read(r.buf[fill:])
		if err != nil {
			return err
		}
		fill += n
		if size, _ := reply(r.buf[:fill]); size > 0 {
			return nil
		}
	}
}

// Close ends it.
func (r *RawRedis) Close() error { return r.conn.Close() }
