package russound_test

import (
	"testing"

	"github.com/linewright/linewright/generated/russound"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/russound.yaml", dynamictest.Generated{
		Plan: russound.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[russound.OK], dynamictest.New[russound.Refusal], dynamictest.New[russound.Version],
			dynamictest.New[russound.ZoneValue], dynamictest.New[russound.SourceValue],
			dynamictest.New[russound.ControllerValue], dynamictest.New[russound.SystemValue],
			dynamictest.New[russound.ZoneStatus], dynamictest.New[russound.ZoneVolume],
			dynamictest.New[russound.ZoneBass], dynamictest.New[russound.ZoneTreble],
			dynamictest.New[russound.ZoneBalance], dynamictest.New[russound.ZoneLoudness],
			dynamictest.New[russound.ZoneTurnOnVolume], dynamictest.New[russound.ZoneDoNotDisturb],
			dynamictest.New[russound.ZonePartyMode], dynamictest.New[russound.ZoneMute],
			dynamictest.New[russound.ZoneCurrentSource], dynamictest.New[russound.ZoneText],
			dynamictest.New[russound.SourceText], dynamictest.New[russound.SystemText],
			dynamictest.New[russound.OtherNotice],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[russound.GetVersionRequest], dynamictest.New[russound.GetZoneRequest],
			dynamictest.New[russound.GetSourceRequest], dynamictest.New[russound.GetControllerRequest],
			dynamictest.New[russound.GetSystemRequest], dynamictest.New[russound.WatchRequest],
			dynamictest.New[russound.UnwatchRequest], dynamictest.New[russound.ZoneOnRequest],
			dynamictest.New[russound.ZoneOffRequest], dynamictest.New[russound.AllOnRequest],
			dynamictest.New[russound.AllOffRequest], dynamictest.New[russound.SetVolumeRequest],
			dynamictest.New[russound.SelectSourceRequest], dynamictest.New[russound.PressRequest],
			dynamictest.New[russound.ReleaseRequest], dynamictest.New[russound.MuteRequest],
			dynamictest.New[russound.UnmuteRequest], dynamictest.New[russound.SeekRequest],
			dynamictest.New[russound.SetDoNotDisturbRequest], dynamictest.New[russound.SetPartyRequest],
			dynamictest.New[russound.RestorePresetRequest], dynamictest.New[russound.SavePresetRequest],
			dynamictest.New[russound.SetBassRequest], dynamictest.New[russound.SetTrebleRequest],
			dynamictest.New[russound.SetBalanceRequest], dynamictest.New[russound.SetLoudnessRequest],
			dynamictest.New[russound.SetTurnOnVolumeRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"S", "E Invalid Command", "S VERSION=\"1.07.00\"", "S C[1].Z[2].name=\"Kitchen\"", "N C[1].Z[2].volume=\"20\"",
		"N C[1].Z[2].status=\"ON\"", "N C[1].Z[2].colour=\"red\"", "N S[4].songName=\"So What\"",
		"N System.status=\"OFF\"", "WATCH C[1].Z[2] ON EXPIRESIN 60", "EVENT C[1].Z[2]!KeyPress Volume 20",
		"GET C[1].type", "SET C[1].Z[2].bass=\"-2\"", "EVENT C[1].Z[2]!SavePreset \"News\" 3",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
