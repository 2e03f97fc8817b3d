// Command plaingo is what one writes in Go without a library: a goroutine that
// reads, a heartbeat every second, Go's own TCP keepalive, and a redial every
// half second. It reports what happens as the clients of generated/internal/lab
// do. Nothing looks at whether the heartbeat is answered.
//
//	plaingo ADDRESS idle|busy|writer|flood
package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"github.com/linewright/linewright/benchmarks/liveness/report"
)

// unit is the client.
type unit struct {
	*report.Reporter
	mu   sync.Mutex
	conn net.Conn // nil: there is none
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: plaingo ADDRESS idle|busy|writer|flood")
		os.Exit(2)
	}
	address, kind := os.Args[1], os.Args[2]
	u := &unit{Reporter: report.New()}
	go u.run(address)
	go u.Traffic(kind, u.send(kind))
	u.Obey()
}

// run keeps the connection.
func (u *unit) run(address string) {
	for ; ; <-time.After(500 * time.Millisecond) {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			continue
		}
		u.Say("backoff", u.serve(conn))
	}
}

// serve reads until there is an error, and sends heartbeats.
func (u *unit) serve(conn net.Conn) error {
	u.set(conn)
	defer conn.Close()
	defer u.set(nil)
	end := make(chan struct{})
	defer close(end)
	go beat(conn, end)
	in := bufio.NewReader(conn)
	for ready := false; ; ready = true {
		if _, err := in.ReadSlice('\n'); err != nil {
			return err
		}
		if !ready {
			u.Say("ready", nil)
		}
	}
}

func beat(conn net.Conn, end <-chan struct{}) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		if _, err := conn.Write([]byte("PING\n")); err != nil {
			return // the reader sees it, too
		}
		select {
		case <-tick.C:
		case <-end:
			return
		}
	}
}

func (u *unit) set(conn net.Conn) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.conn = conn
}

var errNone = errors.New("not connected")

// send writes a line of a kind's traffic.
func (u *unit) send(kind string) func([]byte) error {
	word := "PUT "
	if kind == "busy" {
		word = "READ "
	}
	return func(payload []byte) error {
		u.mu.Lock()
		conn := u.conn
		u.mu.Unlock()
		if conn == nil {
			return errNone
		}
		_, err := conn.Write(append(append([]byte(word), payload...), '\n'))
		return err
	}
}
