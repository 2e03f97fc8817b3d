package ynca_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/ynca"
	"github.com/linewright/linewright/generated/ynca/yncatest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// tenths is a decimal with one digit behind the point, as the receiver has it.
func tenths(n int64) ynca.Decimal { return ynca.Decimal{Coef: n, Scale: 1} }

// waking is what the client says on each connection.
var waking = []string{"@SYS:MODELNAME=?", "@SYS:MODELNAME=?"}

// TestPut sends every command that changes something: as the manual has it, and
// never two within 100 ms.
func TestPut(t *testing.T) {
	const zone, usb = ynca.ZoneZone2, ynca.PlayerUSB
	with(t, func(t *testing.T, receiver *yncatest.Device, c *ynca.Client) {
		want := wire(receiver, 1)
		require.Equal(t, waking, want)
		ctx := t.Context()
		for _, put := range []struct {
			err  error
			wire string
		}{
			{c.SetPower(ctx, ynca.ZoneMain, ynca.PowerStateStandby), "@MAIN:PWR=Standby"},
			{c.SetVolume(ctx, zone, tenths(-305)), "@ZONE2:VOL=-30.5"},
			{c.StepVolume(ctx, zone, ynca.StepUp5), "@ZONE2:VOL=Up 5 dB"},
			{c.SetMute(ctx, zone, ynca.MutingLess20), "@ZONE2:MUTE=Att -20 dB"},
			{c.SetInput(ctx, zone, ynca.SourceHdmi1), "@ZONE2:INP=HDMI1"},
			{c.SetInput(ctx, zone, "UAW"), "@ZONE2:INP=UAW"},
			{c.SetSoundProgram(ctx, zone, ynca.ProgramSciFi), "@ZONE2:SOUNDPRG=Sci-Fi"},
			{c.SetStraight(ctx, zone, true), "@ZONE2:STRAIGHT=On"},
			{c.SetPureDirect(ctx, zone, false), "@ZONE2:PUREDIRMODE=Off"},
			{c.SetEnhancer(ctx, zone, true), "@ZONE2:ENHANCER=On"},
			{c.SetSleep(ctx, zone, ynca.SleepTimeMin120), "@ZONE2:SLEEP=120 min"},
			{c.SetBass(ctx, zone, tenths(-15)), "@ZONE2:SPBASS=-1.5"},
			{c.SetTreble(ctx, zone, tenths(20)), "@ZONE2:SPTREBLE=2.0"},
			{c.SetZoneName(ctx, zone, "Kitchen"), "@ZONE2:ZONENAME=Kitchen"},
			{c.RecallScene(ctx, zone, 4), "@ZONE2:SCENE=Scene 4"},
			{c.Control(ctx, usb, ynca.PlayerActionNext), "@USB:PLAYBACK=Skip Fwd"},
			{c.SetRepeat(ctx, usb, ynca.RepeatModeSingle), "@USB:REPEAT=Single"},
			{c.SetShuffle(ctx, usb, true), "@USB:SHUFFLE=On"},
			{c.SetAllPower(ctx, ynca.PowerStateOn), "@SYS:PWR=On"},
			{c.SetParty(ctx, false), "@SYS:PARTY=Off"},
			{c.SetBand(ctx, ynca.WavebandAM), "@TUN:BAND=AM"},
			{c.SetFMFrequency(ctx, ynca.Decimal{Coef: 10160, Scale: 2}), "@TUN:FMFREQ=101.60"},
			{c.SetAMFrequency(ctx, 1080), "@TUN:AMFREQ=1080"},
			{c.SetPreset(ctx, 7), "@TUN:PRESET=7"},
			{c.AskZone(ctx, zone), "@ZONE2:BASIC=?"},
			{c.AskSceneNames(ctx, zone), "@ZONE2:SCENENAME=?"},
			{c.AskInputNames(ctx), "@SYS:INPNAME=?"},
			{c.AskSong(ctx, usb), "@USB:METAINFO=?"},
		} {
			require.NoError(t, put.err, put.wire)
			want = append(want, put.wire)
		}
		<-time.After(5 * time.Second)
		require.Equal(t, want, wire(receiver, 1))
		sent := receiver.History().Commands("")
		for i := range sent[1:] {
			require.GreaterOrEqual(t, sent[i+1].At-sent[i].At, 100*time.Millisecond, "after %s", sent[i].Frame)
		}
	})
}

// TestGet asks for all there is; the fake answers as the manual's examples, with
// the zone or player that it was asked for.
func TestGet(t *testing.T) {
	const zone, usb = ynca.ZoneZone3, ynca.PlayerUSB
	with(t, func(t *testing.T, receiver *yncatest.Device, c *ynca.Client) {
		ctx, want := t.Context(), wire(receiver, 1)
		get := func(reply any, sent string) func(any, error) {
			return func(got any, err error) {
				require.NoError(t, err, sent)
				require.Equal(t, reply, got, sent)
				want = append(want, sent)
			}
		}
		get(ynca.Power{Zone: zone, Power: ynca.PowerStateOn}, "@ZONE3:PWR=?")(one(c.GetPower(ctx, zone)))
		get(ynca.Volume{Zone: zone, Volume: tenths(-305)}, "@ZONE3:VOL=?")(one(c.GetVolume(ctx, zone)))
		get(ynca.Mute{Zone: zone, Mute: ynca.MutingOff}, "@ZONE3:MUTE=?")(one(c.GetMute(ctx, zone)))
		get(ynca.Input{Zone: zone, Input: ynca.SourceHdmi1}, "@ZONE3:INP=?")(one(c.GetInput(ctx, zone)))
		get(ynca.SoundProgram{Zone: zone, Program: ynca.ProgramHallVienna}, "@ZONE3:SOUNDPRG=?")(one(c.GetSoundProgram(ctx, zone)))
		get(ynca.Straight{Zone: zone, On: true}, "@ZONE3:STRAIGHT=?")(one(c.GetStraight(ctx, zone)))
		get(ynca.PureDirect{Zone: zone}, "@ZONE3:PUREDIRMODE=?")(one(c.GetPureDirect(ctx, zone)))
		get(ynca.Enhancer{Zone: zone, On: true}, "@ZONE3:ENHANCER=?")(one(c.GetEnhancer(ctx, zone)))
		get(ynca.Sleep{Zone: zone, After: ynca.SleepTimeMin30}, "@ZONE3:SLEEP=?")(one(c.GetSleep(ctx, zone)))
		get(ynca.Bass{Zone: zone, Level: tenths(-15)}, "@ZONE3:SPBASS=?")(one(c.GetBass(ctx, zone)))
		get(ynca.Treble{Zone: zone, Level: tenths(20)}, "@ZONE3:SPTREBLE=?")(one(c.GetTreble(ctx, zone)))
		get(ynca.ZoneName{Zone: zone, Name: "Kitchen"}, "@ZONE3:ZONENAME=?")(one(c.GetZoneName(ctx, zone)))
		get(ynca.Playback{Player: usb, State: ynca.PlayerStatePlay}, "@USB:PLAYBACKINFO=?")(one(c.GetPlayback(ctx, usb)))
		get(ynca.Artist{Player: usb, Name: "Miles Davis"}, "@USB:ARTIST=?")(one(c.GetArtist(ctx, usb)))
		get(ynca.Album{Player: usb, Name: "Kind of Blue"}, "@USB:ALBUM=?")(one(c.GetAlbum(ctx, usb)))
		get(ynca.Song{Player: usb, Name: "So What"}, "@USB:SONG=?")(one(c.GetSong(ctx, usb)))
		get(ynca.Station{Player: usb, Name: "Radio 4"}, "@USB:STATION=?")(one(c.GetStation(ctx, usb)))
		get(ynca.Repeat{Player: usb, Mode: ynca.RepeatModeAll}, "@USB:REPEAT=?")(one(c.GetRepeat(ctx, usb)))
		get(ynca.Shuffle{Player: usb}, "@USB:SHUFFLE=?")(one(c.GetShuffle(ctx, usb)))
		get(ynca.AllPower{Power: ynca.PowerStateStandby}, "@SYS:PWR=?")(one(c.GetAllPower(ctx)))
		get(ynca.ModelName{Name: "RX-A810"}, "@SYS:MODELNAME=?")(one(c.GetModelName(ctx)))
		get(ynca.Firmware{Version: "1.80/2.01"}, "@SYS:VERSION=?")(one(c.GetFirmware(ctx)))
		get(ynca.Party{On: true}, "@SYS:PARTY=?")(one(c.GetParty(ctx)))
		get(ynca.Band{Band: ynca.WavebandFM}, "@TUN:BAND=?")(one(c.GetBand(ctx)))
		get(ynca.FMFrequency{Frequency: ynca.Decimal{Coef: 10160, Scale: 2}}, "@TUN:FMFREQ=?")(one(c.GetFMFrequency(ctx)))
		get(ynca.AMFrequency{Frequency: 1080}, "@TUN:AMFREQ=?")(one(c.GetAMFrequency(ctx)))
		preset, tuned, err := c.GetPreset(ctx)
		require.True(t, tuned)
		get(ynca.Preset{Preset: 3}, "@TUN:PRESET=?")(one(preset, err))
		receiver.HandleGetPreset(func(r *yncatest.GetPresetRequest) { r.ReplyNoPreset() })
		preset, tuned, err = c.GetPreset(ctx)
		require.False(t, tuned)
		get(ynca.Preset{}, "@TUN:PRESET=?")(one(preset, err))
		require.Equal(t, want, wire(receiver, 1))
	})
}

func one[T any](reply T, err error) (any, error) { return reply, err }

func TestErrors(t *testing.T) {
	with(t, func(t *testing.T, receiver *yncatest.Device, c *ynca.Client) {
		receiver.HandleGetVolume(func(r *yncatest.GetVolumeRequest) { r.ReplyRestricted() })
		receiver.HandleGetParty(func(r *yncatest.GetPartyRequest) { r.ReplyUndefined() })
		_, err := c.GetVolume(t.Context(), ynca.ZoneZone4)
		var restricted *ynca.Restricted
		require.ErrorAs(t, err, &restricted)
		_, err = c.GetParty(t.Context())
		var undefined *ynca.Undefined
		require.ErrorAs(t, err, &undefined)

		receiver.Emit("@RESTRICTED") // to something that was set
		_, err = c.GetPower(t.Context(), ynca.ZoneMain)
		require.NoError(t, err)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestAsleep: the first command wakes the receiver, and is lost.
func TestAsleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		receiver := yncatest.New()
		defer receiver.Close()
		asleep := true
		answer := func(r *device.Request) {
			if !asleep {
				r.Reply("@SYS:MODELNAME=RX-A810")
			}
			asleep = false
		}
		for _, command := range []string{"wake", "get_model_name"} {
			receiver.Handle(command, answer)
		}
		c, err := receiver.Dial(t.Context())
		require.NoError(t, err)
		defer c.Close()
		require.Equal(t, waking, wire(receiver, 1))
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestEvents: what somebody does at the receiver comes as an event, and so does
// what answers a question for many values.
func TestEvents(t *testing.T) {
	with(t, func(t *testing.T, receiver *yncatest.Device, c *ynca.Client) {
		sub := c.Subscribe()
		defer sub.Close()
		receiver.HandleAskZone(func(r *yncatest.AskZoneRequest) {
			r.Emit("@MAIN:PWR=On")
			r.Emit("@MAIN:VOL=-41.0")
			r.Emit("@MAIN:SCENE1NAME=BD/DVD")
			r.Emit("@MAIN:ADAPTIVEDRC=Auto")
		})
		require.NoError(t, c.AskZone(t.Context(), ynca.ZoneMain))
		<-time.After(time.Second)
		receiver.EmitInputName(ynca.InputName{Input: "HDMI1", Name: "Apple TV"})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var got []ynca.Event
		for event := range sub.Events(ctx) {
			switch event := event.(type) {
			case *ynca.Power:
				got = append(got, event.Clone())
			case *ynca.Volume:
				got = append(got, event.Clone())
			case *ynca.SceneName:
				got = append(got, event.Clone())
			case *ynca.InputName:
				got = append(got, event.Clone())
			case *ynca.UnknownMessage:
				got = append(got, event.Clone())
			}
		}
		require.Equal(t, []ynca.Event{
			&ynca.Power{Zone: ynca.ZoneMain, Power: ynca.PowerStateOn},
			&ynca.Volume{Zone: ynca.ZoneMain, Volume: tenths(-410)},
			&ynca.SceneName{Zone: ynca.ZoneMain, Scene: 1, Name: "BD/DVD"},
			&ynca.UnknownMessage{Frame: []byte("@MAIN:ADAPTIVEDRC=Auto")},
			&ynca.InputName{Input: "HDMI1", Name: "Apple TV"},
		}, got)
	})
}

// TestHeartbeat keeps an idle link over three intervals, none of which lets the
// receiver fall asleep; one that fell silent is given up within 40 s.
func TestHeartbeat(t *testing.T) {
	with(t, func(t *testing.T, receiver *yncatest.Device, c *ynca.Client) {
		<-time.After(91 * time.Second)
		sent := receiver.History().Commands("")
		require.Len(t, sent, len(waking)+3)
		for i := range sent[1:] {
			require.Less(t, sent[i+1].At-sent[i].At, 40*time.Second)
		}
		require.EqualValues(t, 1, c.Stats().Links)

		start := time.Now()
		receiver.BlackHole()
		lost := await(t, c, runtime.Backoff, 0)
		require.ErrorIs(t, lost.Err, ynca.ErrPeerSilent)
		require.LessOrEqual(t, lost.At.Sub(start), 40*time.Second)
	})
}

// TestRestart: the receiver is gone for a minute; the client comes back by itself.
func TestRestart(t *testing.T) {
	with(t, func(t *testing.T, receiver *yncatest.Device, c *ynca.Client) {
		receiver.RefuseDial()
		receiver.Reset()
		<-time.After(time.Minute)
		require.GreaterOrEqual(t, len(receiver.History().Of(device.Refused)), 3)
		receiver.Heal()
		await(t, c, runtime.Ready, 1)
		require.Equal(t, waking, wire(receiver, 2))
		_, err := c.GetVolume(t.Context(), ynca.ZoneMain)
		require.NoError(t, err)
	})
}

// TestNotSent: what does not fit is an error before a byte is written.
func TestNotSent(t *testing.T) {
	with(t, func(t *testing.T, receiver *yncatest.Device, c *ynca.Client) {
		ctx := t.Context()
		for name, err := range map[string]error{
			"a line end":     c.SetInput(ctx, ynca.ZoneMain, "TV\r\n@SYS:PWR=Standby"),
			"too loud":       c.SetVolume(ctx, ynca.ZoneMain, tenths(170)),
			"no such zone":   c.SetStraight(ctx, "ZONE9", true),
			"too long":       c.SetZoneName(ctx, ynca.ZoneMain, "Living room"),
			"no such repeat": c.SetRepeat(ctx, ynca.PlayerUSB, "Some"),
		} {
			var e *ynca.Error
			require.ErrorAs(t, err, &e, name)
			require.Equal(t, ynca.NotSent, e.Fate, name)
		}
		require.Equal(t, waking, wire(receiver, 1))
	})
}
