package denon_test

import (
	"bytes"
	"context"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/denon"
	"github.com/linewright/linewright/generated/denon/denontest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

func level(n uint64) denon.Level { return denon.Level{Level: n} }

func half(n uint64) denon.Level { return denon.Level{Level: n, Tenths: denon.Some[uint64](5)} }

// TestSet sends every command that changes something: as the manual has it, and
// never two within 50 ms.
func TestSet(t *testing.T) {
	with(t, func(t *testing.T, receiver *denontest.Device, c *denon.Client) {
		var want []string
		ctx := t.Context()
		for _, set := range []struct {
			err  error
			wire string
		}{
			{c.SetPower(ctx, denon.PowerStateOn), "PWON"},
			{c.SetMainZone(ctx, false), "ZMOFF"},
			{c.SetVolume(ctx, level(8)), "MV08"},
			{c.SetVolume(ctx, half(80)), "MV805"},
			{c.VolumeUp(ctx), "MVUP"},
			{c.VolumeDown(ctx), "MVDOWN"},
			{c.SetMute(ctx, true), "MUON"},
			{c.SetInput(ctx, denon.SourceSatCbl), "SISAT/CBL"},
			{c.SetInput(ctx, "8K"), "SI8K"},
			{c.SetChannelLevel(ctx, denon.ChannelFrontLeft, half(49)), "CVFL 495"},
			{c.SetSurround(ctx, denon.SurroundModePureDirect), "MSPURE DIRECT"},
			{c.QuickSelect(ctx, 3), "MSQUICK3"},
			{c.SetInputMode(ctx, denon.SignalHDMI), "SDHDMI"},
			{c.SetSleep(ctx, 30), "SLP030"},
			{c.CancelSleep(ctx), "SLPOFF"},
			{c.SetToneControl(ctx, true), "PSTONE CTRL ON"},
			{c.SetBass(ctx, 50), "PSBAS 50"},
			{c.SetTreble(ctx, 44), "PSTRE 44"},
			{c.SetLFE(ctx, 5), "PSLFE 05"},
			{c.SetDynamicEQ(ctx, false), "PSDYNEQ OFF"},
			{c.SetDynamicVolume(ctx, denon.DynamicsMedium), "PSDYNVOL MED"},
			{c.SetMultEQ(ctx, denon.RoomCorrectionBypass), "PSMULTEQ:BYP.LR"},
			{c.SetCinemaEQ(ctx, true), "PSCINEMA EQ.ON"},
			{c.SetEco(ctx, denon.SavingAuto), "ECOAUTO"},
			{c.SetDimmer(ctx, denon.BrightnessDark), "DIM DAR"},
			{c.SetTrigger(ctx, 1, true), "TR1 ON"},
			{c.SetZonePower(ctx, 2, true), "Z2ON"},
			{c.SetZoneVolume(ctx, 3, 7), "Z307"},
			{c.ZoneVolumeUp(ctx, 2), "Z2UP"},
			{c.ZoneVolumeDown(ctx, 2), "Z2DOWN"},
			{c.SetZoneInput(ctx, 2, denon.ZoneSourceCD), "Z2CD"},
			{c.SetZoneMute(ctx, 3, false), "Z3MUOFF"},
			{c.Tune(ctx, 9870), "TFAN009870"},
			{c.RecallPreset(ctx, 7), "TPAN07"},
			{c.Press(ctx, denon.KeyUp), "MNCUP"},
			{c.ShowMenu(ctx, true), "MNMEN ON"},
		} {
			require.NoError(t, set.err, set.wire)
			want = append(want, set.wire)
		}
		<-time.After(5 * time.Second)
		require.Equal(t, want, wire(receiver))

		sent := receiver.History().Commands("")
		for i := range sent[1:] {
			pause := 50 * time.Millisecond
			if sent[i].Command == "set_power" {
				pause = time.Second
			}
			require.GreaterOrEqual(t, sent[i+1].At-sent[i].At, pause, "after %s", sent[i].Frame)
		}
	})
}

// TestGet asks for all there is; the fake answers as the manual's examples.
func TestGet(t *testing.T) {
	with(t, func(t *testing.T, receiver *denontest.Device, c *denon.Client) {
		receiver.HandleGetChannelLevels(func(r *denontest.GetChannelLevelsRequest) {
			for _, line := range []string{"CVFL 50", "CVSW 525", "CVEND"} {
				r.Reply(line)
			}
		})
		ctx := t.Context()
		sleep, awake, err := c.GetSleep(ctx)
		require.NoError(t, err)
		require.True(t, awake)
		require.EqualValues(t, 10, sleep.Minutes)
		receiver.HandleGetSleep(func(r *denontest.GetSleepRequest) { r.ReplyNoSleep() })
		_, awake, err = c.GetSleep(ctx)
		require.NoError(t, err)
		require.False(t, awake)
		preset, tuned, err := c.GetPreset(ctx)
		require.NoError(t, err)
		require.True(t, tuned)
		require.EqualValues(t, 7, preset.Preset)
		receiver.HandleGetPreset(func(r *denontest.GetPresetRequest) { r.ReplyNoPreset() })
		_, tuned, err = c.GetPreset(ctx)
		require.NoError(t, err)
		require.False(t, tuned)

		var got []any
		add := func(reply any, err error) { require.NoError(t, err); got = append(got, reply) }
		add(first(c.GetPower(ctx)))
		add(first(c.GetMainZone(ctx)))
		add(first(c.GetVolume(ctx)))
		add(first(c.GetMute(ctx)))
		add(first(c.GetInput(ctx)))
		add(first(c.GetChannelLevels(ctx)))
		add(first(c.GetSurround(ctx)))
		add(first(c.GetInputMode(ctx)))
		add(first(c.GetToneControl(ctx)))
		add(first(c.GetBass(ctx)))
		add(first(c.GetTreble(ctx)))
		add(first(c.GetLFE(ctx)))
		add(first(c.GetDynamicEQ(ctx)))
		add(first(c.GetDynamicVolume(ctx)))
		add(first(c.GetMultEQ(ctx)))
		add(first(c.GetCinemaEQ(ctx)))
		add(first(c.GetEco(ctx)))
		add(first(c.GetDimmer(ctx)))
		add(first(c.GetZonePower(ctx, 3)))
		add(first(c.GetZoneMute(ctx, 3)))
		add(first(c.GetFrequency(ctx)))
		require.Equal(t, []any{
			denon.Power{Power: denon.PowerStateOn},
			denon.MainZone{On: true},
			denon.Volume{Volume: level(80)},
			denon.Mute{},
			denon.Input{Input: denon.SourceSatCbl},
			[]denon.ChannelLevel{{Channel: denon.ChannelFrontLeft, Volume: level(50)}, {Channel: denon.ChannelSubwoofer, Volume: half(52)}},
			denon.Surround{Mode: denon.SurroundModePureDirect},
			denon.InputMode{Mode: denon.SignalHDMI},
			denon.ToneControl{On: true},
			denon.Bass{Level: 50},
			denon.Treble{Level: 53},
			denon.LFE{Level: 10},
			denon.DynamicEQ{},
			denon.DynamicVolume{Mode: denon.DynamicsMedium},
			denon.MultEQ{Mode: denon.RoomCorrectionAudyssey},
			denon.CinemaEQ{On: true},
			denon.Eco{Mode: denon.SavingAuto},
			denon.Dimmer{Mode: denon.BrightnessBright},
			denon.ZonePower{Zone: 3, On: true},
			denon.ZoneMute{Zone: 3, On: true},
			denon.Frequency{Frequency: 9870},
		}, got)
		require.Equal(t, []string{
			"SLP?", "SLP?", "TPAN?", "TPAN?", "PW?", "ZM?", "MV?", "MU?", "SI?", "CV?", "MS?", "SD?", "PSTONE CTRL ?", "PSBAS ?", "PSTRE ?", "PSLFE ?",
			"PSDYNEQ ?", "PSDYNVOL ?", "PSMULTEQ: ?", "PSCINEMA EQ. ?", "ECO?", "DIM ?", "Z3?", "Z3MU?", "TFAN?",
		}, wire(receiver))
	})
}

func first[T any](reply T, err error) (any, error) { return reply, err }

// TestLineEnds: both sides end lines with a CR alone.
func TestLineEnds(t *testing.T) {
	ours, theirs := net.Pipe()
	defer theirs.Close()
	dialed := func(context.Context, string, string) (net.Conn, error) { return ours, nil }
	c, err := denon.Dial(t.Context(), "receiver", denon.WithDialer(dialed))
	require.NoError(t, err)
	defer c.Close()
	go func() {
		sent := make([]byte, 100)
		n, _ := theirs.Read(sent)
		_, _ = theirs.Write([]byte("MV615\rYOU SENT " + string(sent[:n])))
	}()
	events := c.Subscribe()
	defer events.Close()
	volume, err := c.GetVolume(t.Context())
	require.NoError(t, err)
	require.Equal(t, half(61), volume.Volume)
	for event := range events.Events(t.Context()) {
		if unknown, ok := event.(*denon.UnknownMessage); ok {
			require.Equal(t, "YOU SENT MV?", string(unknown.Frame), "and a CR, which ends it")
			break
		}
	}
}

// TestEvents: what somebody does at the receiver comes as an event, and so does
// what answers a question.
func TestEvents(t *testing.T) {
	with(t, func(t *testing.T, receiver *denontest.Device, c *denon.Client) {
		sub := c.Subscribe()
		defer sub.Close()
		receiver.Garbage([]byte("PWON\rMV805\rMVMAX 98\rTR1 ON\rSSINFAISFSV NON\r"))
		receiver.HandleGetZonePower(func(r *denontest.GetZonePowerRequest) {
			for _, line := range []string{"Z2ON", "Z2CD", "Z255"} {
				r.Reply(line)
			}
		})
		_, err := c.GetZonePower(t.Context(), 2)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var got []denon.Event
		for event := range sub.Events(ctx) {
			switch event := event.(type) {
			case *denon.Power:
				got = append(got, event.Clone())
			case *denon.Volume:
				got = append(got, event.Clone())
			case *denon.MaxVolume:
				got = append(got, event.Clone())
			case *denon.Trigger:
				got = append(got, event.Clone())
			case *denon.ZonePower:
				got = append(got, event.Clone())
			case *denon.ZoneInput:
				got = append(got, event.Clone())
			case *denon.ZoneVolume:
				got = append(got, event.Clone())
			case *denon.UnknownMessage:
				got = append(got, event.Clone())
			}
		}
		require.Equal(t, []denon.Event{
			&denon.Power{Power: denon.PowerStateOn},
			&denon.Volume{Volume: half(80)},
			&denon.MaxVolume{Volume: level(98)},
			&denon.Trigger{Output: 1, On: true},
			&denon.UnknownMessage{Frame: []byte("SSINFAISFSV NON")},
			&denon.ZonePower{Zone: 2, On: true},
			&denon.ZoneInput{Zone: 2, Input: denon.ZoneSourceCD},
			&denon.ZoneVolume{Zone: 2, Level: 55},
		}, got)
	})
}

// TestIgnored: a command that a model does not know ends with its timeout, and
// harms nothing, however often.
func TestIgnored(t *testing.T) {
	with(t, func(t *testing.T, receiver *denontest.Device, c *denon.Client) {
		receiver.DropReplies("get_eco", 10)
		for range 10 {
			_, err := c.GetEco(t.Context())
			var e *denon.Error
			require.ErrorAs(t, err, &e)
			require.True(t, e.Timeout(), err)
		}
		_, err := c.GetPower(t.Context())
		require.NoError(t, err)
		receiver.EmitEco(denon.Eco{Mode: denon.SavingAuto})
		eco, err := c.GetEco(t.Context())
		require.NoError(t, err)
		require.Equal(t, denon.SavingAuto, eco.Mode)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestHeartbeat keeps an idle link over three intervals, and gives one up that
// fell silent, within the 40 s that the document promises.
func TestHeartbeat(t *testing.T) {
	with(t, func(t *testing.T, receiver *denontest.Device, c *denon.Client) {
		<-time.After(91 * time.Second)
		require.Len(t, receiver.ReceivedGetPower(), 3)
		require.EqualValues(t, 1, c.Stats().Links)

		start := time.Now()
		receiver.BlackHole()
		lost := await(t, c, runtime.Backoff, 0)
		require.ErrorIs(t, lost.Err, denon.ErrPeerSilent)
		require.LessOrEqual(t, lost.At.Sub(start), 40*time.Second)
	})
}

// TestRestart: the receiver serves another client for a minute, and hangs up on
// ours; the client comes back by itself.
func TestRestart(t *testing.T) {
	with(t, func(t *testing.T, receiver *denontest.Device, c *denon.Client) {
		receiver.AcceptAndClose()
		receiver.CloseAll()
		<-time.After(time.Minute)
		n := len(receiver.History().Of(device.Connected))
		require.GreaterOrEqual(t, n, 3)
		require.LessOrEqual(t, n, 12, "no storm")
		receiver.Heal()
		await(t, c, runtime.Ready, uint64(n))
		volume, err := c.GetVolume(t.Context())
		require.NoError(t, err)
		require.Equal(t, level(80), volume.Volume)
	})
}

// TestNotSent: what does not fit is an error before a byte is written.
func TestNotSent(t *testing.T) {
	with(t, func(t *testing.T, receiver *denontest.Device, c *denon.Client) {
		ctx := t.Context()
		for name, err := range map[string]error{
			"a line end":   c.SetInput(ctx, "CD\rPWSTANDBY"),
			"no level":     c.SetVolume(ctx, level(100)),
			"no half":      c.SetVolume(ctx, denon.Level{Level: 50, Tenths: denon.Some[uint64](3)}),
			"no such zone": c.SetZonePower(ctx, 4, true),
			"too late":     c.SetSleep(ctx, 121),
			"no such mode": c.SetEco(ctx, "MAYBE"),
			"too long":     c.SetSurround(ctx, denon.SurroundMode(bytes.Repeat([]byte("X"), 140))),
		} {
			var e *denon.Error
			require.ErrorAs(t, err, &e, name)
			require.Equal(t, denon.NotSent, e.Fate, name)
		}
		synctest.Wait()
		require.Empty(t, receiver.History().Commands(""))
	})
}
