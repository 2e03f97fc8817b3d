package codecs

import (
	"bytes"
	"errors"
	"math/big"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	redigo "github.com/gomodule/redigo/redis"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/redis"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// redigoConn is the far end of a connection of redigo's: it says what it is
// told, and keeps what it hears.
type redigoConn struct {
	net.Conn
	says  *bytes.Reader
	hears bytes.Buffer
}

func (c *redigoConn) Read(b []byte) (int, error)       { return c.says.Read(b) }
func (c *redigoConn) Write(b []byte) (int, error)      { return c.hears.Write(b) }
func (c *redigoConn) Close() error                     { return nil }
func (c *redigoConn) SetReadDeadline(time.Time) error  { return nil }
func (c *redigoConn) SetWriteDeadline(time.Time) error { return nil }

func openRedis(f *testing.F) *dynamictest.Codecs {
	return dynamictest.OpenCodecs(f, "../../spec/vendors/redis.yaml", dynamictest.Generated{
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
}

// FuzzRedisReplies reads a stream of replies.
func FuzzRedisReplies(f *testing.F) {
	codecs := openRedis(f)
	for _, stream := range []string{
		"+OK\r\n+PONG\r\n:1000\r\n:-1\r\n$-1\r\n$5\r\nhello\r\n$0\r\n\r\n-ERR unknown\r\n", "$6\r\na\r\nb\r\n\r\n-LOADING\r\n+OK\r\n",
		":9223372036854775807\r\n:-9223372036854775808\r\n:9223372036854775808\r\n", "$05\r\nhello\r\n", "$5\r\nhello!\r\n", "+ok\r\n", "*1\r\n:1\r\n", "-ERR a\nb\r\n", "$-2\r\n", ": 1\r\n",
	} {
		f.Add([]byte(stream))
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		if len(stream) > maxStream {
			return
		}
		theirs := redigo.NewConn(&redigoConn{says: bytes.NewReader(stream)}, 0, 0)
		ours := newOurs(codecs, redis.Plan(), stream)
		for {
			name, frame, ok := ours.next(t)
			if !ok {
				requireNoReply(t, theirs, ours.rest)
				return
			}
			if bytes.ContainsAny(lineOf(name, frame), "\r\n") {
				return // a line holds a CR or an LF alone, which ends it for redigo
			}
			reply, err := theirs.Receive()
			requireReply(t, name, frame, reply, err)
		}
	})
}

// lineOf is what of a frame is to be a line.
func lineOf(name string, frame []byte) []byte {
	if name == "value" {
		return nil
	}
	return frame
}

// requireReply compares one reply.
func requireReply(t *testing.T, name string, frame []byte, reply any, err error) {
	t.Helper()
	if name == "error" {
		ours := parse[redis.ServerError](t, frame)
		want := ours.Code
		if ours.Text.Set {
			want += " " + ours.Text.Value
		}
		var theirs redigo.Error
		require.ErrorAs(t, err, &theirs, "%q", frame)
		require.Equal(t, want, string(theirs))
		return
	}
	require.NoError(t, err, "%q", frame)
	switch name {
	case "ok":
		require.Equal(t, "OK", reply)
	case "pong":
		require.Equal(t, "PONG", reply)
	case "integer":
		require.Equal(t, parse[redis.Integer](t, frame).Value, reply)
	case "nil":
		require.Nil(t, reply)
	case "value":
		require.Equal(t, string(parse[redis.Value](t, frame).Data), string(reply.([]byte)))
	default:
		t.Fatalf("a message of the spec that redigo is not asked about: %s", name)
	}
}

// requireNoReply asks redigo for what ours do not take: it takes it neither, or
// it is no reply of the spec.
func requireNoReply(t *testing.T, theirs redigo.Conn, rest []byte) {
	t.Helper()
	line, _, _ := strings.Cut(string(rest), "\r\n")
	if len(line) > 0 && strings.ContainsAny(line[:1], "$*") && len(strings.TrimLeft(line[1:], "0")) > 4 {
		return // redigo makes room for what is announced, also for gigabytes
	}
	reply, err := theirs.Receive()
	if text := redigo.Error(""); err == nil || errors.As(err, &text) {
		require.False(t, isReply(line), "%q is %v, %v", rest, reply, err)
	}
}

// replyForms is a reply by the specification of RESP2, without arrays and with
// the simple strings that our spec has.
var replyForms = regexp.MustCompile(`^(\+OK|\+PONG|:-?[0-9]+|\$-1|\$[0-9]+|-[^\x00-\x20]+( [^\x00\r\n]*)?)$`)

func isReply(line string) bool {
	if strings.HasPrefix(line, ":") {
		n, ok := new(big.Int).SetString(line[1:], 10)
		return ok && n.IsInt64() && replyForms.MatchString(line) // beyond, redigo's numbers begin anew
	}
	return replyForms.MatchString(line) && utf8.ValidString(line)
}

// FuzzRedisCommands writes commands with the same arguments, and reads them back.
func FuzzRedisCommands(f *testing.F) {
	f.Add([]byte("key"), []byte("value"), uint8(3))
	f.Add([]byte(""), []byte("a\r\n$1\r\n\x00\xff"), uint8(0))
	codecs := openRedis(f)
	f.Fuzz(func(t *testing.T, key, value []byte, more uint8) {
		keys := [][]byte{key}
		args := []any{key}
		for i := range more % 16 {
			keys = append(keys, append([]byte{i}, value...))
			args = append(args, keys[len(keys)-1])
		}
		var conn redigoConn
		theirs := redigo.NewConn(&conn, 0, 0)
		same := func(ours dynamictest.Frame, name string, args ...any) {
			t.Helper()
			require.NoError(t, theirs.Send(name, args...))
			require.NoError(t, theirs.Flush())
			frame, err := ours.AppendFrame(nil)
			require.NoError(t, err)
			require.Equal(t, conn.hears.String(), string(frame))
			conn.hears.Reset()
			codecs.Read(t, bytes.TrimSuffix(frame, []byte("\r\n")))
		}
		same(&redis.PingRequest{}, "PING")
		same(&redis.AuthRequest{Password: value}, "AUTH", value)
		same(&redis.GetRequest{Key: key}, "GET", key)
		same(&redis.SetRequest{Key: key, Value: value}, "SET", key, value)
		same(&redis.IncrRequest{Key: key}, "INCR", key)
		same(&redis.DelRequest{Keys: keys}, "DEL", args...)
	})
}
