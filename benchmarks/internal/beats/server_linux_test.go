package beats

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

// serving is a server, its orders and its answers.
func serving(t *testing.T) (address string, order func(string), answers *bufio.Reader) {
	t.Helper()
	s, port, err := Listen()
	require.NoError(t, err)
	orders, say := io.Pipe()
	hear, told := io.Pipe()
	over := make(chan error, 1)
	go func() { over <- s.Serve(orders, told) }()
	t.Cleanup(func() {
		_ = say.Close()
		require.NoError(t, <-over)
	})
	order = func(what string) { _, _ = fmt.Fprintln(say, what) }
	return fmt.Sprintf("127.0.0.1:%d", port), order, bufio.NewReader(hear)
}

// report is what a server tells of its heartbeats.
func report(t *testing.T, answers *bufio.Reader) (p99 float64, beats, peers int) {
	t.Helper()
	var p50, p999 float64
	_, err := fmt.Fscanln(answers, &p50, &p99, &p999, &beats, &peers)
	require.NoError(t, err)
	require.LessOrEqual(t, p50, p99)
	require.LessOrEqual(t, p99, p999)
	return p99, beats, peers
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// beat sends heartbeats in one write, and waits for their answers.
func beat(t *testing.T, conn net.Conn, n int) {
	t.Helper()
	for range n {
		_, err := io.WriteString(conn, ping)
		require.NoError(t, err)
	}
	answer := make([]byte, n*len(pong))
	_, err := io.ReadFull(conn, answer)
	require.NoError(t, err)
	require.Equal(t, pong, string(answer[:len(pong)]))
}

func TestHeartbeatsAreAnsweredAndCounted(t *testing.T) {
	address, order, answers := serving(t)
	a, b := dial(t, address), dial(t, address)
	beat(t, a, 3)
	beat(t, b, 1)
	order("measure")
	order("report")
	_, beats, peers := report(t, answers)
	require.Equal(t, []int{0, 2}, []int{beats, peers}, "what was before does not count")

	order("measure")
	order("unknown") // it takes orders one by one: the last was obeyed
	beat(t, a, 5)
	_, err := io.WriteString(b, ping[:2]) // no heartbeat yet
	require.NoError(t, err)
	beat(t, a, 1)
	order("report")
	late, beats, peers := report(t, answers)
	require.Equal(t, 6, beats)
	require.Equal(t, 2, peers)
	require.Less(t, late, 0.0, "they came before a second had passed")
}

// A heartbeat that gets no answer is what the end of a connection is timed from.
func TestSilence(t *testing.T) {
	address, order, answers := serving(t)
	asks, mute := dial(t, address), dial(t, address)
	beat(t, asks, 1)
	beat(t, mute, 1)
	order("silence")
	order("report")
	_, ends, peers := report(t, answers)
	require.Equal(t, []int{0, 2}, []int{ends, peers})
	_, err := net.Dial("tcp", address)
	require.Error(t, err, "nobody is let in any more")

	_, err = io.WriteString(asks, ping+ping)
	require.NoError(t, err)
	require.NoError(t, asks.(*net.TCPConn).CloseWrite())
	_, err = asks.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF, "no answer, only its end")
	require.NoError(t, mute.(*net.TCPConn).CloseWrite())
	_, err = mute.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF)
	order("report")
	late, ends, peers := report(t, answers)
	require.Equal(t, []int{1, 0}, []int{ends, peers}, "who had not asked had nothing to notice")
	require.Less(t, late, 0.0)
}
