package memcached_test

import (
	"testing"

	"github.com/linewright/linewright/generated/memcached"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/memcached.yaml", dynamictest.Generated{
		Plan: memcached.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[memcached.Version], dynamictest.New[memcached.NoopDone], dynamictest.New[memcached.OK],
			dynamictest.New[memcached.Reset], dynamictest.New[memcached.Stored], dynamictest.New[memcached.NotStored],
			dynamictest.New[memcached.Exists], dynamictest.New[memcached.NotFound], dynamictest.New[memcached.Deleted],
			dynamictest.New[memcached.Touched], dynamictest.New[memcached.Number], dynamictest.New[memcached.End],
			dynamictest.New[memcached.Value], dynamictest.New[memcached.Values], dynamictest.New[memcached.Statistics],
			dynamictest.New[memcached.MetaValue], dynamictest.New[memcached.MetaDone], dynamictest.New[memcached.MetaMiss],
			dynamictest.New[memcached.MetaNotStored], dynamictest.New[memcached.MetaExists], dynamictest.New[memcached.MetaNotFound],
			dynamictest.New[memcached.MetaInternals], dynamictest.New[memcached.ClientError], dynamictest.New[memcached.TooLarge],
			dynamictest.New[memcached.ServerError], dynamictest.New[memcached.TooManyConnections],
			dynamictest.New[memcached.UnknownCommand],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[memcached.AuthenticateRequest], dynamictest.New[memcached.NoopRequest],
			dynamictest.New[memcached.VersionRequest], dynamictest.New[memcached.GetRequest], dynamictest.New[memcached.GetsRequest],
			dynamictest.New[memcached.GetManyRequest], dynamictest.New[memcached.GetsManyRequest],
			dynamictest.New[memcached.GatRequest], dynamictest.New[memcached.GatsRequest], dynamictest.New[memcached.GatManyRequest],
			dynamictest.New[memcached.SetRequest], dynamictest.New[memcached.AddRequest], dynamictest.New[memcached.ReplaceRequest],
			dynamictest.New[memcached.AppendRequest], dynamictest.New[memcached.PrependRequest],
			dynamictest.New[memcached.CasRequest], dynamictest.New[memcached.DeleteRequest], dynamictest.New[memcached.IncrRequest],
			dynamictest.New[memcached.DecrRequest], dynamictest.New[memcached.TouchRequest],
			dynamictest.New[memcached.FlushAllRequest], dynamictest.New[memcached.StatisticsRequest],
			dynamictest.New[memcached.StatisticsOfRequest], dynamictest.New[memcached.ResetStatisticsRequest],
			dynamictest.New[memcached.VerbosityRequest], dynamictest.New[memcached.CacheMemlimitRequest],
			dynamictest.New[memcached.MetaGetRequest], dynamictest.New[memcached.MetaSetRequest],
			dynamictest.New[memcached.MetaDeleteRequest], dynamictest.New[memcached.MetaArithmeticRequest],
			dynamictest.New[memcached.MetaDebugRequest], dynamictest.New[memcached.QuitRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"STORED", "END", "10", "VALUE k 7 5 1\r\na\r\nbc\r\nEND", "VALUE k 0 0\r\n\r\nVALUE l 0 1\r\nx\r\nEND", "VALUE k 7 9\r\na\r\nEND",
		"STAT a b c\r\nEND", "VA 0 W X Z\r\n", "HD t-1 h0 l0 c1", "EN kYWJj b", "ME a exp=-1 la=0 cas=1 fetch=no cls=1 size=67 new=1",
		"set k 0 -1 2\r\n\r\n", "cas k 0 0 1 9\r\nx", "mg k v N30 R5 T0 O1", "ms k 0 ME\r\n", "ma k MD D18446744073709551615 J0", "ERROR", "SERVER_ERROR ",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
