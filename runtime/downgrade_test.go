package runtime

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/memnet"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestTLSIsNotDowngraded: where TLS is wanted, whatever is done on the path, the
// client says nothing in the clear but what begins TLS, and is never READY; it
// does not try without TLS the next time either.
func TestTLSIsNotDowngraded(t *testing.T) {
	old, _ := certificate(t, "device")
	for name, test := range map[string]struct {
		plan *session.Plan
		opts []Option
		peer func(conn net.Conn)
	}{
		"always, in the clear":     {plantest.Acme(always), nil, answering("OK\n")},
		"always, closed":           {plantest.Acme(always), nil, func(conn net.Conn) { _ = conn.Close() }},
		"optional, in the clear":   {plantest.Acme(), []Option{WithTLS(nil)}, answering("OK\n")},
		"an old version":           {plantest.Acme(always), nil, versioned(old, tls.VersionTLS11)},
		"after a greeting":         {plantest.Lasting(), []Option{WithTLS(nil)}, greeting("INFO 1 2\r\n", "-ERR 'TLS is off'\r\n")},
		"after a greeting, a pong": {plantest.Lasting(), []Option{WithTLS(nil)}, greeting("INFO 1 2\r\n", "PONG\r\n")},
		"an old one, after a greeting": {plantest.Lasting(), []Option{WithTLS(nil)}, func(conn net.Conn) {
			_, _ = io.WriteString(conn, "INFO 1 2\r\n")
			versioned(old, tls.VersionTLS11)(conn)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var said wiretap
				hook := func(context.Context, string, string) (net.Conn, error) {
					ours, theirs := memnet.Pipe(0, "client", "device")
					go test.peer(theirs)
					return said.on(ours), nil
				}
				c, err := New(test.plan, "device", someone(), append(test.opts, WithDialer(hook), WithSeed(1))...)
				require.NoError(t, err)
				r := &rig{Client: c, t: t, plan: test.plan}
				require.NoError(t, r.start0())
				time.Sleep(time.Minute)
				require.Zero(t, r.Stats().Readies)
				require.NoError(t, r.Close())
				links := said.all()
				require.GreaterOrEqual(t, len(links), 3)
				for _, text := range links {
					require.NotContains(t, string(text), someone().Secret)
					require.NotContains(t, string(text), "LOGIN ")
					require.NotContains(t, string(text), "CONNECT ")
					if len(text) > 0 {
						require.EqualValues(t, 22, text[0], "a TLS handshake, not %q", text)
					}
				}
			})
		})
	}
}

// TestTLSOffIsOnlyTheCallers: without WithTLS an optional plan is in the clear,
// and a plan that never speaks TLS does not take the option.
func TestTLSOffIsOnlyTheCallers(t *testing.T) {
	_, err := New(plantest.Acme(func(p *session.Plan) { p.TLS = session.TLSNever }), "device", someone(), WithTLS(nil))
	require.ErrorContains(t, err, "does not speak TLS")
	for _, cfg := range []*tls.Config{nil, {}} {
		c, err := New(plantest.Acme(), "device:1", someone(), WithTLS(cfg))
		require.NoError(t, err)
		made := c.tlsConfig(0)
		require.False(t, made.InsecureSkipVerify)
		require.Equal(t, "device", made.ServerName)
	}
}

// answering speaks plain text to whatever comes.
func answering(text string) func(conn net.Conn) {
	return func(conn net.Conn) {
		defer conn.Close()
		buf := make([]byte, 4096)
		for {
			if _, err := conn.Read(buf); err != nil {
				return
			}
			if _, err := io.WriteString(conn, text); err != nil {
				return
			}
		}
	}
}

// greeting is answering, behind a greeting.
func greeting(hello, text string) func(conn net.Conn) {
	return func(conn net.Conn) {
		_, _ = io.WriteString(conn, hello)
		answering(text)(conn)
	}
}

// versioned speaks TLS of one version at most.
func versioned(cert tls.Certificate, version uint16) func(conn net.Conn) {
	return func(conn net.Conn) {
		defer conn.Close()
		_ = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS10, MaxVersion: version}).Handshake()
	}
}

// wiretap keeps what is written to connections.
type wiretap struct {
	mu    sync.Mutex
	links []*bytes.Buffer
}

func (w *wiretap) on(conn net.Conn) net.Conn {
	w.mu.Lock()
	defer w.mu.Unlock()
	said := new(bytes.Buffer)
	w.links = append(w.links, said)
	return &tapped{conn, w, said}
}

// all is what was written to each connection.
func (w *wiretap) all() (texts [][]byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, link := range w.links {
		texts = append(texts, bytes.Clone(link.Bytes()))
	}
	return texts
}

type tapped struct {
	net.Conn
	tap  *wiretap
	said *bytes.Buffer
}

func (c *tapped) Write(b []byte) (int, error) {
	c.tap.mu.Lock()
	c.said.Write(b)
	c.tap.mu.Unlock()
	return c.Conn.Write(b)
}
