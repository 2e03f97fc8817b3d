package runtime

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// loopback is a server on loopback: what speaks is called for each connection.
func loopback(b testing.TB, speak func(conn net.Conn)) (address string) {
	b.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(b, err)
	b.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				speak(conn)
			}()
		}
	}()
	return ln.Addr().String()
}

// welcome lets a client of plantest.Lasting in.
func welcome(conn net.Conn) {
	_, _ = io.WriteString(conn, "INFO {}\r\n")
	in := bufio.NewReaderSize(conn, 1<<10)
	for {
		line, err := in.ReadSlice('\n')
		if err != nil || string(line) == "PING\r\n" {
			_, _ = io.WriteString(conn, "PONG\r\n")
			return
		}
	}
}

// BenchmarkCommand is a command and its reply over loopback, by so many callers at
// a time, each with a context that can be cancelled.
func BenchmarkCommand(b *testing.B) {
	frame := []byte("*1\r\n$4\r\nPING\r\n")
	address := loopback(b, func(conn net.Conn) {
		buf, have := make([]byte, 64<<10), 0
		for {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			have += n
			_, _ = conn.Write(bytes.Repeat([]byte("+PONG\r\n"), have/len(frame)))
			have %= len(frame)
		}
	})
	for _, callers := range []int{1, 64, 1024} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			plan := plantest.Order()
			plan.InFlight = 4096
			c, err := Dial(b.Context(), plan, address, &plantest.Params{})
			require.NoError(b, err)
			defer c.Close()
			command := plantest.Command(plan, "ping")
			ctx, cancel := context.WithCancel(b.Context())
			defer cancel()
			b.ReportAllocs()
			b.SetParallelism(callers)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					call := c.Begin(command)
					_ = call.Encoded(append(call.Frame, frame...), nil)
					if err := call.Do(ctx); err != nil {
						b.Error(err)
					}
					call.Release()
				}
			})
		})
	}
}

// BenchmarkPublish is a command without a reply, by one caller.
func BenchmarkPublish(b *testing.B) {
	address := loopback(b, func(conn net.Conn) { welcome(conn); _, _ = io.Copy(io.Discard, conn) })
	plan := plantest.Lasting()
	plan.Liveness.Probe = nil
	c, err := Dial(b.Context(), plan, address, someone())
	require.NoError(b, err)
	defer c.Close()
	pub := plantest.Pub(plan, "bench", []byte("0123456789abcdef"))
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	b.ReportAllocs()
	for b.Loop() {
		call := c.Begin(pub.Command)
		_ = call.Encoded(append(call.Frame, pub.Frame...), nil)
		if err := call.Do(ctx); err != nil {
			b.Fatal(err)
		}
		call.Release()
	}
}

// BenchmarkEvents is an event from the kernel to a loop over a subscription.
func BenchmarkEvents(b *testing.B) {
	msg := append(plantest.Msg("bench", 1, []byte("0123456789abcdef")), "\r\n"...)
	begin := make(chan struct{})
	address := loopback(b, func(conn net.Conn) {
		welcome(conn)
		<-begin
		for many := bytes.Repeat(msg, 1000); ; {
			if _, err := conn.Write(many); err != nil {
				return
			}
		}
	})
	plan := plantest.Lasting()
	plan.Liveness.Probe = nil
	c, err := Dial(b.Context(), plan, address, someone(), WithEventBuffer(64<<20, DropNewest))
	require.NoError(b, err)
	defer c.Close()
	sub := c.Subscribe(Filter{})
	close(begin)
	b.ReportAllocs()
	n := 0
	for message, frame := range sub.Frames(b.Context()) {
		if message == session.None || len(frame) == 0 {
			b.Fatal(message)
		}
		if n++; !b.Loop() {
			break
		}
	}
}
