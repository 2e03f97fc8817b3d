package simulate

// shake goes on with the handshake, as far as what came allows.
func (t *secrecy) shake() (done bool, err error) {
	if t.stage == helloing && !t.device {
		t.send(kindHandshake, []byte(msgHello))
		t.stage = awaiting
	}
	t.push()
	for t.stage != encrypted && t.err == nil {
		if t.device && t.mute() {
			break
		}
		r, ok := t.next()
		if !ok {
			break
		}
		t.handle(r)
	}
	return t.stage == encrypted, t.err
}

// mute: the device does not answer, for now.
func (t *secrecy) mute() bool { return t.s.w.Network.handshakes == Mute }

// handle is one record of the handshake, or an alert.
func (t *secrecy) handle(r record) {
	switch text := string(r.text); {
	case r.kind == kindAlert:
		t.err = alerted(text)
	case r.kind != kindHandshake:
		t.err = errNoTLS
	case t.device && t.stage == helloing && text == msgHello:
		t.answer()
	case t.device && t.stage == awaiting && text == msgFinished:
		t.finish()
	case !t.device && text == msgForged:
		t.send(kindAlert, []byte(alertForged))
		t.err = errForged
	case !t.device && text == msgCertificate:
		t.send(kindHandshake, []byte(msgFinished))
		t.stage = encrypted
	default:
		t.err = errNoTLS
	}
	t.push()
}

// answer is the device's answer to a hello, as the network's handshakes go.
func (t *secrecy) answer() {
	t.stage = awaiting
	switch t.s.w.Network.handshakes {
	case Forged:
		t.send(kindHandshake, []byte(msgForged))
	case Broken:
		t.send(kindAlert, []byte(alertBroken))
		t.err = errBroken
	case Clear:
		t.out = append(t.out, "HTTP/1.1 400 Bad Request\r\n"...)
		t.err = errNoTLS
	default:
		t.send(kindHandshake, []byte(msgCertificate))
	}
}

// finish is the device's last word on the handshake.
func (t *secrecy) finish() {
	if t.s.w.Network.handshakes == Unwelcome {
		t.send(kindAlert, []byte(alertUnwelcome))
		t.err = errUnwelcome
		return
	}
	t.stage = encrypted
	t.passed()
}
