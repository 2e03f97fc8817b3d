package smtp_test

import (
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/smtp"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	nobody = smtp.Params{Hello: "client.test"}
	tim    = smtp.Params{User: "tim", Password: secret}
)

// Parameters that are not given.
var (
	plainMail smtp.Optional[smtp.MailParameters]
	plainRcpt smtp.Optional[smtp.RecipientParameters]
)

// TestServer shares a server.
func TestServer(t *testing.T) {
	t.Parallel()
	s := startServer(t, "5m")
	for name, test := range map[string]func(*testing.T, *server){
		"mail": testMail, "parameters": testParameters, "asking": testAsking, "errors": testErrors, "refused text": testRefusedText,
		"modes": testModes, "login": testLogin, "wrong login": testWrongLogin,
		"login later": testLoginLater, "no TLS": testNoTLS, "send mail": testSendMail, "refused mail": testRefusedMail, "callers": testCallers,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, s)
		})
	}
}

// text is a mail with all that could be taken for its end.
var text = []string{"Subject: one", "", "hello", ".dot", "..two", ".", "", "caf\xe9 \xff", strings.Repeat("x", 5000), "."}

func testMail(t *testing.T, s *server) {
	c := s.dial(t, nobody)
	ctx := lab.Within(t, 20*time.Second)
	for range 2 { // one after the other, on one link
		_, err := c.Mail(ctx, "a@mx.test", plainMail)
		require.NoError(t, err)
		for _, to := range []string{"b@mx.test", "c@mx.test"} {
			_, err = c.Rcpt(ctx, to, plainRcpt)
			require.NoError(t, err)
		}
		ahead, err := c.Data(ctx)
		require.NoError(t, err)
		require.Contains(t, ahead.Text.Value, "ending with")
		taken, err := c.Body(ctx, text)
		require.NoError(t, err)
		require.EqualValues(t, 250, taken.Code)
		_, body, _ := strings.Cut(strings.Join(text, "\n")+"\n", "\n\n")
		require.Equal(t, body, s.spooled(taken))
	}
	require.EqualValues(t, 1, c.Stats().Links)
	require.NoError(t, c.Shutdown(ctx))
}

func testParameters(t *testing.T, s *server) {
	c := s.dial(t, nobody)
	ctx := lab.Within(t, 20*time.Second)
	_, err := c.Mail(ctx, "", smtp.Some(smtp.MailParameters{
		Size: smtp.Some(uint64(1000)), Body: smtp.Some(smtp.BodyKindEightBitMIME), Return: smtp.Some(smtp.ReturnHeaders), Envelope: smtp.Some("e1"),
	}))
	require.NoError(t, err)
	_, err = c.Rcpt(ctx, "b@mx.test", smtp.Some(smtp.RecipientParameters{
		Notify: smtp.Some([]string{"SUCCESS", "FAILURE"}), Original: smtp.Some("rfc822;b@mx.test"),
	}))
	require.NoError(t, err)
	known, err := c.Rcpt(ctx, "known@mx.test", plainRcpt)
	require.NoError(t, err)
	require.Equal(t, smtp.Some(smtp.SuccessTextStatus{Subject: 1, Detail: 5, Text: smtp.Some("known")}), known.Text.Value.Status)
	_, err = c.Rset(ctx)
	require.NoError(t, err)

	_, err = c.Mail(ctx, "a@mx.test", smtp.Some(smtp.MailParameters{Size: smtp.Some(uint64(1 << 30))}))
	var failure *smtp.Failure
	require.ErrorAs(t, err, &failure)
	require.EqualValues(t, 552, failure.Code)
	_, err = c.Mail(ctx, "a@mx.test", smtp.Some(smtp.MailParameters{Others: []wire.Pair{{Key: "COLOUR", Value: "blue"}}}))
	require.ErrorAs(t, err, &failure)
	require.EqualValues(t, 501, failure.Code)
}

func testAsking(t *testing.T, s *server) {
	c := s.dial(t, nobody)
	ctx := lab.Within(t, 20*time.Second)
	can, err := c.Extensions(ctx)
	require.NoError(t, err)
	extensions := can.(*smtp.Extensions)
	require.Equal(t, "mx.test", extensions.Domain)
	require.Equal(t, "Hello client.test [127.0.0.1]", extensions.Greeting.Value)
	all := append(extensions.Keywords, extensions.Last)
	require.Contains(t, all, smtp.Keyword{Name: smtp.KeywordNameAuth, Parameters: smtp.Some([]string{"PLAIN", "LOGIN", "CRAM-MD5"})})
	require.Contains(t, all, smtp.Keyword{Name: smtp.KeywordNameSize, Parameters: smtp.Some([]string{"8388608"})})
	require.Contains(t, all, smtp.Keyword{Name: "PIPECONNECT"}, "one that the document does not name")
	require.Contains(t, all, smtp.Keyword{Name: smtp.KeywordNameHelp})

	found, err := c.Vrfy(ctx, "a@mx.test")
	require.NoError(t, err)
	require.Equal(t, "<a@mx.test> is deliverable", found.(*smtp.Verified).Text.Value.Plain.Value)
	found, err = c.Vrfy(ctx, "hidden@mx.test")
	require.NoError(t, err)
	require.EqualValues(t, 252, found.(*smtp.Unverified).Code)
	var failure *smtp.Failure
	_, err = c.Vrfy(ctx, "a@nowhere.test")
	require.ErrorAs(t, err, &failure)

	members, err := c.Expn(ctx, "list@mx.test")
	require.NoError(t, err)
	require.Equal(t, []smtp.ReplyLine{{Code: 250, Text: "<a@mx.test>"}}, members.More)
	require.Equal(t, "<b@mx.test>", members.Text.Value.Plain.Value)
	help, err := c.Help(ctx, smtp.Optional[string]{})
	require.NoError(t, err)
	require.EqualValues(t, 214, help.Code)
	require.NotEmpty(t, help.More)
	_, err = c.Noop(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, c.Stats().Links)
}

// testErrors: what is not carried out says whether it may be later, and the mail
// that has begun goes on.
func testErrors(t *testing.T, s *server) {
	c := s.dial(t, nobody)
	ctx := lab.Within(t, 20*time.Second)
	_, err := c.Mail(ctx, "a@mx.test", plainMail)
	require.NoError(t, err)
	_, err = c.Rcpt(ctx, "nobody@mx.test", plainRcpt)
	var failure *smtp.Failure
	require.ErrorAs(t, err, &failure)
	require.Equal(t, []smtp.ReplyLine{{Code: 550, Text: "5.1.1 nobody"}}, failure.More)
	require.Equal(t, smtp.FailureTextStatus{Subject: 1, Detail: 1, Text: smtp.Some("of that name")}, failure.Text.Value.Status.Value)
	require.False(t, failure.Temporary())
	_, err = c.Rcpt(ctx, "later@mx.test", plainRcpt)
	var later *smtp.Temporary
	require.ErrorAs(t, err, &later)
	require.EqualValues(t, 450, later.Code)
	require.Equal(t, smtp.TemporaryTextStatus{Subject: 2, Detail: 1, Text: smtp.Some("try later")}, later.Text.Value.Status.Value)
	require.True(t, later.Temporary())
	_, err = c.Data(ctx)
	require.ErrorAs(t, err, &failure, "nobody gets it")
	require.EqualValues(t, 503, failure.Code)
	_, err = c.Rcpt(ctx, "b@mx.test", plainRcpt)
	require.NoError(t, err)
	require.EqualValues(t, 1, c.Stats().Links)
}

// testRefusedText: after a text that is not taken, the next mail may begin.
func testRefusedText(t *testing.T, s *server) {
	c := s.dial(t, nobody)
	ctx := lab.Within(t, 20*time.Second)
	body := func(text string) error {
		begin(t, c)
		_, err := c.Data(ctx)
		require.NoError(t, err)
		_, err = c.Body(ctx, []string{"Subject: x", "", text})
		return err
	}
	var rejected *smtp.Rejected
	require.ErrorAs(t, body("spam"), &rejected)
	require.EqualValues(t, 554, rejected.Code)
	require.False(t, rejected.Temporary())
	var deferred *smtp.Deferred
	require.ErrorAs(t, body("too large"), &deferred)
	require.True(t, deferred.Temporary())
	require.NoError(t, body("fine"))
	require.EqualValues(t, 1, c.Stats().Links)
}

// begin begins a mail.
func begin(t *testing.T, c *smtp.Client) {
	t.Helper()
	ctx := lab.Within(t, 20*time.Second)
	_, err := c.Mail(ctx, "a@mx.test", plainMail)
	require.NoError(t, err)
	_, err = c.Rcpt(ctx, "b@mx.test", plainRcpt)
	require.NoError(t, err)
}

// testModes: what does not fit the mail as far as it is, is not sent.
func testModes(t *testing.T, s *server) {
	var sent sends
	c := s.dial(t, nobody, sent.option())
	ctx := lab.Within(t, 20*time.Second)
	calls := map[string]func() error{
		"mail": func() error { _, err := c.Mail(ctx, "a@mx.test", plainMail); return err },
		"rcpt": func() error { _, err := c.Rcpt(ctx, "b@mx.test", plainRcpt); return err },
		"data": func() error { _, err := c.Data(ctx); return err },
		"body": func() error { _, err := c.Body(ctx, text); return err },
		"noop": func() error { _, err := c.Noop(ctx); return err },
		"rset": func() error { _, err := c.Rset(ctx); return err },
	}
	never := func(names ...string) {
		for _, name := range names {
			require.ErrorIs(t, calls[name](), smtp.ErrMode, name)
		}
	}
	do := func(names ...string) {
		for _, name := range names {
			require.NoError(t, calls[name](), name)
		}
	}
	never("rcpt", "data", "body")
	do("noop", "mail")
	never("mail", "body")
	do("noop", "rcpt", "data")
	never("mail", "rcpt", "data", "noop", "rset")
	do("body")
	never("rcpt", "data", "body")
	do("mail", "rset")
	never("rcpt")
	do("mail")
	_, err := c.Extensions(ctx)
	require.NoError(t, err)
	never("rcpt")
	sent.are(t, "ehlo noop mail noop rcpt data body mail rset mail extensions")
	require.EqualValues(t, 1, c.Stats().Links)
}

// testLogin: all ways in.
func testLogin(t *testing.T, s *server) {
	for want, params := range map[string]smtp.Params{
		"ehlo":                             nobody,
		"ehlo auth_plain":                  tim,
		"ehlo auth_cram_md5 auth_response": {User: "tim", Password: secret, CRAMMD5: true},
		"ehlo auth_login auth_response":    {User: "tim", Password: secret, Login: true},
	} {
		var sent sends
		c := s.dial(t, params, sent.option())
		begin(t, c)
		sent.are(t, want+" mail rcpt")
	}
}

// testWrongLogin: who has the wrong password stays out.
func testWrongLogin(t *testing.T, s *server) {
	for _, params := range []smtp.Params{
		{User: "tim", Password: "a guess"}, {User: "tim", Password: "a guess", CRAMMD5: true}, {User: "tim", Password: "a guess", Login: true},
	} {
		_, err := smtp.Dial(lab.Within(t, 20*time.Second), s.address, params)
		require.ErrorIs(t, err, smtp.ErrRefused)
		var failure *smtp.Failure
		require.ErrorAs(t, err, &failure)
		require.EqualValues(t, 535, failure.Code)
		require.NotContains(t, err.Error(), "a guess")
	}
}

// testLoginLater: a login that the server cannot do for now is tried again, on the
// same link.
func testLoginLater(t *testing.T, s *server) {
	require.NoError(t, os.WriteFile(s.path("busy"), nil, 0o644))
	var tries atomic.Int32
	params := smtp.Params{Hello: "busy.test", User: "tim", Password: secret}
	c := s.dial(t, params, smtp.WithObserver(smtp.Observer{Sent: func(command string, _ int) {
		if command != "auth_plain" {
			return
		}
		if tries.Add(1) == 2 {
			_ = os.Remove(s.path("busy"))
		}
	}}))
	require.EqualValues(t, 1, c.Stats().Links)
	require.GreaterOrEqual(t, tries.Load(), int32(2))
}

// TestImpatient shares a server that waits for a second only.
func TestImpatient(t *testing.T) {
	t.Parallel()
	s := startServer(t, "1s")
	for name, test := range map[string]func(*testing.T, *server){"heartbeat": testHeartbeat, "silent before text": testSilentBeforeText} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, s)
		})
	}
}

// testHeartbeat runs past the server's patience: it closes a connection that says
// nothing, and keeps ours, around a mail whose recipient takes longer than a beat.
func testHeartbeat(t *testing.T, s *server) {
	beats := make(lab.Heartbeats, 100)
	c, err := runtime.Dial(lab.Within(t, 20*time.Second), quick(), s.address, &smtp.Params{Hello: "client.test"}, beats.Option())
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close() })
	links := c.Stats().Links
	idle := lab.Silent(t, s.address)
	beats.Await(t, 1)
	call := c.BeginSequence(0, &smtp.SendMailRequest{From: "a@mx.test", To: []string{"slow@mx.test"}, Lines: text})
	defer call.Release()
	require.NoError(t, call.Do(lab.Within(t, 20*time.Second)))
	require.Equal(t, "accepted", smtp.Plan().Messages[call.Message].Name)
	beats.Await(t, 3)
	t.Logf("the server closed an idle connection after %v (its patience: 1s)", idle())
	require.Equal(t, links, c.Stats().Links, "no reconnect")
	require.Zero(t, c.Stats().ProbesMissed)
}

// testSilentBeforeText: what the server says when it has waited for long enough
// for a text ends the link, and is known.
func testSilentBeforeText(t *testing.T, s *server) {
	c := s.dial(t, nobody)
	begin(t, c)
	link := lab.AwaitReady(t, c.States, 0).Link
	_, err := c.Data(lab.Within(t, 20*time.Second))
	require.NoError(t, err)
	var closing *smtp.Closing
	require.ErrorAs(t, lab.AwaitLoss(t, c.States, link).Err, &closing)
	require.Contains(t, closing.Text.Value.Plain.Value, "timeout")
	_, err = c.Body(lab.Within(t, 20*time.Second), text)
	require.ErrorIs(t, err, smtp.ErrMode, "the mail is forgotten")
}

// TestRestart: the client says hello again, and a mail that had begun is not there. One
// that was being sent is not sent again by itself; the next one begins on the next link.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t, "5m")
	asked := make(chan struct{}, 10)
	c := s.dial(t, tim)
	begin(t, c)
	sender := s.dial(t, tim, smtp.WithObserver(smtp.Observer{Sent: func(command string, _ int) {
		if command == "rcpt" {
			asked <- struct{}{}
		}
	}}))
	link, senders := lab.AwaitReady(t, c.States, 0).Link, lab.AwaitReady(t, sender.States, 0).Link
	ended := make(chan error, 1)
	go func() {
		_, err := send(t, sender, "slow@mx.test", "b@mx.test")
		ended <- err
	}()
	<-asked
	s.KillGroup()
	require.Error(t, lab.AwaitLoss(t, c.States, link).Err)
	var e *smtp.Error
	require.ErrorAs(t, <-ended, &e)
	require.Equal(t, smtp.Unknown, e.Fate)
	s.start()

	lab.AwaitReady(t, sender.States, senders)
	taken, err := send(t, sender, "b@mx.test")
	require.NoError(t, err)
	header, _ := s.delivered(taken)
	require.Contains(t, header, "Envelope-to: b@mx.test\n")
	require.EqualValues(t, 2, sender.Stats().Readies)

	lab.AwaitReady(t, c.States, link)
	ctx := lab.Within(t, 20*time.Second)
	_, err = c.Data(ctx)
	require.ErrorIs(t, err, smtp.ErrMode)
	begin(t, c)
	_, err = c.Data(ctx)
	require.NoError(t, err)
	taken, err = c.Body(ctx, text)
	require.NoError(t, err)
	require.NotEmpty(t, s.spooled(taken))
}
