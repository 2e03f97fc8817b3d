package qmp_test

import (
	"testing"

	"github.com/linewright/linewright/generated/qmp"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

const document = "../../spec/vendors/qmp.yaml"

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, document, dynamictest.Generated{
		Plan: qmp.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[qmp.Hello], dynamictest.New[qmp.Done], dynamictest.New[qmp.ServerError], dynamictest.New[qmp.Status],
			dynamictest.New[qmp.Version], dynamictest.New[qmp.Name], dynamictest.New[qmp.UUID], dynamictest.New[qmp.CommandList],
			dynamictest.New[qmp.Kvm], dynamictest.New[qmp.Target], dynamictest.New[qmp.Cpus], dynamictest.New[qmp.HotpluggableCpus],
			dynamictest.New[qmp.MemorySize], dynamictest.New[qmp.Balloon], dynamictest.New[qmp.BlockDevices],
			dynamictest.New[qmp.BlockNodes], dynamictest.New[qmp.DriveStats], dynamictest.New[qmp.Chardevs], dynamictest.New[qmp.Machines],
			dynamictest.New[qmp.Iothreads], dynamictest.New[qmp.Pci], dynamictest.New[qmp.Jobs], dynamictest.New[qmp.Migration],
			dynamictest.New[qmp.MigrationCapabilities], dynamictest.New[qmp.Properties], dynamictest.New[qmp.ObjectTypes],
			dynamictest.New[qmp.Value], dynamictest.New[qmp.Output], dynamictest.New[qmp.ChardevAdded], dynamictest.New[qmp.Stopped],
			dynamictest.New[qmp.Resumed], dynamictest.New[qmp.Suspended], dynamictest.New[qmp.Woken], dynamictest.New[qmp.Powerdown],
			dynamictest.New[qmp.Reset], dynamictest.New[qmp.Shutdown], dynamictest.New[qmp.DeviceDeleted], dynamictest.New[qmp.TrayMoved],
			dynamictest.New[qmp.JobChanged], dynamictest.New[qmp.BlockJobReady], dynamictest.New[qmp.BlockJobCompleted],
			dynamictest.New[qmp.BlockJobCancelled], dynamictest.New[qmp.BlockIOError], dynamictest.New[qmp.Migrating],
			dynamictest.New[qmp.BalloonChange], dynamictest.New[qmp.GuestPanicked], dynamictest.New[qmp.Watchdog],
			dynamictest.New[qmp.PortChanged], dynamictest.New[qmp.OtherEvent],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[qmp.CapabilitiesRequest], dynamictest.New[qmp.QueryStatusRequest], dynamictest.New[qmp.QueryVersionRequest],
			dynamictest.New[qmp.QueryCommandsRequest], dynamictest.New[qmp.QueryNameRequest], dynamictest.New[qmp.QueryUUIDRequest],
			dynamictest.New[qmp.QueryKvmRequest], dynamictest.New[qmp.QueryTargetRequest], dynamictest.New[qmp.QueryMachinesRequest],
			dynamictest.New[qmp.HumanMonitorCommandRequest], dynamictest.New[qmp.StopRequest], dynamictest.New[qmp.ContRequest],
			dynamictest.New[qmp.SystemResetRequest], dynamictest.New[qmp.SystemPowerdownRequest], dynamictest.New[qmp.SystemWakeupRequest],
			dynamictest.New[qmp.InjectNmiRequest], dynamictest.New[qmp.QuitRequest], dynamictest.New[qmp.QueryCpusFastRequest],
			dynamictest.New[qmp.QueryHotpluggableCpusRequest], dynamictest.New[qmp.QueryMemorySizeSummaryRequest],
			dynamictest.New[qmp.QueryBalloonRequest], dynamictest.New[qmp.BalloonRequest], dynamictest.New[qmp.DeviceAddRequest],
			dynamictest.New[qmp.DeviceDelRequest], dynamictest.New[qmp.DeviceListPropertiesRequest], dynamictest.New[qmp.QueryPciRequest],
			dynamictest.New[qmp.QueryIothreadsRequest], dynamictest.New[qmp.ObjectAddRequest], dynamictest.New[qmp.ObjectDelRequest],
			dynamictest.New[qmp.QomListRequest], dynamictest.New[qmp.QomListTypesRequest], dynamictest.New[qmp.QomGetRequest],
			dynamictest.New[qmp.QomSetRequest], dynamictest.New[qmp.QueryChardevRequest], dynamictest.New[qmp.ChardevAddRequest],
			dynamictest.New[qmp.ChardevRemoveRequest], dynamictest.New[qmp.NetdevAddRequest], dynamictest.New[qmp.NetdevDelRequest],
			dynamictest.New[qmp.SetLinkRequest], dynamictest.New[qmp.QueryBlockRequest], dynamictest.New[qmp.QueryBlockstatsRequest],
			dynamictest.New[qmp.QueryNamedBlockNodesRequest], dynamictest.New[qmp.BlockdevAddRequest],
			dynamictest.New[qmp.BlockdevDelRequest], dynamictest.New[qmp.BlockResizeRequest],
			dynamictest.New[qmp.BlockdevSnapshotSyncRequest], dynamictest.New[qmp.EjectRequest],
			dynamictest.New[qmp.BlockdevChangeMediumRequest], dynamictest.New[qmp.BlockdevBackupRequest],
			dynamictest.New[qmp.BlockdevMirrorRequest], dynamictest.New[qmp.BlockCommitRequest], dynamictest.New[qmp.QueryJobsRequest],
			dynamictest.New[qmp.JobPauseRequest], dynamictest.New[qmp.JobResumeRequest], dynamictest.New[qmp.JobCancelRequest],
			dynamictest.New[qmp.JobCompleteRequest], dynamictest.New[qmp.JobDismissRequest], dynamictest.New[qmp.MigrateRequest],
			dynamictest.New[qmp.MigrateIncomingRequest], dynamictest.New[qmp.MigrateCancelRequest],
			dynamictest.New[qmp.QueryMigrateRequest], dynamictest.New[qmp.QueryMigrateCapabilitiesRequest],
			dynamictest.New[qmp.MigrateSetCapabilitiesRequest], dynamictest.New[qmp.MigrateSetParametersRequest],
			dynamictest.New[qmp.ScreendumpRequest], dynamictest.New[qmp.SendKeyRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		`{"return":{},"id":null}`, `{"id":1,"return":[{}]}`, `{"return":{"status":"running","running":true},"id":{"a":[1]}}`,
		`{"error":{"desc":"","class":"X"},"id":"\u0041"}`, `{"event":"STOP","timestamp":{"seconds":-1,"microseconds":-1},"data":{}}`,
		`{"execute":"device_add","arguments":{"driver":"a","id":null,"x":1,"y":{}},"id":1.5}`, `{"execute":"quit","id":1} {}`,
		`{"return":[{"name":"a","name":"b"}],"id":1}`, `{"return":{"ram":{"mbps":1e400}},"id":1}`,
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
