package yamaha_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/yamaha"
	"github.com/linewright/linewright/generated/yamaha/yamahatest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// tenths is a decimal with one digit behind the point, as the receiver has it.
func tenths(n int64) yamaha.Decimal { return yamaha.Decimal{Coef: n, Scale: 1} }

// waking is what the client says on each connection.
var waking = []string{"@SYS:MODELNAME=?", "@SYS:MODELNAME=?"}

// TestPut sends every command that changes something: as the manual has it, and
// never two within 100 ms.
func TestPut(t *testing.T) {
	const zone, usb = yamaha.ZoneZone2, yamaha.PlayerUSB
	with(t, func(t *testing.T, receiver *yamahatest.Device, c *yamaha.Client) {
		want := wire(receiver, 1)
		require.Equal(t, waking, want)
		ctx := t.Context()
		for _, put := range []struct {
			err  error
			wire string
		}{
			{c.SetPower(ctx, yamaha.ZoneMain, yamaha.PowerStateStandby), "@MAIN:PWR=Standby"},
			{c.SetVolume(ctx, zone, tenths(-305)), "@ZONE2:VOL=-30.5"},
			{c.StepVolume(ctx, zone, yamaha.StepUp5), "@ZONE2:VOL=Up 5 dB"},
			{c.SetMute(ctx, zone, yamaha.MutingLess20), "@ZONE2:MUTE=Att -20 dB"},
			{c.SetInput(ctx, zone, yamaha.SourceHdmi1), "@ZONE2:INP=HDMI1"},
			{c.SetInput(ctx, zone, "UAW"), "@ZONE2:INP=UAW"},
			{c.SetSoundProgram(ctx, zone, yamaha.ProgramSciFi), "@ZONE2:SOUNDPRG=Sci-Fi"},
			{c.SetStraight(ctx, zone, true), "@ZONE2:STRAIGHT=On"},
			{c.SetPureDirect(ctx, zone, false), "@ZONE2:PUREDIRMODE=Off"},
			{c.SetEnhancer(ctx, zone, true), "@ZONE2:ENHANCER=On"},
			{c.SetSleep(ctx, zone, yamaha.SleepTimeMin120), "@ZONE2:SLEEP=120 min"},
			{c.SetBass(ctx, zone, tenths(-15)), "@ZONE2:SPBASS=-1.5"},
			{c.SetTreble(ctx, zone, tenths(20)), "@ZONE2:SPTREBLE=2.0"},
			{c.SetZoneName(ctx, zone, "Kitchen"), "@ZONE2:ZONENAME=Kitchen"},
			{c.RecallScene(ctx, zone, 4), "@ZONE2:SCENE=Scene 4"},
			{c.Control(ctx, usb, yamaha.PlayerActionNext), "@USB:PLAYBACK=Skip Fwd"},
			{c.SetRepeat(ctx, usb, yamaha.RepeatModeSingle), "@USB:REPEAT=Single"},
			{c.SetShuffle(ctx, usb, true), "@USB:SHUFFLE=On"},
			{c.SetAllPower(ctx, yamaha.PowerStateOn), "@SYS:PWR=On"},
			{c.SetParty(ctx, false), "@SYS:PARTY=Off"},
			{c.SetBand(ctx, yamaha.WavebandAM), "@TUN:BAND=AM"},
			{c.SetFMFrequency(ctx, yamaha.Decimal{Coef: 10160, Scale: 2}), "@TUN:FMFREQ=101.60"},
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
	const zone, usb = yamaha.ZoneZone3, yamaha.PlayerUSB
	with(t, func(t *testing.T, receiver *yamahatest.Device, c *yamaha.Client) {
		ctx, want := t.Context(), wire(receiver, 1)
		get := func(reply any, sent string) func(any, error) {
			return func(got any, err error) {
				require.NoError(t, err, sent)
				require.Equal(t, reply, got, sent)
				want = append(want, sent)
			}
		}
		get(yamaha.Power{Zone: zone, Power: yamaha.PowerStateOn}, "@ZONE3:PWR=?")(one(c.GetPower(ctx, zone)))
		get(yamaha.Volume{Zone: zone, Volume: tenths(-305)}, "@ZONE3:VOL=?")(one(c.GetVolume(ctx, zone)))
		get(yamaha.Mute{Zone: zone, Mute: yamaha.MutingOff}, "@ZONE3:MUTE=?")(one(c.GetMute(ctx, zone)))
		get(yamaha.Input{Zone: zone, Input: yamaha.SourceHdmi1}, "@ZONE3:INP=?")(one(c.GetInput(ctx, zone)))
		get(yamaha.SoundProgram{Zone: zone, Program: yamaha.ProgramHallVienna}, "@ZONE3:SOUNDPRG=?")(one(c.GetSoundProgram(ctx, zone)))
		get(yamaha.Straight{Zone: zone, On: true}, "@ZONE3:STRAIGHT=?")(one(c.GetStraight(ctx, zone)))
		get(yamaha.PureDirect{Zone: zone}, "@ZONE3:PUREDIRMODE=?")(one(c.GetPureDirect(ctx, zone)))
		get(yamaha.Enhancer{Zone: zone, On: true}, "@ZONE3:ENHANCER=?")(one(c.GetEnhancer(ctx, zone)))
		get(yamaha.Sleep{Zone: zone, After: yamaha.SleepTimeMin30}, "@ZONE3:SLEEP=?")(one(c.GetSleep(ctx, zone)))
		get(yamaha.Bass{Zone: zone, Level: tenths(-15)}, "@ZONE3:SPBASS=?")(one(c.GetBass(ctx, zone)))
		get(yamaha.Treble{Zone: zone, Level: tenths(20)}, "@ZONE3:SPTREBLE=?")(one(c.GetTreble(ctx, zone)))
		get(yamaha.ZoneName{Zone: zone, Name: "Kitchen"}, "@ZONE3:ZONENAME=?")(one(c.GetZoneName(ctx, zone)))
		get(yamaha.Playback{Player: usb, State: yamaha.PlayerStatePlay}, "@USB:PLAYBACKINFO=?")(one(c.GetPlayback(ctx, usb)))
		get(yamaha.Artist{Player: usb, Name: "Miles Davis"}, "@USB:ARTIST=?")(one(c.GetArtist(ctx, usb)))
		get(yamaha.Album{Player: usb, Name: "Kind of Blue"}, "@USB:ALBUM=?")(one(c.GetAlbum(ctx, usb)))
		get(yamaha.Song{Player: usb, Name: "So What"}, "@USB:SONG=?")(one(c.GetSong(ctx, usb)))
		get(yamaha.Station{Player: usb, Name: "Radio 4"}, "@USB:STATION=?")(one(c.GetStation(ctx, usb)))
		get(yamaha.Repeat{Player: usb, Mode: yamaha.RepeatModeAll}, "@USB:REPEAT=?")(one(c.GetRepeat(ctx, usb)))
		get(yamaha.Shuffle{Player: usb}, "@USB:SHUFFLE=?")(one(c.GetShuffle(ctx, usb)))
		get(yamaha.AllPower{Power: yamaha.PowerStateStandby}, "@SYS:PWR=?")(one(c.GetAllPower(ctx)))
		get(yamaha.ModelName{Name: "RX-A810"}, "@SYS:MODELNAME=?")(one(c.GetModelName(ctx)))
		get(yamaha.Firmware{Version: "1.80/2.01"}, "@SYS:VERSION=?")(one(c.GetFirmware(ctx)))
		get(yamaha.Party{On: true}, "@SYS:PARTY=?")(one(c.GetParty(ctx)))
		get(yamaha.Band{Band: yamaha.WavebandFM}, "@TUN:BAND=?")(one(c.GetBand(ctx)))
		get(yamaha.FMFrequency{Frequency: yamaha.Decimal{Coef: 10160, Scale: 2}}, "@TUN:FMFREQ=?")(one(c.GetFMFrequency(ctx)))
		get(yamaha.AMFrequency{Frequency: 1080}, "@TUN:AMFREQ=?")(one(c.GetAMFrequency(ctx)))
		preset, tuned, err := c.GetPreset(ctx)
		require.True(t, tuned)
		get(yamaha.Preset{Preset: 3}, "@TUN:PRESET=?")(one(preset, err))
		receiver.HandleGetPreset(func(r *yamahatest.GetPresetRequest) { r.ReplyNoPreset() })
		preset, tuned, err = c.GetPreset(ctx)
		require.False(t, tuned)
		get(yamaha.Preset{}, "@TUN:PRESET=?")(one(preset, err))
		require.Equal(t, want, wire(receiver, 1))
	})
}

func one[T any](reply T, err error) (any, error) { return reply, err }

func TestErrors(t *testing.T) {
	with(t, func(t *testing.T, receiver *yamahatest.Device, c *yamaha.Client) {
		receiver.HandleGetVolume(func(r *yamahatest.GetVolumeRequest) { r.ReplyRestricted() })
		receiver.HandleGetParty(func(r *yamahatest.GetPartyRequest) { r.ReplyUndefined() })
		_, err := c.GetVolume(t.Context(), yamaha.ZoneZone4)
		var restricted *yamaha.Restricted
		require.ErrorAs(t, err, &restricted)
		_, err = c.GetParty(t.Context())
		var undefined *yamaha.Undefined
		require.ErrorAs(t, err, &undefined)

		receiver.Emit("@RESTRICTED") // to something that was set
		_, err = c.GetPower(t.Context(), yamaha.ZoneMain)
		require.NoError(t, err)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestAsleep: the first command wakes the receiver, and is lost.
func TestAsleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		receiver := yamahatest.New()
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
	with(t, func(t *testing.T, receiver *yamahatest.Device, c *yamaha.Client) {
		sub := c.Subscribe()
		defer sub.Close()
		receiver.HandleAskZone(func(r *yamahatest.AskZoneRequest) {
			r.Emit("@MAIN:PWR=On")
			r.Emit("@MAIN:VOL=-41.0")
			r.Emit("@MAIN:SCENE1NAME=BD/DVD")
			r.Emit("@MAIN:ADAPTIVEDRC=Auto")
		})
		require.NoError(t, c.AskZone(t.Context(), yamaha.ZoneMain))
		<-time.After(time.Second)
		receiver.EmitInputName(yamaha.InputName{Input: "HDMI1", Name: "Apple TV"})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var got []yamaha.Event
		for event := range sub.Events(ctx) {
			switch event := event.(type) {
			case *yamaha.Power:
				got = append(got, event.Clone())
			case *yamaha.Volume:
				got = append(got, event.Clone())
			case *yamaha.SceneName:
				got = append(got, event.Clone())
			case *yamaha.InputName:
				got = append(got, event.Clone())
			case *yamaha.UnknownMessage:
				got = append(got, event.Clone())
			}
		}
		require.Equal(t, []yamaha.Event{
			&yamaha.Power{Zone: yamaha.ZoneMain, Power: yamaha.PowerStateOn},
			&yamaha.Volume{Zone: yamaha.ZoneMain, Volume: tenths(-410)},
			&yamaha.SceneName{Zone: yamaha.ZoneMain, Scene: 1, Name: "BD/DVD"},
			&yamaha.UnknownMessage{Frame: []byte("@MAIN:ADAPTIVEDRC=Auto")},
			&yamaha.InputName{Input: "HDMI1", Name: "Apple TV"},
		}, got)
	})
}

// TestHeartbeat keeps an idle link over three intervals, none of which lets the
// receiver fall asleep; one that fell silent is given up within 40 s.
func TestHeartbeat(t *testing.T) {
	with(t, func(t *testing.T, receiver *yamahatest.Device, c *yamaha.Client) {
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
		require.ErrorIs(t, lost.Err, yamaha.ErrPeerSilent)
		require.LessOrEqual(t, lost.At.Sub(start), 40*time.Second)
	})
}

// TestRestart: the receiver is gone for a minute; the client comes back by itself.
func TestRestart(t *testing.T) {
	with(t, func(t *testing.T, receiver *yamahatest.Device, c *yamaha.Client) {
		receiver.RefuseDial()
		receiver.Reset()
		<-time.After(time.Minute)
		require.GreaterOrEqual(t, len(receiver.History().Of(device.Refused)), 3)
		receiver.Heal()
		await(t, c, runtime.Ready, 1)
		require.Equal(t, waking, wire(receiver, 2))
		_, err := c.GetVolume(t.Context(), yamaha.ZoneMain)
		require.NoError(t, err)
	})
}

// TestNotSent: what does not fit is an error before a byte is written.
func TestNotSent(t *testing.T) {
	with(t, func(t *testing.T, receiver *yamahatest.Device, c *yamaha.Client) {
		ctx := t.Context()
		for name, err := range map[string]error{
			"a line end":     c.SetInput(ctx, yamaha.ZoneMain, "TV\r\n@SYS:PWR=Standby"),
			"too loud":       c.SetVolume(ctx, yamaha.ZoneMain, tenths(170)),
			"no such zone":   c.SetStraight(ctx, "ZONE9", true),
			"too long":       c.SetZoneName(ctx, yamaha.ZoneMain, "Living room"),
			"no such repeat": c.SetRepeat(ctx, yamaha.PlayerUSB, "Some"),
		} {
			var e *yamaha.Error
			require.ErrorAs(t, err, &e, name)
			require.Equal(t, yamaha.NotSent, e.Fate, name)
		}
		require.Equal(t, waking, wire(receiver, 1))
	})
}
