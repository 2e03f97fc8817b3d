package redis_test

import (
	"testing"

	"github.com/linewright/linewright/generated/internal/frames"
	"github.com/linewright/linewright/generated/redis"
)

func FuzzFrames(f *testing.F) {
	for _, frame := range []string{
		"+OK", "+PONG", ":1000", ":-1", "$-1", "$5\r\nhello", "$0\r\n", "$6\r\na\r\nb\r\n", "-ERR unknown command 'X'", "-LOADING", "$6\r\nhello",
	} {
		f.Add([]byte(frame))
	}
	messages := frames.Messages{
		frames.New[redis.OK], frames.New[redis.Pong], frames.New[redis.Integer],
		frames.New[redis.Nil], frames.New[redis.Value], frames.New[redis.ServerError],
	}
	f.Fuzz(func(t *testing.T, data []byte) { messages.Again(t, data, "\r\n") })
}
