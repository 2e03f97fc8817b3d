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
			dynamictest.New[yamaha.Restricted], dynamictest.New[yamaha.Undefined], dynamictest.New[yamaha.Power],
			dynamictest.New[yamaha.Volume], dynamictest.New[yamaha.Mute], dynamictest.New[yamaha.Input],
			dynamictest.New[yamaha.SoundProgram], dynamictest.New[yamaha.Straight], dynamictest.New[yamaha.PureDirect],
			dynamictest.New[yamaha.Enhancer], dynamictest.New[yamaha.Sleep], dynamictest.New[yamaha.Bass],
			dynamictest.New[yamaha.Treble], dynamictest.New[yamaha.ZoneName], dynamictest.New[yamaha.Playback],
			dynamictest.New[yamaha.Artist], dynamictest.New[yamaha.Album], dynamictest.New[yamaha.Song],
			dynamictest.New[yamaha.Station], dynamictest.New[yamaha.Repeat], dynamictest.New[yamaha.Shuffle],
			dynamictest.New[yamaha.AllPower], dynamictest.New[yamaha.ModelName], dynamictest.New[yamaha.Firmware],
			dynamictest.New[yamaha.Party], dynamictest.New[yamaha.Band], dynamictest.New[yamaha.FMFrequency],
			dynamictest.New[yamaha.AMFrequency], dynamictest.New[yamaha.Preset], dynamictest.New[yamaha.NoPreset],
			dynamictest.New[yamaha.InputName], dynamictest.New[yamaha.SceneName],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[yamaha.GetPowerRequest], dynamictest.New[yamaha.SetPowerRequest],
			dynamictest.New[yamaha.GetVolumeRequest], dynamictest.New[yamaha.SetVolumeRequest],
			dynamictest.New[yamaha.GetMuteRequest], dynamictest.New[yamaha.SetMuteRequest],
			dynamictest.New[yamaha.GetInputRequest], dynamictest.New[yamaha.SetInputRequest],
			dynamictest.New[yamaha.GetSoundProgramRequest], dynamictest.New[yamaha.SetSoundProgramRequest],
			dynamictest.New[yamaha.GetStraightRequest], dynamictest.New[yamaha.SetStraightRequest],
			dynamictest.New[yamaha.GetPureDirectRequest], dynamictest.New[yamaha.SetPureDirectRequest],
			dynamictest.New[yamaha.GetEnhancerRequest], dynamictest.New[yamaha.SetEnhancerRequest],
			dynamictest.New[yamaha.GetSleepRequest], dynamictest.New[yamaha.SetSleepRequest],
			dynamictest.New[yamaha.GetBassRequest], dynamictest.New[yamaha.SetBassRequest],
			dynamictest.New[yamaha.GetTrebleRequest], dynamictest.New[yamaha.SetTrebleRequest],
			dynamictest.New[yamaha.GetZoneNameRequest], dynamictest.New[yamaha.SetZoneNameRequest],
			dynamictest.New[yamaha.GetPlaybackRequest], dynamictest.New[yamaha.GetArtistRequest],
			dynamictest.New[yamaha.GetAlbumRequest], dynamictest.New[yamaha.GetSongRequest],
			dynamictest.New[yamaha.GetStationRequest], dynamictest.New[yamaha.GetRepeatRequest],
			dynamictest.New[yamaha.SetRepeatRequest], dynamictest.New[yamaha.GetShuffleRequest],
			dynamictest.New[yamaha.SetShuffleRequest], dynamictest.New[yamaha.GetAllPowerRequest],
			dynamictest.New[yamaha.SetAllPowerRequest], dynamictest.New[yamaha.GetModelNameRequest],
			dynamictest.New[yamaha.GetFirmwareRequest], dynamictest.New[yamaha.GetPartyRequest],
			dynamictest.New[yamaha.SetPartyRequest], dynamictest.New[yamaha.GetBandRequest],
			dynamictest.New[yamaha.SetBandRequest], dynamictest.New[yamaha.GetFMFrequencyRequest],
			dynamictest.New[yamaha.SetFMFrequencyRequest], dynamictest.New[yamaha.GetAMFrequencyRequest],
			dynamictest.New[yamaha.SetAMFrequencyRequest], dynamictest.New[yamaha.GetPresetRequest],
			dynamictest.New[yamaha.SetPresetRequest], dynamictest.New[yamaha.StepVolumeRequest],
			dynamictest.New[yamaha.RecallSceneRequest], dynamictest.New[yamaha.ControlRequest],
			dynamictest.New[yamaha.AskZoneRequest], dynamictest.New[yamaha.AskSceneNamesRequest],
			dynamictest.New[yamaha.AskInputNamesRequest], dynamictest.New[yamaha.AskSongRequest],
			dynamictest.New[yamaha.WakeRequest],
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
