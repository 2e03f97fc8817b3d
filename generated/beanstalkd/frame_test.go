package beanstalkd_test

import (
	"testing"

	"github.com/linewright/linewright/generated/beanstalkd"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/beanstalkd.yaml", dynamictest.Generated{
		Plan: beanstalkd.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[beanstalkd.Inserted], dynamictest.New[beanstalkd.Reserved], dynamictest.New[beanstalkd.Found],
			dynamictest.New[beanstalkd.TimedOut], dynamictest.New[beanstalkd.Nothing], dynamictest.New[beanstalkd.DeadlineSoon],
			dynamictest.New[beanstalkd.Deleted], dynamictest.New[beanstalkd.Released], dynamictest.New[beanstalkd.Buried],
			dynamictest.New[beanstalkd.Touched], dynamictest.New[beanstalkd.KickedJob], dynamictest.New[beanstalkd.Paused],
			dynamictest.New[beanstalkd.Using], dynamictest.New[beanstalkd.Watching], dynamictest.New[beanstalkd.Kicked],
			dynamictest.New[beanstalkd.Tubes], dynamictest.New[beanstalkd.JobInfo], dynamictest.New[beanstalkd.TubeInfo],
			dynamictest.New[beanstalkd.ServerInfo], dynamictest.New[beanstalkd.NotFound], dynamictest.New[beanstalkd.NotIgnored],
			dynamictest.New[beanstalkd.JobTooBig], dynamictest.New[beanstalkd.Draining], dynamictest.New[beanstalkd.ExpectedCrlf],
			dynamictest.New[beanstalkd.JobBuried], dynamictest.New[beanstalkd.BadFormat], dynamictest.New[beanstalkd.UnknownCommand],
			dynamictest.New[beanstalkd.OutOfMemory], dynamictest.New[beanstalkd.InternalError],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[beanstalkd.PutRequest], dynamictest.New[beanstalkd.UseRequest],
			dynamictest.New[beanstalkd.ReserveWithTimeoutRequest], dynamictest.New[beanstalkd.ReserveJobRequest],
			dynamictest.New[beanstalkd.DeleteRequest], dynamictest.New[beanstalkd.ReleaseRequest],
			dynamictest.New[beanstalkd.BuryRequest], dynamictest.New[beanstalkd.TouchRequest], dynamictest.New[beanstalkd.WatchRequest],
			dynamictest.New[beanstalkd.IgnoreRequest], dynamictest.New[beanstalkd.PeekRequest],
			dynamictest.New[beanstalkd.PeekReadyRequest], dynamictest.New[beanstalkd.PeekDelayedRequest],
			dynamictest.New[beanstalkd.PeekBuriedRequest], dynamictest.New[beanstalkd.KickRequest],
			dynamictest.New[beanstalkd.KickJobRequest], dynamictest.New[beanstalkd.StatsServerRequest],
			dynamictest.New[beanstalkd.StatsJobRequest], dynamictest.New[beanstalkd.StatsTubeRequest],
			dynamictest.New[beanstalkd.ListTubesRequest], dynamictest.New[beanstalkd.ListTubeUsedRequest],
			dynamictest.New[beanstalkd.ListTubesWatchedRequest], dynamictest.New[beanstalkd.PauseTubeRequest],
			dynamictest.New[beanstalkd.QuitRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"RESERVED 1 5\r\nhello", "FOUND 1 0\r\n", "OK 14\r\n---\n- default\n", "OK 10\r\n---\nid: 1\nid: 2\n", "WATCHING 2", "NOT_FOUND",
		"put 0 0 60 5\r\nhello", "reserve-with-timeout 60", "reserve-with-timeout 61", "use -x", "watch a b",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
