package lutron_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/lutron"
	"github.com/linewright/linewright/generated/lutron/lutrontest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

func whole(n int64) lutron.Decimal { return lutron.Decimal{Coef: n} }

func percent(n int64) lutron.Decimal { return lutron.Decimal{Coef: 100 * n, Scale: 2} }

var none lutron.Optional[string]

// TestCommands sends every command; the fake answers as the manual's examples,
// with the fields that a command has echoed.
func TestCommands(t *testing.T) {
	with(t, func(t *testing.T, bridge *lutrontest.Device, c *lutron.Client) {
		want := wire(bridge, 1)
		require.Equal(t, []string{"lutron", "integration", "#MONITORING,11,1"}, want)
		ctx := t.Context()
		check := func(sent string, answer any, err error, reply any) {
			require.NoError(t, err, sent)
			require.Equal(t, reply, answer, sent)
			want = append(want, sent)
		}
		call := func(sent string, reply any) func(any, error) {
			return func(answer any, err error) { check(sent, answer, err, reply) }
		}
		level := lutron.OutputLevel{ID: 7, Level: percent(75)}
		call("#OUTPUT,7,1,75", level)(any2(c.SetLevel(ctx, 7, whole(75), none)))
		call("#OUTPUT,7,1,75,1:30", level)(any2(c.SetLevel(ctx, 7, whole(75), lutron.Some("1:30"))))
		call("#OUTPUT,7,1,75,2.5,1:00:00", level)(any2(c.SetLevelLater(ctx, 7, whole(75), "2.5", "1:00:00")))
		call("?OUTPUT,7,1", level)(any2(c.GetLevel(ctx, 7)))
		call("#OUTPUT,7,4", lutron.OutputMotion{ID: 7, Motion: lutron.MotionStop})(any2(c.MoveOutput(ctx, 7, lutron.MotionStop)))
		call("#OUTPUT,7,5", lutron.OutputFlash{ID: 7, Rate: lutron.Some("0.50")})(any2(c.FlashOutput(ctx, 7, none)))
		call("#OUTPUT,7,6,0.5", lutron.OutputPulse{ID: 7, Duration: lutron.Some("0.50")})(any2(c.PulseOutput(ctx, 7, lutron.Some("0.5"))))
		blind := lutron.Blind{ID: 4, Lift: percent(75), Tilt: percent(50)}
		call("#OUTPUT,4,10,75,50", blind)(any2(c.SetBlind(ctx, 4, whole(75), whole(50))))
		call("?OUTPUT,4,10", blind)(any2(c.GetBlind(ctx, 4)))
		shades := lutron.ShadeLevel{ID: 3, Level: percent(48)}
		call("#SHADEGRP,3,1,48,2", shades)(any2(c.SetShades(ctx, 3, whole(48), lutron.Some("2"))))
		call("?SHADEGRP,3,1", shades)(any2(c.GetShades(ctx, 3)))
		call("#SHADEGRP,3,2", lutron.ShadeMotion{ID: 3, Motion: lutron.MotionRaise})(any2(c.MoveShades(ctx, 3, lutron.MotionRaise)))
		button := lutron.Button{ID: 5, Component: 2, Action: lutron.ButtonActionPress}
		call("#DEVICE,5,2,3", button)(any2(c.PressButton(ctx, 5, 2, lutron.ButtonActionPress)))
		led := lutron.LED{ID: 5, Component: 82, State: lutron.LEDStateOn}
		call("#DEVICE,5,82,9,1", led)(any2(c.SetLED(ctx, 5, 82, lutron.LEDStateOn)))
		call("?DEVICE,5,82,9", led)(any2(c.GetLED(ctx, 5, 82)))
		call("#AREA,2,1,70,4", lutron.AreaLevel{ID: 2, Level: percent(70)})(any2(c.SetArea(ctx, 2, whole(70), lutron.Some("4"))))
		call("#AREA,2,3", lutron.AreaMotion{ID: 2, Motion: lutron.MotionLower})(any2(c.MoveArea(ctx, 2, lutron.MotionLower)))
		call("#AREA,2,6,3", lutron.Scene{ID: 2, Scene: 3})(any2(c.SetScene(ctx, 2, 3)))
		call("?AREA,2,6", lutron.Scene{ID: 2, Scene: 3})(any2(c.GetScene(ctx, 2)))
		call("?AREA,2,8", lutron.AreaOccupancy{ID: 2, State: lutron.OccupancyOccupied})(any2(c.GetAreaOccupancy(ctx, 2)))
		call("?GROUP,25,3", lutron.GroupOccupancy{ID: 25, State: lutron.OccupancyUnoccupied})(any2(c.GetGroupOccupancy(ctx, 25)))
		call("#MONITORING,5,1", lutron.Monitoring{Kind: lutron.KindZones, On: true})(any2(c.Monitor(ctx, lutron.KindZones)))
		bridge.HandleUnmonitor(func(r *lutrontest.UnmonitorRequest) { r.ReplyMonitoring(lutron.Monitoring{Kind: r.Kind}) })
		call("#MONITORING,5,2", lutron.Monitoring{Kind: lutron.KindZones})(any2(c.Unmonitor(ctx, lutron.KindZones)))
		call("#SYSVAR,12,1,2", lutron.Variable{ID: 12, Value: 2})(any2(c.SetVariable(ctx, 12, 2)))
		call("?SYSVAR,12,1", lutron.Variable{ID: 12, Value: 2})(any2(c.GetVariable(ctx, 12)))
		call("#MODE,7,1,2", lutron.Mode{ID: 7, Mode: 2})(any2(c.SetMode(ctx, 7, 2)))
		call("?MODE,7,1", lutron.Mode{ID: 7, Mode: 2})(any2(c.GetMode(ctx, 7)))
		call("#TIMECLOCK,1,1,2", lutron.ClockMode{ID: 1, Mode: 2})(any2(c.SetClockMode(ctx, 1, 2)))
		call("?TIMECLOCK,1,1", lutron.ClockMode{ID: 1, Mode: 2})(any2(c.GetClockMode(ctx, 1)))
		call("?TIMECLOCK,1,2", lutron.ClockSunrise{ID: 1, Time: "06:41"})(any2(c.GetSunrise(ctx, 1)))
		call("?TIMECLOCK,1,3", lutron.ClockSunset{ID: 1, Time: "20:15"})(any2(c.GetSunset(ctx, 1)))
		call("#TIMECLOCK,1,5,4", lutron.ClockEvent{ID: 1, Number: 4})(any2(c.ExecuteClockEvent(ctx, 1, 4)))
		call("#TIMECLOCK,1,6,4,2", lutron.ClockEventEnabled{ID: 1, Number: 4})(any2(c.EnableClockEvent(ctx, 1, 4, false)))
		call("?SYSTEM,1", lutron.System{Item: lutron.SystemItemTime, Value: "13:40:00"})(any2(c.GetSystem(ctx, lutron.SystemItemTime)))
		call("?HELP,#OUTPUT", nil)(nil, c.Help(ctx, lutron.Some("#OUTPUT")))
		<-time.After(time.Second)
		require.Equal(t, want, wire(bridge, 1))
		require.EqualValues(t, 1, c.Stats().Links)
		require.Zero(t, c.Stats().EventsUnknown, "prompts and echoes are no events")
	})
}

func any2[T any](reply T, err error) (any, error) { return reply, err }

func TestFault(t *testing.T) {
	with(t, func(t *testing.T, _ *lutrontest.Device, c *lutron.Client) {
		_, err := c.GetLevel(t.Context(), 9)
		var fault *lutron.Fault
		require.ErrorAs(t, err, &fault)
		require.Equal(t, lutron.ErrorCodeNoSuchObject, fault.Code)
		require.EqualError(t, err, "lutron: fault (code no_such_object)")
		_, err = c.GetLevel(t.Context(), 1)
		require.NoError(t, err)
	})
}

// TestWrongPassword: the bridge prompts for the login again, and the client
// does not try a second time.
func TestWrongPassword(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bridge := newBridge()
		defer bridge.Close()
		_, err := bridge.Dial(t.Context(), lutron.Params{User: "lutron", Password: "gue55"})
		require.ErrorIs(t, err, lutron.ErrRefused)
		require.NotContains(t, err.Error(), "gue55")
		<-time.After(time.Hour)
		require.Len(t, bridge.History().Of(device.Connected), 1)
	})
}

// TestEvents: what others do comes behind a prompt, and what is not in the
// document comes, too.
func TestEvents(t *testing.T) {
	with(t, func(t *testing.T, bridge *lutrontest.Device, c *lutron.Client) {
		sub := c.Subscribe()
		defer sub.Close()
		raw(bridge.Conn(1).Scope, "GNET> ~OUTPUT,2,1,50.00\r\n~OUTPUT,2,29,6\r\n")
		bridge.EmitButton(lutron.Button{ID: 5, Component: 2, Action: lutron.ButtonActionRelease})
		bridge.EmitGroupOccupancy(lutron.GroupOccupancy{ID: 25, State: 17})
		_, err := c.GetLevel(t.Context(), 3)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var got []lutron.Event
		for event := range sub.Events(ctx) {
			switch event := event.(type) {
			case *lutron.OutputLevel:
				got = append(got, event.Clone())
			case *lutron.Button:
				got = append(got, event.Clone())
			case *lutron.GroupOccupancy:
				got = append(got, event.Clone())
			case *lutron.UnknownMessage:
				got = append(got, event.Clone())
			}
		}
		require.Equal(t, []lutron.Event{
			&lutron.OutputLevel{ID: 2, Level: percent(50)},
			&lutron.UnknownMessage{Frame: []byte("~OUTPUT,2,29,6")},
			&lutron.Button{ID: 5, Component: 2, Action: lutron.ButtonActionRelease},
			&lutron.GroupOccupancy{ID: 25, State: 17},
			&lutron.OutputLevel{ID: 3, Level: percent(75)},
		}, got, "the last answers our question")
	})
}

// TestHeartbeat keeps an idle link over three intervals, and gives one up that
// fell silent, within the 50 s that the document promises.
func TestHeartbeat(t *testing.T) {
	with(t, func(t *testing.T, bridge *lutrontest.Device, c *lutron.Client) {
		<-time.After(91 * time.Second)
		beats := bridge.History().Commands("heartbeat")
		require.Len(t, beats, 3)
		require.Equal(t, "?SYSTEM,10", string(beats[0].Frame))
		require.EqualValues(t, 1, c.Stats().Links)

		start := time.Now()
		bridge.BlackHole()
		lost := await(t, c, runtime.Backoff, 0)
		require.ErrorIs(t, lost.Err, lutron.ErrPeerSilent)
		require.LessOrEqual(t, lost.At.Sub(start), 50*time.Second)
	})
}

// TestRestart: the client logs in again, and asks again for what it had asked
// for, but not for what was given up.
func TestRestart(t *testing.T) {
	with(t, func(t *testing.T, bridge *lutrontest.Device, c *lutron.Client) {
		ctx := t.Context()
		for _, kind := range []lutron.Kind{lutron.KindZones, lutron.KindButtons, lutron.KindLeds} {
			_, err := c.Monitor(ctx, kind)
			require.NoError(t, err)
		}
		_, err := c.Unmonitor(ctx, lutron.KindButtons)
		require.NoError(t, err)
		bridge.RefuseDial()
		bridge.Reset()
		<-time.After(time.Minute)
		bridge.Heal()
		await(t, c, runtime.Ready, 1)
		require.Equal(t, []string{"lutron", "integration", "#MONITORING,11,1", "#MONITORING,5,1", "#MONITORING,4,1"}, wire(bridge, 2))
		_, err = c.GetLevel(ctx, 1)
		require.NoError(t, err)
	})
}

// TestNotSent: what does not fit is an error before a byte is written.
func TestNotSent(t *testing.T) {
	with(t, func(t *testing.T, bridge *lutrontest.Device, c *lutron.Client) {
		before := len(wire(bridge, 1))
		_, err := c.SetLevel(t.Context(), 1, whole(50), lutron.Some("2,3\r\n#OUTPUT,2,1,100"))
		var e *lutron.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, lutron.NotSent, e.Fate)
		require.Len(t, wire(bridge, 1), before)
	})
	for _, password := range []string{"", "two words", "x\r\n#OUTPUT,1,1,0"} {
		_, err := lutron.New("bridge", lutron.Params{User: "lutron", Password: password})
		require.ErrorContains(t, err, "password")
	}
}
