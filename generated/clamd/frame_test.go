package clamd_test

import (
	"testing"

	"github.com/linewright/linewright/generated/clamd"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/clamd.yaml", dynamictest.Generated{
		Plan: clamd.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[clamd.Pong], dynamictest.New[clamd.Version], dynamictest.New[clamd.VersionCommands],
			dynamictest.New[clamd.Reloading], dynamictest.New[clamd.Clean], dynamictest.New[clamd.Found],
			dynamictest.New[clamd.Statistics], dynamictest.New[clamd.Failure], dynamictest.New[clamd.Unreadable],
			dynamictest.New[clamd.UnknownCommand],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[clamd.PingRequest], dynamictest.New[clamd.VersionRequest], dynamictest.New[clamd.VersionCommandsRequest],
			dynamictest.New[clamd.ReloadRequest], dynamictest.New[clamd.StatisticsRequest], dynamictest.New[clamd.ScanRequest],
			dynamictest.New[clamd.ScanOnRequest], dynamictest.New[clamd.ScanParallelRequest], dynamictest.New[clamd.ScanAllMatchesRequest],
			dynamictest.New[clamd.ScanDataRequest], dynamictest.New[clamd.EndDaemonRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"PONG", "RELOADING", "UNKNOWN COMMAND", "ClamAV 1.4.6", "ClamAV 1.4.6| COMMANDS: SCAN QUIT", "/x: OK", ": OK", "/x: a: S FOUND",
		"/x: S FOUND", "/x: S S FOUND", "INSTREAM size limit exceeded. ERROR", " ERROR", "zPING", "zSCAN /x\ny", "zSCAN ", "zCONTSCAN /x",
		"zINSTREAM\x00\x00\x00\x00\x02hi\x00\x00\x00\x00", "zINSTREAM\x00\x00\x00\x00\x03hi\x00\x00\x00\x00",
		"POOLS: 1\n\nSTATE: VALID\nTHREADS: live 1  idle 0 max 10 idle-timeout 30\nQUEUE: 0 items\nEND",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
