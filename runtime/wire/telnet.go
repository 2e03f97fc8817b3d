package wire

// Telnet takes the telnet commands (RFC 854) out of a stream, and refuses every
// option that the peer offers or asks for: what is left are the bytes of the
// protocol above. It is resumable at every byte.
type Telnet struct {
	state telnetState
	verb  byte
}

type telnetState uint8

const (
	telnetData   telnetState = iota
	telnetCR                 // after a CR: a NUL that follows it is padding
	telnetIAC                // after an IAC
	telnetOption             // after WILL, WONT, DO or DONT
	telnetSub                // in a subnegotiation
	telnetSubIAC             // after an IAC in it
)

const (
	telnetSE   = 240
	telnetSB   = 250
	telnetWILL = 251
	telnetWONT = 252
	telnetDO   = 253
	telnetDONT = 254
	telnetEsc  = 255 // IAC
)

// Reset forgets everything of the stream, for a new one.
func (t *Telnet) Reset() { *t = Telnet{} }

// Filter appends what is data in src to dst, and what is to be answered to
// answer.
func (t *Telnet) Filter(dst, answer, src []byte) (data, reply []byte) {
	for _, b := range src {
		switch t.state {
		case telnetIAC:
			dst = t.command(dst, b)
		case telnetOption:
			answer = t.refuse(answer, b)
			t.state = telnetData
		case telnetSub:
			if b == telnetEsc {
				t.state = telnetSubIAC
			}
		case telnetSubIAC:
			t.state = telnetSub
			if b == telnetSE {
				t.state = telnetData
			}
		default:
			dst = t.plain(dst, b)
		}
	}
	return dst, answer
}

// plain is a byte outside of commands.
func (t *Telnet) plain(dst []byte, b byte) []byte {
	padding := t.state == telnetCR && b == 0
	t.state = telnetData
	switch {
	case padding:
		return dst
	case b == telnetEsc:
		t.state = telnetIAC
		return dst
	case b == '\r':
		t.state = telnetCR
	}
	return append(dst, b)
}

// command is the byte after an IAC.
func (t *Telnet) command(dst []byte, b byte) []byte {
	t.state = telnetData
	switch b {
	case telnetEsc:
		return append(dst, b) // doubled, it is data
	case telnetSB:
		t.state = telnetSub
	case telnetWILL, telnetWONT, telnetDO, telnetDONT:
		t.state, t.verb = telnetOption, b
	}
	return dst
}

// refuse answers an offer or a request; a refusal needs no answer.
func (t *Telnet) refuse(answer []byte, option byte) []byte {
	switch t.verb {
	case telnetWILL:
		return append(answer, telnetEsc, telnetDONT, option)
	case telnetDO:
		return append(answer, telnetEsc, telnetWONT, option)
	}
	return answer
}

// AppendTelnet appends data as telnet sends it: an IAC in it is doubled.
func AppendTelnet(dst, data []byte) []byte {
	for _, b := range data {
		if b == telnetEsc {
			dst = append(dst, b)
		}
		dst = append(dst, b)
	}
	return dst
}
