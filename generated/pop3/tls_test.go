package pop3_test

import (
	"crypto/tls"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/pop3"
	"github.com/linewright/linewright/generated/pop3/pop3test"
	"github.com/linewright/linewright/runtime/device"
)

// TestTLS: STLS, then the login; the same server also serves in clear text.
func TestTLS(t *testing.T) {
	t.Parallel()
	cert, key, roots := lab.Certificate(t)
	s := startServerWith(t, fmt.Sprintf("ssl = yes\nssl_cert = <%s\nssl_key = <%s", cert, key))
	s.mailbox("tls", messages...)
	var sent []string
	c := s.dial(t, pop3.Params{User: "tls", Password: "secret", Plain: true}, pop3.WithTLS(&tls.Config{RootCAs: roots}),
		pop3.WithObserver(pop3.Observer{Sent: func(command string, _ int) { sent = append(sent, command) }}))
	mail, err := c.Retr(lab.Within(t, 20*time.Second), 1)
	require.NoError(t, err)
	require.Contains(t, mail.Lines, "hello")
	require.NoError(t, c.Shutdown(lab.Within(t, 20*time.Second)))
	<-c.Done()
	require.Equal(t, []string{"stls", "user", "pass", "retr", "quit"}, sent)

	_, err = pop3.Dial(lab.Within(t, 20*time.Second), s.address, login("tls"), pop3.WithTLS(nil))
	require.ErrorIs(t, err, pop3.ErrRefused, "a certificate that nobody signed")
	require.NoError(t, s.dial(t, login("tls")).Close())
}

// TestNoTLS: a server that has none is left, and told nothing.
func TestNoTLS(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	var sent []string
	c, err := pop3.New(s.address, login("notls"), pop3.WithTLS(nil), pop3.WithObserver(pop3.Observer{
		Sent: func(command string, _ int) { sent = append(sent, command) },
	}))
	require.NoError(t, err)
	var failure *pop3.Failure
	err = c.Run(lab.Within(t, 20*time.Second))
	require.ErrorIs(t, err, pop3.ErrRefused)
	require.ErrorAs(t, err, &failure)
	require.Contains(t, failure.Text.Value, "TLS")
	require.Equal(t, []string{"stls"}, sent)
}

// TestFakeTLS: the fake agrees to TLS, and refuses it where it is told to.
func TestFakeTLS(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := pop3test.New(device.WithSelfSigned())
		defer func() { require.NoError(t, d.Close()) }()
		secure := pop3.WithTLS(d.ClientTLS())
		c, err := d.Dial(t.Context(), login("u"), secure)
		require.NoError(t, err)
		_, err = c.Stat(t.Context())
		require.NoError(t, err)
		require.NoError(t, c.Close())
		require.Len(t, d.ReceivedSTLS(), 1)

		c, err = d.Dial(t.Context(), login("u"))
		require.NoError(t, err, "in clear text, who wants")
		require.NoError(t, c.Close())
		require.Len(t, d.ReceivedSTLS(), 1)

		logins := len(d.ReceivedApop()) + len(d.ReceivedUser())
		d.HandleSTLS(func(r *pop3test.STLSRequest) { r.ReplyFailure(pop3.Failure{Text: pop3.Some("no TLS here")}) })
		_, err = d.Dial(t.Context(), login("u"), secure)
		require.ErrorIs(t, err, pop3.ErrRefused)
		var failure *pop3.Failure
		require.ErrorAs(t, err, &failure)
		require.Equal(t, "no TLS here", failure.Text.Value)
		require.Len(t, d.ReceivedSTLS(), 2)
		require.Equal(t, logins, len(d.ReceivedApop())+len(d.ReceivedUser()), "nobody logs in")
	})
}
