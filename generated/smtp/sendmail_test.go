package smtp_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/smtp"
)

// send sends a mail.
func send(t *testing.T, c *smtp.Client, to ...string) (smtp.Accepted, error) {
	t.Helper()
	return c.SendMail(lab.Within(t, 20*time.Second), "a@mx.test", plainMail, to, plainRcpt, text)
}

// testSendMail: what arrives is what was given, dots and all.
func testSendMail(t *testing.T, s *server) {
	var sent sends
	c := s.dial(t, nobody, sent.option())
	ctx := lab.Within(t, 20*time.Second)
	parameters := smtp.MailParameters{Size: smtp.Some(uint64(6000)), Body: smtp.Some(smtp.BodyKindEightBitMIME)}
	wanted := smtp.RecipientParameters{Notify: smtp.Some([]string{"NEVER"})}
	taken, err := c.SendMail(ctx, "a@mx.test", smtp.Some(parameters), []string{"b@mx.test", "c@mx.test"}, smtp.Some(wanted), text)
	require.NoError(t, err)
	header, body := s.delivered(taken)
	require.Contains(t, header, "Return-path: <a@mx.test>\n")
	require.Contains(t, header, "Envelope-to: b@mx.test,\n c@mx.test\n")
	require.True(t, strings.HasSuffix(header, "\nSubject: one"), header)
	_, want, _ := strings.Cut(strings.Join(text, "\n")+"\n", "\n\n")
	require.Equal(t, want, body)

	_, err = send(t, c, "b@mx.test")
	require.NoError(t, err)
	require.NoError(t, c.Shutdown(ctx))
	sent.are(t, "ehlo mail rcpt rcpt data body mail rcpt data body quit")
}

// testRefusedMail: the first refusal ends a mail, and the next one may begin.
func testRefusedMail(t *testing.T, s *server) {
	var sent sends
	c := s.dial(t, nobody, sent.option())
	ctx := lab.Within(t, 20*time.Second)
	fails := func(err error, wants any, command string) {
		t.Helper()
		require.ErrorAs(t, err, wants)
		require.ErrorContains(t, err, command)
	}
	var failure *smtp.Failure
	_, err := send(t, c, "b@mx.test", "nobody@mx.test", "c@mx.test")
	fails(err, &failure, "rcpt")
	require.EqualValues(t, 550, failure.Code)
	require.Equal(t, smtp.FailureTextStatus{Subject: 1, Detail: 1, Text: smtp.Some("of that name")}, failure.Text.Value.Status.Value)
	var later *smtp.Temporary
	_, err = send(t, c, "later@mx.test")
	fails(err, &later, "rcpt")
	require.True(t, later.Temporary())
	_, err = send(t, c)
	fails(err, &failure, "data")
	require.EqualValues(t, 503, failure.Code, "nobody gets it")
	var rejected *smtp.Rejected
	_, err = c.SendMail(ctx, "a@mx.test", plainMail, []string{"b@mx.test"}, plainRcpt, []string{"", "spam"})
	fails(err, &rejected, "body")

	taken, err := send(t, c, "b@mx.test")
	require.NoError(t, err)
	header, _ := s.delivered(taken)
	require.Contains(t, header, "Envelope-to: b@mx.test\n", "and nobody of the mails before")
	did := "ehlo mail rcpt rcpt rset mail rcpt rset mail data rset mail rcpt data body rset mail rcpt data body"
	sent.are(t, did)

	_, err = send(t, c, "b@mx.test", "no\r\nDATA")
	var e *smtp.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, smtp.NotSent, e.Fate)
	begin(t, c)
	_, err = send(t, c, "b@mx.test")
	require.ErrorIs(t, err, smtp.ErrMode, "between the single commands of a mail")
	_, err = c.Data(ctx)
	require.NoError(t, err, "and that one goes on")
	sent.are(t, did+" mail rcpt data")
	require.EqualValues(t, 1, c.Stats().Links)
}

// testCallers: mails of several callers do not mix, whatever else is asked, and where
// some are refused.
func testCallers(t *testing.T, s *server) {
	var sent sends
	c := s.dial(t, nobody, sent.option())
	var callers sync.WaitGroup
	for caller := range 2 {
		callers.Go(func() {
			for n := range 5 {
				to, line := fmt.Sprintf("to%d.%d@mx.test", caller, n), fmt.Sprintf("%d of caller %d", n, caller)
				taken, err := c.SendMail(lab.Within(t, 20*time.Second), "a@mx.test", plainMail, []string{to}, plainRcpt, []string{"", line})
				if !assertNoError(t, err) {
					return
				}
				header, body := s.delivered(taken)
				if !strings.Contains(header, "Envelope-to: "+to+"\n") || body != line+"\n" {
					t.Errorf("%s got %q %q", to, header, body)
				}
				var failure *smtp.Failure
				if _, err = send(t, c, to, "nobody@mx.test"); !errors.As(err, &failure) {
					t.Errorf("%s: %v", to, err)
				}
			}
		})
	}
	callers.Go(func() {
		for range 20 {
			_, err := c.Vrfy(lab.Within(t, 20*time.Second), "a@mx.test")
			assertNoError(t, err)
		}
	})
	callers.Wait()
	require.Empty(t, mixed(sent.all()))
	require.EqualValues(t, 1, c.Stats().Links)
}

func assertNoError(t *testing.T, err error) bool {
	if err != nil {
		t.Error(err)
	}
	return err == nil
}

// mixed is what was sent between the commands of a mail, but for heartbeats.
func mixed(sent []string) (names []string) {
	inMail := false
	for _, name := range sent {
		switch name {
		case "mail":
			if inMail {
				names = append(names, name)
			}
			inMail = true
		case "body", "rset":
			inMail = false
		case "rcpt", "data", "noop":
		default:
			if inMail {
				names = append(names, name)
			}
		}
	}
	return names
}
