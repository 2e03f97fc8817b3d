package limit

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// fakeNATS tells what is published, and sends messages to who subscribes.
func fakeNATS(published chan<- string, messages int) func(net.Conn) error {
	return func(conn net.Conn) error {
		in := bufio.NewReader(conn)
		if _, err := io.WriteString(conn, "INFO {}\r\n"); err != nil {
			return ended(err)
		}
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return ended(err)
			}
			word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			answer := ""
			switch word {
			case "PING":
				answer = "PONG\r\n"
			case "SUB":
				answer = "PONG\r\n" // to the PING that follows; then messages, and a PING among them
				if _, err := in.ReadString('\n'); err != nil {
					return ended(err)
				}
				for n := range messages {
					answer += fmt.Sprintf("MSG %s 1 %d\r\n%s\r\n", strings.Fields(rest)[0], n, bytes.Repeat([]byte{'\n'}, n))
				}
				answer += "PING\r\n"
			case "PUB":
				part := strings.Fields(rest)
				size, _ := strconv.Atoi(part[1])
				payload := make([]byte, size+2)
				if _, err := io.ReadFull(in, payload); err != nil {
					return ended(err)
				}
				published <- part[0] + " " + string(payload[:size])
			case "PONG":
				published <- "PONG"
			}
			if _, err := io.WriteString(conn, answer); err != nil {
				return ended(err)
			}
		}
	}
}

func TestPublish(t *testing.T) {
	published := make(chan string, 10_000)
	n, err := DialNATS(listen(t, fakeNATS(published, 0)))
	require.NoError(t, err)
	defer n.Close()
	for i := range 5000 {
		require.NoError(t, n.Publish("subject", fmt.Append(nil, "payload ", i)))
	}
	require.NoError(t, n.Flush())
	require.Len(t, published, 5000, "when Flush returns, the server has all")
	for i := range 5000 {
		require.Equal(t, fmt.Sprintf("subject payload %d", i), <-published)
	}
	require.Equal(t, "1230", string(appendSize(nil, 1230)))
}

func TestReceive(t *testing.T) {
	published := make(chan string, 1)
	n, err := DialNATS(listen(t, fakeNATS(published, 500)))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var got atomic.Int64
	over := make(chan error, 1)
	go func() { over <- n.Receive(ctx, "subject", &got) }()
	require.Equal(t, "PONG", <-published, "the server's PING comes after all messages")
	require.EqualValues(t, 500, got.Load())
	cancel()
	require.ErrorIs(t, <-over, context.Canceled)
}

func TestWhatIsNoMessage(t *testing.T) {
	n, err := DialNATS(listen(t, func(conn net.Conn) error {
		_, err := io.WriteString(conn, "INFO {}\r\nPONG\r\nPONG\r\n-ERR 'Slow Consumer'\r\n")
		if err == nil {
			_, err = io.Copy(io.Discard, conn)
		}
		return ended(err)
	}))
	require.NoError(t, err)
	defer n.Close()
	require.ErrorIs(t, n.Receive(t.Context(), "subject", new(atomic.Int64)), errNATSLine)
}
