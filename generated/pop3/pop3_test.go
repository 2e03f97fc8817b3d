package pop3_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/generated/pop3"
	"github.com/linewright/linewright/runtime"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// messages are what mailboxes of these tests hold: lines that begin with dots and
// one that is a dot, bytes of no charset, and a long line.
var messages = []string{
	"Subject: one\r\n\r\nhello\r\n.dot\r\n..two\r\n.\r\nend\r\n",
	"Subject: two\r\n\r\n\xe4\xff caf\xc3\xa9\r\n",
	"Subject: three\r\n\r\n" + strings.Repeat("x", 100_000) + "\r\n\r\n",
}

func login(user string) pop3.Params { return pop3.Params{User: user, Password: "secret"} }

// TestServer shares a server: to start one takes a second.
func TestServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	for name, test := range map[string]func(*testing.T, *server){
		"reading": testReading, "deleting": testDeleting, "login": testLogin, "errors": testErrors, "heartbeat": testHeartbeat,
	} {
		s.mailbox(name, messages...)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, s)
		})
	}
}

func testReading(t *testing.T, s *server) {
	c := s.dial(t, login("reading"))
	ctx := lab.Within(t, 20*time.Second)
	total, err := c.Stat(ctx)
	require.NoError(t, err)
	octets := len(messages[0]) + len(messages[1]) + len(messages[2])
	require.Equal(t, pop3.Total{Count: 3, Octets: uint64(octets)}, total)
	sizes, err := c.List(ctx)
	require.NoError(t, err)
	require.Len(t, sizes.Messages, 3)
	uids, err := c.UIDL(ctx)
	require.NoError(t, err)
	require.Len(t, uids.Messages, 3)
	for i, text := range messages {
		n := uint32(i + 1)
		size, err := c.Size(ctx, n)
		require.NoError(t, err)
		require.Equal(t, pop3.Size{Number: n, Octets: uint64(len(text))}, size)
		require.Equal(t, pop3.MessageSize{Number: n, Octets: uint64(len(text))}, sizes.Messages[i])
		uid, err := c.UIDOf(ctx, n)
		require.NoError(t, err)
		require.NotEmpty(t, uid.UID)
		require.Equal(t, pop3.MessageUID(uid), uids.Messages[i])

		mail, err := c.Retr(ctx, n)
		require.NoError(t, err)
		require.Equal(t, text, strings.Join(mail.Lines, "\r\n")+"\r\n")
		top, err := c.Top(ctx, n, 1)
		require.NoError(t, err)
		require.Equal(t, mail.Lines[:3], top.Lines, "a header of one line, a blank one, and one more")
	}
	can, err := c.Capa(ctx)
	require.NoError(t, err)
	require.Contains(t, can.List, pop3.Capability{Name: "TOP"})
	require.Contains(t, can.List, pop3.Capability{Name: "UIDL"})
	_, err = c.Noop(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, c.Stats().Links, "never out of step")
}

// testDeleting: what is marked goes with QUIT, and only then.
func testDeleting(t *testing.T, s *server) {
	ctx := lab.Within(t, 30*time.Second)
	count := func(c *pop3.Client) uint32 {
		total, err := c.Stat(ctx)
		require.NoError(t, err)
		return total.Count
	}
	c := s.dial(t, login("deleting"))
	for range 2 {
		marked, err := c.Dele(ctx, 2)
		require.NoError(t, err)
		require.Contains(t, marked.Text.Value, "deleted")
		require.EqualValues(t, 2, count(c))
		_, err = c.Rset(ctx)
		require.NoError(t, err)
		require.EqualValues(t, 3, count(c))
	}
	_, err := c.Dele(ctx, 2)
	require.NoError(t, err)
	require.NoError(t, c.Close())

	c = s.dial(t, login("deleting"))
	require.EqualValues(t, 3, count(c), "a lost connection deletes nothing")
	_, err = c.Dele(ctx, 2)
	require.NoError(t, err)
	sizes, err := c.List(ctx)
	require.NoError(t, err)
	require.Equal(t, []uint32{1, 3}, []uint32{sizes.Messages[0].Number, sizes.Messages[1].Number})
	require.NoError(t, c.Shutdown(ctx))

	require.EqualValues(t, 2, count(s.dial(t, login("deleting"))))
}

// testLogin: both ways in, and who has the wrong password stays out.
func testLogin(t *testing.T, s *server) {
	sent := func(params pop3.Params) (list []string, err error) {
		c, err := pop3.Dial(lab.Within(t, 20*time.Second), s.address, params, pop3.WithObserver(pop3.Observer{
			Sent: func(command string, _ int) { list = append(list, command) },
		}))
		if err != nil {
			return nil, err
		}
		require.NoError(t, c.Close())
		<-c.Done()
		return list, nil
	}
	list, err := sent(login("login"))
	require.NoError(t, err)
	require.Equal(t, []string{"apop"}, list)
	list, err = sent(pop3.Params{User: "login", Password: "secret", Plain: true})
	require.NoError(t, err)
	require.Equal(t, []string{"user", "pass"}, list)

	for _, plain := range []bool{false, true} {
		_, err := sent(pop3.Params{User: "login", Password: "a guess", Plain: plain})
		require.ErrorIs(t, err, pop3.ErrRefused)
		var denied *pop3.Denied
		require.ErrorAs(t, err, &denied)
		require.Equal(t, "Authentication failed.", denied.Text.Value)
		require.NotContains(t, err.Error(), "a guess")
	}
}

func testErrors(t *testing.T, s *server) {
	c := s.dial(t, login("errors"))
	ctx := lab.Within(t, 20*time.Second)
	for name, call := range map[string]func() error{
		"LIST": func() error { _, err := c.Size(ctx, 9); return err },
		"UIDL": func() error { _, err := c.UIDOf(ctx, 9); return err },
		"RETR": func() error { _, err := c.Retr(ctx, 9); return err },
		"TOP":  func() error { _, err := c.Top(ctx, 9, 0); return err },
		"DELE": func() error { _, err := c.Dele(ctx, 9); return err },
	} {
		var failure *pop3.Failure
		require.ErrorAs(t, call(), &failure, name)
		require.Equal(t, "There's no message 9.", failure.Text.Value, name)
		require.False(t, failure.Temporary(), name)
	}
	require.EqualValues(t, 1, c.Stats().Links)
}

// testHeartbeat: three probes of an idle client are answered, on one link.
func testHeartbeat(t *testing.T, s *server) {
	answered, params := make(chan time.Duration, 100), login("heartbeat")
	c := s.quick(t, &params, runtime.WithObserver(runtime.Observer{RTT: func(d time.Duration) { answered <- d }}))
	lab.AwaitReady(t, c.States, 0)
	links, ctx := c.Stats().Links, lab.Within(t, 20*time.Second)
	for n := range 3 {
		select {
		case <-answered:
		case <-ctx.Done():
			t.Fatalf("%d probes were answered", n)
		}
	}
	require.Equal(t, links, c.Stats().Links, "no reconnect")
	require.Zero(t, c.Stats().ProbesMissed)
}

// TestRestart: the client logs in again, and reads the same mailbox.
func TestRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.mailbox("restart", messages...)
	c := s.dial(t, login("restart"))
	ctx := lab.Within(t, 60*time.Second)
	before, err := c.UIDL(ctx)
	require.NoError(t, err)
	require.Len(t, before.Messages, len(messages))
	link := lab.AwaitReady(t, c.States, 0).Link
	s.KillGroup()
	require.Error(t, lab.AwaitLoss(t, c.States, link).Err)
	s.start()
	lab.AwaitReady(t, c.States, link)
	after, err := c.UIDL(ctx)
	require.NoError(t, err)
	require.Equal(t, before.Messages, after.Messages)
}
