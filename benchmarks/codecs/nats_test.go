package codecs

import (
	"bytes"
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	natsgo "github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/nats"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

// event is a message as a subscriber sees it.
type event struct{ subject, reply, payload string }

// FuzzNATSEvents lets a server say a stream to a subscriber, and go.
func FuzzNATSEvents(f *testing.F) {
	codecs := dynamictest.OpenCodecs(f, "../../spec/vendors/nats.yaml", dynamictest.Generated{
		Plan: nats.Plan(),
		Messages: []func() dynamictest.Frame{
			dynamictest.New[nats.Info], dynamictest.New[nats.Ping], dynamictest.New[nats.Pong], dynamictest.New[nats.Msg],
			dynamictest.New[nats.Denied], dynamictest.New[nats.NotPermitted], dynamictest.New[nats.ServerError],
		},
		Commands: []func() dynamictest.Frame{
			dynamictest.New[nats.ConnectRequest], dynamictest.New[nats.PingRequest], dynamictest.New[nats.PongRequest],
			dynamictest.New[nats.PubRequest], dynamictest.New[nats.SubRequest], dynamictest.New[nats.UnsubRequest],
		},
	})
	for _, stream := range []string{
		"MSG foo 1 5\r\nhello\r\nMSG foo 1 _INBOX.1 0\r\n\r\nPING\r\nPONG\r\n", "MSG foo 1 9\r\na\r\nMSG x \r\nMSG foo 2 1\r\nx\r\n",
		"INFO {\"server_id\":\"X\",\"version\":\"2\",\"max_payload\":5}\r\nMSG a 1 1\r\nx\r\n", "-ERR 'Permissions Violation for x'\r\nMSG a 1 1\r\nx\r\n",
		"-ERR 'Stale Connection'\r\nMSG a 1 1\r\nx\r\n", "msg  a\t1 1\nx\r\n", "+OK\r\nMSG a 1 1\r\nx\r\n", "MSG a 1 2\r\nxyz\r\n", "MSG a 01 01\r\nx\r\n", "MSG a 1 -1\r\n",
	} {
		f.Add([]byte(stream))
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		if len(stream) > maxStream || announces.Match(stream) {
			return
		}
		want := []event{}
		over := false
		ours := newOurs(codecs, nats.Plan(), stream)
		for !over {
			name, frame, ok := ours.next(t)
			if !ok {
				break
			}
			line, _, _ := strings.Cut(string(frame), "\r\n")
			if strings.ContainsAny(line, "\r\n") {
				return // a CR or an LF alone, which ends the line for nats.go
			}
			switch name {
			case "msg":
				m := parse[nats.Msg](t, frame)
				n, err := strconv.ParseUint(m.Sid, 10, 64)
				over = err != nil // to nats.go, subscriptions are numbers
				if n == 1 {
					want = append(want, event{m.Subject, m.ReplyTo.Value, string(m.Payload)})
				}
			case "denied", "error":
				over = true // both end the connection
			}
		}
		got := heard(t, stream)
		require.GreaterOrEqual(t, len(got), len(want), "%q: %q, nats.go hears %q", stream, want, got)
		require.Equal(t, want, got[:len(want):len(want)], "%q", stream)
		if over {
			return
		}
		if len(ours.rest) == 0 {
			require.Len(t, got, len(want), "%q", stream)
		}
		require.False(t, len(got) > len(want) && isEvent(ours.rest), "%q: after %q, nats.go hears %q", stream, want, got)
	})
}

// announces finds a body that nats.go would make too much room for.
var announces = regexp.MustCompile(`[0-9]{5}`)

// eventForm is an event of subscription 1 by the protocol's documentation.
var eventForm = regexp.MustCompile(`^MSG [^ \t\r\n\x00]+ 1( [^ \t\r\n\x00]+)? ([0-9]+)\r\n`)

// isEvent reports whether rest begins with a whole event.
func isEvent(rest []byte) bool {
	m := eventForm.FindSubmatch(rest)
	if m == nil || !utf8.Valid(m[0]) {
		return false
	}
	n, err := strconv.Atoi(string(m[2]))
	body := rest[len(m[0]):]
	return err == nil && len(body) >= n+2 && string(body[n:n+2]) == "\r\n"
}

// heard is what a subscriber of nats.go hears of a stream.
func heard(t *testing.T, stream []byte) []event {
	t.Helper()
	server := &natsServer{
		greeting: strings.NewReader("INFO {\"server_id\":\"X\",\"version\":\"2.9.10\",\"max_payload\":1048576}\r\nPONG\r\n"),
		heard:    make(chan struct{}),
		stream:   bytes.NewReader(stream),
	}
	closed := make(chan struct{})
	conn, err := natsgo.Connect("nats://there",
		natsgo.SetCustomDialer(dialer{server}), natsgo.NoReconnect(),
		natsgo.ErrorHandler(func(*natsgo.Conn, *natsgo.Subscription, error) {}),
		natsgo.ClosedHandler(func(*natsgo.Conn) { close(closed) }))
	require.NoError(t, err)
	defer conn.Close()
	c := make(chan *natsgo.Msg, maxStream/10)
	_, err = conn.ChanSubscribe(">", c)
	require.NoError(t, err)
	close(server.heard)
	<-closed
	return drain(c)
}

func drain(c chan *natsgo.Msg) []event {
	events := []event{}
	for {
		select {
		case m := <-c:
			events = append(events, event{m.Subject, m.Reply, string(m.Data)})
		default:
			return events
		}
	}
}

// natsServer is the far end of a connection of nats.go's: it greets, answers the
// first ping, says a stream when it has heard of the subscription, and goes.
type natsServer struct {
	net.Conn
	greeting *strings.Reader
	heard    chan struct{}
	stream   *bytes.Reader
}

func (s *natsServer) Read(b []byte) (int, error) {
	if s.greeting.Len() > 0 {
		return s.greeting.Read(b)
	}
	<-s.heard
	return s.stream.Read(b)
}

func (s *natsServer) Write(b []byte) (int, error)      { return len(b), nil }
func (s *natsServer) Close() error                     { return nil }
func (s *natsServer) SetDeadline(time.Time) error      { return nil }
func (s *natsServer) SetReadDeadline(time.Time) error  { return nil }
func (s *natsServer) SetWriteDeadline(time.Time) error { return nil }

type dialer struct{ net.Conn }

func (d dialer) Dial(string, string) (net.Conn, error) { return d.Conn, nil }
