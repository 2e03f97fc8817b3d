package lab_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
)

// document is a unit whose silence is noticed within 1 s + 1 s.
const document = `
linewright: 1
vendor: quick
version: 1.0.0
sources: {test: this file}
endpoint: {port: 7000, tls: never}
frames: {line: {ends: LF, max: 1KiB}}
liveness:
  detect_within: 2s
  probe: {send: ping, every: 1s, timeout: 1s}
timeouts: {connect: 1s, ready: 1s, reply: 1s}
reconnect: {initial: 200ms, factor: 2, max: 1s, jitter: 50%}
replies: {match: kind}
messages:
  pong: {receive: "PONG"}
  value: {receive: "VALUE {value:uint32}", examples: [{wire: VALUE 7, is: {value: 7}}, {wire: VALUE x, bad: value}]}
commands:
  ping: {send: "PING", reply: pong, private: true}
  read: {send: "READ", reply: value, idempotent: true}
`

func init() { roles["serve"], roles["connect"] = serve, connect }

const (
	bound = 2 * time.Second // of document: every + timeout
	// allowance is design.md's for real time; the control timer of the same
	// process adds what this machine was late just then.
	allowance = 5 * time.Millisecond
	// busyMachine is how late that timer may be before a test says nothing.
	busyMachine = 50 * time.Millisecond
	// descheduled is how long the system may take one of the client's threads
	// from its processor while the control timer runs on another one.
	descheduled = time.Second
	// redial is the longest way back once the network is whole: a dial that
	// began just before runs into connect, then comes the longest delay.
	redial = time.Second + time.Second + 50*time.Millisecond
)

// report is a line that the client's process prints: a change of state.
type report struct {
	State string        // ready, backoff … or traffic: a hundred more commands were answered
	At    time.Duration // on the machine's monotonic clock
	Err   string
	Late  time.Duration // the control timer's worst lateness since the report before
}

// monotonic is the machine's clock, which all processes share.
func monotonic() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		panic(err)
	}
	return time.Duration(now.Nano())
}

func open() (*dynamic.Protocol, error) {
	m, findings := spec.Load("quick.yaml", []byte(document))
	if len(findings) > 0 {
		return nil, fmt.Errorf("quick.yaml: %+v", findings)
	}
	return dynamic.Open(m)
}

// serve is the server's process.
func serve() error {
	p, err := open()
	if err != nil {
		return err
	}
	d := device.New(p.Plan())
	d.Reply("ping", "PONG")
	d.Reply("read", "VALUE 7")
	if _, err := d.Listen(lab.ServerAddress + ":7000"); err != nil {
		return err
	}
	fmt.Println("listening")
	select {} // until it is killed
}

// connect is the client's process: it reports every change of state.
func connect() error {
	p, err := open()
	if err != nil {
		return err
	}
	c, err := p.New(lab.ServerAddress, nil)
	if err != nil {
		return err
	}
	ctx := context.Background()
	out := json.NewEncoder(os.Stdout)
	late := control{make(chan time.Duration)}
	go late.run()
	if os.Getenv("BUSY") != "" {
		go keepBusy(ctx, c)
	}
	go func() { _ = c.Run(ctx) }()
	for change := range c.States(ctx) {
		r := report{State: change.To.String(), At: monotonic() - time.Since(change.At), Late: late.worst()}
		if change.Err != nil {
			r.Err = change.Err.Error()
		}
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return errors.New("the client closed itself")
}

// keepBusy asks without a pause, whatever becomes of the answers.
func keepBusy(ctx context.Context, c *dynamic.Client) {
	for n := 1; ; {
		if _, _, err := c.Call(ctx, "read", nil); err != nil {
			continue
		}
		if n++; n%100 == 0 {
			fmt.Println(`{"State":"traffic"}`)
		}
	}
}

// control measures how late a bare timer is in this process: what no watchdog
// on this machine could do better.
type control struct{ late chan time.Duration }

func (c control) run() {
	const period = 10 * time.Millisecond
	worst := time.Duration(0)
	for {
		start := time.Now()
		<-time.After(period)
		worst = max(worst, time.Since(start)-period)
		select {
		case c.late <- worst:
			worst = 0
		default:
		}
	}
}

// worst waits for the timer that is running now, which was late with us.
func (c control) worst() time.Duration { return <-c.late }

// world is a client and a server, each in its namespace.
type world struct {
	*testing.T
	network        *lab.Network
	client, server *lab.Process
}

func newWorld(t *testing.T, client ...string) *world {
	w := &world{T: t, network: lab.NewNetwork(t)}
	w.startServer()
	w.client = lab.Start(t, w.network.InClient(lab.Role(t, "connect", client...)))
	w.await("ready")
	return w
}

func (w *world) startServer() {
	w.Helper()
	w.server = lab.Start(w, w.network.InServer(lab.Role(w, "serve")))
	requireLine(w.T, w.server, "listening")
}

// await skips the client's reports up to that state.
func (w *world) await(state string) report {
	w.Helper()
	ctx := lab.Within(w, 20*time.Second)
	for {
		line, err := w.client.Line(ctx)
		require.NoError(w, err, "waiting for %s", state)
		var r report
		require.NoError(w, json.Unmarshal([]byte(line), &r), line)
		if r.State == state {
			return r
		}
	}
}

// noticed checks and prints how long the client took to see that the server
// was lost at that time.
func (w *world) noticed(lost time.Duration) report {
	w.Helper()
	r := w.await("backoff")
	took := r.At - lost
	w.Logf("noticed after %v, bound %v, control timer late by up to %v: %s", took, bound, r.Late, r.Err)
	w.judge(took, bound, r.Late)
	return r
}

// returned does the same for the way back.
func (w *world) returned(back time.Duration) {
	w.Helper()
	r := w.await("ready")
	took := r.At - back
	w.Logf("ready again after %v, bound %v, control timer late by up to %v", took, redial, r.Late)
	w.judge(took, redial, r.Late)
}

// judge compares with the bound, unless a bare timer in the same process was so
// late that the comparison would say nothing about the client.
func (w *world) judge(took, bound, late time.Duration) {
	w.Helper()
	if late > busyMachine {
		w.Log("this machine is too busy to judge")
		return
	}
	require.LessOrEqual(w, took, bound+allowance+2*late+descheduled)
}
