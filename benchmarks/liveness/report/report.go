// Package report is what the peers that are programs of Go share: they say what
// becomes of their connection as the clients of generated/internal/lab do, a JSON
// object a line on standard output, and take orders on standard input.
package report

import (
	"bufio"
	"encoding/json"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// line is one of the output; see the lab's.
type line struct {
	State string
	At    time.Duration
	Err   string        `json:",omitempty"`
	Late  time.Duration // a bare 10 ms timer, since the last mark
	Last  time.Duration // when a write last succeeded
}

// Reporter says what happens.
type Reporter struct {
	late, last atomic.Int64
	sent       atomic.Int64

	mu  sync.Mutex
	out *json.Encoder
}

// New also begins to measure how late a bare timer is in this process.
func New() *Reporter {
	r := &Reporter{out: json.NewEncoder(os.Stdout)}
	go r.control()
	return r
}

// Say reports a state.
func (r *Reporter) Say(state string, err error) {
	l := line{State: state, At: monotonic(), Late: time.Duration(r.late.Load()), Last: time.Duration(r.last.Load())}
	if err != nil {
		l.Err = err.Error()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.out.Encode(l)
}

// Traffic sends what a client of that kind does, for ever. send is given what to
// send, and may be called by many at once.
func (r *Reporter) Traffic(kind string, send func(payload []byte) error) {
	switch kind {
	case "busy":
		r.paced(10*time.Millisecond, make([]byte, 16), send)
	case "writer":
		r.paced(20*time.Millisecond, make([]byte, 32<<10), send)
	case "flood":
		for range 8 {
			go r.flood(make([]byte, 1<<10), send)
		}
	}
}

func (r *Reporter) paced(pause time.Duration, payload []byte, send func([]byte) error) {
	for tick := time.NewTicker(pause); ; <-tick.C {
		r.once(20, payload, send)
	}
}

// flood waits a little where there is nothing to send on.
func (r *Reporter) flood(payload []byte, send func([]byte) error) {
	for {
		if !r.once(1000, payload, send) {
			<-time.After(10 * time.Millisecond)
		}
	}
}

// once reports every so many successes.
func (r *Reporter) once(every int64, payload []byte, send func([]byte) error) bool {
	if send(payload) != nil {
		return false
	}
	r.last.Store(int64(monotonic()))
	if r.sent.Add(1)%every == 0 {
		r.Say("traffic", nil)
	}
	return true
}

// Obey carries out the orders of the test, and returns when it is gone.
func (r *Reporter) Obey() {
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		if orders.Text() == "mark" {
			r.Say("marked", nil)
			r.late.Store(0)
		}
	}
}

func (r *Reporter) control() {
	const period = 10 * time.Millisecond
	for {
		start := time.Now()
		<-time.After(period)
		if late := int64(time.Since(start) - period); late > r.late.Load() {
			r.late.Store(late)
		}
	}
}

func monotonic() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		panic(err)
	}
	return time.Duration(now.Nano())
}
