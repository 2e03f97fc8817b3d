package simulate

import (
	"time"

	"github.com/linewright/linewright/runtime/device"
)

// server drives the device's side of one connection.
type server struct {
	w      *World
	peer   *device.Peer
	socket *socket
	conn   conn       // the socket, or TLS over it
	tls    *secrecy   // nil: in the clear
	out    []byte     // not yet taken by the kernel
	end    device.End // after out
	soon   bool       // a step is on the agenda
	told   bool       // the peer knows that the client's side ended
	ended  bool

	pausing bool // a slow reader
}

// serve accepts a connection, and gives the device's number of it.
func (w *World) serve(s *socket) int {
	v := &server{w: w, socket: s, conn: s}
	if w.options.Session.TLS {
		v.tls = &secrecy{s: s, device: true, passed: func() { w.secured[v.peer.ID()] = true }}
	}
	if v.tls != nil && !w.startsTLS {
		v.conn = v.tls
	}
	s.notify = v.look
	v.peer = w.Device.Open(w.now, v.wake)
	v.look()
	return v.peer.ID()
}

// wake looks; a write that is stuck is given up where the connection is to end
// at once.
func (v *server) wake(urgent bool) {
	if urgent {
		v.out = nil
	}
	v.look()
}

// look steps the server at this moment, but not inside the caller's step.
func (v *server) look() {
	if !v.soon && !v.ended {
		v.soon = true
		v.w.After(0, func() {
			v.soon = false
			v.read()
			v.write()
			if v.tls != nil {
				v.read() // what was written may have been awaited
			}
		})
	}
}

// write does what the peer says, as far as the kernel takes it.
func (v *server) write() {
	for {
		if len(v.out) > 0 {
			n, err := v.conn.write(v.out)
			if err != nil {
				v.out = nil
				continue
			}
			if n > 0 {
				v.bytes("wrote ", v.out[:n])
			}
			if v.out = v.out[n:]; len(v.out) > 0 && v.end != device.Reset {
				return // room will come
			}
		}
		if v.finish() {
			return
		}
		out, at := v.peer.Next(v.w.now)
		v.out, v.end = append([]byte(nil), out.Bytes...), out.End
		if len(v.out) == 0 && v.end == device.Stay {
			if at != device.Never {
				v.w.After(max(at-v.w.now, time.Nanosecond), v.write)
			}
			return
		}
	}
}

// finish does the end that follows the bytes; true: the connection is over.
func (v *server) finish() bool {
	end := v.end
	v.end = device.Stay
	switch end {
	case device.HalfClose:
		v.note("half-closed")
		v.socket.halfClose()
	case device.Close:
		v.note("closed")
		v.socket.close()
	case device.Reset:
		v.note("reset")
		v.socket.reset()
	}
	v.ended = v.ended || end > device.HalfClose
	return end > device.HalfClose
}

func (v *server) bytes(what string, b []byte) {
	v.w.trace.bytes(nil, KindDevice, uint64(v.peer.ID()), what, b)
}

func (v *server) note(format string, args ...any) {
	v.w.trace.add(nil, KindDevice, uint64(v.peer.ID()), format, args...)
}
