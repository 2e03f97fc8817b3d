package acmetest_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/generated/acme"
	"github.com/linewright/linewright/generated/acme/acmetest"
	"github.com/linewright/linewright/runtime/device"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// dial makes a fake and a client that is READY; both end with the bubble.
func dial(t *testing.T, opts ...acme.Option) (*acmetest.Device, *acme.Client) {
	t.Helper()
	unit := acmetest.New()
	c, err := unit.Dial(t.Context(), login, opts...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, c.Close())
		require.NoError(t, unit.Close())
	})
	return unit, c
}

// TestDefaults sends every command to a fake without handlers.
func TestDefaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit, c := dial(t)
		ctx := t.Context()
		reading, err := c.Read(ctx, 9)
		require.NoError(t, err)
		require.Equal(t, "READING 9 21.50 C", fmt.Sprint("READING ", reading.Channel, " ", reading.Value, " ", reading.Unit))
		channels, err := c.ListChannels(ctx)
		require.NoError(t, err)
		require.Equal(t, []uint8{1, 2, 16}, channels.Channels)
		limits, ok, err := c.GetLimits(ctx, 5)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, uint8(5), limits.Channel)
		label, err := c.GetName(ctx)
		require.NoError(t, err)
		require.Equal(t, "Boiler room, north", label.Name)
		require.NoError(t, c.SetInterval(ctx, 3, 60))
		require.NoError(t, c.SetLimits(ctx, 3, acme.Decimal{}, acme.Decimal{}))
		require.NoError(t, c.Acknowledge(ctx, 17, acme.Some("on my way")))
		require.NoError(t, c.SetName(ctx, "Boiler"))
		<-time.After(time.Minute)
		require.EqualValues(t, 1, c.Stats().Links, "the heartbeat is answered")
		require.NoError(t, c.Reset(ctx))
		require.Empty(t, unit.History().Of(device.Unhandled, device.Unknown))
		require.Equal(t, []acme.AcknowledgeRequest{{ID: 17, Note: acme.Some("on my way")}}, unit.ReceivedAcknowledge())
	})
}

// TestShutdown: logging out is answered too.
func TestShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit, c := dial(t)
		require.NoError(t, c.Shutdown(t.Context()))
		require.Len(t, unit.ReceivedBye(), 1)
	})
}

// TestPrivateCommands: the session's own commands have handlers like all others.
func TestPrivateCommands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit := acmetest.New()
		defer unit.Close()
		unit.HandleLogin(func(r *acmetest.LoginRequest) {
			assert.Equal(t, login, acme.Params(r.LoginRequest))
			r.ReplyDenied()
		})
		_, err := unit.Dial(t.Context(), login)
		require.ErrorIs(t, err, acme.ErrRefused)

		unit.HandleLogin((*acmetest.LoginRequest).Default)
		unit.HandleHeartbeat(func(r *acmetest.HeartbeatRequest) {
			assert.Equal(t, 2, r.Conn, "what a device.Request has")
			r.Reset()
		})
		c, err := unit.Dial(t.Context(), login)
		require.NoError(t, err)
		defer c.Close()
		for change := range c.States(t.Context()) {
			if change.To == acme.StateBackoff {
				require.ErrorIs(t, change.Err, acme.ErrLinkLost)
				return
			}
		}
	})
}

// TestSecrets: what a fake received can be printed.
func TestSecrets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit := acmetest.New()
		defer unit.Close()
		printed := ""
		unit.HandleLogin(func(r *acmetest.LoginRequest) {
			printed = fmt.Sprintf("%v %+v %#v %s", r, *r, r, r)
			r.Default()
		})
		c, err := unit.Dial(t.Context(), login)
		require.NoError(t, err)
		defer c.Close()
		printed += fmt.Sprintf("%v %+v %#v", unit.ReceivedLogin(), unit.ReceivedLogin(), unit.ReceivedLogin())
		require.Contains(t, printed, "eve")
		require.NotContains(t, printed, login.Secret)
	})
}

// TestEvents sends to all connections, to one, and to the next.
func TestEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit, first := dial(t)
		second, err := unit.Dial(t.Context(), login)
		require.NoError(t, err)
		defer second.Close()
		events := make(chan string, 8)
		for name, c := range map[string]*acme.Client{"first": first, "second": second} {
			sub := c.Subscribe()
			defer sub.Close()
			go func() {
				for event := range sub.Events(t.Context()) {
					if alarm, ok := event.(*acme.Alarm); ok {
						events <- fmt.Sprint(name, " ", alarm.ID)
					}
				}
			}()
		}
		alarm := func(id uint32) acme.Alarm { return acme.Alarm{ID: id, Severity: acme.SeverityNotice} }
		for _, send := range []func(){
			func() { unit.Conn(2).EmitAlarm(alarm(2)) },
			func() { unit.Conn(1).EmitAlarm(alarm(1)) },
			func() { unit.EmitAlarm(alarm(12)) },
			func() { unit.Next().EmitAlarm(alarm(3)) },
			func() { unit.Conn(1).Reset(); <-time.After(time.Minute) },
		} {
			send()
			synctest.Wait()
		}
		var got []string
		for len(events) > 0 {
			got = append(got, <-events)
		}
		require.Len(t, got, 5)
		require.Equal(t, []string{"second 2", "first 1"}, got[:2])
		require.ElementsMatch(t, []string{"first 12", "second 12"}, got[2:4])
		require.Equal(t, "first 3", got[4])
	})
}

// TestBlackHole is noticed in time, and healed.
func TestBlackHole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit, c := dial(t)
		unit.BlackHole()
		start := time.Now()
		for change := range c.States(t.Context()) {
			if change.To == acme.StateBackoff {
				require.ErrorIs(t, change.Err, acme.ErrPeerSilent)
				require.Equal(t, 15*time.Second, time.Since(start))
				break
			}
		}
		unit.Heal()
		for change := range c.States(t.Context()) {
			if change.To == acme.StateReady && change.Link > 1 {
				return
			}
		}
	})
}

// TestMistakesOfATest panic where they are made.
func TestMistakesOfATest(t *testing.T) {
	unit := acmetest.New()
	defer unit.Close()
	require.PanicsWithValue(t, "device: cannot emit *acme.Alarm: severity: is none of the enum's values (byte 8)",
		func() { unit.EmitAlarm(acme.Alarm{Severity: "BAD"}) })
	require.Panics(t, func() { unit.Conn(1) })
	synctest.Test(t, func(t *testing.T) {
		unit := acmetest.New()
		defer unit.Close()
		unit.HandleGetName(func(r *acmetest.GetNameRequest) {
			assert.PanicsWithValue(t, `device: cannot reply to get_name with *acme.Label: name: not valid UTF-8 (byte 5)`,
				func() { r.ReplyLabel(acme.Label{Name: "\xff"}) })
			r.Default()
		})
		c, err := unit.Dial(t.Context(), login)
		require.NoError(t, err)
		defer c.Close()
		_, err = c.GetName(t.Context())
		require.NoError(t, err)
	})
}

// TestTLS: the spec leaves it open.
func TestTLS(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit := acmetest.New(device.WithSelfSigned())
		defer unit.Close()
		c, err := unit.Dial(t.Context(), login, acme.WithTLS(unit.ClientTLS()))
		require.NoError(t, err)
		defer c.Close()
		_, err = c.Read(t.Context(), 3)
		require.NoError(t, err)
		_, err = unit.Dial(t.Context(), login, acme.WithTLS(nil))
		require.ErrorIs(t, err, acme.ErrRefused, "nobody else trusts it")
	})
	require.Nil(t, acmetest.New().ClientTLS())
}
