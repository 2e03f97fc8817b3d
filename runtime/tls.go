package runtime

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
)

// tlsConfig is the configuration for one address. Certificates are always
// verified unless the caller's own configuration says otherwise: by default
// with the system's roots and the address's host.
func (c *Client) tlsConfig(addr int) *tls.Config {
	cfg := c.cfg.tls.Clone()
	if cfg == nil {
		cfg = new(tls.Config)
	}
	if cfg.ServerName == "" {
		cfg.ServerName = c.host(addr)
	}
	return cfg
}

// handshake lays TLS over a plain connection, in the middle of a link. The
// session's deadline for the login ends it by closing the connection.
func (c *Client) handshake(raw net.Conn, addr int) (*tls.Conn, error) {
	conn := tls.Client(raw, c.tlsConfig(addr))
	if err := conn.Handshake(); err != nil {
		return nil, err
	}
	return conn, nil
}

// handshakeContext lays TLS over a new connection. A *tls.Conn, from a dialer
// that did it already, is taken as it is, once its handshake is done.
func (c *Client) handshakeContext(ctx context.Context, raw net.Conn, addr int) (*tls.Conn, error) {
	conn, ok := raw.(*tls.Conn)
	if !ok {
		conn = tls.Client(raw, c.tlsConfig(addr))
	}
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return conn, nil
}

// certificateAlerts are what a peer sends that does not accept our certificate,
// by RFC 8446, section 6.2: bad, unsupported, revoked, expired, unknown
// certificate; unknown CA; access denied; certificate required.
var certificateAlerts = []tls.AlertError{42, 43, 44, 45, 46, 48, 49, 116}

// refusesCertificate reports whether err means that a certificate, ours or the
// server's, was not accepted. Trying again at once would change nothing.
func refusesCertificate(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		host         x509.HostnameError
		invalid      x509.CertificateInvalidError
		roots        x509.SystemRootsError
		constraint   x509.ConstraintViolationError
	)
	if errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &host) ||
		errors.As(err, &invalid) || errors.As(err, &roots) || errors.As(err, &constraint) {
		return true
	}
	// crypto/tls reports an alert as a net.OpError, whose cause is a type of
	// its own that shares only its text with the exported AlertError.
	var remote *net.OpError
	if !errors.As(err, &remote) || remote.Op != "remote error" {
		return false
	}
	for _, alert := range certificateAlerts {
		if remote.Err.Error() == alert.Error() {
			return true
		}
	}
	return false
}
