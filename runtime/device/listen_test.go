package device_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/plantest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func listen(t *testing.T, opts ...device.Option) (*device.Device, string) {
	d := device.New(plantest.Acme(), opts...)
	answer(d)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	addr, err := d.Listen("127.0.0.1:0")
	require.NoError(t, err)
	return d, addr
}

func connect(t *testing.T, addr string) *conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	require.NoError(t, c.SetDeadline(time.Now().Add(20*time.Second)))
	return &conn{Conn: c, t: t, lines: bufio.NewReader(c)}
}

func TestTCP(t *testing.T) {
	d, addr := listen(t)
	c := connect(t, addr)
	c.send("LOGIN u s", "READ 3")
	c.expect("OK", "READING 3 21.5 C")
	d.Emit("READING 1 1 C")
	c.expect("READING 1 1 C")
	d.Reset()
	c.ends(syscall.ECONNRESET)

	d.AcceptAndClose()
	connect(t, addr).ends(io.EOF)
}

func TestTCPRefusesAndComesBack(t *testing.T) {
	d, addr := listen(t)
	d.RefuseDial()
	_, err := net.Dial("tcp", addr)
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
	d.Heal()
	c := connect(t, addr)
	c.send("READ 3")
	c.expect("READING 3 21.5 C")

	// The reset may overtake the dial's own end.
	d.Next().RefuseDial()
	refused, err := net.Dial("tcp", addr)
	if err == nil {
		_, err = refused.Read(make([]byte, 1))
		require.NoError(t, refused.Close())
	}
	require.ErrorIs(t, err, syscall.ECONNRESET)
}

func TestTCPHangIsABlackHole(t *testing.T) {
	d, addr := listen(t)
	d.Next().HangDial()
	c := connect(t, addr)
	c.send("READ 3")
	require.NoError(t, d.Wait(t.Context(), func(h device.History) bool { return h.Open() == 1 }))
	require.Empty(t, d.History().Commands(""))
	d.Heal()
	c.expect("READING 3 21.5 C")
}

func TestTCPStuckPeerIsReset(t *testing.T) {
	d, addr := listen(t)
	c := connect(t, addr)
	c.send("READ 1")
	c.expect("READING 1 21.5 C")
	for range 4000 {
		d.Emit("READING 1 " + string(make([]byte, 4000)) + " C")
	}
	require.NoError(t, d.Wait(t.Context(), func(h device.History) bool { return len(h.Of(device.Emitted)) > 100 }))
	d.Reset()
	require.NoError(t, d.Wait(t.Context(), func(h device.History) bool { return h.Open() == 0 }))
}

func TestTLS(t *testing.T) {
	cert := certificate(t)
	_, addr := listen(t, device.WithTLS(&tls.Config{Certificates: []tls.Certificate{cert}}))
	c := connect(t, addr)
	c.secure(cert)
	c.send("READ 3")
	c.expect("READING 3 21.5 C")
}

func TestTLSAfterTheGreeting(t *testing.T) {
	cert := certificate(t)
	d := device.New(plantest.Lasting(), device.WithTLS(&tls.Config{Certificates: []tls.Certificate{cert}}))
	d.Greet("INFO {}")
	d.Reply("ping", "PONG")
	addr, err := d.Listen("127.0.0.1:0")
	require.NoError(t, err)
	c := connect(t, addr)
	c.expect("INFO {}")
	c.secure(cert)
	c.send("PING\r")
	c.expect("PONG")
	require.NoError(t, d.Close())
	c.ends(io.EOF)
}

func TestTLSFails(t *testing.T) {
	d, addr := listen(t, device.WithTLS(&tls.Config{Certificates: []tls.Certificate{certificate(t)}}))
	c := connect(t, addr)
	c.send("READ 3")
	require.NoError(t, d.Wait(t.Context(), func(h device.History) bool { return len(h.Of(device.Ended)) == 1 }))
	require.ErrorContains(t, d.History().Of(device.Ended)[0].Err, "tls")
	require.Empty(t, d.History().Commands(""))
}

// TestTLSHandshakeThatNeverEnds: Close does not wait for the client.
func TestTLSHandshakeThatNeverEnds(t *testing.T) {
	d, addr := listen(t, device.WithTLS(&tls.Config{Certificates: []tls.Certificate{certificate(t)}}))
	connect(t, addr)
	require.NoError(t, d.Wait(t.Context(), func(h device.History) bool { return h.Open() == 1 }))
	require.NoError(t, d.Close())
}

func (c *conn) secure(cert tls.Certificate) {
	roots := x509.NewCertPool()
	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	require.NoError(c.t, err)
	roots.AddCert(leaf)
	c.Conn = tls.Client(c.Conn, &tls.Config{RootCAs: roots, ServerName: "device"})
	c.lines = bufio.NewReader(c.Conn)
}

func certificate(t *testing.T) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"device"}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
