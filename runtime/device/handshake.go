package device

import (
	"crypto/tls"
	"net"
	"os"

	"github.com/linewright/linewright/runtime/session"
)

// secure does the TLS handshake: where the session starts TLS itself, after the
// greeting or the command that asks for it. False: the connection is over.
func (r *runner) secure() bool {
	switch {
	case r.d.starter != session.None:
		if !r.inClear() {
			return false
		}
	case startsTLS(r.d.plan):
		if !r.write(r.peer.idle) {
			return false
		}
	}
	conn := tls.Server(&handshake{Conn: r.raw, r: r}, r.d.options.tls)
	r.shaking.Store(true)
	err := conn.Handshake()
	r.shaking.Store(false)
	if err != nil {
		r.peer.Ended(r.d.now(), err)
		r.write(func() bool { return false })
		return false
	}
	r.conn = conn
	return true
}

// handshake is a connection on which the faults act that concern a handshake:
// those that stop the device, silence it, or end the connection. What comes
// after it is encrypted, and passes.
type handshake struct {
	net.Conn
	r *runner
}

// Read waits, before and after, while the device does not read.
func (h *handshake) Read(b []byte) (int, error) {
	if err := h.wait(faults.deafens); err != nil {
		return 0, err
	}
	n, err := h.Conn.Read(b)
	if stopped := h.wait(faults.deafens); stopped != nil {
		return 0, stopped
	}
	return n, err
}

// Write waits while the device does not write, and loses what is silenced.
func (h *handshake) Write(b []byte) (int, error) {
	if err := h.wait(func(f faults) bool { return f.frozen }); err != nil {
		return 0, err
	}
	if wrong, _ := h.r.peer.state(); h.r.shaking.Load() && wrong.silent {
		return len(b), nil
	}
	return h.Conn.Write(b)
}

// wait returns once no fault stops the handshake, or it is over; with an error
// where the connection is to end.
func (h *handshake) wait(stops func(faults) bool) error {
	for h.r.shaking.Load() {
		wrong, ends := h.r.peer.state()
		switch {
		case ends:
			return os.ErrDeadlineExceeded
		case !stops(wrong):
			return nil
		}
		select {
		case <-h.r.toRead:
		case <-h.r.done:
			return net.ErrClosed
		}
	}
	return nil
}
