package lab

import (
	"errors"
	"net"
	"testing"
	"time"

	"github.com/linewright/linewright/runtime"
)

// Heartbeats counts the heartbeats that a client's peer answers.
type Heartbeats chan struct{}

// Option lets a client count its answered probes here.
func (h Heartbeats) Option() runtime.Option {
	return runtime.WithObserver(runtime.Observer{RTT: func(time.Duration) { h.beat() }})
}

// Received lets a client count the messages of a name: that is what shows a
// heartbeat where it is part of something else, as a long poll that is renewed.
func (h Heartbeats) Received(message string) runtime.Option {
	return runtime.WithObserver(runtime.Observer{Received: func(name string, _ int) {
		if name == message {
			h.beat()
		}
	}})
}

func (h Heartbeats) beat() {
	select {
	case h <- struct{}{}:
	default:
	}
}

// Await waits until n more heartbeats were answered.
func (h Heartbeats) Await(t testing.TB, n int) {
	t.Helper()
	ctx := Within(t, 30*time.Second)
	for answered := range n {
		select {
		case <-h:
		case <-ctx.Done():
			t.Fatalf("%d of %d heartbeats were answered", answered, n)
		}
	}
}

// Silent connects to a server and says nothing. The function that it returns
// waits until the server has closed that connection, which fails the test where
// it does not, and gives the time that this took.
func Silent(t testing.TB, address string) func() time.Duration {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	start := time.Now()
	return func() time.Duration {
		t.Helper()
		if err := conn.SetReadDeadline(start.Add(30 * time.Second)); err != nil {
			t.Fatal(err)
		}
		for buffer := make([]byte, 1024); err == nil; {
			_, err = conn.Read(buffer)
		}
		var late net.Error
		if errors.As(err, &late) && late.Timeout() {
			t.Fatal("the server keeps a silent connection")
		}
		return time.Since(start).Round(time.Millisecond)
	}
}
