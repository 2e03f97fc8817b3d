package device

import (
	"crypto/tls"

	"github.com/linewright/linewright/runtime/internal/selfsigned"
)

// WithTLS encrypts every connection: where the plan's login starts TLS, after the
// greeting or the command that asks for it, else from the first byte. A client
// that does not ask stays in clear text. The default is plain. Faults that stop
// or silence the device, or end a connection, act on the handshake too; those
// that delay or cut what it sends act on what comes after.
func WithTLS(config *tls.Config) Option { return func(o *options) { o.tls, o.roots = config, nil } }

// WithSelfSigned is WithTLS with a certificate that is made on the spot;
// [Device.ClientTLS] is what a client needs to trust it.
func WithSelfSigned() Option {
	return func(o *options) {
		certificate, roots := selfsigned.Certificate(certified)
		o.tls = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
		o.roots = roots
	}
}

// ClientTLS is the configuration of a client that trusts the device; nil
// without WithSelfSigned.
func (d *Device) ClientTLS() *tls.Config {
	if d.options.roots == nil {
		return nil
	}
	return &tls.Config{RootCAs: d.options.roots, ServerName: certified, MinVersion: tls.VersionTLS12}
}

// certified is the name in the certificate.
const certified = "device.test"
