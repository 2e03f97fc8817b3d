package runtime

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/memnet"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// certificate is self-signed, for a host, and valid also in the year 2000,
// where the clocks of bubbles begin.
func certificate(t *testing.T, host string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: host},
		NotBefore:    time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC),
		DNSNames:     []string{host},
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IsCA: true, BasicConstraintsValid: true,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(raw)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, pool
}

// secure makes a rig of which both ends speak TLS.
func secureRig(t *testing.T, plan *session.Plan, server, client *tls.Config, opts ...Option) *rig {
	t.Helper()
	r := &rig{t: t, plan: plan, device: device.New(plan, device.WithTLS(server)), start: time.Now()}
	answer(r.device, plan)
	opts = append([]Option{WithDialer(r.device.Dialer()), WithTLS(client), WithSeed(1)}, opts...)
	c, err := New(plan, "device", someone(), opts...)
	require.NoError(t, err)
	r.Client = c
	return r
}

func always(p *session.Plan) { p.TLS = session.TLSAlways }

// TestTLS: from the first byte, and after the greeting (plantest's Lasting).
func TestTLS(t *testing.T) {
	cert, pool := certificate(t, "device")
	server := &tls.Config{Certificates: []tls.Certificate{cert}}
	for name, plan := range map[string]*session.Plan{
		"first": plantest.Acme(), "after the greeting": plantest.Lasting(), "always": plantest.Acme(always),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := secureRig(t, plan, server, &tls.Config{RootCAs: pool})
				defer r.close()
				r.up()
				conn, ok := r.current.Load().socket.Load().conn().(*tls.Conn)
				require.True(t, ok)
				require.Equal(t, "device", conn.ConnectionState().ServerName)
				time.Sleep(time.Minute) // heartbeats
				require.EqualValues(t, 1, r.Stats().Links)
				if plan.Vendor == "acme" {
					r.mustRead(3)
				}
				r.device.Reset()
				r.await(Backoff)
				r.await(Ready)
				r.device.BlackHole()
				r.await(Backoff)
				require.ErrorIs(t, r.lastError(), ErrPeerSilent)
				r.device.Heal()
				r.await(Ready)
				require.NoError(t, r.Shutdown(t.Context()))
			})
		})
	}
}

// TestCertificatesThatAreNotAccepted stop the client: trying again changes
// nothing. Over TCP, since a server's refusal of our certificate races with its
// closing of the connection.
func TestCertificatesThatAreNotAccepted(t *testing.T) {
	cert, pool := certificate(t, "localhost")
	other, _ := certificate(t, "other")
	server := &tls.Config{Certificates: []tls.Certificate{cert}}
	picky := &tls.Config{Certificates: server.Certificates, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool}
	for name, test := range map[string]struct {
		server, client *tls.Config
	}{
		"unknown authority":       {server, nil},
		"other host":              {server, &tls.Config{RootCAs: pool, ServerName: "other"}},
		"our certificate missing": {picky, &tls.Config{RootCAs: pool, ServerName: "localhost"}},
		"our certificate unknown": {picky, &tls.Config{RootCAs: pool, ServerName: "localhost", Certificates: []tls.Certificate{other}}},
	} {
		for _, plan := range []*session.Plan{plantest.Acme(), plantest.Lasting()} {
			t.Run(name+"/"+plan.Vendor, func(t *testing.T) {
				r := secureRig(t, plan, test.server, test.client)
				addr, err := r.device.Listen("127.0.0.1:0")
				require.NoError(t, err)
				r.Client, err = New(plan, addr, someone(), WithTLS(test.client))
				require.NoError(t, err)
				defer r.close()
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				require.ErrorIs(t, r.Run(ctx), ErrRefused)
				require.EqualValues(t, 1, r.Stats().Dials)
			})
		}
	}
}

// TestBytesBeforeTLSEndTheLink: they could come from someone on the path.
func TestBytesBeforeTLSEndTheLink(t *testing.T) {
	cert, pool := certificate(t, "device")
	synctest.Test(t, func(t *testing.T) {
		r := secureRig(t, plantest.Lasting(), &tls.Config{Certificates: []tls.Certificate{cert}}, &tls.Config{RootCAs: pool},
			WithDialer(func(context.Context, string, string) (net.Conn, error) {
				ours, theirs := memnet.Pipe(0, "client", "device")
				_, err := theirs.Write([]byte("INFO 1 2\r\nPING\r\n"))
				return ours, err
			}))
		defer r.close()
		require.NoError(t, r.start0())
		r.await(Backoff)
		require.ErrorContains(t, r.lastError(), "before the TLS handshake")
	})
}

// TestHandshakeThatHangsEnds at the connect timeout, or the login's.
func TestHandshakeThatHangsEnds(t *testing.T) {
	for _, test := range []struct {
		plan  *session.Plan
		hello string
		bound time.Duration
	}{
		{plantest.Acme(), "", plantest.Acme().Timeouts.Connect},
		{plantest.Lasting(), "INFO 1 2\r\n", plantest.Lasting().Timeouts.Login},
	} {
		t.Run(test.plan.Vendor, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ends := make(chan net.Conn, 10)
				hook := func(context.Context, string, string) (net.Conn, error) {
					ours, theirs := memnet.Pipe(0, "client", "device")
					ends <- theirs
					_, err := io.WriteString(theirs, test.hello)
					return ours, err
				}
				r := newRig(t, test.plan, WithDialer(hook), WithTLS(nil))
				defer r.close()
				require.NoError(t, r.start0())
				require.Equal(t, test.bound, r.await(Backoff))
				require.ErrorIs(t, r.lastError(), ErrTimeout)
				synctest.Wait()
				_, _ = io.Copy(io.Discard, <-ends) // ends: the connection is gone
			})
		})
	}
}

func TestOnlyCertificateErrorsRefuse(t *testing.T) {
	alert := func(code tls.AlertError) error {
		return &net.OpError{Op: "remote error", Err: errors.New(code.Error())}
	}
	for _, err := range []error{
		alert(42), alert(48), alert(116), x509.UnknownAuthorityError{}, &tls.CertificateVerificationError{Err: io.EOF},
	} {
		require.True(t, refusesCertificate(err), "%v", err)
	}
	for _, err := range []error{
		alert(40), alert(80), io.EOF, errConnReset, context.DeadlineExceeded, errors.New(tls.AlertError(42).Error()),
	} {
		require.False(t, refusesCertificate(err), "%v", err)
	}
}

// TestTLSBegunByAWrite: the step before it has no reply, so that the reader has
// to be called away from its read. Half a frame that came before ends the link.
func TestTLSBegunByAWrite(t *testing.T) {
	cert, pool := certificate(t, "device")
	server := &tls.Config{Certificates: []tls.Certificate{cert}}
	plan := plantest.Lasting(func(p *session.Plan) {
		p.Login[0], p.Login[1] = p.Login[1], p.Login[0] // CONNECT, then TLS
	})
	for name, early := range map[string]string{"clean": "", "half a frame": "PIN"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hook := func(context.Context, string, string) (net.Conn, error) {
					ours, theirs := memnet.Pipe(0, "client", "device")
					go upgrading(theirs, server, early)
					return ours, nil
				}
				c, err := New(plan, "device", someone(), WithDialer(hook), WithTLS(&tls.Config{RootCAs: pool}))
				require.NoError(t, err)
				r := &rig{Client: c, t: t, plan: plan, start: time.Now()}
				require.NoError(t, r.start0())
				if early == "" {
					r.await(Ready)
				} else {
					r.await(Backoff)
					require.ErrorContains(t, r.lastError(), "before the TLS handshake")
				}
				require.Zero(t, time.Since(r.start))
				require.NoError(t, r.Close())
			})
		})
	}
}

// upgrading is a server that greets, takes one line, and goes on in TLS.
func upgrading(conn *memnet.Conn, cfg *tls.Config, early string) {
	defer conn.Close()
	if _, err := io.WriteString(conn, "INFO 1 2\r\n"+early); err != nil {
		return
	}
	buf := make([]byte, 4096)
	if _, err := conn.Read(buf); err != nil { // CONNECT
		return
	}
	secure := tls.Server(conn, cfg)
	for {
		if _, err := secure.Read(buf); err != nil { // PING
			return
		}
		if _, err := io.WriteString(secure, "PONG\r\n"); err != nil {
			return
		}
	}
}

// TestEachAddressHasItsOwnName, which its certificate is compared with.
func TestEachAddressHasItsOwnName(t *testing.T) {
	cert, pool := certificate(t, "standby")
	synctest.Test(t, func(t *testing.T) {
		var r *rig
		hook := func(ctx context.Context, network, addr string) (net.Conn, error) {
			if addr != "standby:1234" {
				return nil, errors.New("not here")
			}
			return r.device.Dialer()(ctx, network, addr)
		}
		server, client := &tls.Config{Certificates: []tls.Certificate{cert}}, &tls.Config{RootCAs: pool}
		r = secureRig(t, plantest.Acme(), server, client, WithDialer(hook), WithFailover("standby"))
		defer r.close()
		r.up()
		r.mustRead(1)
	})
}

// TestInvariant05AbortWritesNothing: closing TLS in order writes an alert, which
// would wait for room on a full socket.
func TestInvariant05AbortWritesNothing(t *testing.T) {
	const buffer, overhead = 4096, 22 // of a TLS 1.3 record: header, type and tag
	cert, pool := certificate(t, "device")
	synctest.Test(t, func(t *testing.T) {
		client, server := memnet.Pipe(buffer, "client", "device")
		defer server.Close()
		shaken := make(chan error, 1)
		go func() {
			shaken <- tls.Server(server, &tls.Config{Certificates: []tls.Certificate{cert}, SessionTicketsDisabled: true}).Handshake()
		}()
		conn := tls.Client(client, &tls.Config{RootCAs: pool, ServerName: "device", DynamicRecordSizingDisabled: true})
		require.NoError(t, conn.Handshake())
		require.NoError(t, <-shaken)
		_, err := conn.Write(make([]byte, buffer-overhead))
		require.NoError(t, err)
		require.Equal(t, buffer, client.Buffered(), "the peer has stopped reading, and its buffer is full")
		before, closed := time.Now(), new(signal)
		newSocket(client).secured(conn).close(true, closed)
		<-closed.done()
		require.Zero(t, time.Since(before))
	})
}
