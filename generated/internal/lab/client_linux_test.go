package lab_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/spec/dynamic"
)

func init() { roles["client"] = runClient }

// report is a line that a client's process prints. Its states are a client's
// (ready, backoff …), and:
//
//	traffic             more was sent, and answered where that is to be expected
//	marked              the control timer's lateness counts from now
//	answered, failed    what became of one more question, told by "ask"
//	dialled             what a bare dial, a PING and its PONG take, told by "dial"
type report struct {
	State string
	At    time.Duration // on the machine's monotonic clock
	Err   string        `json:",omitempty"`
	Late  time.Duration // the control timer's worst lateness since marked
	Last  time.Duration // when traffic was last answered, or a write last began, on the same clock
	Next  time.Duration // backoff: the delay before the next dial
	Took  time.Duration // dialled: what that took
}

// client is the client's process.
type client struct {
	*dynamic.Client
	late control
	last atomic.Int64

	mu  sync.Mutex
	out *json.Encoder
}

func runClient() error {
	s, err := settingOf(os.Getenv("SETTING"))
	if err != nil {
		return err
	}
	p, err := s.open()
	if err != nil {
		return err
	}
	dialled, err := p.New(lab.ServerAddress, nil)
	if err != nil {
		return err
	}
	c := &client{Client: dialled, late: newControl(), out: json.NewEncoder(os.Stdout)}
	lab.Obey(map[string]func(){
		"mark": func() { c.late.mark(); c.report(report{State: "marked", At: monotonic()}) },
		"ask":  c.ask,
		"dial": c.dial,
	})
	go c.traffic(kind(os.Getenv("KIND")))
	go func() { _ = c.Run(context.Background()) }()
	for change := range c.States(context.Background()) {
		c.reportState(change)
	}
	return errors.New("the client closed itself")
}

func (c *client) reportState(change runtime.StateChange) {
	r := report{State: change.To.String(), At: monotonic() - time.Since(change.At), Next: change.NextDelay}
	if change.Err != nil {
		r.Err = change.Err.Error()
	}
	c.report(r)
}

// ask says whether the client's link answers.
func (c *client) ask() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	r := report{State: "answered"}
	if _, _, err := c.Call(ctx, "read", nil); err != nil {
		r = report{State: "failed", Err: err.Error()}
	}
	c.report(r)
}

// dial does by hand what a client does until it is READY.
func (c *client) dial() {
	began := time.Now()
	conn, err := net.Dial("tcp", net.JoinHostPort(lab.ServerAddress, port))
	if err == nil {
		defer conn.Close()
		_, err = io.WriteString(conn, "PING\n")
	}
	if err == nil {
		_, err = io.ReadFull(conn, make([]byte, len("PONG\n")))
	}
	r := report{State: "dialled", Took: time.Since(began)}
	if err != nil {
		r = report{State: "failed", Err: err.Error()}
	}
	c.report(r)
}

// traffic is what a client of that kind does, whatever becomes of it.
func (c *client) traffic(k kind) {
	switch k {
	case idle:
		return
	case flood:
		c.flood()
		return
	}
	command, values, pause := "read", dynamic.Map(nil), 10*time.Millisecond
	if k == writer {
		command, pause = "put", 20*time.Millisecond
		size, err := strconv.Atoi(os.Getenv("BYTES"))
		if err != nil {
			size = 32 << 10
		}
		values = dynamic.Map{"data": strings.Repeat("x", size)}
	}
	through := c.through
	if k == writer {
		through = func() {} // what is queued is not yet written
		go c.writes()
	}
	tick := time.NewTicker(pause)
	for n := 1; ; <-tick.C {
		if _, _, err := c.Call(context.Background(), command, values); err != nil {
			continue
		}
		through()
		if n++; n%20 == 0 {
			c.report(report{State: "traffic"})
		}
	}
}

// flood sends as fast as it goes.
func (c *client) flood() {
	var sent atomic.Int64
	values := dynamic.Map{"data": strings.Repeat("x", 1<<10)}
	go c.writes()
	for range 8 {
		go func() {
			for {
				if _, _, err := c.Call(context.Background(), "put", values); err == nil && sent.Add(1)%10_000 == 0 {
					c.report(report{State: "traffic"})
				}
			}
		}()
	}
}

// through notes that traffic got through.
func (c *client) through() { c.last.Store(int64(monotonic())) }

// writes notes when a write begins, which is when the one before has succeeded.
func (c *client) writes() {
	sent := uint64(0)
	for range time.Tick(2 * time.Millisecond) {
		if n := c.Stats().BytesSent; n != sent {
			sent = n
			c.through()
		}
	}
}

func (c *client) report(r report) {
	r.Late, r.Last = c.late.worst(), time.Duration(c.last.Load())
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.out.Encode(r) // the test is gone: Obey ends this process
}
