package nut_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/nut"
	"github.com/linewright/linewright/generated/nut/nuttest"
	"github.com/linewright/linewright/runtime/device"
)

// certified makes a certificate in a database of NSS, which upsd is built with,
// and gives the lines of its configuration and the roots of a client.
func certified(t *testing.T) (lines string, roots *x509.CertPool) {
	t.Helper()
	dir := t.TempDir()
	noise, secret := filepath.Join(dir, "noise"), filepath.Join(dir, "secret")
	require.NoError(t, os.WriteFile(noise, []byte("what a test makes is no secret"), 0o600))
	require.NoError(t, os.WriteFile(secret, []byte("secret\n"), 0o600))
	tool := func(args ...string) []byte {
		args = append(args, "-d", "sql:"+dir, "-f", secret)
		out, err := exec.Command(lab.Tool(t, "certutil"), args...).Output()
		require.NoError(t, err)
		return out
	}
	tool("-N")
	tool("-S", "-x", "-n", "upsd", "-s", "CN=upsd", "-t", "CTu,u,u", "-k", "ec", "-q", "nistp256", "-z", noise, "--extSAN", "ip:127.0.0.1")
	roots = x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(tool("-L", "-a", "-n", "upsd")))
	return fmt.Sprintf("CERTPATH %s\nCERTIDENT upsd secret\n", dir), roots
}

// TestTLS: STARTTLS, then the login, the heartbeat of which is encrypted too.
func TestTLS(t *testing.T) {
	t.Parallel()
	lines, roots := certified(t)
	s := startServerWith(t, lines)
	c := s.dial(fed, nut.WithTLS(&tls.Config{RootCAs: roots}))
	value, err := c.GetVar(lab.Within(t, 20*time.Second), "dummy", "ups.model")
	require.NoError(t, err)
	require.Equal(t, "Test UPS", value.Value)
	require.NoError(t, c.Shutdown(lab.Within(t, 20*time.Second)))

	_, err = nut.Dial(lab.Within(t, 20*time.Second), s.address, anybody, nut.WithTLS(nil))
	require.ErrorIs(t, err, nut.ErrRefused, "a certificate that nobody signed")
}

// TestNoTLS: a server that has none is left, and told nothing.
func TestNoTLS(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	var sent []string
	c, err := nut.New(s.address, fed, nut.WithTLS(nil), nut.WithObserver(nut.Observer{
		Sent: func(command string, _ int) { sent = append(sent, command) },
	}))
	require.NoError(t, err)
	var failure *nut.ServerError
	err = c.Run(lab.Within(t, 20*time.Second))
	require.ErrorIs(t, err, nut.ErrRefused)
	require.ErrorAs(t, err, &failure)
	require.Equal(t, nut.ErrorCodeFeatureNotConfigured, failure.Code)
	require.Equal(t, []string{"starttls"}, sent)
}

// TestFakeTLS: the fake agrees to TLS.
func TestFakeTLS(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := nuttest.New(device.WithSelfSigned())
		defer func() { require.NoError(t, d.Close()) }()
		c, err := d.Dial(t.Context(), fed, nut.WithTLS(d.ClientTLS()))
		require.NoError(t, err)
		_, err = c.ListUps(t.Context())
		require.NoError(t, err)
		require.NoError(t, c.Close())
		require.Equal(t, []nut.LoginRequest{{Ups: "dummy"}}, d.ReceivedLogin())
	})
}
