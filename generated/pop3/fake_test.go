package pop3_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/pop3"
	"github.com/linewright/linewright/generated/pop3/pop3test"
)

// with gives a test a fake server under a virtual clock.
func with(t *testing.T, test func(*testing.T, *pop3test.Device)) {
	synctest.Test(t, func(t *testing.T) {
		d := pop3test.New()
		defer func() { require.NoError(t, d.Close()) }()
		test(t, d)
	})
}

// TestDigest is the example of RFC 1939, 7 APOP.
func TestDigest(t *testing.T) {
	with(t, func(t *testing.T, d *pop3test.Device) {
		d.GreetHello(pop3.Hello{Text: pop3.Some("POP3 server ready "), Stamp: pop3.Some("1896.697170952@dbc.mtview.ca.us")})
		c, err := d.Dial(t.Context(), pop3.Params{User: "mrose", Password: "tanstaaf"})
		require.NoError(t, err)
		require.NoError(t, c.Close())
		require.Equal(t, []pop3.ApopRequest{{User: "mrose", Digest: "c4c9334bac560ecc979e58001b3e22fb"}}, d.ReceivedApop())
	})
}

// TestNoStamp: without a time stamp there is no APOP.
func TestNoStamp(t *testing.T) {
	with(t, func(t *testing.T, d *pop3test.Device) {
		d.GreetHello(pop3.Hello{Text: pop3.Some("ready")})
		c, err := d.Dial(t.Context(), pop3.Params{User: "mrose", Password: "tanstaaf"})
		require.NoError(t, err)
		require.NoError(t, c.Close())
		require.Equal(t, []pop3.UserRequest{{User: "mrose"}}, d.ReceivedUser())
		require.Equal(t, []pop3.PassRequest{{Password: "tanstaaf"}}, d.ReceivedPass())
	})
}

// TestNoServiceNow: a server that serves nobody for now, or a mailbox that another
// client has, is tried again.
func TestNoServiceNow(t *testing.T) {
	with(t, func(t *testing.T, d *pop3test.Device) {
		d.GreetTurnedAway(pop3.TurnedAway{Text: pop3.Some("[SYS/TEMP] full")})
		c, err := d.NewClient(login("u"))
		require.NoError(t, err)
		go func() { _ = c.Run(t.Context()) }()
		defer func() { require.NoError(t, c.Close()); <-c.Done() }()
		lost := next(t, c, pop3.StateBackoff)
		require.ErrorContains(t, lost.Err, "the server serves nobody now")

		d.GreetHello(pop3.Hello{Text: pop3.Some(""), Stamp: pop3.Some("1@a")})
		d.HandleApop(func(r *pop3test.ApopRequest) { r.ReplyInUse(pop3.InUse{Text: pop3.Some("locked")}) })
		synctest.Wait()
		for change := range c.States(t.Context()) {
			if change.Link > lost.Link && change.To == pop3.StateBackoff {
				var used *pop3.InUse
				require.ErrorAs(t, change.Err, &used)
				break
			}
		}
		d.HandleApop((*pop3test.ApopRequest).Default)
		next(t, c, pop3.StateReady)
	})
}

// TestLater: who logs in too soon tries again, and what the server cannot do for
// now is an error that says so.
func TestLater(t *testing.T) {
	with(t, func(t *testing.T, d *pop3test.Device) {
		d.GreetHello(pop3.Hello{Text: pop3.Some(""), Stamp: pop3.Some("1@a")})
		d.HandleApop(func(r *pop3test.ApopRequest) { r.ReplyTooSoon(pop3.TooSoon{}) })
		c, err := d.NewClient(login("u"))
		require.NoError(t, err)
		go func() { _ = c.Run(t.Context()) }()
		defer func() { require.NoError(t, c.Close()); <-c.Done() }()
		var soon *pop3.TooSoon
		require.ErrorAs(t, next(t, c, pop3.StateBackoff).Err, &soon)
		d.HandleApop((*pop3test.ApopRequest).Default)
		next(t, c, pop3.StateReady)

		d.HandleStat(func(r *pop3test.StatRequest) { r.ReplyNoService(pop3.NoService{Text: pop3.Some("I/O error")}) })
		_, err = c.Stat(t.Context())
		var broken *pop3.NoService
		require.ErrorAs(t, err, &broken)
		require.True(t, broken.Temporary())
		require.Equal(t, pop3.StateReady, c.State())
	})
}

// next waits for a state.
func next(t *testing.T, c *pop3.Client, state pop3.State) pop3.StateChange {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	for change := range c.States(ctx) {
		if change.To == state {
			return change
		}
	}
	t.Fatalf("never %s", state)
	return pop3.StateChange{}
}

// TestLargeMail: what takes long to come is waited for as long as the document
// says, and the heartbeat with it.
func TestLargeMail(t *testing.T) {
	with(t, func(t *testing.T, d *pop3test.Device) {
		c, err := d.Dial(t.Context(), login("u"))
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()) }()
		d.HandleRetr(func(r *pop3test.RetrRequest) {
			time.Sleep(50 * time.Second)
			r.ReplyMail(pop3.Mail{Lines: []string{".", "..", ""}})
		})
		mail, err := c.Retr(t.Context(), 1)
		require.NoError(t, err)
		require.Equal(t, []string{".", "..", ""}, mail.Lines)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}
