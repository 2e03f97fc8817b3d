package device

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"time"
)

// WithTLS encrypts every connection: after the greeting where the plan's login
// starts TLS, else from the first byte. The default is plain. Faults that stop
// or silence the device, or end a connection, act on the handshake too; those
// that delay or cut what it sends act on what comes after.
func WithTLS(config *tls.Config) Option { return func(o *options) { o.tls, o.roots = config, nil } }

// WithSelfSigned is WithTLS with a certificate that is made on the spot;
// [Device.ClientTLS] is what a client needs to trust it.
func WithSelfSigned() Option {
	return func(o *options) {
		certificate := selfSigned()
		o.tls = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
		o.roots = x509.NewCertPool()
		o.roots.AddCert(certificate.Leaf)
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

// selfSigned makes a certificate that is valid now, in virtual time too.
func selfSigned() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic("device: " + err.Error())
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		DNSNames:              []string{certified},
		NotBefore:             time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:              time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic("device: " + err.Error())
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		panic("device: " + err.Error())
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}
