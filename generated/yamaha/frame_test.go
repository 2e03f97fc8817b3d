package yamaha_test

import (
	"testing"

	"github.com/linewright/linewright/generated/yamaha"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/yamaha.yaml", dynamictest.Generated{
		Plan: yamaha.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[yamaha.Level], dynamictest.New[yamaha.LevelSet], dynamictest.New[yamaha.LevelAdjusted],
			dynamictest.New[yamaha.LevelChanged], dynamictest.New[yamaha.On], dynamictest.New[yamaha.OnSet],
			dynamictest.New[yamaha.OnAdjusted], dynamictest.New[yamaha.OnChanged], dynamictest.New[yamaha.Name],
			dynamictest.New[yamaha.NameSet], dynamictest.New[yamaha.NameAdjusted],
			dynamictest.New[yamaha.NameChanged], dynamictest.New[yamaha.Color], dynamictest.New[yamaha.ColorSet],
			dynamictest.New[yamaha.ColorAdjusted], dynamictest.New[yamaha.ColorChanged],
			dynamictest.New[yamaha.Icon], dynamictest.New[yamaha.IconSet], dynamictest.New[yamaha.IconAdjusted],
			dynamictest.New[yamaha.IconChanged], dynamictest.New[yamaha.Category],
			dynamictest.New[yamaha.CategorySet], dynamictest.New[yamaha.CategoryAdjusted],
			dynamictest.New[yamaha.CategoryChanged], dynamictest.New[yamaha.SendLevel],
			dynamictest.New[yamaha.SendLevelSet], dynamictest.New[yamaha.SendLevelAdjusted],
			dynamictest.New[yamaha.SendLevelChanged], dynamictest.New[yamaha.SendOn],
			dynamictest.New[yamaha.SendOnSet], dynamictest.New[yamaha.SendOnAdjusted],
			dynamictest.New[yamaha.SendOnChanged], dynamictest.New[yamaha.SendPan],
			dynamictest.New[yamaha.SendPanSet], dynamictest.New[yamaha.SendPanAdjusted],
			dynamictest.New[yamaha.SendPanChanged], dynamictest.New[yamaha.MuteGroup],
			dynamictest.New[yamaha.MuteGroupSet], dynamictest.New[yamaha.MuteGroupAdjusted],
			dynamictest.New[yamaha.MuteGroupChanged], dynamictest.New[yamaha.Cue], dynamictest.New[yamaha.CueSet],
			dynamictest.New[yamaha.CueAdjusted], dynamictest.New[yamaha.CueChanged], dynamictest.New[yamaha.Gain],
			dynamictest.New[yamaha.GainSet], dynamictest.New[yamaha.GainAdjusted],
			dynamictest.New[yamaha.GainChanged], dynamictest.New[yamaha.LocalGain],
			dynamictest.New[yamaha.LocalGainSet], dynamictest.New[yamaha.LocalGainAdjusted],
			dynamictest.New[yamaha.LocalGainChanged], dynamictest.New[yamaha.Phantom],
			dynamictest.New[yamaha.PhantomSet], dynamictest.New[yamaha.PhantomAdjusted],
			dynamictest.New[yamaha.PhantomChanged], dynamictest.New[yamaha.NumberValue],
			dynamictest.New[yamaha.TextValue], dynamictest.New[yamaha.NumberSet],
			dynamictest.New[yamaha.NumberAdjusted], dynamictest.New[yamaha.TextSet],
			dynamictest.New[yamaha.TextAdjusted], dynamictest.New[yamaha.NumberChanged],
			dynamictest.New[yamaha.TextChanged], dynamictest.New[yamaha.SceneRecalled],
			dynamictest.New[yamaha.SceneRecall], dynamictest.New[yamaha.SceneStored],
			dynamictest.New[yamaha.SceneStore], dynamictest.New[yamaha.CurrentScene],
			dynamictest.New[yamaha.CurrentSceneChanged], dynamictest.New[yamaha.SceneInfo],
			dynamictest.New[yamaha.SceneCount], dynamictest.New[yamaha.TextSceneRecalled],
			dynamictest.New[yamaha.TextSceneRecall], dynamictest.New[yamaha.CurrentTextScene],
			dynamictest.New[yamaha.CurrentTextSceneChanged], dynamictest.New[yamaha.SceneStepped],
			dynamictest.New[yamaha.Info], dynamictest.New[yamaha.RunMode], dynamictest.New[yamaha.RunModeChanged],
			dynamictest.New[yamaha.ErrorStatus], dynamictest.New[yamaha.ErrorStatusChanged],
			dynamictest.New[yamaha.KeepaliveSet], dynamictest.New[yamaha.KeepaliveRefused],
			dynamictest.New[yamaha.KeepaliveUnknown], dynamictest.New[yamaha.EncodingSet],
			dynamictest.New[yamaha.SceneNumbersSet], dynamictest.New[yamaha.ParameterCount],
			dynamictest.New[yamaha.Parameter], dynamictest.New[yamaha.TextParameter],
			dynamictest.New[yamaha.MeterCount], dynamictest.New[yamaha.MeterInfo],
			dynamictest.New[yamaha.MetersStarted], dynamictest.New[yamaha.MetersStopped],
			dynamictest.New[yamaha.Meter], dynamictest.New[yamaha.Failed],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[yamaha.GetLevelRequest], dynamictest.New[yamaha.SetLevelRequest],
			dynamictest.New[yamaha.GetOnRequest], dynamictest.New[yamaha.SetOnRequest],
			dynamictest.New[yamaha.GetNameRequest], dynamictest.New[yamaha.SetNameRequest],
			dynamictest.New[yamaha.GetColorRequest], dynamictest.New[yamaha.SetColorRequest],
			dynamictest.New[yamaha.GetIconRequest], dynamictest.New[yamaha.SetIconRequest],
			dynamictest.New[yamaha.GetCategoryRequest], dynamictest.New[yamaha.SetCategoryRequest],
			dynamictest.New[yamaha.GetSendLevelRequest], dynamictest.New[yamaha.SetSendLevelRequest],
			dynamictest.New[yamaha.GetSendOnRequest], dynamictest.New[yamaha.SetSendOnRequest],
			dynamictest.New[yamaha.GetSendPanRequest], dynamictest.New[yamaha.SetSendPanRequest],
			dynamictest.New[yamaha.GetMuteGroupRequest], dynamictest.New[yamaha.SetMuteGroupRequest],
			dynamictest.New[yamaha.GetCueRequest], dynamictest.New[yamaha.SetCueRequest],
			dynamictest.New[yamaha.GetGainRequest], dynamictest.New[yamaha.SetGainRequest],
			dynamictest.New[yamaha.GetLocalGainRequest], dynamictest.New[yamaha.SetLocalGainRequest],
			dynamictest.New[yamaha.GetPhantomRequest], dynamictest.New[yamaha.SetPhantomRequest],
			dynamictest.New[yamaha.GetRequest], dynamictest.New[yamaha.SetNumberRequest],
			dynamictest.New[yamaha.SetTextRequest], dynamictest.New[yamaha.RecallSceneRequest],
			dynamictest.New[yamaha.StoreSceneRequest], dynamictest.New[yamaha.GetCurrentSceneRequest],
			dynamictest.New[yamaha.GetSceneInfoRequest], dynamictest.New[yamaha.GetSceneCountRequest],
			dynamictest.New[yamaha.RecallTextSceneRequest], dynamictest.New[yamaha.GetCurrentTextSceneRequest],
			dynamictest.New[yamaha.StepSceneRequest], dynamictest.New[yamaha.GetInfoRequest],
			dynamictest.New[yamaha.GetRunModeRequest], dynamictest.New[yamaha.GetErrorStatusRequest],
			dynamictest.New[yamaha.AnnounceKeepaliveRequest], dynamictest.New[yamaha.SetEncodingRequest],
			dynamictest.New[yamaha.NumberScenesRequest], dynamictest.New[yamaha.GetParameterCountRequest],
			dynamictest.New[yamaha.GetParameterRequest], dynamictest.New[yamaha.GetMeterCountRequest],
			dynamictest.New[yamaha.GetMeterInfoRequest], dynamictest.New[yamaha.StartMetersRequest],
			dynamictest.New[yamaha.StopMetersRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		`OK set MIXER:Current/InCh/Fader/Level 0 0 -32768 "-Inf"`, `OKm set MIXER:Current/InCh/Fader/Level 0 0 1000 "10.00"`,
		`NOTIFY set MIXER:Current/St/Fader/On 0 0 0 "OFF"`, `NOTIFY set MIXER:Current/InCh/Label/Name 2 0 "a \"b\" \\"`,
		"ERROR set UnknownAddress", "NOTIFY sscurrent_ex scene_a 30 unmodified", "NOTIFY mtr MIXER:Current/InCh/PostOn level 14 7F",
		`OK prminfo 3 "MIXER:Current/InCh/Label/Icon" 40 0 0 12 0 "" binary any rw 1`, "OKm", "set IO:Current/InCh/HAGain 8 0 12",
		`OK get MIXER:Current/Mix/Label/Color 0 0 "Teal" "Teal"`, `set MIXER:Current/InCh/Label/Name 0 0 "\"`,
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
