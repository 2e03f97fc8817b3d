package ynca_test

import (
	"testing"

	"github.com/linewright/linewright/generated/ynca"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/ynca.yaml", dynamictest.Generated{
		Plan: ynca.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[ynca.Restricted], dynamictest.New[ynca.Undefined], dynamictest.New[ynca.Power],
			dynamictest.New[ynca.Volume], dynamictest.New[ynca.Mute], dynamictest.New[ynca.Input],
			dynamictest.New[ynca.SoundProgram], dynamictest.New[ynca.Straight], dynamictest.New[ynca.PureDirect],
			dynamictest.New[ynca.Enhancer], dynamictest.New[ynca.Sleep], dynamictest.New[ynca.Bass],
			dynamictest.New[ynca.Treble], dynamictest.New[ynca.ZoneName], dynamictest.New[ynca.Playback],
			dynamictest.New[ynca.Artist], dynamictest.New[ynca.Album], dynamictest.New[ynca.Song],
			dynamictest.New[ynca.Station], dynamictest.New[ynca.Repeat], dynamictest.New[ynca.Shuffle],
			dynamictest.New[ynca.AllPower], dynamictest.New[ynca.ModelName], dynamictest.New[ynca.Firmware],
			dynamictest.New[ynca.Party], dynamictest.New[ynca.Band], dynamictest.New[ynca.FMFrequency],
			dynamictest.New[ynca.AMFrequency], dynamictest.New[ynca.Preset], dynamictest.New[ynca.NoPreset],
			dynamictest.New[ynca.InputName], dynamictest.New[ynca.SceneName],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[ynca.GetPowerRequest], dynamictest.New[ynca.SetPowerRequest],
			dynamictest.New[ynca.GetVolumeRequest], dynamictest.New[ynca.SetVolumeRequest],
			dynamictest.New[ynca.GetMuteRequest], dynamictest.New[ynca.SetMuteRequest],
			dynamictest.New[ynca.GetInputRequest], dynamictest.New[ynca.SetInputRequest],
			dynamictest.New[ynca.GetSoundProgramRequest], dynamictest.New[ynca.SetSoundProgramRequest],
			dynamictest.New[ynca.GetStraightRequest], dynamictest.New[ynca.SetStraightRequest],
			dynamictest.New[ynca.GetPureDirectRequest], dynamictest.New[ynca.SetPureDirectRequest],
			dynamictest.New[ynca.GetEnhancerRequest], dynamictest.New[ynca.SetEnhancerRequest],
			dynamictest.New[ynca.GetSleepRequest], dynamictest.New[ynca.SetSleepRequest],
			dynamictest.New[ynca.GetBassRequest], dynamictest.New[ynca.SetBassRequest],
			dynamictest.New[ynca.GetTrebleRequest], dynamictest.New[ynca.SetTrebleRequest],
			dynamictest.New[ynca.GetZoneNameRequest], dynamictest.New[ynca.SetZoneNameRequest],
			dynamictest.New[ynca.GetPlaybackRequest], dynamictest.New[ynca.GetArtistRequest],
			dynamictest.New[ynca.GetAlbumRequest], dynamictest.New[ynca.GetSongRequest],
			dynamictest.New[ynca.GetStationRequest], dynamictest.New[ynca.GetRepeatRequest],
			dynamictest.New[ynca.SetRepeatRequest], dynamictest.New[ynca.GetShuffleRequest],
			dynamictest.New[ynca.SetShuffleRequest], dynamictest.New[ynca.GetAllPowerRequest],
			dynamictest.New[ynca.SetAllPowerRequest], dynamictest.New[ynca.GetModelNameRequest],
			dynamictest.New[ynca.GetFirmwareRequest], dynamictest.New[ynca.GetPartyRequest],
			dynamictest.New[ynca.SetPartyRequest], dynamictest.New[ynca.GetBandRequest],
			dynamictest.New[ynca.SetBandRequest], dynamictest.New[ynca.GetFMFrequencyRequest],
			dynamictest.New[ynca.SetFMFrequencyRequest], dynamictest.New[ynca.GetAMFrequencyRequest],
			dynamictest.New[ynca.SetAMFrequencyRequest], dynamictest.New[ynca.GetPresetRequest],
			dynamictest.New[ynca.SetPresetRequest], dynamictest.New[ynca.StepVolumeRequest],
			dynamictest.New[ynca.RecallSceneRequest], dynamictest.New[ynca.ControlRequest],
			dynamictest.New[ynca.AskZoneRequest], dynamictest.New[ynca.AskSceneNamesRequest],
			dynamictest.New[ynca.AskInputNamesRequest], dynamictest.New[ynca.AskSongRequest],
			dynamictest.New[ynca.WakeRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"@MAIN:PWR=On", "@ZONE2:VOL=-30.5", "@RESTRICTED", "@UNDEFINED", "@MAIN:MUTE=Att -20 dB",
		"@SYS:MODELNAME=RX-A810", "@SYS:INPNAMEHDMI1=Apple TV", "@MAIN:SCENE1NAME=BD/DVD", "@TUN:PRESET=No Preset",
		"@TUN:FMFREQ=101.60", "@MAIN:VOL=?", "@MAIN:VOL=Up 5 dB", "@SPOTIFY:SONG=",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
