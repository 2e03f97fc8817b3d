package fleet

import (
	"bufio"
	"context"
	"io"
	"net"
	"time"

	"github.com/linewright/linewright/benchmarks/internal/beats"
)

// plainGo is what one writes: a goroutine that reads through a buffer, and a
// timer that sends the next heartbeat once the last one was answered.
func plainGo(ctx context.Context, address string, n int) error {
	return spread(n, func() error {
		var d net.Dialer
		conn, err := d.DialContext(ctx, "tcp", address)
		if err != nil {
			return err
		}
		go beatOf(conn)
		return nil
	})
}

func beatOf(conn net.Conn) {
	in := bufio.NewReader(conn)
	dead := time.AfterFunc(beats.Timeout, func() { _ = conn.Close() })
	defer dead.Stop()
	next := time.AfterFunc(0, func() { _, _ = io.WriteString(conn, "PING\n") })
	defer next.Stop()
	for {
		line, err := in.ReadSlice('\n')
		if err != nil || string(line) != "PONG\n" {
			return
		}
		dead.Reset(beats.Every + beats.Timeout)
		next.Reset(beats.Every)
	}
}
