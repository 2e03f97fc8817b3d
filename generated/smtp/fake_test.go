package smtp_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/smtp"
	"github.com/linewright/linewright/generated/smtp/smtptest"
)

// with gives a test a fake server under a virtual clock.
func with(t *testing.T, test func(*testing.T, *smtptest.Device)) {
	synctest.Test(t, func(t *testing.T) {
		d := smtptest.New()
		defer func() { require.NoError(t, d.Close()) }()
		test(t, d)
	})
}

// run makes a client that dials until it is closed.
func run(t *testing.T, d *smtptest.Device, params smtp.Params) (c *smtp.Client, done func()) {
	c, err := d.NewClient(params)
	require.NoError(t, err)
	go func() { _ = c.Run(t.Context()) }()
	return c, func() { require.NoError(t, c.Close()); <-c.Done() }
}

// TestDigest is the example of RFC 2195, 2.
func TestDigest(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		d.HandleAuthCRAMMD5(func(r *smtptest.AuthCRAMMD5Request) {
			r.ReplyChallenge(smtp.Challenge{Text: []byte("<1896.697170952@postoffice.reston.mci.net>")})
		})
		c, err := d.Dial(t.Context(), smtp.Params{User: "tim", Password: secret, CRAMMD5: true})
		require.NoError(t, err)
		require.NoError(t, c.Close())
		require.Equal(t, []smtp.AuthResponseRequest{{Response: "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw"}}, d.ReceivedAuthResponse())
	})
}

// TestPlain: user and password behind NULs, in base64 (RFC 4616, 4).
func TestPlain(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		c, err := d.Dial(t.Context(), tim)
		require.NoError(t, err)
		require.NoError(t, c.Close())
		require.Equal(t, []smtp.AuthPlainRequest{{Response: "AHRpbQB0YW5zdGFhZnRhbnN0YWFm"}}, d.ReceivedAuthPlain())
	})
}

// TestOldServer knows no EHLO, and is greeted with HELO; another has nothing to
// add to it.
func TestOldServer(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		d.HandleEhlo(func(r *smtptest.EhloRequest) { r.ReplyNoExtensions(smtp.NoExtensions{Code: 502}) })
		c, err := d.Dial(t.Context(), nobody)
		require.NoError(t, err)
		require.NoError(t, c.Close())
		require.Equal(t, []smtp.HeloRequest{{Hello: "client.test"}}, d.ReceivedHelo())

		d.HandleEhlo(func(r *smtptest.EhloRequest) { r.ReplyGreeted(smtp.Greeted{Domain: "old.test"}) })
		d.HandleExtensions(func(r *smtptest.ExtensionsRequest) { r.ReplyGreeted(smtp.Greeted{Domain: "old.test"}) })
		c, err = d.Dial(t.Context(), nobody)
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		require.Len(t, d.ReceivedHelo(), 1)
		can, err := c.Extensions(t.Context())
		require.NoError(t, err)
		require.Equal(t, &smtp.Greeted{Domain: "old.test"}, can)
	})
}

// TestLoginRetries: a login that the server cannot do for now is tried twice more,
// a second apart; then the link is given up.
func TestLoginRetries(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		d.HandleAuthPlain(func(r *smtptest.AuthPlainRequest) { r.ReplyTemporary(smtp.Temporary{Code: 454}) })
		start := time.Now()
		c, done := run(t, d, tim)
		defer done()
		lost := lab.Await(t, c.States, "BACKOFF", func(s smtp.StateChange) bool { return s.To == smtp.StateBackoff })
		var later *smtp.Temporary
		require.ErrorAs(t, lost.Err, &later)
		require.EqualValues(t, 454, later.Code)
		require.Equal(t, 2*time.Second, time.Since(start))
		require.Len(t, d.ReceivedAuthPlain(), 3)
		d.HandleAuthPlain((*smtptest.AuthPlainRequest).Default)
		lab.AwaitReady(t, c.States, lost.Link)
	})
}

// TestTurnedAway: a server that takes no mail is asked again later.
func TestTurnedAway(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		d.GreetTurnedAway(smtp.TurnedAway{Text: smtp.Some("not here")})
		c, done := run(t, d, nobody)
		defer done()
		lost := lab.Await(t, c.States, "BACKOFF", func(s smtp.StateChange) bool { return s.To == smtp.StateBackoff })
		require.ErrorContains(t, lost.Err, "the server takes no mail")
	})
}

// TestNoHeartbeatInText: an idle link is kept with NOOPs, but not between DATA
// and the text, where they would be taken for text.
func TestNoHeartbeatInText(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		c, err := d.Dial(t.Context(), nobody)
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		time.Sleep(9 * time.Minute)
		require.Len(t, d.ReceivedNoop(), 2)
		begin(t, c)
		time.Sleep(9 * time.Minute)
		require.Len(t, d.ReceivedNoop(), 4)
		_, err = c.Data(t.Context())
		require.NoError(t, err)
		time.Sleep(time.Hour)
		require.Len(t, d.ReceivedNoop(), 4)
		_, err = c.Body(t.Context(), []string{"Subject: x", "", ".", "noop"})
		require.NoError(t, err)
		require.Equal(t, []smtp.BodyRequest{{Lines: []string{"Subject: x", "", ".", "noop"}}}, d.ReceivedBody())
		time.Sleep(5 * time.Minute)
		require.Len(t, d.ReceivedNoop(), 5)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestClosing: 421 ends the link whenever it comes: to a command, to a text, and
// in several lines.
func TestClosing(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		c, err := d.Dial(t.Context(), nobody)
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		link := c.Stats().Links
		d.HandleMail(func(r *smtptest.MailRequest) {
			r.ReplyTemporary(smtp.Temporary{More: []smtp.ReplyLine{{Code: 421, Text: "later"}}, Code: 421})
		})
		_, err = c.Mail(t.Context(), "a@mx.test", plainMail)
		var temporary *smtp.Temporary
		require.ErrorAs(t, err, &temporary)
		link = lab.AwaitReady(t, c.States, link).Link

		d.HandleMail((*smtptest.MailRequest).Default)
		d.HandleBody(func(r *smtptest.BodyRequest) {
			r.ReplyClosing(smtp.Closing{Text: smtp.Some(smtp.TemporaryText{Plain: smtp.Some("going")})})
		})
		begin(t, c)
		_, err = c.Data(t.Context())
		require.NoError(t, err)
		_, err = c.Body(t.Context(), text)
		var closing *smtp.Closing
		require.ErrorAs(t, err, &closing)
		link = lab.AwaitReady(t, c.States, link).Link

		d.EmitClosing(smtp.Closing{})
		require.ErrorAs(t, lab.AwaitLoss(t, c.States, link).Err, &closing)
		lab.AwaitReady(t, c.States, link)
	})
}

// TestGivenUp: a caller who goes in the middle of a mail leaves nothing of it, and no
// empty mail either.
func TestGivenUp(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		c, err := d.Dial(t.Context(), nobody)
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		gone := func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := c.SendMail(ctx, "a@mx.test", plainMail, []string{"b@mx.test"}, plainRcpt, text)
			var e *smtp.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, smtp.Unknown, e.Fate)
			require.ErrorIs(t, err, context.DeadlineExceeded)
		}
		d.HandleRcpt(func(r *smtptest.RcptRequest) { <-time.After(2 * time.Second); r.Default() })
		gone()
		d.HandleRcpt((*smtptest.RcptRequest).Default)
		_, err = send(t, c, "b@mx.test")
		require.NoError(t, err)
		require.Len(t, d.ReceivedRset(), 1)
		require.EqualValues(t, 1, c.Stats().Links)

		d.HandleData(func(r *smtptest.DataRequest) { <-time.After(2 * time.Second); r.Default() })
		gone()
		d.HandleData((*smtptest.DataRequest).Default)
		time.Sleep(time.Minute)
		_, err = send(t, c, "b@mx.test")
		require.NoError(t, err)
		require.EqualValues(t, 2, c.Stats().Links, "nothing but a text may follow go_ahead")
		require.Len(t, d.ReceivedBody(), 2)
	})
}

// TestSlowMail: a recipient may take longer than the heartbeat, which then waits: a
// reply is a sign of life, too.
func TestSlowMail(t *testing.T) {
	with(t, func(t *testing.T, d *smtptest.Device) {
		c, err := d.Dial(t.Context(), nobody)
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		d.HandleRcpt(func(r *smtptest.RcptRequest) { <-time.After(270 * time.Second); r.Default() })
		_, err = c.SendMail(t.Context(), "a@mx.test", plainMail, []string{"b@mx.test", "c@mx.test"}, plainRcpt, text)
		require.NoError(t, err)
		require.Empty(t, d.ReceivedNoop())
		require.Empty(t, d.ReceivedRset())
		require.Equal(t, []smtp.BodyRequest{{Lines: text}}, d.ReceivedBody())
		time.Sleep(5 * time.Minute)
		require.Len(t, d.ReceivedNoop(), 1)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}
