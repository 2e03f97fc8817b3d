package storm

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"sync"

	"github.com/linewright/linewright/runtime/internal/selfsigned"
	"github.com/linewright/linewright/runtime/simulate"
)

// handshakes is the device's TLS under the goroutine driver: crypto/tls, with
// handshakes that go as the script says.
type handshakes struct {
	own, other tls.Certificate
	roots      *x509.CertPool

	mu      sync.Mutex
	how     simulate.Handshake
	changes int
	changed chan struct{} // closed at the next change
}

// deviceName is the name in the device's certificate, and in another's.
const deviceName = "device.test"

func newHandshakes() *handshakes {
	h := &handshakes{changed: make(chan struct{})}
	h.own, h.roots = selfsigned.Certificate(deviceName)
	h.other, _ = selfsigned.Certificate(deviceName)
	return h
}

// goes sets how handshakes go from now on.
func (h *handshakes) goes(how simulate.Handshake) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.how = how
	h.changes++
	close(h.changed)
	h.changed = make(chan struct{})
}

// client trusts the device, and nobody else.
func (h *handshakes) client() *tls.Config {
	return &tls.Config{RootCAs: h.roots, ServerName: deviceName}
}

// device decides at each hello.
func (h *handshakes) device() *tls.Config {
	return &tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
		cfg := &tls.Config{Certificates: []tls.Certificate{h.own}}
		switch h.spoken() {
		case simulate.Broken:
			return nil, errors.New("the device ends the handshake")
		case simulate.Forged:
			cfg.Certificates[0] = h.other
		case simulate.Unwelcome:
			cfg.ClientAuth = tls.RequireAnyClientCert
		}
		return cfg, nil
	}}
}

// spoken waits while the device is mute.
func (h *handshakes) spoken() simulate.Handshake {
	for {
		h.mu.Lock()
		how, changed := h.how, h.changed
		h.mu.Unlock()
		if how != simulate.Mute {
			return how
		}
		<-changed
	}
}

// moment is how handshakes go, and since which change.
type moment struct {
	how     simulate.Handshake
	changes int
}

func (h *handshakes) moment() moment {
	h.mu.Lock()
	defer h.mu.Unlock()
	return moment{h.how, h.changes}
}

// may reports whether a handshake can have worked since a moment.
func (h *handshakes) may(since moment) bool {
	return since.how == simulate.Honest || h.moment() != since
}
