package yamaha_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/yamaha"
	"github.com/linewright/linewright/generated/yamaha/yamahatest"
	"github.com/linewright/linewright/runtime/device"
)

const (
	in = yamaha.StripInput
	ab = yamaha.SceneListA
)

var announced = []string{"scpmode keepalive 10000"}

// TestSet sends every command that changes something: as consoles want it, and
// never two within 5 ms. Each is answered with what was set.
func TestSet(t *testing.T) {
	with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		for _, command := range echoed {
			console.Handle(command, taken("OK ", ` "shown"`))
		}
		want := announced
		require.Equal(t, want, wire(console, 1))
		ctx, shown := t.Context(), yamaha.Some("shown")
		set := func(reply any, sent string) func(any, error) {
			return func(got any, err error) {
				t.Helper()
				require.NoError(t, err, sent)
				require.Equal(t, reply, got, sent)
				want = append(want, sent)
			}
		}
		set(&yamaha.LevelSet{Strip: in, Channel: 0, Level: hundredths(-1000), Shown: shown},
			"set MIXER:Current/InCh/Fader/Level 0 0 -1000")(one(c.SetLevel(ctx, in, 0, hundredths(-1000))))
		set(&yamaha.OnSet{Strip: yamaha.StripDCA, Channel: 7, On: true, Shown: shown},
			"set MIXER:Current/DCA/Fader/On 7 0 1")(one(c.SetOn(ctx, yamaha.StripDCA, 7, true)))
		set(&yamaha.NameSet{Strip: in, Channel: 71, Name: `"Kick" \`, Shown: shown},
			`set MIXER:Current/InCh/Label/Name 71 0 "\"Kick\" \\"`)(one(c.SetName(ctx, in, 71, `"Kick" \`)))
		set(&yamaha.ColorSet{Strip: yamaha.StripMix, Channel: 1, Color: yamaha.LabelColorSkyBlue, Shown: shown},
			`set MIXER:Current/Mix/Label/Color 1 0 "SkyBlue"`)(one(c.SetColor(ctx, yamaha.StripMix, 1, yamaha.LabelColorSkyBlue)))
		set(&yamaha.IconSet{Strip: yamaha.StripMatrix, Channel: 2, Icon: "Blank", Shown: shown},
			`set MIXER:Current/Mtrx/Label/Icon 2 0 "Blank"`)(one(c.SetIcon(ctx, yamaha.StripMatrix, 2, "Blank")))
		set(&yamaha.CategorySet{Strip: yamaha.StripStereoInput, Channel: 3, Category: "Vocal", Shown: shown},
			`set MIXER:Current/StInCh/Label/Category 3 0 "Vocal"`)(one(c.SetCategory(ctx, yamaha.StripStereoInput, 3, "Vocal")))
		set(&yamaha.SendLevelSet{Strip: in, To: yamaha.BusMix, Channel: 11, Bus: 2, Level: hundredths(-32768), Shown: shown},
			"set MIXER:Current/InCh/ToMix/Level 11 2 -32768")(one(c.SetSendLevel(ctx, in, yamaha.BusMix, 11, 2, hundredths(-32768))))
		set(&yamaha.SendOnSet{Strip: yamaha.StripStereo, To: yamaha.BusMatrix, Channel: 1, Bus: 3, On: false, Shown: shown},
			"set MIXER:Current/St/ToMtrx/On 1 3 0")(one(c.SetSendOn(ctx, yamaha.StripStereo, yamaha.BusMatrix, 1, 3, false)))
		set(&yamaha.SendPanSet{Strip: yamaha.StripFXReturn, To: yamaha.BusStereo, Channel: 1, Bus: 0, Pan: -63, Shown: shown},
			"set MIXER:Current/FxRtnCh/ToSt/Pan 1 0 -63")(one(c.SetSendPan(ctx, yamaha.StripFXReturn, yamaha.BusStereo, 1, 0, -63)))
		set(&yamaha.MuteGroupSet{Kind: yamaha.MuteGroupsGroup, Group: 5, On: true, Shown: shown},
			"set MIXER:Current/MuteGrpCtrl/On 5 0 1")(one(c.SetMuteGroup(ctx, yamaha.MuteGroupsGroup, 5, true)))
		set(&yamaha.CueSet{Strip: in, Channel: 5, On: true, Shown: shown},
			"set MIXER:Current/Cue/InCh/On 5 0 1")(one(c.SetCue(ctx, in, 5, true)))
		set(&yamaha.GainSet{Strip: in, Channel: 5, Gain: 3000, Shown: shown},
			"set MIXER:Current/InCh/Port/HA/Gain 5 0 3000")(one(c.SetGain(ctx, in, 5, 3000)))
		set(&yamaha.LocalGainSet{Input: 8, Gain: 12, Shown: shown},
			"set IO:Current/InCh/HAGain 8 0 12")(one(c.SetLocalGain(ctx, 8, 12)))
		set(&yamaha.PhantomSet{Input: 8, On: true, Shown: shown},
			"set IO:Current/InCh/48VOn 8 0 1")(one(c.SetPhantom(ctx, 8, true)))
		set(&yamaha.NumberSet{Address: "MIXER:Current/InCh/PEQ/Band/Gain", X: 4, Y: 3, Value: -150, Shown: shown},
			"set MIXER:Current/InCh/PEQ/Band/Gain 4 3 -150")(one(c.SetNumber(ctx, "MIXER:Current/InCh/PEQ/Band/Gain", 4, 3, -150)))
		set(&yamaha.LevelSet{Strip: in, Channel: 4, Level: hundredths(0), Shown: shown},
			"set MIXER:Current/InCh/Fader/Level 4 0 0")(one(c.SetNumber(ctx, "MIXER:Current/InCh/Fader/Level", 4, 0, 0)))
		set(&yamaha.TextSet{Address: "MIXER:Current/Cue/CueMode", Value: "Last Cue", Shown: shown},
			`set MIXER:Current/Cue/CueMode 0 0 "Last Cue"`)(one(c.SetText(ctx, "MIXER:Current/Cue/CueMode", 0, 0, "Last Cue")))
		set(&yamaha.NameSet{Strip: in, Channel: 4, Name: "Snare", Shown: shown},
			`set MIXER:Current/InCh/Label/Name 4 0 "Snare"`)(one(c.SetText(ctx, "MIXER:Current/InCh/Label/Name", 4, 0, "Snare")))
		set(yamaha.SceneRecalled{List: ab, Scene: 30}, "ssrecall_ex scene_a 30")(one(c.RecallScene(ctx, ab, 30)))
		set(yamaha.SceneStored{List: "scene_c", Scene: 7}, "ssupdate_ex scene_c 7")(one(c.StoreScene(ctx, "scene_c", 7)))
		set(yamaha.TextSceneRecalled{List: ab, Scene: "1.00"}, `ssrecallt_ex scene_a "1.00"`)(one(c.RecallTextScene(ctx, ab, "1.00")))
		set(yamaha.SceneStepped{Step: yamaha.SceneStepPrevious}, "event MIXER:Lib/Scene/RecallDec")(one(c.StepScene(ctx, yamaha.SceneStepPrevious)))
		set(yamaha.EncodingSet{Encoding: yamaha.EncodingUTF8}, "scpmode encoding utf8")(one(c.SetEncoding(ctx, yamaha.EncodingUTF8)))
		set(yamaha.SceneNumbersSet{Numbers: yamaha.SceneNumbersText}, `scpmode sstype "text"`)(one(c.NumberScenes(ctx, yamaha.SceneNumbersText)))
		set(yamaha.MetersStarted{Address: "MIXER:Current/St/PostOn", Interval: yamaha.Some[uint32](100)},
			"mtrstart MIXER:Current/St/PostOn 100")(one(c.StartMeters(ctx, "MIXER:Current/St/PostOn", 100)))
		set(yamaha.MetersStopped{Address: "MIXER:Current/St/PostOn"}, "mtrstop MIXER:Current/St/PostOn")(one(c.StopMeters(ctx, "MIXER:Current/St/PostOn")))
		require.Equal(t, want, wire(console, 1))
		sent := console.History().Commands("")
		for i := range sent[1:] {
			require.GreaterOrEqual(t, sent[i+1].At-sent[i].At, 5*time.Millisecond, "after %s", sent[i].Frame)
		}
	})
}

// echoed are the commands that set a parameter.
var echoed = []string{
	"set_level", "set_on", "set_name", "set_color", "set_icon", "set_category", "set_send_level", "set_send_on", "set_send_pan",
	"set_mute_group", "set_cue", "set_gain", "set_local_gain", "set_phantom", "set_number", "set_text",
}

// taken answers with a word, what came, and what consoles write behind it.
func taken(word, shown string) func(*device.Request) {
	return func(r *device.Request) { r.Reply(word + string(r.Frame) + shown) }
}

// TestAdjusted: the console takes another value, and says so with OKm.
func TestAdjusted(t *testing.T) {
	with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		for _, command := range echoed {
			console.Handle(command, taken("OKm ", ""))
		}
		ctx := t.Context()
		adjusted := func(reply any) func(any, error) {
			return func(got any, err error) {
				t.Helper()
				require.NoError(t, err)
				require.Equal(t, reply, got)
			}
		}
		adjusted(&yamaha.LevelAdjusted{Strip: in, Channel: 2, Level: hundredths(1000)})(one(c.SetLevel(ctx, in, 2, hundredths(1000))))
		adjusted(&yamaha.OnAdjusted{Strip: in, Channel: 2, On: true})(one(c.SetOn(ctx, in, 2, true)))
		adjusted(&yamaha.NameAdjusted{Strip: in, Channel: 2, Name: "x"})(one(c.SetName(ctx, in, 2, "x")))
		adjusted(&yamaha.ColorAdjusted{Strip: in, Channel: 2, Color: "Teal"})(one(c.SetColor(ctx, in, 2, "Teal")))
		adjusted(&yamaha.IconAdjusted{Strip: in, Channel: 2, Icon: "x"})(one(c.SetIcon(ctx, in, 2, "x")))
		adjusted(&yamaha.CategoryAdjusted{Strip: in, Channel: 2, Category: "x"})(one(c.SetCategory(ctx, in, 2, "x")))
		adjusted(&yamaha.SendLevelAdjusted{Strip: in, To: yamaha.BusFX, Channel: 2, Bus: 1, Level: hundredths(5)})(
			one(c.SetSendLevel(ctx, in, yamaha.BusFX, 2, 1, hundredths(5))))
		adjusted(&yamaha.SendOnAdjusted{Strip: in, To: yamaha.BusMono, Channel: 2, On: true})(one(c.SetSendOn(ctx, in, yamaha.BusMono, 2, 0, true)))
		adjusted(&yamaha.SendPanAdjusted{Strip: in, To: yamaha.BusMix, Channel: 2, Bus: 9, Pan: 1})(one(c.SetSendPan(ctx, in, yamaha.BusMix, 2, 9, 1)))
		adjusted(&yamaha.MuteGroupAdjusted{Kind: yamaha.MuteGroupsMaster, Group: 2})(one(c.SetMuteGroup(ctx, yamaha.MuteGroupsMaster, 2, false)))
		adjusted(&yamaha.CueAdjusted{Strip: in, Channel: 2})(one(c.SetCue(ctx, in, 2, false)))
		adjusted(&yamaha.GainAdjusted{Strip: in, Channel: 2, Gain: 66})(one(c.SetGain(ctx, in, 2, 66)))
		adjusted(&yamaha.LocalGainAdjusted{Input: 2, Gain: 64})(one(c.SetLocalGain(ctx, 2, 64)))
		adjusted(&yamaha.PhantomAdjusted{Input: 2})(one(c.SetPhantom(ctx, 2, false)))
		adjusted(&yamaha.NumberAdjusted{Address: "A:b", X: 1, Y: 2, Value: 3})(one(c.SetNumber(ctx, "A:b", 1, 2, 3)))
		adjusted(&yamaha.TextAdjusted{Address: "A:b", X: 1, Y: 2, Value: "c"})(one(c.SetText(ctx, "A:b", 1, 2, "c")))
		adjusted(&yamaha.CueAdjusted{Strip: in, Channel: 2, On: true})(one(c.SetNumber(ctx, "MIXER:Current/Cue/InCh/On", 2, 0, 1)))
	})
}

// TestGet asks for all there is; the fake answers as consoles did, with the
// indexes that it was asked for.
func TestGet(t *testing.T) {
	with(t, yamaha.Params{}, func(t *testing.T, console *yamahatest.Device, c *yamaha.Client) {
		ctx, want := t.Context(), wire(console, 1)
		get := func(reply any, sent string) func(any, error) {
			return func(got any, err error) {
				t.Helper()
				require.NoError(t, err, sent)
				require.Equal(t, reply, got, sent)
				want = append(want, sent)
			}
		}
		mix, dca := yamaha.StripMix, yamaha.StripDCA
		get(yamaha.Level{Strip: mix, Channel: 19, Level: hundredths(-1000)}, "get MIXER:Current/Mix/Fader/Level 19 0")(one(c.GetLevel(ctx, mix, 19)))
		get(yamaha.On{Strip: dca, Channel: 2, On: true}, "get MIXER:Current/DCA/Fader/On 2 0")(one(c.GetOn(ctx, dca, 2)))
		get(yamaha.Name{Strip: in, Channel: 2, Name: `Kick "in"`}, "get MIXER:Current/InCh/Label/Name 2 0")(one(c.GetName(ctx, in, 2)))
		get(yamaha.Color{Strip: in, Channel: 2, Color: yamaha.LabelColorSkyBlue}, "get MIXER:Current/InCh/Label/Color 2 0")(one(c.GetColor(ctx, in, 2)))
		get(yamaha.Icon{Strip: in, Channel: 2, Icon: "E.Bass"}, "get MIXER:Current/InCh/Label/Icon 2 0")(one(c.GetIcon(ctx, in, 2)))
		get(yamaha.Category{Strip: in, Channel: 2, Category: "Vocal"}, "get MIXER:Current/InCh/Label/Category 2 0")(one(c.GetCategory(ctx, in, 2)))
		get(yamaha.SendLevel{Strip: in, To: yamaha.BusFX, Channel: 2, Bus: 1, Level: hundredths(-600)},
			"get MIXER:Current/InCh/ToFx/Level 2 1")(one(c.GetSendLevel(ctx, in, yamaha.BusFX, 2, 1)))
		get(yamaha.SendOn{Strip: mix, To: yamaha.BusMatrix, Channel: 2, Bus: 1}, "get MIXER:Current/Mix/ToMtrx/On 2 1")(one(c.GetSendOn(ctx, mix, yamaha.BusMatrix, 2, 1)))
		get(yamaha.SendPan{Strip: in, To: yamaha.BusMix, Channel: 2, Bus: 9, Pan: -63}, "get MIXER:Current/InCh/ToMix/Pan 2 9")(one(c.GetSendPan(ctx, in, yamaha.BusMix, 2, 9)))
		get(yamaha.MuteGroup{Kind: yamaha.MuteGroupsGroup, Group: 1, On: true}, "get MIXER:Current/MuteGrpCtrl/On 1 0")(one(c.GetMuteGroup(ctx, yamaha.MuteGroupsGroup, 1)))
		get(yamaha.Cue{Strip: yamaha.StripStereo, Channel: 0, On: true}, "get MIXER:Current/Cue/St/On 0 0")(one(c.GetCue(ctx, yamaha.StripStereo, 0)))
		get(yamaha.Gain{Strip: in, Channel: 2, Gain: 3000}, "get MIXER:Current/InCh/Port/HA/Gain 2 0")(one(c.GetGain(ctx, in, 2)))
		get(yamaha.LocalGain{Input: 2, Gain: 12}, "get IO:Current/InCh/HAGain 2 0")(one(c.GetLocalGain(ctx, 2)))
		get(yamaha.Phantom{Input: 2, On: true}, "get IO:Current/InCh/48VOn 2 0")(one(c.GetPhantom(ctx, 2)))
		get(&yamaha.NumberValue{Address: "MIXER:Current/InCh/Fader/Level", X: 2, Value: -1000},
			"get MIXER:Current/InCh/Fader/Level 2 0")(one(c.Get(ctx, "MIXER:Current/InCh/Fader/Level", 2, 0)))
		console.HandleGet(func(r *yamahatest.GetRequest) {
			r.ReplyTextValue(yamaha.TextValue{Address: r.Address, X: r.X, Y: r.Y, Value: "VARI"})
		})
		get(&yamaha.TextValue{Address: "MIXER:Current/Mix/BusType", X: 3, Value: "VARI"}, "get MIXER:Current/Mix/BusType 3 0")(
			one(c.Get(ctx, "MIXER:Current/Mix/BusType", 3, 0)))
		get(yamaha.CurrentScene{List: ab, Scene: 22, State: yamaha.Some(yamaha.SceneStateModified)}, "sscurrent_ex scene_a")(one(c.GetCurrentScene(ctx, ab)))
		get(yamaha.SceneInfo{List: ab, Scene: 3, Label: "B22", Title: "dave", Kind: yamaha.Some(yamaha.SceneKindUser)}, "ssinfo_ex scene_a 3")(one(c.GetSceneInfo(ctx, ab, 3)))
		get(yamaha.SceneCount{List: ab, Count: 100}, "ssnum_ex scene_a")(one(c.GetSceneCount(ctx, ab)))
		get(yamaha.CurrentTextScene{List: ab, Scene: "1.00", State: yamaha.Some(yamaha.SceneStateUnmodified)}, "sscurrentt_ex scene_a")(one(c.GetCurrentTextScene(ctx, ab)))
		get(yamaha.Info{Item: yamaha.InfoItemVersion, Value: "DM3"}, "devinfo version")(one(c.GetInfo(ctx, yamaha.InfoItemVersion)))
		get(yamaha.RunMode{Mode: yamaha.ModeNormal}, "devstatus runmode")(one(c.GetRunMode(ctx)))
		get(yamaha.ErrorStatus{Status: "none"}, "devstatus error")(one(c.GetErrorStatus(ctx)))
		get(yamaha.ParameterCount{Count: 177}, "prmnum")(one(c.GetParameterCount(ctx)))
		get(yamaha.MeterCount{Count: 17}, "mtrnum")(one(c.GetMeterCount(ctx)))
		get(yamaha.MeterInfo{Index: 4, Address: "MIXER:Current/InCh/PreHPF", Channels: 16, Type: "level"}, "mtrinfo 4")(one(c.GetMeterInfo(ctx, 4)))
		require.Equal(t, want, wire(console, 1))
	})
}
