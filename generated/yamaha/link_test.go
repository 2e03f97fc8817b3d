package yamaha_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/yamaha"
	"github.com/linewright/linewright/generated/yamaha/yamahatest"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// TestParameters lists what the console has, until it says that this was all.
func TestParameters(t *testing.T) {
	with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		console.HandleGetParameter(func(r *yamahatest.GetParameterRequest) {
			switch r.Index {
			case 0:
				r.Default()
			case 1:
				r.ReplyTextParameter(yamaha.TextParameter{
					Index: 1, Address: "MIXER:Current/InCh/Label/Name", Channels: 40, Highest: 64, Initial: "ch 1", Type: "string",
					Control: "any", Access: yamaha.AccessReadWrite, Factor: 1,
				})
			default:
				r.ReplyFailed(yamaha.Failed{Command: "prminfo", Code: yamaha.ErrorCodeInternalError})
			}
		})
		var addresses []string
		for index := uint32(0); ; index++ {
			reply, err := c.GetParameter(t.Context(), index)
			if failed := new(yamaha.Failed); errors.As(err, &failed) {
				require.Equal(t, yamaha.ErrorCodeInternalError, failed.Code)
				break
			}
			require.NoError(t, err)
			switch p := reply.(type) {
			case *yamaha.Parameter:
				require.EqualValues(t, -32768, p.Initial)
				addresses = append(addresses, p.Address)
			case *yamaha.TextParameter:
				require.Equal(t, "ch 1", p.Initial)
				addresses = append(addresses, p.Address)
			}
		}
		require.Equal(t, []string{"MIXER:Current/InCh/Fader/Level", "MIXER:Current/InCh/Label/Name"}, addresses)
		require.Equal(t, append(slices.Clone(announced), "prminfo 0", "prminfo 1", "prminfo 2"), wire(console, 1))
	})
}

// TestErrors: each code of a console is an error of its own, and the link stays.
func TestErrors(t *testing.T) {
	with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		for word, code := range map[string]yamaha.ErrorCode{
			"UnknownCommand": yamaha.ErrorCodeUnknownCommand, "WrongFormat": yamaha.ErrorCodeWrongFormat,
			"InvalidArgument": yamaha.ErrorCodeInvalidArgument, "UnknownAddress": yamaha.ErrorCodeUnknownAddress,
			"UnknownEventID": yamaha.ErrorCodeUnknownEventID, "TooLongCommand": yamaha.ErrorCodeTooLongCommand,
			"AccessDenied": yamaha.ErrorCodeAccessDenied, "Busy": yamaha.ErrorCodeBusy, "ReadOnly": yamaha.ErrorCodeReadOnly,
			"NoPermission": yamaha.ErrorCodeNoPermission, "InternalError": yamaha.ErrorCodeInternalError, "OnFire": "OnFire",
		} {
			console.Handle("set_level", func(r *device.Request) { r.Reply("ERROR set " + word) })
			_, err := c.SetLevel(t.Context(), in, 0, hundredths(0))
			var failed *yamaha.Failed
			require.ErrorAs(t, err, &failed, word)
			require.Equal(t, yamaha.Failed{Command: "set", Code: code}, *failed)
			require.Equal(t, word == "Busy", failed.Temporary(), word)
		}
		console.Emit("ERROR set Busy") // to nothing
		console.Emit("NOTIFY set MIXER:Current/InCh/Label/Name 0 0 \"\xff\"")
		_, err := c.GetLevel(t.Context(), in, 0)
		require.NoError(t, err)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestEcho: what answers another address is not taken for the reply. Who says
// so is out of step: the link ends, and the question is asked again.
func TestEcho(t *testing.T) {
	for _, other := range []string{"OK get MIXER:Current/InCh/Fader/Level 2 0 -200", "OK get MIXER:Current/Mix/Fader/Level 3 0 -300"} {
		with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
			console.Handle("get_level", func(r *device.Request) {
				r.Emit("NOTIFY set MIXER:Current/InCh/Fader/Level 3 0 -100")
				if r.Conn == 1 {
					r.Emit(other)
				}
				r.Reply("OK get MIXER:Current/InCh/Fader/Level 3 0 -400")
			})
			level, err := c.GetLevel(t.Context(), in, 3)
			require.NoError(t, err)
			require.Equal(t, hundredths(-400), level.Level)
			require.EqualValues(t, 2, c.Stats().Links)
		})
	}
}

// TestEchoOfSet: nor is what somebody else sets, or what was set elsewhere.
func TestEchoOfSet(t *testing.T) {
	with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		console.Handle("set_level", func(r *device.Request) {
			r.Emit("NOTIFY set MIXER:Current/InCh/Fader/Level 3 0 -100")
			r.Emit("OK set MIXER:Current/InCh/Fader/Level 4 0 -200")
			r.Emit("OK set MIXER:Current/InCh/Fader/On 3 0 1")
			r.Reply("OK set MIXER:Current/InCh/Fader/Level 3 0 -400")
		})
		reply, err := c.SetLevel(t.Context(), in, 3, hundredths(-400))
		require.NoError(t, err)
		require.Equal(t, &yamaha.LevelSet{Strip: in, Channel: 3, Level: hundredths(-400)}, reply)
		require.EqualValues(t, 1, c.Stats().Links)
	})
}

// TestEvents: what somebody does at the console is an event, and so is what we
// set ourselves.
func TestEvents(t *testing.T) {
	with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		sub := c.Subscribe()
		defer sub.Close()
		_, err := c.SetOn(t.Context(), in, 1, true)
		require.NoError(t, err)
		_, err = c.RecallScene(t.Context(), ab, 3)
		require.NoError(t, err)
		for _, line := range []string{
			"NOTIFY sscurrent_ex scene_a 3", "NOTIFY ssrecall_ex MIXER:Lib/Scene 5", "NOTIFY ssupdate_ex scene_b 9",
			`NOTIFY set MIXER:Current/St/Fader/On 0 0 0 "OFF"`, `NOTIFY set MIXER:Current/InCh/Label/Name 2 0 "Vox"`,
			"NOTIFY set MIXER:Current/InCh/ToMix/Level 1 2 -32768", "NOTIFY set MIXER:Current/InCh/PEQ/On 2 0 1",
			`NOTIFY set MIXER:Current/Cue/ActiveCue 0 0 "None"`, `NOTIFY devstatus runmode "emergency"`,
			"NOTIFY mtr MIXER:Current/St/PostOn level 7f 00", "NOTIFY event PROC:Media",
		} {
			console.Emit(line)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var got []yamaha.Event
		for event := range sub.Events(ctx) {
			got = append(got, kept(t, event))
		}
		require.Equal(t, []yamaha.Event{
			&yamaha.OnSet{Strip: in, Channel: 1, On: true, Shown: yamaha.Some("ON")},
			&yamaha.SceneRecalled{List: ab, Scene: 3},
			&yamaha.CurrentSceneChanged{List: ab, Scene: 3},
			&yamaha.SceneRecall{List: yamaha.SceneListLibrary, Scene: 5},
			&yamaha.SceneStore{List: yamaha.SceneListB, Scene: 9},
			&yamaha.OnChanged{Strip: yamaha.StripStereo, Shown: yamaha.Some("OFF")},
			&yamaha.NameChanged{Strip: in, Channel: 2, Name: "Vox"},
			&yamaha.SendLevelChanged{Strip: in, To: yamaha.BusMix, Channel: 1, Bus: 2, Level: hundredths(-32768)},
			&yamaha.NumberChanged{Address: "MIXER:Current/InCh/PEQ/On", X: 2, Value: 1},
			&yamaha.TextChanged{Address: "MIXER:Current/Cue/ActiveCue", Value: "None"},
			&yamaha.RunModeChanged{Mode: yamaha.ModeEmergency},
			&yamaha.Meter{Address: "MIXER:Current/St/PostOn", Type: "level", Levels: []uint64{0x7f, 0}},
			&yamaha.UnknownMessage{Frame: []byte("NOTIFY event PROC:Media")},
		}, got)
	})
}

// kept is an event of TestEvents that outlives the loop over events.
func kept(t *testing.T, event yamaha.Event) yamaha.Event {
	t.Helper()
	switch e := event.(type) {
	case *yamaha.OnSet:
		return e.Clone()
	case *yamaha.SceneRecalled:
		return e.Clone()
	case *yamaha.CurrentSceneChanged:
		return e.Clone()
	case *yamaha.SceneRecall:
		return e.Clone()
	case *yamaha.SceneStore:
		return e.Clone()
	case *yamaha.OnChanged:
		return e.Clone()
	case *yamaha.NameChanged:
		return e.Clone()
	case *yamaha.SendLevelChanged:
		return e.Clone()
	case *yamaha.NumberChanged:
		return e.Clone()
	case *yamaha.TextChanged:
		return e.Clone()
	case *yamaha.RunModeChanged:
		return e.Clone()
	case *yamaha.Meter:
		return e.Clone()
	case *yamaha.UnknownMessage:
		return e.Clone()
	}
	t.Fatalf("a %T came", event)
	return nil
}

// TestHeartbeat keeps an idle link over three intervals, as long as was
// announced and never longer than 10 s; a console that fell silent is given up
// within 20 s.
func TestHeartbeat(t *testing.T) {
	for keepalive, every := range map[uint32]time.Duration{0: 10 * time.Second, 5000: 5 * time.Second, 60000: 10 * time.Second} {
		with(t, yamaha.Params{Keepalive: keepalive}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
			<-time.After(3*every + time.Second)
			sent := console.History().Commands("get_run_mode")
			require.Len(t, sent, 3)
			for i := range sent[1:] {
				require.Equal(t, every, sent[i+1].At-sent[i].At)
			}
			require.EqualValues(t, 1, c.Stats().Links)

			start := time.Now()
			console.BlackHole()
			lost := await(t, c, runtime.Backoff, 0)
			require.ErrorIs(t, lost.Err, yamaha.ErrPeerSilent)
			require.LessOrEqual(t, lost.At.Sub(start), 20*time.Second)
		})
	}
}

// TestRestart: the console is gone for a minute; the client comes back by
// itself, announces its keepalive again, and what lasts.
func TestRestart(t *testing.T) {
	with(t, yamaha.Params{Keepalive: 8000}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		_, err := c.SetEncoding(t.Context(), yamaha.EncodingUTF8)
		require.NoError(t, err)
		_, err = c.NumberScenes(t.Context(), yamaha.SceneNumbersText)
		require.NoError(t, err)
		for _, meter := range []string{"MIXER:Current/St/PostOn", "MIXER:Current/InCh/PostOn"} {
			_, err = c.StartMeters(t.Context(), meter, 100)
			require.NoError(t, err)
		}
		_, err = c.StopMeters(t.Context(), "MIXER:Current/InCh/PostOn")
		require.NoError(t, err)
		console.RefuseDial()
		console.Reset()
		<-time.After(time.Minute)
		require.GreaterOrEqual(t, len(console.History().Of(device.Refused)), 3)
		console.Heal()
		await(t, c, runtime.Ready, 1)
		again := wire(console, 2)
		require.Equal(t, "scpmode keepalive 8000", again[0])
		slices.Sort(again[1:])
		require.Equal(t, []string{"mtrstart MIXER:Current/St/PostOn 100", "scpmode encoding utf8", `scpmode sstype "text"`}, again[1:])
		_, err = c.GetLevel(t.Context(), in, 0)
		require.NoError(t, err)
	})
}

// TestNoKeepalive: a console that does not know of keepalives serves us all the
// same.
func TestNoKeepalive(t *testing.T) {
	for _, answer := range []string{"ERROR scpmode WrongFormat", "ERROR unknown UnknownCommand"} {
		synctest.Test(t, func(t *testing.T) {
			console := yamahatest.New()
			defer console.Close()
			console.Handle("announce_keepalive", func(r *device.Request) { r.Reply(answer) })
			c, err := console.Dial(t.Context(), yamaha.Params{})
			require.NoError(t, err)
			defer c.Close()
			_, err = c.GetLevel(t.Context(), in, 0)
			require.NoError(t, err)
		})
	}
}

// TestNotSent: what does not fit is an error before a byte is written.
func TestNotSent(t *testing.T) {
	with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		ctx := t.Context()
		for name, call := range map[string]func() (any, error){
			"a line end":     func() (any, error) { return c.SetName(ctx, in, 0, "Kick\nset x 0 0 1") },
			"too loud":       func() (any, error) { return c.SetLevel(ctx, in, 0, hundredths(1001)) },
			"between two":    func() (any, error) { return c.SetLevel(ctx, in, 0, yamaha.Decimal{Coef: -1005, Scale: 3}) },
			"no such strip":  func() (any, error) { return c.GetLevel(ctx, "Cue/InCh", 0) },
			"two words":      func() (any, error) { return c.Get(ctx, "MIXER:Current/InCh/Fader/Level 0", 0, 0) },
			"quotes":         func() (any, error) { return c.SetColor(ctx, in, 0, `Blue" "`) },
			"too far left":   func() (any, error) { return c.SetSendPan(ctx, in, yamaha.BusStereo, 0, 0, -64) },
			"far too often":  func() (any, error) { return c.StartMeters(ctx, "MIXER:Current/St/PostOn", 10) },
			"no such number": func() (any, error) { return c.NumberScenes(ctx, "roman") },
		} {
			_, err := call()
			var e *yamaha.Error
			require.ErrorAs(t, err, &e, name)
			require.Equal(t, yamaha.NotSent, e.Fate, name)
		}
		require.Equal(t, announced, wire(console, 1))
	})
}
