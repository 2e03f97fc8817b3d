package simulate

import (
	"errors"
	"io"
)

// secrecy is TLS over one end of a connection, in a model: crypto/tls draws
// random numbers and blocks, so that no seed would replay it. What the network
// and a checker can see of it is real: the records' headers, a handshake of one
// round trip, alerts, plain text where TLS was awaited. What is inside is only
// veiled.
//
//	client                  device
//	hello             →
//	                  ←     certificate, of the device or forged
//	finished          →
//	data              ↔     data
//
// As in TLS 1.3, the client goes on once it is finished: that the device does
// not accept its certificate, it learns when it reads.
type secrecy struct {
	s      *socket
	device bool
	stage  stage
	in     []byte // what came, up to the end of a record
	plain  []byte // what was in records of data, not read yet
	out    []byte // records that the kernel has not taken
	owed   int    // bytes of the owner's that are in out
	err    error
	passed func() // the device is told that the handshake worked
}

// stage is how far one end is.
type stage uint8

const (
	helloing  stage = iota // the hello is still to be sent, or to come
	awaiting               // the client its certificate, the device that the client is finished
	encrypted              // data goes both ways
)

var (
	errForged    = errors.New("tls: certificate is not trusted")
	errUnwelcome = errors.New("remote error: tls: certificate required")
	errBroken    = errors.New("remote error: tls: handshake failure")
	errNoTLS     = errors.New("tls: first record does not look like a TLS handshake")
	errEarly     = errors.New("bytes before the TLS handshake")
)

// refusesCertificate reports whether err means that a certificate, ours or the
// device's, was not accepted.
func refusesCertificate(err error) bool {
	return errors.Is(err, errForged) || errors.Is(err, errUnwelcome)
}

// read gives at most so many bytes of data, as a socket does.
func (t *secrecy) read(atMost int) ([]byte, error) {
	t.push()
	if n := min(atMost, len(t.unread())); n > 0 {
		b := t.plain[:n:n]
		t.plain = t.plain[n:]
		return b, nil
	}
	return nil, t.err
}

// unread is the data of the next record.
func (t *secrecy) unread() []byte {
	for t.err == nil && len(t.plain) == 0 {
		r, ok := t.next()
		if !ok {
			break
		}
		switch r.kind {
		case kindData:
			t.plain = append(t.plain, r.text...)
		case kindAlert:
			t.err = alerted(string(r.text))
		default:
			t.err = errNoTLS
		}
	}
	return t.plain
}

// next cuts a record out of what came.
func (t *secrecy) next() (r record, ok bool) {
	for {
		var err error
		if r, t.in, err = cut(t.in); err != nil || r.kind != 0 {
			t.err = err
			return r, err == nil
		}
		b, err := t.s.read(32 << 10)
		switch {
		case err == io.EOF && len(t.in) > 0:
			t.err = io.ErrUnexpectedEOF
		case err != nil:
			t.err = err
		}
		if len(b) == 0 {
			return record{}, false
		}
		t.in = append(t.in, b...)
	}
}

// write takes bytes once the kernel has taken the whole record that they are in;
// until then it is to be called again, for the same bytes. How many there are it
// may have decided at an earlier call, of which b was longer.
func (t *secrecy) write(b []byte) (int, error) {
	if t.stage != encrypted {
		return 0, nil
	}
	if t.owed == 0 {
		t.owed = min(len(b), recordMax)
		t.send(kindData, b[:t.owed])
	}
	if err := t.push(); err != nil || len(t.out) > 0 {
		return 0, err
	}
	n := t.owed
	t.owed = 0
	return n, nil
}

func (t *secrecy) send(kind byte, text []byte) { t.out = seal(t.out, kind, text) }

// push hands records to the kernel.
func (t *secrecy) push() error {
	n, err := t.s.write(t.out)
	t.out = t.out[n:]
	return err
}

func (t *secrecy) halfClose() { t.s.halfClose() }
