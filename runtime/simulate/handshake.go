package simulate

// Handshake is how TLS handshakes go, where the session asks for TLS.
type Handshake uint8

// The ways in which a handshake goes.
const (
	Honest    Handshake = iota // it works
	Forged                     // the device shows another's certificate: the client refuses it
	Unwelcome                  // the device refuses the client's certificate, once the client is finished
	Broken                     // the device ends it with an alert
	Mute                       // the device does not answer, until they go in another way
	Clear                      // somebody answers in plain text, as if there were no TLS
)

// Handshakes sets how handshakes go from now on, those that wait included.
func (n *Network) Handshakes(how Handshake) {
	n.fault("handshakes %v", int(how))
	n.handshakes = how
	for _, p := range n.live() {
		p.device.notify()
	}
}
