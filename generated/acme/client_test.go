package acme_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/acme"
)

func decimal(coef int64, scale uint8) acme.Decimal { return acme.Decimal{Coef: coef, Scale: scale} }

// TestCommands sends every command, and compares what the unit saw and what
// the methods returned.
func TestCommands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := manualUnit()
		c, ctx := dial(t, d), t.Context()

		reading, err := c.Read(ctx, 3)
		require.NoError(t, err)
		require.Equal(t, acme.Reading{Channel: 3, Value: decimal(2150, 2), Unit: acme.UnitCelsius}, reading)

		channels, err := c.ListChannels(ctx)
		require.NoError(t, err)
		require.Equal(t, []uint8{1, 2, 16}, channels.Channels)

		limits, ok, err := c.GetLimits(ctx, 3)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, acme.Limits{Channel: 3, Low: decimal(-100, 1), High: decimal(8525, 2)}, limits)
		_, ok, err = c.GetLimits(ctx, 4)
		require.NoError(t, err)
		require.False(t, ok)

		label, err := c.GetName(ctx)
		require.NoError(t, err)
		require.Equal(t, "Boiler room, north", label.Name)

		require.NoError(t, c.SetInterval(ctx, 3, 60))
		require.NoError(t, c.SetLimits(ctx, 3, decimal(-5, 0), decimal(905, 1)))
		require.NoError(t, c.Acknowledge(ctx, 17, acme.Optional[string]{}))
		require.NoError(t, c.Acknowledge(ctx, 17, acme.Some("on my \"way\"")))
		require.NoError(t, c.SetName(ctx, "Boiler, south"))

		var sent []string
		for _, r := range d.History().Commands("") {
			if r.Command != "login" {
				sent = append(sent, strings.TrimSuffix(string(r.Frame), "\n"))
			}
		}
		require.Equal(t, []string{
			"READ 3", "CHANNELS", "LIMITS 3", "LIMITS 4", "NAME", "INTERVAL 3 60", "LIMITS 3 -5 90.5",
			"ACK 17", `ACK 17 "on my \"way\""`, `NAME "Boiler, south"`,
		}, sent)
	})
}

// TestFaults returns what the unit answers with as errors.
func TestFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := dial(t, manualUnit())
		_, err := c.Read(t.Context(), 9)
		var fault *acme.Fault
		require.ErrorAs(t, err, &fault)
		require.Equal(t, acme.Fault{Code: acme.FaultCodeNoSuchChannel, Text: "no such channel"}, *fault)
		require.EqualError(t, err, `acme: fault (code no_such_channel, text "no such channel")`)
		require.False(t, fault.Temporary())

		_, err = c.Read(t.Context(), 7)
		require.ErrorAs(t, err, &fault)
		require.Equal(t, acme.FaultCodeBusy, fault.Code)
		require.True(t, fault.Temporary())
	})
}

// TestRefusedBeforeSending fails for values that do not fit, before a byte is
// written.
func TestRefusedBeforeSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := manualUnit()
		c := dial(t, d)
		for _, seconds := range []uint16{0, 3601} {
			err := c.SetInterval(t.Context(), 3, seconds)
			var e *acme.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, acme.NotSent, e.Fate)
			require.ErrorContains(t, err, "interval: is not in 1..3600")
		}
		require.Empty(t, d.ReceivedSetInterval())
	})
}

func TestParamsAreChecked(t *testing.T) {
	for _, p := range []acme.Params{{}, {User: "eve"}, {User: "eve", Secret: "two words"}, {User: "e\nREAD", Secret: "x"}} {
		_, err := acme.New("unit", p)
		require.ErrorContains(t, err, "parameters: ")
		require.NotContains(t, err.Error(), "two words")
	}
}

// TestSecretsAreNotPrinted prints parameters in every way that logs do.
func TestSecretsAreNotPrinted(t *testing.T) {
	p := acme.Params{User: "eve", Secret: "s3cret"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		require.NotContains(t, fmt.Sprintf(verb, p), "s3cret", verb)
		require.NotContains(t, fmt.Sprintf(verb, &p), "s3cret", verb)
		require.NotContains(t, fmt.Sprintf(verb, struct{ P acme.Params }{p}), "s3cret", verb)
	}
	require.Equal(t, "acme.Params{User:eve Secret:…}", fmt.Sprint(p))
}

// TestEvents yields what comes unasked, known or not; a clone outlives the
// next event.
func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := manualUnit()
		c := dial(t, d)
		sub := c.Subscribe()
		defer sub.Close()
		d.EmitReading(acme.Reading{Channel: 3, Value: decimal(-5, 1), Unit: "mA"})
		d.EmitAlarm(acme.Alarm{ID: 17, Severity: acme.SeverityCritical, Active: true, Text: acme.Some("Boiler")})
		d.EmitAlarm(acme.Alarm{ID: 18, Severity: acme.SeverityNotice})
		d.Emit("SOMETHING new")
		d.Emit("ALARM 19 FATAL ON") // what the spec does not know is written by hand
		var got []acme.Event
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for event := range sub.Events(ctx) {
			switch event := event.(type) {
			case *acme.Reading:
				got = append(got, event.Clone())
			case *acme.Alarm:
				got = append(got, event.Clone())
			case *acme.UnknownMessage:
				got = append(got, event.Clone())
			}
		}
		require.Equal(t, []acme.Event{
			&acme.Reading{Channel: 3, Value: decimal(-5, 1), Unit: "mA"},
			&acme.Alarm{ID: 17, Severity: acme.SeverityCritical, Active: true, Text: acme.Some("Boiler")},
			&acme.Alarm{ID: 18, Severity: acme.SeverityNotice},
			&acme.UnknownMessage{Frame: []byte("SOMETHING new")},
			&acme.UnknownMessage{Frame: []byte("ALARM 19 FATAL ON")},
		}, got)
		require.Zero(t, sub.Dropped())
	})
}

// TestEventsEnd ends the loop with its context, with break, and with the client.
func TestEventsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := manualUnit()
		c := dial(t, d)
		ended := make(chan string, 3)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			for range c.Events(ctx) {
			}
			ended <- "context"
		}()
		go func() {
			for range c.Events(background()) {
				break
			}
			ended <- "break"
		}()
		go func() {
			for range c.Events(background()) {
			}
			ended <- "client"
		}()
		synctest.Wait()
		cancel()
		require.Equal(t, "context", <-ended)
		d.EmitReading(acme.Reading{})
		require.Equal(t, "break", <-ended)
		require.NoError(t, c.Close())
		require.Equal(t, "client", <-ended)
	})
}

// TestSilentPeer is noticed within the spec's 15 seconds, and the client comes
// back by itself; an idempotent command that was under way is sent once more.
func TestSilentPeer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := manualUnit()
		c := dial(t, d)
		start := time.Now()
		d.BlackHole()
		var lost acme.StateChange
		for change := range c.States(t.Context()) {
			if change.To == acme.StateBackoff {
				lost = change
				break
			}
		}
		require.ErrorIs(t, lost.Err, acme.ErrPeerSilent)
		require.LessOrEqual(t, lost.At.Sub(start), 15*time.Second)

		d.Heal()
		for change := range c.States(t.Context()) {
			if change.To == acme.StateReady {
				break
			}
		}
		_, err := c.Read(t.Context(), 3)
		require.NoError(t, err)
		require.EqualValues(t, 2, c.Stats().Readies)
	})
}

// TestShutdown logs out.
func TestShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := manualUnit()
		c := dial(t, d)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		require.NoError(t, c.Shutdown(ctx))
		require.Len(t, d.ReceivedBye(), 1)
		require.Equal(t, acme.StateClosed, c.State())
		_, err := c.Read(t.Context(), 3)
		require.True(t, errors.Is(err, acme.ErrClosed), err)
	})
}
