package device

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Listen lets clients in over TCP, and returns the address: of "127.0.0.1:0"
// with the port that it got. A device may listen at several addresses. The error
// is net.Listen's, or wraps [net.ErrClosed] once the device is closed.
func (d *Device) Listen(addr string) (string, error) {
	l := &listener{d: d, addr: addr, done: make(chan struct{})}
	if err := l.open(); err != nil {
		return "", fmt.Errorf("device: %w", err)
	}
	d.mu.Lock()
	closed := d.closed
	if !closed {
		d.listeners = append(d.listeners[:len(d.listeners):len(d.listeners)], l)
	}
	d.mu.Unlock()
	if closed {
		_ = l.close()
		return "", fmt.Errorf("device: listen at %s: %w", addr, net.ErrClosed)
	}
	l.sync()
	return l.addr, nil
}

// listener lets clients in over TCP. It goes away while dials are refused, and
// comes back at the same address.
type listener struct {
	d    *Device
	addr string

	mu     sync.Mutex
	ln     net.Listener // nil while dials are refused
	closed bool
	done   chan struct{} // closed with it
	accept sync.WaitGroup
}

// open listens, and accepts beside the caller.
func (l *listener) open() error {
	ln, err := net.Listen("tcp", l.addr)
	if err != nil {
		return err
	}
	l.ln, l.addr = ln, ln.Addr().String()
	l.accept.Go(func() { l.run(ln) })
	return nil
}

func (l *listener) run(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			// Out of descriptors, say: it passes.
			select {
			case <-time.After(5 * time.Millisecond):
			case <-l.done:
			}
			continue
		}
		switch verdict := l.d.Dial(l.d.now()); verdict {
		case Refuse:
			_ = conn.(*net.TCPConn).SetLinger(0)
			_ = conn.Close()
		default:
			l.d.serve(conn, verdict == Hang)
		}
	}
}

// sync makes the listener agree with the device's faults.
func (l *listener) sync() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.d.mu.Lock()
	refuse := l.d.faults.refuse
	l.d.mu.Unlock()
	switch {
	case l.closed:
	case refuse && l.ln != nil:
		_ = l.ln.Close()
		l.ln = nil
		l.accept.Wait()
	case !refuse && l.ln == nil:
		if err := l.open(); err != nil {
			// Someone else has the port now. The history says so; the next
			// change of the faults tries again.
			l.d.mu.Lock()
			l.d.history.add(Record{Kind: Refused, At: l.d.now(), Err: err})
			l.d.mu.Unlock()
		}
	}
}

// close stops listening for good.
func (l *listener) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.closed = true
		close(l.done)
	}
	var err error
	if l.ln != nil {
		err = l.ln.Close()
		l.ln = nil
	}
	l.accept.Wait()
	return err
}
