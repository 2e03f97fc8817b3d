package simulate

import "time"

// read passes on what has arrived.
func (v *server) read() {
	for !v.ended && !v.told && !v.pausing && v.peer.Readable() && v.shaken() {
		b, err := v.conn.read(v.portion())
		if err != nil {
			v.broke(err)
			return
		}
		if len(b) > 0 {
			v.bytes("read ", b)
		}
		v.peer.Input(v.w.now, b)
		if len(b) == 0 {
			return
		}
		v.pause()
	}
}

// broke tells the peer, once, that the connection did; it answers with an end,
// later where a fault has stopped it.
func (v *server) broke(err error) {
	v.note("read: %v", err)
	v.told = true
	v.socket.notify = v.write
	v.peer.Ended(v.w.now, err)
	v.ended = v.socket.err != nil
}

// portion is how much is read at once.
func (v *server) portion() int {
	if n := v.w.Network.sip; n > 0 {
		return n
	}
	return 32 << 10
}

// pause lets a slow reader go on a little later.
func (v *server) pause() {
	if v.w.Network.sip == 0 {
		return
	}
	v.pausing = true
	v.w.After(10*time.Millisecond, func() {
		v.pausing = false
		v.look()
	})
}

// shaken goes on with a TLS handshake, and reports whether none is going on.
// Where TLS begins after a greeting, that goes out first.
func (v *server) shaken() bool {
	if v.tls == nil || v.tls.stage == encrypted || !v.peer.Secures() {
		return true
	}
	if v.conn == v.socket && len(v.out) > 0 {
		return false
	}
	done, err := v.tls.shake()
	if v.tls.stage != helloing {
		v.conn = v.tls
	}
	if err != nil {
		v.broke(err)
	}
	return done
}
