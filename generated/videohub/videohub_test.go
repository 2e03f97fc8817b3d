package videohub_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/videohub"
	"github.com/linewright/linewright/generated/videohub/videohubtest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// TestChanges sends every command that changes something, and compares the
// bytes on the wire with what the manual shows.
func TestChanges(t *testing.T) {
	labels := []videohub.Label{{Port: 6, Text: "new label seven"}, {Port: 10, Text: ""}}
	routes := []videohub.Route{{Destination: 7, Source: 2}, {Destination: 8, Source: 2}}
	locks := []videohub.LockChange{
		{Port: 7, Action: videohub.LockActionLock}, {Port: 8, Action: videohub.LockActionUnlock}, {Port: 9, Action: videohub.LockActionForceUnlock},
	}
	directions := []videohub.PortDirection{{Port: 0, Direction: videohub.DirectionControl}, {Port: 2, Direction: videohub.DirectionAuto}}
	synctest.Test(t, func(t *testing.T) {
		hub := newHub()
		c := dial(t, hub)
		for _, command := range []struct {
			send func(context.Context) error
			wire string
		}{
			{func(ctx context.Context) error { return c.Ping(ctx) }, "PING:\n\n"},
			{func(ctx context.Context) error { return c.LabelInputs(ctx, labels) }, "INPUT LABELS:\n6 new label seven\n10 \n\n"},
			{func(ctx context.Context) error { return c.LabelOutputs(ctx, labels) }, "OUTPUT LABELS:\n6 new label seven\n10 \n\n"},
			{func(ctx context.Context) error { return c.LabelMonitoring(ctx, labels[:1]) }, "MONITORING OUTPUT LABELS:\n6 new label seven\n\n"},
			{func(ctx context.Context) error { return c.LabelSerialPorts(ctx, labels[:1]) }, "SERIAL PORT LABELS:\n6 new label seven\n\n"},
			{func(ctx context.Context) error { return c.LabelFrames(ctx, labels[:1]) }, "FRAME LABELS:\n6 new label seven\n\n"},
			{func(ctx context.Context) error { return c.RouteOutputs(ctx, routes) }, "VIDEO OUTPUT ROUTING:\n7 2\n8 2\n\n"},
			{func(ctx context.Context) error { return c.RouteMonitoring(ctx, routes[:1]) }, "VIDEO MONITORING OUTPUT ROUTING:\n7 2\n\n"},
			{func(ctx context.Context) error { return c.RouteSerialPorts(ctx, routes[:1]) }, "SERIAL PORT ROUTING:\n7 2\n\n"},
			{func(ctx context.Context) error { return c.RouteProcessingUnits(ctx, routes[:1]) }, "PROCESSING UNIT ROUTING:\n7 2\n\n"},
			{func(ctx context.Context) error { return c.RouteFrames(ctx, routes[:1]) }, "FRAME BUFFER ROUTING:\n7 2\n\n"},
			{func(ctx context.Context) error { return c.LockOutputs(ctx, locks) }, "VIDEO OUTPUT LOCKS:\n7 O\n8 U\n9 F\n\n"},
			{func(ctx context.Context) error { return c.LockMonitoring(ctx, locks[:1]) }, "MONITORING OUTPUT LOCKS:\n7 O\n\n"},
			{func(ctx context.Context) error { return c.LockSerialPorts(ctx, locks[:1]) }, "SERIAL PORT LOCKS:\n7 O\n\n"},
			{func(ctx context.Context) error { return c.LockProcessingUnits(ctx, locks[:1]) }, "PROCESSING UNIT LOCKS:\n7 O\n\n"},
			{func(ctx context.Context) error { return c.LockFrames(ctx, locks[:1]) }, "FRAME BUFFER LOCKS:\n7 O\n\n"},
			{func(ctx context.Context) error { return c.SetDirections(ctx, directions) }, "SERIAL PORT DIRECTIONS:\n0 control\n2 auto\n\n"},
			{func(ctx context.Context) error { return c.SetTakeMode(ctx, true) }, "CONFIGURATION:\nTake Mode: true\n\n"},
			{func(ctx context.Context) error {
				return c.SetOutputTakes(ctx, []videohub.OutputTake{{Output: 3, On: false}})
			}, "TAKE MODE:\n3 false\n\n"},
			{func(ctx context.Context) error { return c.Resend(ctx, videohub.BlockSerialLabels) }, "SERIAL PORT LABELS:\n\n"},
		} {
			before := len(hub.History().Commands(""))
			require.NoError(t, command.send(t.Context()), command.wire)
			sent := hub.History().Commands("")[before:]
			require.Len(t, sent, 1)
			require.Equal(t, command.wire, string(sent[0].Frame)+"\n", "the frame without its last line end")
		}
	})
}

// TestDumps asks for the blocks that every hub has.
func TestDumps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := newHub()
		c, ctx := dial(t, hub), t.Context()

		device, err := c.GetDevice(ctx)
		require.NoError(t, err)
		require.Equal(t, videohub.PresenceAbsent, device.Router.Presence)

		hub.HandleGetDevice(func(r *videohubtest.GetDeviceRequest) { r.Reply("ACK\n\n" + dump[1]) })
		device, err = c.GetDevice(ctx)
		require.NoError(t, err)
		require.Equal(t, videohub.Some("Blackmagic Smart Videohub"), device.Router.Model)
		require.Equal(t, videohub.Some[uint16](16), device.Router.Outputs)

		inputs, err := c.GetInputLabels(ctx)
		require.NoError(t, err)
		require.Equal(t, []videohub.Label{{Port: 0, Text: "VTR 1"}, {Port: 1, Text: "VTR 2"}}, inputs.Labels)

		outputs, err := c.GetOutputLabels(ctx)
		require.NoError(t, err)
		require.Equal(t, []videohub.Label{{Port: 0, Text: "output label 1"}, {Port: 1, Text: "output label 2"}}, outputs.Labels)

		routes, err := c.GetOutputRoutes(ctx)
		require.NoError(t, err)
		require.Equal(t, []videohub.Route{{Destination: 0, Source: 5}, {Destination: 1, Source: 3}}, routes.Routes)

		locks, err := c.GetOutputLocks(ctx)
		require.NoError(t, err)
		require.Equal(t, []videohub.Lock{{Port: 0, State: videohub.LockStateUnlocked}, {Port: 1, State: videohub.LockStateOwned}}, locks.Locks)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestStateOnConnecting: who subscribes before the client runs sees the whole
// dump, and all of it again after a reconnect.
func TestStateOnConnecting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := newHub()
		defer hub.Close()
		c, err := hub.NewClient()
		require.NoError(t, err)
		defer c.Close()
		sub := c.Subscribe()
		defer sub.Close()
		go func() { _ = c.Run(t.Context()) }()

		want := []videohub.Event{
			&videohub.Device{Router: videohub.Router{
				Presence: videohub.PresencePresent, Model: videohub.Some("Blackmagic Smart Videohub"), Inputs: videohub.Some[uint16](16),
				ProcessingUnits: videohub.Some[uint16](0), Outputs: videohub.Some[uint16](16), MonitoringOutputs: videohub.Some[uint16](0),
				SerialPorts: videohub.Some[uint16](0), Others: []videohub.OtherPair{},
			}},
			&videohub.InputLabels{Labels: []videohub.Label{{Port: 0, Text: "VTR 1"}, {Port: 1, Text: "VTR 2"}}},
			&videohub.OutputRoutes{Routes: []videohub.Route{{Destination: 0, Source: 5}, {Destination: 1, Source: 3}}},
			&videohub.OutputLocks{Locks: []videohub.Lock{{Port: 0, State: videohub.LockStateUnlocked}, {Port: 1, State: videohub.LockStateUnlocked}}},
			&videohub.OtherBlock{Header: "NETWORK", Lines: []string{"Interface Count: 1", "Default Interface: 0"}},
			&videohub.EndPrelude{},
		}
		require.Equal(t, want, events(t, sub, len(want)))
		hub.CloseAll()
		await(t, c, runtime.Ready, 1)
		require.Equal(t, want, events(t, sub, len(want)))
	})
}

// TestUpdates: what others change comes as events, also between a command and
// its acknowledgement.
func TestUpdates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := videohubtest.New()
		hub.HandleRouteOutputs(func(r *videohubtest.RouteOutputsRequest) {
			r.Emit("SERIAL PORT LOCKS:\n5 U\n")
			r.ReplyAck()
			r.Emit("VIDEO OUTPUT ROUTING:\n7 2\n")
		})
		c := dial(t, hub)
		sub := c.Subscribe()
		defer sub.Close()
		require.NoError(t, c.RouteOutputs(t.Context(), []videohub.Route{{Destination: 7, Source: 2}}))
		synctest.Wait() // until the hub has said all that it says
		hub.EmitOutputLabels(videohub.OutputLabels{Labels: []videohub.Label{{Port: 7, Text: "New output 8 label"}}})
		hub.Emit("VIDEO OUTPUT LOCKS:\n7 U\nall U\n") // a line of a later version
		require.Equal(t, []videohub.Event{
			&videohub.SerialLocks{Locks: []videohub.Lock{{Port: 5, State: videohub.LockStateUnlocked}}},
			&videohub.OutputRoutes{Routes: []videohub.Route{{Destination: 7, Source: 2}}},
			&videohub.OutputLabels{Labels: []videohub.Label{{Port: 7, Text: "New output 8 label"}}},
			&videohub.OtherBlock{Header: "VIDEO OUTPUT LOCKS", Lines: []string{"7 U", "all U"}},
		}, events(t, sub, 4))
	})
}

// TestBlocks sends each block that no other test has, as the manual shows it.
func TestBlocks(t *testing.T) {
	labels, routes := []videohub.Label{{Port: 1, Text: "Deck 2"}}, []videohub.Route{{Destination: 1, Source: 3}}
	locks, bnc := []videohub.Lock{{Port: 1, State: videohub.LockStateLocked}}, []videohub.PortStatus{{Port: 1, Connector: videohub.ConnectorBnc}}
	synctest.Test(t, func(t *testing.T) {
		hub := newHub()
		sub := dial(t, hub).Subscribe()
		defer sub.Close()
		for block, want := range map[string]videohub.Event{
			"MONITORING OUTPUT LABELS:\n1 Deck 2\n":   &videohub.MonitoringLabels{Labels: labels},
			"SERIAL PORT LABELS:\n1 Deck 2\n":         &videohub.SerialLabels{Labels: labels},
			"FRAME LABELS:\n1 Deck 2\n":               &videohub.FrameLabels{Labels: labels},
			"VIDEO MONITORING OUTPUT ROUTING:\n1 3\n": &videohub.MonitoringRoutes{Routes: routes},
			"SERIAL PORT ROUTING:\n1 3\n":             &videohub.SerialRoutes{Routes: routes},
			"PROCESSING UNIT ROUTING:\n1 3\n":         &videohub.ProcessingRoutes{Routes: routes},
			"FRAME BUFFER ROUTING:\n1 3\n":            &videohub.FrameRoutes{Routes: routes},
			"MONITORING OUTPUT LOCKS:\n1 L\n":         &videohub.MonitoringLocks{Locks: locks},
			"PROCESSING UNIT LOCKS:\n1 L\n":           &videohub.ProcessingLocks{Locks: locks},
			"FRAME BUFFER LOCKS:\n1 L\n":              &videohub.FrameLocks{Locks: locks},
			"SERIAL PORT DIRECTIONS:\n1 slave\n":      &videohub.Directions{Directions: []videohub.PortDirection{{Port: 1, Direction: videohub.DirectionSlave}}},
			"VIDEO INPUT STATUS:\n1 BNC\n":            &videohub.InputStatus{Ports: bnc},
			"VIDEO OUTPUT STATUS:\n1 BNC\n":           &videohub.OutputStatus{Ports: bnc},
			"SERIAL PORT STATUS:\n1 RS422\n":          &videohub.SerialStatus{Ports: []videohub.PortStatus{{Port: 1, Connector: videohub.ConnectorRs422}}},
			"CONFIGURATION:\nTake Mode: true\n":       &videohub.Configuration{Settings: videohub.Settings{TakeMode: videohub.Some(true)}},
			"TAKE MODE:\n1 true\n":                    &videohub.OutputTakes{Outputs: []videohub.OutputTake{{Output: 1, On: true}}},
		} {
			hub.Emit(block)
			for got := range sub.Events(t.Context()) {
				require.Equal(t, want, got, block)
				break
			}
		}
	})
}

func TestNak(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := newHub()
		hub.HandleLabelOutputs(func(r *videohubtest.LabelOutputsRequest) { r.ReplyNak() })
		c := dial(t, hub)
		err := c.LabelOutputs(t.Context(), []videohub.Label{{Port: 99, Text: "x"}})
		var nak *videohub.Nak
		require.ErrorAs(t, err, &nak)
		require.NoError(t, c.Ping(t.Context()), "the link is well after an error")
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestHeartbeat keeps an idle link over three intervals, and gives one up that
// fell silent, within the 30 s that the document promises.
func TestHeartbeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := newHub()
		c := dial(t, hub)
		before := len(hub.ReceivedPing())
		<-time.After(46 * time.Second)
		require.Len(t, hub.ReceivedPing(), before+3)
		require.EqualValues(t, 1, c.Stats().Links)

		start := time.Now()
		hub.BlackHole()
		lost := await(t, c, runtime.Backoff, 0)
		require.ErrorIs(t, lost.Err, videohub.ErrPeerSilent)
		require.LessOrEqual(t, lost.At.Sub(start), 30*time.Second)
	})
}

// TestRestart: the hub is gone for a minute; the client comes back by itself.
func TestRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := newHub()
		c := dial(t, hub)
		hub.RefuseDial()
		hub.Reset()
		<-time.After(time.Minute)
		require.GreaterOrEqual(t, len(hub.History().Of(device.Refused)), 3)
		err := c.Ping(t.Context())
		var e *videohub.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, videohub.NotSent, e.Fate)
		hub.Heal()
		await(t, c, runtime.Ready, 1)
		require.NoError(t, c.RouteOutputs(t.Context(), []videohub.Route{{Destination: 1, Source: 1}}))
	})
}

// TestNotSent: a label cannot smuggle in a block.
func TestNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := newHub()
		c := dial(t, hub)
		err := c.LabelInputs(t.Context(), []videohub.Label{{Port: 1, Text: "x\n\nVIDEO OUTPUT ROUTING:\n0 0"}})
		var e *videohub.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, videohub.NotSent, e.Fate)
		require.Empty(t, hub.ReceivedLabelInputs())
	})
}
