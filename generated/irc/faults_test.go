package irc_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/irc"
	"github.com/linewright/linewright/generated/irc/irctest"
	"github.com/linewright/linewright/runtime/device"
)

// with gives a test a fake server and a client of it, under a virtual clock.
func with(t *testing.T, test func(*testing.T, *irctest.Device, *irc.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := irctest.New()
		c, err := d.Dial(t.Context(), who("al"))
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close()); require.NoError(t, d.Close()) }()
		test(t, d, c)
	})
}

// TestWire: what is sent, as in RFC 2812, with a PING behind it where nothing
// else says that it is done.
func TestWire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := irctest.New()
		params := who("al")
		params.Password, params.Farewell = "s3 cret", "so long"
		c, err := d.Dial(t.Context(), params)
		require.NoError(t, err)
		_, err = c.Join(t.Context(), "#c", irc.Some("key"))
		require.NoError(t, err)
		require.NoError(t, c.Kick(t.Context(), "#c", "bo", irc.Some("too loud")))
		_, err = c.Ison(t.Context(), []string{"bo", "cy"})
		require.NoError(t, err)
		require.NoError(t, c.Shutdown(t.Context()))
		var wire string
		for _, r := range d.History().Of(device.Received) {
			wire += string(r.Frame) + "\r\n"
		}
		require.NoError(t, d.Close())
		require.Equal(t, "PASS :s3 cret\r\nUSER al 0 * :al of the tests\r\nNICK al\r\nJOIN #c key\r\nPING :1\r\n"+
			"KICK #c bo :too loud\r\nPING :2\r\nISON bo cy\r\nQUIT :so long\r\n", wire)
	})
}

// TestAnotherToken: only the PONG with the heartbeat's own token is life.
func TestAnotherToken(t *testing.T) {
	with(t, func(t *testing.T, d *irctest.Device, c *irc.Client) {
		d.HandlePing(func(r *irctest.PingRequest) { r.Emit(":irc.invalid PONG irc.invalid :4000000000") })
		start := time.Now()
		for change := range c.States(t.Context()) {
			if change.To == irc.StateBackoff {
				require.ErrorIs(t, change.Err, irc.ErrPeerSilent)
				break
			}
		}
		require.LessOrEqual(t, time.Since(start), 45*time.Second)
	})
}

// TestServerToken: the server gets the token that it has sent.
func TestServerToken(t *testing.T) {
	with(t, func(t *testing.T, d *irctest.Device, _ *irc.Client) {
		for _, token := range []string{"irc.example.org", "a b", ":", ""} {
			d.Emit("PING :" + token)
		}
		d.Emit("PING plain")
		synctest.Wait()
		require.Equal(t, []irc.PongRequest{{Origin: "irc.example.org"}, {Origin: "a b"}, {Origin: ":"}, {}, {Origin: "plain"}}, d.ReceivedPong())
	})
}

// TestErrorBeforeThePong: an error ends its command, and the PONG behind it is not
// taken for the next one's.
func TestErrorBeforeThePong(t *testing.T) {
	with(t, func(t *testing.T, d *irctest.Device, c *irc.Client) {
		d.HandlePrivmsg(func(r *irctest.PrivmsgRequest) {
			if r.Target == "nobody" {
				r.ReplyNoSuchNick(irc.NoSuchNick{Reason: irc.NameReasonNoSuchNick, Name: r.Target})
			}
			go func(r *irctest.PrivmsgRequest) {
				time.Sleep(time.Second)
				r.ReplyPong()
			}(r)
		})
		_, err := c.Privmsg(t.Context(), "nobody", "hi")
		var nobody *irc.NoSuchNick
		require.ErrorAs(t, err, &nobody)
		time.Sleep(500 * time.Millisecond)
		start := time.Now()
		_, err = c.Privmsg(t.Context(), "bo", "hi")
		require.NoError(t, err)
		require.Equal(t, time.Second, time.Since(start), "that was its own")
	})
}

// TestColons: a server may leave them out before what has no blank.
func TestColons(t *testing.T) {
	with(t, func(t *testing.T, d *irctest.Device, c *irc.Client) {
		s := events(t, c)
		d.Emit(":bo!~bo@127.0.0.1 JOIN #c")
		require.Equal(t, "#c", next[*irc.Joined](t, s).Channel)
		d.Emit(":bo!~bo@127.0.0.1 JOIN :#c")
		require.Equal(t, "#c", next[*irc.Joined](t, s).Channel)
		d.Emit(":bo!~bo@127.0.0.1 PRIVMSG #c hi")
		require.Equal(t, "hi", next[*irc.Privmsg](t, s).Text)
		d.Emit(":bo!~bo@127.0.0.1 PRIVMSG #c ::)")
		require.Equal(t, ":)", next[*irc.Privmsg](t, s).Text)
		d.HandleIson(func(r *irctest.IsonRequest) { r.Emit(":irc.invalid 303 al bo") })
		on, err := c.Ison(t.Context(), []string{"bo"})
		require.NoError(t, err)
		require.Equal(t, []string{"bo"}, on.Nicks)
		d.HandleNotice(func(r *irctest.NoticeRequest) { r.Emit(fmt.Sprintf(":irc.invalid PONG irc.invalid %d", r.Token)) })
		require.NoError(t, c.Notice(t.Context(), "bo", "hi"))
	})
}

// TestWhowas: a server remembers those who were there for a while, longer than
// tests with a real one are.
func TestWhowas(t *testing.T) {
	with(t, func(t *testing.T, d *irctest.Device, c *irc.Client) {
		d.HandleWhowas(func(r *irctest.WhowasRequest) {
			r.Emit(":irc.example.test 314 al2 bob ~bo 127.0.0.1 * :Bo")
			r.Emit(":irc.example.test 312 al2 bob irc.example.test :Thu Nov 26 05:48:06 2026")
			r.Emit(":irc.example.test 369 al2 bob :End of WHOWAS list")
			r.ReplyPong()
		})
		past, err := c.Whowas(t.Context(), "bob", irc.Some(uint16(1)))
		require.NoError(t, err)
		require.Equal(t, []irc.WhowasItem{
			&irc.WhowasUser{Nick: "bob", User: "~bo", Host: "127.0.0.1", RealName: "Bo"},
			&irc.WhoisServer{Nick: "bob", Server: "irc.example.test", Text: "Thu Nov 26 05:48:06 2026"},
		}, past)
		require.Equal(t, []irc.WhowasRequest{{Nick: "bob", Count: irc.Some(uint16(1)), Token: 1}}, d.ReceivedWhowas())
	})
}

// TestUnknownAreEvents: what the document does not know, or what somebody sent in
// another charset, is an event, and ends nothing.
func TestUnknownAreEvents(t *testing.T) {
	with(t, func(t *testing.T, d *irctest.Device, c *irc.Client) {
		s := events(t, c)
		for _, frame := range []string{
			":irc.invalid 396 al cloak.example.org :is now your displayed host", ":bo!~bo@127.0.0.1 PRIVMSG #c :caf\xe9", "NONSENSE", ":", ":bo", ":irc.invalid PONG irc.invalid :x",
		} {
			d.Emit(frame)
			require.Equal(t, frame, string(next[*irc.UnknownMessage](t, s).Frame))
		}
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestEnds: what ends a connection, and whether the client comes back.
func TestEnds(t *testing.T) {
	for name, c := range map[string]struct {
		frame string
		err   error
		to    irc.State
	}{
		"closing": {"ERROR :Closing Link: al by irc.invalid (Ping timeout)", irc.ErrLinkLost, irc.StateBackoff},
		"denied":  {"ERROR :Access denied: banned", irc.ErrRefused, irc.StateClosed},
	} {
		t.Run(name, func(t *testing.T) {
			with(t, func(t *testing.T, d *irctest.Device, client *irc.Client) {
				d.Emit(c.frame)
				for change := range client.States(t.Context()) {
					if change.To == c.to {
						require.ErrorIs(t, change.Err, c.err)
						return
					}
				}
			})
		})
	}
}

// TestWrongPassword: other servers than ngircd say so with a number.
func TestWrongPassword(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := irctest.New()
		defer d.Close()
		d.HandleRegister(func(r *irctest.RegisterRequest) {
			r.ReplyFailure(irc.Failure{Reason: irc.ReasonWrongPassword, Text: "Password incorrect"})
		})
		_, err := d.Dial(t.Context(), who("al"))
		require.ErrorIs(t, err, irc.ErrRefused)
	})
}

// TestBannedMeanwhile: a channel that cannot be joined again is one less.
func TestBannedMeanwhile(t *testing.T) {
	with(t, func(t *testing.T, d *irctest.Device, c *irc.Client) {
		for _, channel := range []string{"#a", "#b"} {
			_, err := c.Join(t.Context(), channel, none)
			require.NoError(t, err)
		}
		d.HandleJoin(func(r *irctest.JoinRequest) {
			if r.Channel == "#a" {
				r.ReplyChannelError(irc.ChannelError{Reason: irc.ChannelReasonBanned, Channel: r.Channel})
				return
			}
			r.ReplyPong()
		})
		d.Reset()
		synctest.Wait()
		_, err := c.Privmsg(t.Context(), "#b", "back")
		require.NoError(t, err)
		var channels []string
		for _, r := range d.ReceivedJoin() {
			channels = append(channels, r.Channel)
		}
		require.Equal(t, []string{"#a", "#b", "#a", "#b"}, channels)
	})
}

// TestLateEnd: an end of a list that comes too late could be the next one's.
func TestLateEnd(t *testing.T) {
	with(t, func(t *testing.T, d *irctest.Device, c *irc.Client) {
		d.HandleNames(func(r *irctest.NamesRequest) {
			go func() {
				time.Sleep(11 * time.Second)
				r.ReplyNamesEnd()
			}()
		})
		_, err := c.Names(t.Context(), "#c")
		require.ErrorIs(t, err, irc.ErrTimeout)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		_, err = c.Ison(t.Context(), []string{"bo"})
		require.NoError(t, err)
		require.EqualValues(t, 2, c.Stats().Links)
	})
}
