package simulate

// record is one record of a [secrecy]; kind 0: there is none.
type record struct {
	kind byte
	text []byte
}

// The kinds of records, as RFC 8446, section 5.1, numbers them.
const (
	kindAlert     = 21
	kindHandshake = 22
	kindData      = 23
)

const (
	recordMax    = 16 << 10 // of data in one record, in bytes
	recordHeader = 5        // kind, version, length
)

// What the handshake says.
const (
	msgHello       = "client hello"
	msgCertificate = "certificate"
	msgForged      = "another's certificate"
	msgFinished    = "finished"

	alertForged    = "\x02\x2a" // fatal, bad certificate
	alertUnwelcome = "\x02\x74" // fatal, certificate required
	alertBroken    = "\x02\x28" // fatal, handshake failure
)

// alerted is what an alert means to the one who gets it.
func alerted(text string) error {
	switch text {
	case alertForged:
		return errForged
	case alertUnwelcome:
		return errUnwelcome
	}
	return errBroken
}

// seal appends a record. Data is veiled, so that no text of it is on the wire.
func seal(dst []byte, kind byte, text []byte) []byte {
	dst = append(dst, kind, 3, 3, byte(len(text)>>8), byte(len(text)))
	from := len(dst)
	dst = append(dst, text...)
	if kind == kindData {
		veil(dst[from:])
	}
	return dst
}

// cut takes the first record off; one that is not whole stays.
func cut(b []byte) (r record, rest []byte, err error) {
	if len(b) > 0 && (b[0] < kindAlert || b[0] > kindData) {
		return r, b, errNoTLS
	}
	if len(b) < recordHeader {
		return r, b, nil
	}
	end := recordHeader + int(b[3])<<8 + int(b[4])
	if len(b) < end {
		return r, b, nil
	}
	r = record{b[0], b[recordHeader:end:end]}
	if r.kind == kindData {
		veil(r.text)
	}
	return r, b[end:], nil
}

func veil(b []byte) {
	for i := range b {
		b[i] ^= 0xa5
	}
}
