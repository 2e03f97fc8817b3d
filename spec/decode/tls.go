package decode

import "github.com/linewright/linewright/spec/model"

// The head of a TLS record, and what is in those that begin a handshake.
const (
	tlsHead        = 6 // and the first byte behind it
	tlsHandshake   = 0x16
	tlsApplication = 0x17
	tlsClientHello = 1
	tlsServerHello = 2
	tlsMost        = 1<<14 + 2048 // of a record
)

// secured reports whether TLS begins here; wait: more bytes must come to tell. Where
// frames are binary, and TLS cannot begin, its records may be frames.
func (s *stream) secured(b []byte) (tls, wait bool) {
	if b[0] != tlsHandshake && b[0] != tlsApplication || s.decoder.Pending() {
		return false, false
	}
	if s.l.d.binary() && (s.l.d.model.Endpoint.TLS == model.TLSNever || s.offset > 0 && !s.l.d.upgrades()) {
		return false, false
	}
	if len(b) < tlsHead {
		return false, looksLikeTLS(b)
	}
	hello := byte(tlsServerHello)
	if s.from == Sent {
		hello = tlsClientHello
	}
	begins := b[0] == tlsHandshake && b[5] == hello
	middle := b[0] == tlsApplication && s.seeking == anchored
	return looksLikeTLS(b) && (begins || middle), false
}

// looksLikeTLS reports whether b may begin a record: its kind, versions 3.0 to 3.4, its length.
func looksLikeTLS(b []byte) bool {
	return (len(b) < 2 || b[1] == 3) && (len(b) < 3 || b[2] <= 4) &&
		(len(b) < 5 || int(b[3])<<8+int(b[4]) <= tlsMost)
}

// encrypted takes what TLS is, or waits for what tells.
func (s *stream) encrypted(b []byte, tls bool) (n int, more bool) {
	if !tls {
		s.short = tlsHead
		return 0, true
	}
	s.flush()
	s.record(Record{Kind: Encrypted, Size: int64(len(b))})
	s.l.secure = true
	s.l.d.totals.BytesTLS += int64(len(b))
	return len(b), false
}

// binary reports whether a kind of frames is.
func (d *Decoder) binary() bool {
	for _, f := range d.model.Frames {
		if f.Content == "binary" {
			return true
		}
	}
	return false
}

// upgrades reports whether TLS may begin in the middle of a connection.
func (d *Decoder) upgrades() bool {
	for _, step := range d.model.Session.Login {
		if step.StartTLS {
			return true
		}
	}
	return false
}
