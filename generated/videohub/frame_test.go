package videohub_test

import (
	"testing"

	"github.com/linewright/linewright/generated/videohub"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/videohub.yaml", dynamictest.Generated{
		Plan: videohub.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[videohub.Preamble], dynamictest.New[videohub.Ack], dynamictest.New[videohub.Nak],
			dynamictest.New[videohub.EndPrelude], dynamictest.New[videohub.Device], dynamictest.New[videohub.InputLabels],
			dynamictest.New[videohub.OutputLabels], dynamictest.New[videohub.MonitoringLabels],
			dynamictest.New[videohub.SerialLabels], dynamictest.New[videohub.FrameLabels],
			dynamictest.New[videohub.OutputRoutes], dynamictest.New[videohub.MonitoringRoutes],
			dynamictest.New[videohub.SerialRoutes], dynamictest.New[videohub.ProcessingRoutes],
			dynamictest.New[videohub.FrameRoutes], dynamictest.New[videohub.OutputLocks],
			dynamictest.New[videohub.MonitoringLocks], dynamictest.New[videohub.SerialLocks],
			dynamictest.New[videohub.ProcessingLocks], dynamictest.New[videohub.FrameLocks],
			dynamictest.New[videohub.Directions], dynamictest.New[videohub.InputStatus],
			dynamictest.New[videohub.OutputStatus], dynamictest.New[videohub.SerialStatus],
			dynamictest.New[videohub.Configuration], dynamictest.New[videohub.OutputTakes],
			dynamictest.New[videohub.OtherBlock], dynamictest.New[videohub.DeviceDump],
			dynamictest.New[videohub.InputLabelsDump], dynamictest.New[videohub.OutputLabelsDump],
			dynamictest.New[videohub.OutputRoutesDump], dynamictest.New[videohub.OutputLocksDump],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[videohub.PingRequest], dynamictest.New[videohub.GetDeviceRequest],
			dynamictest.New[videohub.GetInputLabelsRequest], dynamictest.New[videohub.GetOutputLabelsRequest],
			dynamictest.New[videohub.GetOutputRoutesRequest], dynamictest.New[videohub.GetOutputLocksRequest],
			dynamictest.New[videohub.ResendRequest], dynamictest.New[videohub.LabelInputsRequest],
			dynamictest.New[videohub.LabelOutputsRequest], dynamictest.New[videohub.LabelMonitoringRequest],
			dynamictest.New[videohub.LabelSerialPortsRequest], dynamictest.New[videohub.LabelFramesRequest],
			dynamictest.New[videohub.RouteOutputsRequest], dynamictest.New[videohub.RouteMonitoringRequest],
			dynamictest.New[videohub.RouteSerialPortsRequest], dynamictest.New[videohub.RouteProcessingUnitsRequest],
			dynamictest.New[videohub.RouteFramesRequest], dynamictest.New[videohub.LockOutputsRequest],
			dynamictest.New[videohub.LockMonitoringRequest], dynamictest.New[videohub.LockSerialPortsRequest],
			dynamictest.New[videohub.LockProcessingUnitsRequest], dynamictest.New[videohub.LockFramesRequest],
			dynamictest.New[videohub.SetDirectionsRequest], dynamictest.New[videohub.SetTakeModeRequest],
			dynamictest.New[videohub.SetOutputTakesRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"ACK\n", "NAK\n", "INPUT LABELS:\n0 VTR 1\n1 \n", "OUTPUT LABELS:\n", "VIDEO OUTPUT ROUTING:\n7 6\n8 3\n",
		"VIDEO OUTPUT LOCKS:\n0 O\n1 L\n", "VIDEOHUB DEVICE:\nDevice present: true\nVideo inputs: 16\n",
		"NETWORK:\nInterface Count: 1\n", "ACK\n\nVIDEO OUTPUT ROUTING:\n0 5\n", "SERIAL PORT DIRECTIONS:\n0 auto\n",
		"TAKE MODE:\n0 true\n", "PING:\n",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
