package limit

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// listen serves each connection, until its client has gone.
func listen(t *testing.T, serve func(net.Conn) error) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var serving sync.WaitGroup
	t.Cleanup(func() { _ = l.Close(); serving.Wait() })
	serving.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				defer conn.Close()
				assert.NoError(t, serve(conn))
			})
		}
	})
	return l.Addr().String()
}

// fakeRedis answers a GET with its key and a star, in pieces of any size.
func fakeRedis(conn net.Conn) error {
	in, r := bufio.NewReader(conn), rand.New(rand.NewPCG(1, 2))
	out := ""
	for {
		args, err := command(in)
		if err != nil {
			return ended(err)
		}
		switch args[0] {
		case "GET":
			out += fmt.Sprintf("$%d\r\n%s*\r\n", len(args[1])+1, args[1])
			if args[1] == "none" {
				out = strings.TrimSuffix(out, "$5\r\nnone*\r\n") + "$-1\r\n"
			}
		case "SET":
			out += "+OK\r\n"
		case "PING":
			out += "+PONG\r\n"
		}
		for in.Buffered() == 0 && len(out) > 0 {
			n := 1 + r.IntN(len(out))
			if _, err := io.WriteString(conn, out[:n]); err != nil {
				return ended(err)
			}
			out = out[n:]
		}
	}
}

// ended is nil where the client has gone, however it did.
func ended(err error) error {
	if op := (*net.OpError)(nil); errors.Is(err, io.EOF) || errors.As(err, &op) {
		return nil
	}
	return err
}

func command(in *bufio.Reader) (args []string, err error) {
	n := 0
	if _, err := in.Peek(1); err != nil {
		return nil, err
	}
	if _, err := fmt.Fscanf(in, "*%d\r\n", &n); err != nil {
		return nil, err
	}
	for range n {
		size := 0
		if _, err := fmt.Fscanf(in, "$%d\r\n", &size); err != nil {
			return nil, err
		}
		arg := make([]byte, size+2)
		if _, err := io.ReadFull(in, arg); err != nil {
			return nil, err
		}
		args = append(args, string(arg[:size]))
	}
	return args, nil
}

func dialFake(t *testing.T) *Redis {
	t.Helper()
	r, err := DialRedis(listen(t, fakeRedis))
	require.NoError(t, err)
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// Every caller gets the reply to its own command, whatever the others do.
func TestRepliesGoToTheirCallers(t *testing.T) {
	r, ctx := dialFake(t), t.Context()
	var callers sync.WaitGroup
	for caller := range 64 {
		callers.Go(func() {
			for n := range 50 {
				key := fmt.Sprintf("%d/%s/%d", caller, strings.Repeat("k", n*7), n)
				got, err := r.Get(ctx, []byte(key))
				assert.NoError(t, err)
				assert.Equal(t, key+"*", string(got))
				assert.NoError(t, r.Set(ctx, []byte(key), []byte("value")))
				assert.NoError(t, r.Ping(ctx))
				r.Do([]byte("*1\r\n$4\r\nPING\r\n"))
			}
		})
	}
	callers.Wait()
}

func TestNoValue(t *testing.T) {
	got, err := dialFake(t).Get(t.Context(), []byte("none"))
	require.NoError(t, err)
	require.Equal(t, "-1", string(got), "which no value of a benchmark is")
}

// A caller that gives up leaves its reply to nobody else.
func TestACallerThatGivesUp(t *testing.T) {
	hold := make(chan struct{})
	r, err := DialRedis(listen(t, func(conn net.Conn) error {
		<-hold
		return fakeRedis(conn)
	}))
	require.NoError(t, err)
	defer r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = r.Get(ctx, []byte("never sent"))
	require.ErrorIs(t, err, context.Canceled)

	ctx, cancel = context.WithCancel(t.Context())
	var patient, others sync.WaitGroup
	for n := range 10 {
		patient.Go(func() {
			got, err := r.Get(t.Context(), fmt.Append(nil, n))
			assert.NoError(t, err)
			assert.Equal(t, fmt.Sprintf("%d*", n), string(got))
		})
		others.Go(func() {
			_, err := r.Get(ctx, []byte("given up"))
			assert.ErrorIs(t, err, context.Canceled)
		})
	}
	for waiting(r) < 20 { // until all have sent
		runtime.Gosched()
	}
	cancel()
	others.Wait()
	close(hold)
	patient.Wait()
	got, err := r.Get(t.Context(), []byte("after"))
	require.NoError(t, err)
	require.Equal(t, "after*", string(got))
}

func waiting(r *Redis) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.waiting) - r.head
}

func TestRawRedis(t *testing.T) {
	r, err := DialRawRedis(listen(t, fakeRedis))
	require.NoError(t, err)
	require.NoError(t, r.Do([]byte("*2\r\n$3\r\nGET\r\n$4\r\nkeys\r\n")))
	require.Equal(t, "$5\r\nkeys*\r\n", string(r.buf[:len("$5\r\nkeys*\r\n")]))
	require.NoError(t, r.Do([]byte("*1\r\n$4\r\nPING\r\n")))
	require.NoError(t, r.Close())
	require.Error(t, r.Do([]byte("*1\r\n$4\r\nPING\r\n")))
}

func TestReply(t *testing.T) {
	for text, want := range map[string]struct {
		size  int
		value string
	}{
		"":                  {},
		"+PONG\r":           {},
		"+PONG\r\n+PONG":    {7, "PONG"},
		"$-1\r\n":           {5, "-1"},
		"$0\r\n\r\n":        {6, ""},
		"$3\r\nabc\r":       {},
		"$3\r\nabc\r\n$1":   {9, "abc"},
		"$3\r\n\r\n\n\r\n+": {9, "\r\n\n"},
	} {
		size, value := reply([]byte(text))
		require.Equal(t, want.size, size, "%q", text)
		require.Equal(t, want.value, string(value), "%q", text)
	}
}
