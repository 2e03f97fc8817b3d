package gpsd_test

import (
	"fmt"
	"net"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generated/gpsd"
	"github.com/linewright/linewright/generated/internal/lab"
	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/session"
)

// server is a real gpsd that reads from sources on TCP; it can be killed, frozen
// and started again at the same address.
type server struct {
	t       *testing.T
	address string
	sources []string
	*lab.Process
}

// startServer runs gpsd with sources, which are up.
func startServer(t *testing.T, sources ...*source) *server {
	t.Helper()
	s := &server{t: t, address: lab.Address(t)}
	for _, from := range sources {
		s.sources = append(s.sources, from.path())
	}
	s.start()
	return s
}

func (s *server) start() {
	s.t.Helper()
	args := append([]string{"-N", "-n", "-S", lab.Port(s.t, s.address)}, s.sources...)
	s.Process = lab.Start(s.t, exec.Command(lab.Tool(s.t, "gpsd"), args...))
}

// dial connects; the client waits for the server to come up by itself.
func (s *server) dial(opts ...gpsd.Option) *gpsd.Client {
	s.t.Helper()
	c, err := gpsd.Dial(lab.Within(s.t, 20*time.Second), s.address, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// quick is the plan with a heartbeat that tests have the patience for: a probe
// every 200 ms, a second to answer.
func quick() *session.Plan {
	plan := *gpsd.Plan()
	probe := *plan.Liveness.Probe
	probe.Every, probe.Timeout = 200*time.Millisecond, time.Second
	plan.Liveness.Probe = &probe
	return &plan
}

// quick connects with that plan.
func (s *server) quick(opts ...runtime.Option) *runtime.Client {
	s.t.Helper()
	c, err := runtime.Dial(lab.Within(s.t, 20*time.Second), quick(), s.address, nil, opts...)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// source is a receiver on TCP, which says the same again and again.
type source struct {
	listener net.Listener
	lines    []string
	running  sync.WaitGroup

	mu    sync.Mutex
	conns []net.Conn
}

// startSource serves sentences, with their checksums; {time} is one that goes
// on.
func startSource(t *testing.T, lines ...string) *source {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &source{listener: l, lines: lines}
	t.Cleanup(s.stop)
	s.running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns = append(s.conns, conn)
			s.mu.Unlock()
			s.running.Go(func() { s.speak(conn) })
		}
	})
	return s
}

// path is what gpsd calls it.
func (s *source) path() string { return "tcp://" + s.listener.Addr().String() }

// speak reports ten times a second.
func (s *source) speak(conn net.Conn) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ {
		for _, line := range s.lines {
			line = strings.ReplaceAll(line, "{time}", fmt.Sprintf("12%02d%02d.00", n/60%60, n%60))
			if _, err := conn.Write([]byte(summed(line) + "\r\n")); err != nil {
				return
			}
		}
		<-tick.C
	}
}

// stop ends the source and its connections.
func (s *source) stop() {
	_ = s.listener.Close()
	s.mu.Lock()
	for _, conn := range s.conns {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.running.Wait()
}

// summed is a sentence with its checksum; one with a * has what is behind it.
func summed(sentence string) string {
	if strings.Contains(sentence, "*") {
		return strings.TrimSuffix(sentence, "*")
	}
	sum := byte(0)
	for _, b := range []byte(sentence[1:]) {
		sum ^= b
	}
	return fmt.Sprintf("%s*%02X", sentence, sum)
}

// receiver is what a GPS receiver says.
var receiver = []string{
	"$GPGGA,{time},4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,",
	"$GPRMC,{time},A,4807.038,N,01131.000,E,022.4,084.4,230326,003.1,W",
	"$GPGSV,1,1,02,01,40,083,46,02,17,308,41",
	"$GPGSA,A,3,01,02,,,,,,,,,,,1.5,0.9,1.2",
	"$GPGST,{time},0.006,0.023,0.020,273.6,0.023,0.020,0.031",
}

// await waits for an event of a subscription.
func await[E gpsd.Event](t *testing.T, sub *gpsd.Subscription, is func(E) bool) {
	t.Helper()
	for event := range sub.Events(lab.Within(t, 20*time.Second)) {
		if e, ok := event.(E); ok && is(e) {
			return
		}
	}
	t.Fatalf("the %T did not come", *new(E))
}

// listen begins to collect events.
func listen(t *testing.T, c *gpsd.Client) *gpsd.Subscription {
	sub := c.Subscribe()
	t.Cleanup(sub.Close)
	return sub
}
