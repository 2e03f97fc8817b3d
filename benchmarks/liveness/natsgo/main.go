// Command natsgo is a NATS client of nats.go that reports what happens to its
// connection, as the clients of generated/internal/lab do: a JSON object a line
// on standard output, orders on standard input.
//
//	natsgo ADDRESS idle|busy|writer
//
// Its ping timer has the numbers of the lab's heartbeat: a ping a second, and
// the third that is due without an answer to the others ends the connection.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"golang.org/x/sys/unix"
)

// report is a line of output; see the lab's.
type report struct {
	State string
	At    time.Duration
	Err   string        `json:",omitempty"`
	Late  time.Duration // a bare 10 ms timer, since the last mark
	Last  time.Duration // when a write last succeeded
}

type peer struct {
	late, last atomic.Int64

	mu  sync.Mutex
	out *json.Encoder
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: natsgo ADDRESS idle|busy|writer")
		os.Exit(2)
	}
	p := &peer{out: json.NewEncoder(os.Stdout)}
	go p.control()
	conn, err := p.connect(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	go p.traffic(conn, os.Args[2])
	p.obey()
}

func (p *peer) connect(address string) (*nats.Conn, error) {
	return nats.Connect("nats://"+address,
		nats.PingInterval(time.Second), nats.MaxPingsOutstanding(2),
		nats.Timeout(time.Second), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true),
		nats.ReconnectWait(500*time.Millisecond), nats.ReconnectJitter(500*time.Millisecond, 0),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { p.say("backoff", err) }),
		nats.ConnectHandler(func(*nats.Conn) { p.say("ready", nil) }),
		nats.ReconnectHandler(func(*nats.Conn) { p.say("ready", nil) }),
	)
}

// traffic is what a client of that kind does. A busy one gets back what it
// publishes; a writer's is for nobody.
func (p *peer) traffic(conn *nats.Conn, kind string) {
	pause, payload := 10*time.Millisecond, make([]byte, 16)
	switch kind {
	case "idle":
		return
	case "busy":
		if _, err := conn.Subscribe("lab", func(*nats.Msg) {}); err != nil {
			p.say("failed", err)
		}
	case "writer":
		pause, payload = 20*time.Millisecond, make([]byte, 32<<10)
	}
	tick := time.NewTicker(pause)
	for n := 1; ; <-tick.C {
		if err := conn.Publish("lab", payload); err != nil {
			continue
		}
		p.last.Store(int64(monotonic()))
		if n++; n%20 == 0 {
			p.say("traffic", nil)
		}
	}
}

// obey carries out the orders of the test, and returns when it is gone.
func (p *peer) obey() {
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		if orders.Text() == "mark" {
			p.say("marked", nil)
			p.late.Store(0)
		}
	}
}

// control measures how late a bare timer is in this process.
func (p *peer) control() {
	const period = 10 * time.Millisecond
	for {
		start := time.Now()
		<-time.After(period)
		if late := int64(time.Since(start) - period); late > p.late.Load() {
			p.late.Store(late)
		}
	}
}

func (p *peer) say(state string, err error) {
	r := report{State: state, At: monotonic(), Late: time.Duration(p.late.Load()), Last: time.Duration(p.last.Load())}
	if err != nil {
		r.Err = err.Error()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.out.Encode(r)
}

func monotonic() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		panic(err)
	}
	return time.Duration(now.Nano())
}
