package lutron_test

import (
	"testing"

	"github.com/linewright/linewright/generated/lutron"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/lutron.yaml", dynamictest.Generated{
		Plan: lutron.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[lutron.AskLogin], dynamictest.New[lutron.AskPassword], dynamictest.New[lutron.Prompt],
			dynamictest.New[lutron.Fault], dynamictest.New[lutron.OutputLevel], dynamictest.New[lutron.OutputMotion],
			dynamictest.New[lutron.OutputFlash], dynamictest.New[lutron.OutputPulse], dynamictest.New[lutron.Blind],
			dynamictest.New[lutron.ShadeLevel], dynamictest.New[lutron.ShadeMotion], dynamictest.New[lutron.Button],
			dynamictest.New[lutron.LED], dynamictest.New[lutron.AreaLevel], dynamictest.New[lutron.AreaMotion],
			dynamictest.New[lutron.Scene], dynamictest.New[lutron.AreaOccupancy], dynamictest.New[lutron.GroupOccupancy],
			dynamictest.New[lutron.Monitoring], dynamictest.New[lutron.Variable], dynamictest.New[lutron.Mode],
			dynamictest.New[lutron.ClockMode], dynamictest.New[lutron.ClockSunrise], dynamictest.New[lutron.ClockSunset],
			dynamictest.New[lutron.ClockEvent], dynamictest.New[lutron.ClockEventEnabled], dynamictest.New[lutron.System],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[lutron.SendUserRequest], dynamictest.New[lutron.SendPasswordRequest],
			dynamictest.New[lutron.WantRepliesRequest], dynamictest.New[lutron.HeartbeatRequest],
			dynamictest.New[lutron.SetLevelRequest], dynamictest.New[lutron.SetLevelLaterRequest],
			dynamictest.New[lutron.GetLevelRequest], dynamictest.New[lutron.MoveOutputRequest],
			dynamictest.New[lutron.FlashOutputRequest], dynamictest.New[lutron.PulseOutputRequest],
			dynamictest.New[lutron.SetBlindRequest], dynamictest.New[lutron.GetBlindRequest],
			dynamictest.New[lutron.SetShadesRequest], dynamictest.New[lutron.GetShadesRequest],
			dynamictest.New[lutron.MoveShadesRequest], dynamictest.New[lutron.PressButtonRequest],
			dynamictest.New[lutron.SetLEDRequest], dynamictest.New[lutron.GetLEDRequest],
			dynamictest.New[lutron.SetAreaRequest], dynamictest.New[lutron.MoveAreaRequest],
			dynamictest.New[lutron.SetSceneRequest], dynamictest.New[lutron.GetSceneRequest],
			dynamictest.New[lutron.GetAreaOccupancyRequest], dynamictest.New[lutron.GetGroupOccupancyRequest],
			dynamictest.New[lutron.MonitorRequest], dynamictest.New[lutron.UnmonitorRequest],
			dynamictest.New[lutron.SetVariableRequest], dynamictest.New[lutron.GetVariableRequest],
			dynamictest.New[lutron.SetModeRequest], dynamictest.New[lutron.GetModeRequest],
			dynamictest.New[lutron.SetClockModeRequest], dynamictest.New[lutron.GetClockModeRequest],
			dynamictest.New[lutron.GetSunriseRequest], dynamictest.New[lutron.GetSunsetRequest],
			dynamictest.New[lutron.ExecuteClockEventRequest], dynamictest.New[lutron.EnableClockEventRequest],
			dynamictest.New[lutron.GetSystemRequest], dynamictest.New[lutron.HelpRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"login: ", "GNET> ", "~ERROR,2", "~OUTPUT,1,1,75.00", "~OUTPUT,1,2", "~OUTPUT,1,29,6", "~DEVICE,5,2,3",
		"~DEVICE,5,82,9,1", "~AREA,2,6,3", "~MONITORING,5,1", "~SYSTEM,1,13:40:00", "#OUTPUT,1,1,75,1:30", "?OUTPUT,1,1",
		"~TIMECLOCK,1,6,4,2",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
