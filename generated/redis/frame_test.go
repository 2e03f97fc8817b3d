package redis_test

import (
	"testing"

	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// FuzzFrames reads any bytes as any message and command, with the generated
// codec and the dynamic one.
func FuzzFrames(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/redis.yaml", dynamictest.Generated{
		Plan: redis.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[redis.OK], dynamictest.New[redis.Pong], dynamictest.New[redis.Integer],
			dynamictest.New[redis.Nil], dynamictest.New[redis.Value], dynamictest.New[redis.ServerError],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[redis.PingRequest], dynamictest.New[redis.AuthRequest], dynamictest.New[redis.GetRequest],
			dynamictest.New[redis.SetRequest], dynamictest.New[redis.IncrRequest], dynamictest.New[redis.DelRequest],
		},
	})
	codecs.Seed(f)
	for _, frame := range []string{
		"+OK", "+PONG", ":1000", ":-1", "$-1", "$5\r\nhello", "$0\r\n", "$6\r\na\r\nb\r\n", "-ERR unknown command 'X'", "-LOADING", "$6\r\nhello",
	} {
		f.Add([]byte(frame))
	}
	f.Fuzz(func(t *testing.T, frame []byte) { codecs.Read(t, frame) })
}
