// Command natsgo is a NATS client of nats.go that reports what happens to its
// connection, as the clients of generated/internal/lab do.
//
//	natsgo ADDRESS idle|busy|writer|flood [as-it-comes]
//
// Its ping timer has the numbers of the lab's heartbeat: a ping a second, and
// the third that is due without an answer to the others ends the connection. As
// it comes, it has nats.go's: a ping every two minutes, and 2 s between dials.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/linewright/linewright/benchmarks/liveness/report"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: natsgo ADDRESS idle|busy|writer|flood [as-it-comes]")
		os.Exit(2)
	}
	address, kind := os.Args[1], os.Args[2]
	r := report.New()
	conn, err := nats.Connect("nats://"+address, options(r, len(os.Args) > 3)...)
	if err == nil && kind == "busy" { // it gets back what it publishes
		_, err = conn.Subscribe("lab", func(*nats.Msg) {})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	go r.Traffic(kind, func(payload []byte) error { return conn.Publish("lab", payload) })
	r.Obey()
}

func options(r *report.Reporter, asItComes bool) []nats.Option {
	all := []nats.Option{
		nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { r.Say("backoff", err) }),
		nats.ConnectHandler(func(*nats.Conn) { r.Say("ready", nil) }),
		nats.ReconnectHandler(func(*nats.Conn) { r.Say("ready", nil) }),
	}
	if asItComes {
		return all
	}
	return append(all,
		nats.PingInterval(time.Second), nats.MaxPingsOutstanding(2), nats.Timeout(time.Second),
		nats.ReconnectWait(500*time.Millisecond), nats.ReconnectJitter(500*time.Millisecond, 0),
	)
}
