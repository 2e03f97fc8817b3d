package device

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// runner runs a Peer on a connection: one goroutine reads, one writes.
type runner struct {
	d    *Device
	raw  net.Conn
	conn net.Conn // raw, or TLS on it
	peer *Peer

	toWrite, toRead chan struct{} // wake-ups, one each
	shaking         atomic.Bool   // a TLS handshake is under way
	clear           atomic.Bool   // the client may still ask for TLS
	reader          sync.WaitGroup
	done            chan struct{} // the connection is over
	over            sync.Once
}

// serve starts a runner, on a black hole where it is frozen, and gives the
// connection's number; 0: the device is closed.
func (d *Device) serve(raw net.Conn, frozen bool) (number int) {
	r := &runner{
		d: d, raw: raw, conn: raw,
		toWrite: make(chan struct{}, 1), toRead: make(chan struct{}, 1), done: make(chan struct{}),
	}
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		_ = raw.Close()
		return 0
	}
	d.runners[r] = struct{}{}
	d.running.Add(1)
	d.mu.Unlock()
	r.peer = d.open(d.now(), r.wake, frozen)
	number = r.peer.ID()
	go r.run()
	return number
}

// run writes, and reads beside it, until the connection is over.
func (r *runner) run() {
	defer func() {
		r.close()
		r.reader.Wait()
		r.d.mu.Lock()
		delete(r.d.runners, r)
		r.d.mu.Unlock()
		r.d.running.Done()
	}()
	if r.d.options.tls != nil && !r.secure() {
		return
	}
	r.reader.Go(r.read)
	r.write(func() bool { return false })
}

// write does what the peer says, until enough (true) or the end (false).
func (r *runner) write(enough func() bool) bool {
	for {
		out, at := r.peer.Next(r.d.now())
		if len(out.Bytes) > 0 {
			r.hush()
			if _, err := r.conn.Write(out.Bytes); err != nil {
				if out.End != Stay {
					return false
				}
				r.peer.Ended(r.d.now(), err)
				continue
			}
		}
		switch {
		case out.End == HalfClose:
			r.halfClose()
		case out.End == Close:
			_ = r.conn.Close()
			return false
		case out.End == Reset:
			r.reset()
			return false
		case len(out.Bytes) > 0:
		case enough():
			return true
		case !r.wait(at):
			return false
		}
	}
}

// wait returns at a time, or earlier when woken; false: the device was closed.
func (r *runner) wait(at time.Duration) bool {
	var due <-chan time.Time
	if at != Never {
		timer := time.NewTimer(at - r.d.now())
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-r.toWrite:
	case <-due:
	case <-r.done:
		r.peer.Next(r.d.now()) // so that the history has the end
		return false
	}
	return true
}

// read passes on what comes, until the connection is over or a handler ends
// its goroutine, as t.FailNow does: nobody would read from there on.
func (r *runner) read() {
	err := errGoexit
	defer func() {
		if err != nil {
			r.peer.Ended(r.d.now(), err)
		}
	}()
	err = r.receive()
}

// receive gives what passed on ended with: the error of a read, or nil where
// the connection is over.
func (r *runner) receive() error {
	buf := make([]byte, 32<<10)
	for r.readable() {
		n, err := r.conn.Read(buf)
		if n > 0 && r.readable() {
			r.peer.Input(r.d.now(), buf[:n])
		}
		if err != nil && !r.agreed() {
			return err
		}
	}
	return nil
}

// readable waits while a fault has stopped the peer, and then lets it go on
// where it stopped; false: the connection is over, or goes on with TLS. The
// fault may have come and gone before anybody looked.
func (r *runner) readable() bool {
	for !r.agreed() {
		if r.peer.Readable() {
			if r.peer.held {
				r.peer.Input(r.d.now(), nil)
			}
			return true
		}
		select {
		case <-r.toRead:
		case <-r.done:
			return false
		}
	}
	return false
}

// wake lets both goroutines look again, and frees a stuck write or handshake
// where the connection is to end at once.
func (r *runner) wake(urgent bool) {
	if urgent {
		_ = r.raw.SetWriteDeadline(time.Unix(1, 0))
		if r.shaking.Load() {
			_ = r.raw.SetReadDeadline(time.Unix(1, 0))
		}
	}
	for _, c := range []chan struct{}{r.toWrite, r.toRead} {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// close ends the connection, whatever its goroutines are doing.
func (r *runner) close() {
	r.over.Do(func() {
		close(r.done)
		_ = r.raw.Close()
	})
}

func (r *runner) reset() {
	if c, ok := r.raw.(interface{ SetLinger(int) error }); ok {
		_ = c.SetLinger(0)
	}
	_ = r.raw.Close()
}

func (r *runner) halfClose() {
	if c, ok := r.conn.(interface{ CloseWrite() error }); ok {
		_ = c.CloseWrite()
	}
}
