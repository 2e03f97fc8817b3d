package acme_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/generated/acme/acmetest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// bound is how long a silent unit may stay unnoticed, by acme.yaml.
const bound = 15 * time.Second

// trouble runs a client that is READY in virtual time.
func trouble(t *testing.T, test func(t *testing.T, unit *acmetest.Device, c *acme.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		unit := acmetest.New()
		defer unit.Close()
		c, err := unit.Dial(t.Context(), acme.Params{User: "eve", Secret: "x"})
		require.NoError(t, err)
		defer c.Close()
		test(t, unit, c)
	})
}

// lost waits until the client gives its link up, and says when and why.
func lost(t *testing.T, c *acme.Client) (after time.Duration, why error) {
	t.Helper()
	start := time.Now()
	for change := range c.States(t.Context()) {
		if change.To == runtime.Backoff {
			return change.At.Sub(start), change.Err
		}
	}
	t.Fatal("the link was not lost")
	return 0, nil
}

func back(t *testing.T, c *acme.Client) {
	t.Helper()
	for change := range c.States(t.Context()) {
		if change.To == runtime.Ready && change.Link > 1 {
			return
		}
	}
	t.Fatal("the client did not come back")
}

// TestFaultsEndTheLink: each of these ends the link in time, and the client
// comes back once the unit behaves again.
func TestFaultsEndTheLink(t *testing.T) {
	for _, f := range []struct {
		name   string
		fault  func(unit *acmetest.Device)
		within time.Duration
		why    error
	}{
		{"black hole", func(d *acmetest.Device) { d.BlackHole() }, bound, runtime.ErrPeerSilent},
		{"silence", func(d *acmetest.Device) { d.Silence() }, bound, runtime.ErrPeerSilent},
		{"dropped acks", func(d *acmetest.Device) { d.DropReplies("heartbeat", 100) }, bound, runtime.ErrPeerSilent},
		{"half a frame, then silence", func(d *acmetest.Device) { d.StallMidFrame(5); d.EmitReading(acme.Reading{}) }, bound, runtime.ErrPeerSilent},
		{"endless line", func(d *acmetest.Device) { d.Garbage(bytes.Repeat([]byte("x"), 10_000)) }, 0, runtime.ErrProtocol},
		{"a reply nobody asked for", func(d *acmetest.Device) { d.Emit("OK") }, 0, runtime.ErrProtocol},
		{"closed", func(d *acmetest.Device) { d.CloseAll() }, 0, runtime.ErrLinkLost},
		{"reset", func(d *acmetest.Device) { d.Reset() }, 0, runtime.ErrLinkLost},
		{"reset in the middle of a frame", func(d *acmetest.Device) {
			d.StallMidFrame(7)
			d.EmitReading(acme.Reading{})
			d.Reset()
		}, 0, runtime.ErrLinkLost},
	} {
		t.Run(f.name, func(t *testing.T) {
			trouble(t, func(t *testing.T, unit *acmetest.Device, c *acme.Client) {
				f.fault(unit)
				after, why := lost(t, c)
				require.LessOrEqual(t, after, f.within)
				require.ErrorIs(t, why, f.why)
				unit.Heal()
				back(t, c)
				reading, err := c.Read(t.Context(), 3)
				require.NoError(t, err)
				require.Equal(t, "21.50", reading.Value.String())
			})
		})
	}
}

// TestFaultsAreBorne: these do not end the link.
func TestFaultsAreBorne(t *testing.T) {
	for name, fault := range map[string]func(unit *acmetest.Device){
		"one byte an interval":      func(d *acmetest.Device) { d.Drip(time.Millisecond) },
		"a frame cut at every byte": func(d *acmetest.Device) { d.SplitEvery(1) },
		"everything late":           func(d *acmetest.Device) { d.Delay(time.Second) },
		"NULs, as an unknown event": func(d *acmetest.Device) { d.Garbage([]byte("\x00\x00\x00\n")) },
		"an unknown message":        func(d *acmetest.Device) { d.Emit("HELLO 1 2 3") },
		"a reading that is none":    func(d *acmetest.Device) { d.Emit("READING 3 warm C") },
		"a CRLF instead of a LF":    func(d *acmetest.Device) { d.Garbage([]byte("READING 9 1 C\r\n")) },
		"unasked readings on top": func(d *acmetest.Device) {
			d.EmitReading(acme.Reading{Channel: 3, Unit: "C"})
			d.EmitReading(acme.Reading{Channel: 4, Unit: "C"})
		},
		"a value that never was one": func(d *acmetest.Device) { d.Emit("READING 256 1 C") },
	} {
		t.Run(name, func(t *testing.T) {
			trouble(t, func(t *testing.T, unit *acmetest.Device, c *acme.Client) {
				fault(unit)
				<-time.After(time.Minute) // virtual: four heartbeats
				require.EqualValues(t, 1, c.Stats().Links)
				_, err := c.Read(t.Context(), 3)
				require.NoError(t, err)
			})
		})
	}
}

func TestSlowDripOfOneFrame(t *testing.T) {
	// A byte an interval is life, but a frame must end within 30 s.
	trouble(t, func(t *testing.T, unit *acmetest.Device, c *acme.Client) {
		unit.Drip(9 * time.Second)
		unit.EmitReading(acme.Reading{Channel: 1, Value: decimal(250, 2), Unit: acme.UnitCelsius})
		after, why := lost(t, c)
		require.ErrorIs(t, why, runtime.ErrTimeout)
		require.LessOrEqual(t, after, 40*time.Second)
	})
}

func TestNoReplyEver(t *testing.T) {
	trouble(t, func(t *testing.T, unit *acmetest.Device, c *acme.Client) {
		unit.DropReplies("set_name", 1)
		start := time.Now()
		err := c.SetName(t.Context(), "x")
		var e *acme.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, acme.Unknown, e.Fate)
		require.True(t, e.Timeout(), err)
		require.Equal(t, 2*time.Second, time.Since(start))
	})
}

func TestTwoRepliesForOneCommand(t *testing.T) {
	trouble(t, func(t *testing.T, unit *acmetest.Device, c *acme.Client) {
		unit.DuplicateReplies()
		require.NoError(t, c.SetInterval(t.Context(), 1, 60))
		_, why := lost(t, c)
		require.ErrorIs(t, why, runtime.ErrProtocol)
	})
}

func TestLateReply(t *testing.T) {
	// It must not be taken for the reply of the next command.
	trouble(t, func(t *testing.T, unit *acmetest.Device, c *acme.Client) {
		unit.LateReplies(3 * time.Second)
		require.Error(t, c.SetName(t.Context(), "x"))
		err := c.SetName(t.Context(), "x")
		var e *acme.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, acme.Unknown, e.Fate)
		require.ErrorIs(t, err, runtime.ErrProtocol)
	})
}

func TestRefusedLogin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit := acmetest.New()
		defer unit.Close()
		unit.RefuseLogin("DENIED")
		_, err := unit.Dial(t.Context(), acme.Params{User: "eve", Secret: "tops3cret"})
		require.ErrorIs(t, err, acme.ErrRefused)
		require.NotContains(t, err.Error(), "tops3cret")
		var denied *acme.Denied
		require.ErrorAs(t, err, &denied, "the caller learns what the unit said")
		<-time.After(time.Hour)
		require.Len(t, unit.History().Of(device.Connected), 1, "a refused client does not try again")
	})
}

func TestAcceptThenCloseIsNoStorm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit := acmetest.New()
		defer unit.Close()
		unit.AcceptAndClose()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := unit.Dial(ctx, acme.Params{User: "eve", Secret: "x"})
		require.Error(t, err)
		n := len(unit.History().Of(device.Connected))
		t.Logf("%d connections in a minute", n)
		require.LessOrEqual(t, n, 11, "at least half of 0.5 s, 1 s, 2 s … 30 s between them")
		require.GreaterOrEqual(t, n, 5)
	})
}

func TestNoInjection(t *testing.T) {
	trouble(t, func(t *testing.T, unit *acmetest.Device, c *acme.Client) {
		for _, name := range []string{"a\nRESET", "a\"\r\nRESET\r\n"} {
			require.NoError(t, c.SetName(t.Context(), name), "what can be escaped is")
		}
		for _, name := range []string{"\xff", strings.Repeat("x", 5000)} {
			err := c.SetName(t.Context(), name)
			var e *acme.Error
			require.ErrorAs(t, err, &e, "%q", name)
			require.Equal(t, acme.NotSent, e.Fate, "%q", name)
		}
		require.Equal(t, []acme.SetNameRequest{{Name: "a\nRESET"}, {Name: "a\"\r\nRESET\r\n"}}, unit.ReceivedSetName())
		require.Empty(t, unit.ReceivedReset())
		require.EqualValues(t, 1, c.Stats().Links)
	})
	for _, secret := range []string{"two words", "x\nRESET", "", "x\x00"} {
		_, err := acme.New("unit", acme.Params{User: "eve", Secret: secret})
		require.ErrorContains(t, err, "secret", "%q", secret)
		if len(secret) > 1 {
			require.NotContains(t, err.Error(), secret)
		}
	}
}

func TestCancelledCallReturnsAtOnce(t *testing.T) {
	trouble(t, func(t *testing.T, unit *acmetest.Device, c *acme.Client) {
		unit.BlackHole()
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		_, err := c.Read(ctx, 1)
		require.True(t, errors.Is(err, context.DeadlineExceeded))
		require.Equal(t, 100*time.Millisecond, time.Since(start))
	})
}
