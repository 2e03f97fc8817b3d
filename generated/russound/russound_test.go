package russound_test

import (
	"context"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/russound"
	"github.com/linewright/linewright/generated/russound/russoundtest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

var forever russound.Optional[uint16]

// TestEventsAndSets sends every command that is answered with S alone, as the
// manual has it.
func TestEventsAndSets(t *testing.T) {
	with(t, func(t *testing.T, controller *russoundtest.Device, c *russound.Client) {
		want := wire(controller, 1)
		require.Equal(t, []string{"VERSION"}, want)
		ctx := t.Context()
		for _, command := range []struct {
			err  error
			wire string
		}{
			{c.ZoneOn(ctx, 1, 2), "EVENT C[1].Z[2]!ZoneOn"},
			{c.ZoneOff(ctx, 1, 2), "EVENT C[1].Z[2]!ZoneOff"},
			{c.AllOn(ctx, 1, 2), "EVENT C[1].Z[2]!AllOn"},
			{c.AllOff(ctx, 1, 2), "EVENT C[1].Z[2]!AllOff"},
			{c.SetVolume(ctx, 1, 2, 25), "EVENT C[1].Z[2]!KeyPress Volume 25"},
			{c.SelectSource(ctx, 2, 8, 4), "EVENT C[2].Z[8]!SelectSource 4"},
			{c.Press(ctx, 1, 2, russound.KeyVolumeUp), "EVENT C[1].Z[2]!KeyPress VolumeUp"},
			{c.Release(ctx, 1, 2, russound.KeyShuffle), "EVENT C[1].Z[2]!KeyRelease Shuffle"},
			{c.Mute(ctx, 1, 2), "EVENT C[1].Z[2]!ZoneMuteOn"},
			{c.Unmute(ctx, 1, 2), "EVENT C[1].Z[2]!ZoneMuteOff"},
			{c.Seek(ctx, 1, 2, 95), "EVENT C[1].Z[2]!SetSeekTime 95"},
			{c.SetDoNotDisturb(ctx, 1, 2, true), "EVENT C[1].Z[2]!DoNotDisturb ON"},
			{c.SetParty(ctx, 1, 2, russound.PartyMaster), "EVENT C[1].Z[2]!PartyMode MASTER"},
			{c.RestorePreset(ctx, 1, 2, 36), "EVENT C[1].Z[2]!RestorePreset 36"},
			{c.SavePreset(ctx, 1, 2, "Morning news", 3), `EVENT C[1].Z[2]!SavePreset "Morning news" 3`},
			{c.SetBass(ctx, 1, 2, -2), `SET C[1].Z[2].bass="-2"`},
			{c.SetTreble(ctx, 1, 2, 10), `SET C[1].Z[2].treble="10"`},
			{c.SetBalance(ctx, 1, 2, 0), `SET C[1].Z[2].balance="0"`},
			{c.SetLoudness(ctx, 1, 2, false), `SET C[1].Z[2].loudness="OFF"`},
			{c.SetTurnOnVolume(ctx, 1, 2, 15), `SET C[1].Z[2].turnOnVolume="15"`},
			{c.Watch(ctx, "System", forever), "WATCH System ON"},
			{c.Watch(ctx, "S[3]", russound.Some[uint16](60)), "WATCH S[3] ON EXPIRESIN 60"},
			{c.Unwatch(ctx, "S[3]"), "WATCH S[3] OFF"},
		} {
			require.NoError(t, command.err, command.wire)
			want = append(want, command.wire)
		}
		require.Equal(t, want, wire(controller, 1))
	})
}

// TestLineEnds: ours are a CR alone, the controller's are a CR and a LF.
func TestLineEnds(t *testing.T) {
	ours, theirs := net.Pipe()
	defer theirs.Close()
	dialed := func(context.Context, string, string) (net.Conn, error) { return ours, nil }
	c, err := russound.New("controller", russound.WithDialer(dialed))
	require.NoError(t, err)
	defer c.Close()
	go func() { _ = c.Run(t.Context()) }()
	sent := make([]byte, 100)
	n, err := theirs.Read(sent)
	require.NoError(t, err)
	require.Equal(t, "VERSION\r", string(sent[:n]))
	_, err = theirs.Write([]byte("S VERSION=\"1.07.00\"\r\n"))
	require.NoError(t, err)
	await(t, c, runtime.Ready, 0)
}

func TestGet(t *testing.T) {
	with(t, func(t *testing.T, controller *russoundtest.Device, c *russound.Client) {
		ctx := t.Context()
		version, err := c.GetVersion(ctx)
		require.NoError(t, err)
		require.Equal(t, russound.Version{Version: "1.07.00"}, version)
		zone, err := c.GetZone(ctx, 1, 3, russound.ZoneKeyName)
		require.NoError(t, err)
		require.Equal(t, russound.ZoneValue{Controller: 1, Zone: 3, Key: "name", Value: "Kitchen"}, zone)
		source, err := c.GetSource(ctx, 2, russound.SourceKeyType)
		require.NoError(t, err)
		require.Equal(t, russound.SourceValue{Source: 2, Key: "type", Value: "Russound Media Streamer"}, source)
		about, err := c.GetController(ctx, 1, russound.ControllerKeyMACAddress)
		require.NoError(t, err)
		require.Equal(t, russound.ControllerValue{Controller: 1, Key: "macAddress", Value: "MCA-C5"}, about)
		system, err := c.GetSystem(ctx, russound.SystemKeyStatus)
		require.NoError(t, err)
		require.Equal(t, russound.SystemValue{Key: "status", Value: "ON"}, system)
		require.Equal(t, []string{
			"VERSION", "VERSION", "GET C[1].Z[3].name", "GET S[2].type", "GET C[1].macAddress", "GET System.status",
		}, wire(controller, 1))
	})
}

func TestRefusal(t *testing.T) {
	with(t, func(t *testing.T, _ *russoundtest.Device, c *russound.Client) {
		err := c.Watch(t.Context(), "C[9].Z[9]", forever)
		var refusal *russound.Refusal
		require.ErrorAs(t, err, &refusal)
		require.EqualError(t, err, `russound: refusal (text "Invalid Zone")`)
		_, err = c.GetVersion(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestNotices: notices come before and behind a reply, and between.
func TestNotices(t *testing.T) {
	with(t, func(t *testing.T, controller *russoundtest.Device, c *russound.Client) {
		sub := c.Subscribe()
		defer sub.Close()
		require.NoError(t, c.Watch(t.Context(), "C[1].Z[2]", forever))
		for _, line := range []string{
			`C[1].Z[2].volume="20"`, `C[1].Z[2].bass="-2"`, `C[1].Z[2].treble="3"`, `C[1].Z[2].balance="0"`, `C[1].Z[2].loudness="ON"`,
			`C[1].Z[2].turnOnVolume="15"`, `C[1].Z[2].doNotDisturb="OFF"`, `C[1].Z[2].partyMode="MASTER"`, `C[1].Z[2].mute="ON"`,
			`C[1].Z[2].currentSource="4"`, `S[4].songName="So What"`, `System.status="OFF"`, `C[1].Z[2].colour="red"`, `C[1].Z[2].volume="99"`,
		} {
			controller.Emit("N " + line)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var got []russound.Event
		for event := range sub.Events(ctx) {
			got = append(got, kept(event))
		}
		require.Equal(t, []russound.Event{
			&russound.ZoneText{Controller: 1, Zone: 2, Key: russound.ZoneTextKeyName, Value: "Kitchen"},
			&russound.ZoneStatus{Controller: 1, Zone: 2, On: true},
			&russound.ZoneVolume{Controller: 1, Zone: 2, Volume: 20},
			&russound.ZoneBass{Controller: 1, Zone: 2, Level: -2},
			&russound.ZoneTreble{Controller: 1, Zone: 2, Level: 3},
			&russound.ZoneBalance{Controller: 1, Zone: 2, Level: 0},
			&russound.ZoneLoudness{Controller: 1, Zone: 2, On: true},
			&russound.ZoneTurnOnVolume{Controller: 1, Zone: 2, Volume: 15},
			&russound.ZoneDoNotDisturb{Controller: 1, Zone: 2, On: false},
			&russound.ZonePartyMode{Controller: 1, Zone: 2, Mode: russound.PartyMaster},
			&russound.ZoneMute{Controller: 1, Zone: 2, On: true},
			&russound.ZoneCurrentSource{Controller: 1, Zone: 2, Source: 4},
			&russound.SourceText{Source: 4, Key: russound.SourceKeySong, Value: "So What"},
			&russound.SystemText{Key: russound.SystemKeyStatus, Value: "OFF"},
			&russound.OtherNotice{Text: `C[1].Z[2].colour="red"`},
			&russound.OtherNotice{Text: `C[1].Z[2].volume="99"`},
		}, got)
	})
}

// kept is an event that outlives the next one.
func kept(event russound.Event) russound.Event {
	switch event := event.(type) {
	case *russound.ZoneText:
		return event.Clone()
	case *russound.SourceText:
		return event.Clone()
	case *russound.SystemText:
		return event.Clone()
	case *russound.OtherNotice:
		return event.Clone()
	case *russound.ZoneStatus:
		return event.Clone()
	case *russound.ZoneVolume:
		return event.Clone()
	case *russound.ZoneBass:
		return event.Clone()
	case *russound.ZoneTreble:
		return event.Clone()
	case *russound.ZoneBalance:
		return event.Clone()
	case *russound.ZoneLoudness:
		return event.Clone()
	case *russound.ZoneTurnOnVolume:
		return event.Clone()
	case *russound.ZoneDoNotDisturb:
		return event.Clone()
	case *russound.ZonePartyMode:
		return event.Clone()
	case *russound.ZoneMute:
		return event.Clone()
	case *russound.ZoneCurrentSource:
		return event.Clone()
	}
	return event
}

// TestLatin1: names have the letters of western Europe, a byte each.
func TestLatin1(t *testing.T) {
	with(t, func(t *testing.T, controller *russoundtest.Device, c *russound.Client) {
		controller.HandleGetZone(func(r *russoundtest.GetZoneRequest) {
			r.Link().Garbage([]byte("S C[1].Z[1].name=\"K\xfcche\"\r\n"))
		})
		zone, err := c.GetZone(t.Context(), 1, 1, russound.ZoneKeyName)
		require.NoError(t, err)
		require.Equal(t, "K\xfcche", zone.Value)
	})
}

// TestHeartbeat keeps an idle link over three intervals, and gives one up that
// fell silent, within the minute that the document promises.
func TestHeartbeat(t *testing.T) {
	with(t, func(t *testing.T, controller *russoundtest.Device, c *russound.Client) {
		<-time.After(136 * time.Second)
		require.Len(t, controller.ReceivedGetVersion(), 4)
		require.EqualValues(t, 1, c.Stats().Links)

		start := time.Now()
		controller.BlackHole()
		lost := await(t, c, runtime.Backoff, 0)
		require.ErrorIs(t, lost.Err, russound.ErrPeerSilent)
		require.LessOrEqual(t, lost.At.Sub(start), time.Minute)
	})
}

// TestRestart: what was watched is watched again, before callers are served, but
// not what was given up or refused.
func TestRestart(t *testing.T) {
	with(t, func(t *testing.T, controller *russoundtest.Device, c *russound.Client) {
		ctx := t.Context()
		for _, branch := range []string{"C[1].Z[1]", "C[1].Z[2]", "S[1]"} {
			require.NoError(t, c.Watch(ctx, branch, forever))
		}
		require.NoError(t, c.Unwatch(ctx, "C[1].Z[2]"))
		require.Error(t, c.Watch(ctx, "C[9].Z[9]", forever))
		controller.RefuseDial()
		controller.Reset()
		<-time.After(time.Minute)
		require.GreaterOrEqual(t, len(controller.History().Of(device.Refused)), 3)
		controller.Heal()
		await(t, c, runtime.Ready, 1)
		require.NoError(t, c.ZoneOn(ctx, 1, 1))
		require.Equal(t, []string{"VERSION", "WATCH C[1].Z[1] ON", "WATCH S[1] ON", "EVENT C[1].Z[1]!ZoneOn"}, wire(controller, 2))
	})
}

// TestOutOfStep: a reply to something else ends the link, as all replies are in
// order.
func TestOutOfStep(t *testing.T) {
	with(t, func(t *testing.T, controller *russoundtest.Device, c *russound.Client) {
		controller.HandleZoneOn(func(r *russoundtest.ZoneOnRequest) { r.Reply(`S C[1].Z[1].name="Kitchen"`) })
		err := c.ZoneOn(t.Context(), 1, 1)
		require.ErrorIs(t, err, russound.ErrProtocol)
		await(t, c, runtime.Ready, 1)
	})
}

// TestNotSent: what does not fit is an error before a byte is written.
func TestNotSent(t *testing.T) {
	with(t, func(t *testing.T, controller *russoundtest.Device, c *russound.Client) {
		ctx := t.Context()
		for name, err := range map[string]error{
			"a line end":   c.SavePreset(ctx, 1, 1, "x\" 1\rEVENT C[1].Z[1]!AllOff", 1),
			"a quote":      c.SavePreset(ctx, 1, 1, `x" 1`, 1),
			"too loud":     c.SetVolume(ctx, 1, 1, 51),
			"no such tone": c.SetBass(ctx, 1, 1, -11),
			"no branch":    c.Watch(ctx, "the lot", forever),
		} {
			var e *russound.Error
			require.ErrorAs(t, err, &e, name)
			require.Equal(t, russound.NotSent, e.Fate, name)
		}
		synctest.Wait()
		require.Equal(t, []string{"VERSION"}, wire(controller, 1))
	})
}
