package denon_test

import (
	"testing"

	"github.com/linewright/linewright/generated/denon"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/denon.yaml", dynamictest.Generated{
		Plan: denon.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[denon.Power], dynamictest.New[denon.MainZone], dynamictest.New[denon.Volume],
			dynamictest.New[denon.MaxVolume], dynamictest.New[denon.Mute], dynamictest.New[denon.Input],
			dynamictest.New[denon.ChannelLevel], dynamictest.New[denon.ChannelLevelsEnd], dynamictest.New[denon.Surround],
			dynamictest.New[denon.InputMode], dynamictest.New[denon.Sleep], dynamictest.New[denon.NoSleep],
			dynamictest.New[denon.ToneControl], dynamictest.New[denon.Bass], dynamictest.New[denon.Treble],
			dynamictest.New[denon.LFE], dynamictest.New[denon.DynamicEQ], dynamictest.New[denon.DynamicVolume],
			dynamictest.New[denon.MultEQ], dynamictest.New[denon.CinemaEQ], dynamictest.New[denon.Eco],
			dynamictest.New[denon.Dimmer], dynamictest.New[denon.Trigger], dynamictest.New[denon.ZonePower],
			dynamictest.New[denon.ZoneVolume], dynamictest.New[denon.ZoneInput], dynamictest.New[denon.ZoneMute],
			dynamictest.New[denon.Frequency], dynamictest.New[denon.Preset], dynamictest.New[denon.NoPreset],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[denon.GetPowerRequest], dynamictest.New[denon.SetPowerRequest],
			dynamictest.New[denon.GetMainZoneRequest], dynamictest.New[denon.SetMainZoneRequest],
			dynamictest.New[denon.GetVolumeRequest], dynamictest.New[denon.SetVolumeRequest],
			dynamictest.New[denon.VolumeUpRequest], dynamictest.New[denon.VolumeDownRequest],
			dynamictest.New[denon.GetMuteRequest], dynamictest.New[denon.SetMuteRequest],
			dynamictest.New[denon.GetInputRequest], dynamictest.New[denon.SetInputRequest],
			dynamictest.New[denon.GetChannelLevelsRequest], dynamictest.New[denon.SetChannelLevelRequest],
			dynamictest.New[denon.GetSurroundRequest], dynamictest.New[denon.SetSurroundRequest],
			dynamictest.New[denon.QuickSelectRequest], dynamictest.New[denon.GetInputModeRequest],
			dynamictest.New[denon.SetInputModeRequest], dynamictest.New[denon.GetSleepRequest],
			dynamictest.New[denon.SetSleepRequest], dynamictest.New[denon.CancelSleepRequest],
			dynamictest.New[denon.GetToneControlRequest], dynamictest.New[denon.SetToneControlRequest],
			dynamictest.New[denon.GetBassRequest], dynamictest.New[denon.SetBassRequest],
			dynamictest.New[denon.GetTrebleRequest], dynamictest.New[denon.SetTrebleRequest],
			dynamictest.New[denon.GetLFERequest], dynamictest.New[denon.SetLFERequest],
			dynamictest.New[denon.GetDynamicEQRequest], dynamictest.New[denon.SetDynamicEQRequest],
			dynamictest.New[denon.GetDynamicVolumeRequest], dynamictest.New[denon.SetDynamicVolumeRequest],
			dynamictest.New[denon.GetMultEQRequest], dynamictest.New[denon.SetMultEQRequest],
			dynamictest.New[denon.GetCinemaEQRequest], dynamictest.New[denon.SetCinemaEQRequest],
			dynamictest.New[denon.GetEcoRequest], dynamictest.New[denon.SetEcoRequest],
			dynamictest.New[denon.GetDimmerRequest], dynamictest.New[denon.SetDimmerRequest],
			dynamictest.New[denon.SetTriggerRequest], dynamictest.New[denon.GetZonePowerRequest],
			dynamictest.New[denon.SetZonePowerRequest], dynamictest.New[denon.SetZoneVolumeRequest],
			dynamictest.New[denon.ZoneVolumeUpRequest], dynamictest.New[denon.ZoneVolumeDownRequest],
			dynamictest.New[denon.SetZoneInputRequest], dynamictest.New[denon.GetZoneMuteRequest],
			dynamictest.New[denon.SetZoneMuteRequest], dynamictest.New[denon.GetFrequencyRequest],
			dynamictest.New[denon.TuneRequest], dynamictest.New[denon.GetPresetRequest],
			dynamictest.New[denon.RecallPresetRequest], dynamictest.New[denon.PressRequest],
			dynamictest.New[denon.ShowMenuRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"PWON", "MV80", "MV805", "MVMAX 98", "CVFL 50", "CVEND", "SLP010", "SLPOFF", "PSTONE CTRL ON", "PSMULTEQ:FLAT",
		"Z2ON", "Z250", "Z2CD", "Z3MUOFF", "TFAN105000", "TPANOFF", "Z2?", "PW?", "TR1 ON",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
