package smtp_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/smtp"
	"github.com/linewright/linewright/generated/smtp/smtptest"
	"github.com/linewright/linewright/runtime/device"
)

// TestTLS shares a server that has it.
func TestTLS(t *testing.T) {
	t.Parallel()
	s, roots := startSecureServer(t)
	for name, test := range map[string]func(*testing.T, *server, *x509.CertPool){"asked for": testStartTLS, "from the beginning": testTLSFromTheBeginning} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, s, roots)
		})
	}
}

// testStartTLS: TLS, then hello again, as the server says only then that one may log
// in, then the login and a mail.
func testStartTLS(t *testing.T, s *server, roots *x509.CertPool) {
	var sent sends
	c := s.dial(t, tim, smtp.WithTLS(&tls.Config{RootCAs: roots}), sent.option())
	taken, err := c.SendMail(lab.Within(t, 20*time.Second), "a@mx.test", plainMail, []string{"b@mx.test"}, plainRcpt, text)
	require.NoError(t, err)
	header, _ := s.delivered(taken)
	require.Contains(t, header, "with esmtpsa", "with TLS, and logged in")
	sent.are(t, "ehlo starttls ehlo auth_plain mail rcpt data body")

	var refused sends
	_, err = smtp.Dial(lab.Within(t, 20*time.Second), s.address, tim, smtp.WithTLS(nil), refused.option())
	require.ErrorIs(t, err, smtp.ErrRefused, "a certificate that nobody signed")
	refused.are(t, "ehlo starttls")
	var failure *smtp.Failure
	_, err = smtp.Dial(lab.Within(t, 20*time.Second), s.address, tim)
	require.ErrorAs(t, err, &failure, "nobody logs in without TLS")
	require.NoError(t, s.dial(t, nobody).Close())
}

// testTLSFromTheBeginning is the dialer's, where the server wants it so.
func testTLSFromTheBeginning(t *testing.T, s *server, roots *x509.CertPool) {
	var sent sends
	dialer := &tls.Dialer{Config: &tls.Config{RootCAs: roots}}
	c, err := smtp.Dial(lab.Within(t, 20*time.Second), s.secure, tim, smtp.WithDialer(dialer.DialContext), sent.option())
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	begin(t, c)
	sent.are(t, "ehlo auth_plain mail rcpt")
}

// testNoTLS: a server that has none is left, and told nothing.
func testNoTLS(t *testing.T, s *server) {
	var sent sends
	_, err := smtp.Dial(lab.Within(t, 20*time.Second), s.address, tim, smtp.WithTLS(nil), sent.option())
	require.ErrorIs(t, err, smtp.ErrRefused)
	var none *smtp.NoTLS
	require.ErrorAs(t, err, &none)
	require.EqualValues(t, 503, none.Code)
	require.Contains(t, none.Text.Value.Plain.Value, "STARTTLS")
	sent.are(t, "ehlo starttls")
}

// TestNothingInClear: whatever a server answers to STARTTLS, the client says nothing
// behind it that can be read.
func TestNothingInClear(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer string
		fails  func(*testing.T, error)
	}{
		"refused":   {"502 5.5.1 not here\r\n", func(t *testing.T, err error) { require.ErrorIs(t, err, smtp.ErrRefused) }},
		"not now":   {"454 4.7.0 not now\r\n", failsWith[*smtp.Temporary]},
		"no more":   {"421 4.3.2 going\r\n", failsWith[*smtp.Closing]},
		"injected":  {"220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n", func(t *testing.T, err error) { require.ErrorIs(t, err, smtp.ErrProtocol) }},
		"no TLS":    {"220 go\r\n", func(t *testing.T, err error) { require.Error(t, err) }},
		"forgotten": {"250-mx\r\n250 AUTH PLAIN\r\n", func(t *testing.T, err error) { require.Error(t, err) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, said := serveInClear(t, test.answer)
			c, err := smtp.New(address, tim, smtp.WithTLS(nil))
			require.NoError(t, err)
			ended := make(chan error, 1)
			go func() { ended <- c.Run(t.Context()) }()
			ends := lab.Await(t, c.States, "the end of the link", func(s smtp.StateChange) bool {
				return s.To == smtp.StateBackoff || s.To == smtp.StateClosed
			})
			test.fails(t, ends.Err)
			require.NoError(t, c.Close())
			<-ended
			got := <-said
			hello := "EHLO localhost\r\nSTARTTLS\r\n"
			require.Equal(t, hello, got[:min(len(hello), len(got))])
			if behind := got[len(hello):]; behind != "" {
				require.EqualValues(t, 22, behind[0], "a TLS handshake, not %q", behind)
			}
		})
	}
}

func failsWith[E error](t *testing.T, err error) {
	var want E
	require.ErrorAs(t, err, &want)
}

// serveInClear takes one connection, answers STARTTLS, and then everything else with
// success; said is all that came.
func serveInClear(t *testing.T, answer string) (address string, said <-chan string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	all := make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		_ = listener.Close()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		var got strings.Builder
		_, _ = io.WriteString(conn, "220 mx ready\r\n")
		buffer := make([]byte, 4096)
		for err == nil {
			var n int
			n, err = conn.Read(buffer)
			got.Write(buffer[:n])
			switch {
			case n == 0:
			case strings.HasPrefix(string(buffer[:n]), "EHLO"):
				_, _ = io.WriteString(conn, "250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n")
			case strings.HasPrefix(string(buffer[:n]), "STARTTLS"):
				_, _ = io.WriteString(conn, answer)
			default:
				_, _ = io.WriteString(conn, "250 OK\r\n")
			}
		}
		all <- got.String()
	}()
	t.Cleanup(func() { _ = listener.Close() })
	return listener.Addr().String(), all
}

// TestFakeTLS: the fake agrees to TLS, and refuses it where it is told to.
func TestFakeTLS(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := smtptest.New(device.WithSelfSigned())
		defer func() { require.NoError(t, d.Close()) }()
		secure := smtp.WithTLS(d.ClientTLS())
		c, err := d.Dial(t.Context(), tim, secure)
		require.NoError(t, err)
		require.NoError(t, c.Close())
		require.Len(t, d.ReceivedStartTLS(), 1)
		require.Len(t, d.ReceivedEhlo(), 2, "what was known before is asked again")

		c, err = d.Dial(t.Context(), tim)
		require.NoError(t, err, "in clear text, who wants")
		require.NoError(t, c.Close())
		require.Len(t, d.ReceivedStartTLS(), 1)
		require.Len(t, d.ReceivedEhlo(), 3)

		logins := len(d.ReceivedAuthPlain())
		d.HandleStartTLS(func(r *smtptest.StartTLSRequest) { r.ReplyNoTLS(smtp.NoTLS{Code: 502}) })
		_, err = d.Dial(t.Context(), tim, secure)
		require.ErrorIs(t, err, smtp.ErrRefused)
		require.Len(t, d.ReceivedAuthPlain(), logins, "nobody logs in")
	})
}
