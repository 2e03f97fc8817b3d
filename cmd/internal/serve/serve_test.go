package serve_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/linewright/linewright/cmd/internal/fault"
	"github.com/linewright/linewright/cmd/internal/serve"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a device that is served, with its control lines and what it prints.
type rig struct {
	t        *testing.T
	addr     string
	control  *io.PipeWriter
	out, log *lines
	over     chan error
}

// lines are what is printed or sent, line by line.
type lines struct {
	t    *testing.T
	came chan string // closed at the end
}

// read takes lines as they come, wanted or not: nobody has to wait for a test.
func read(t *testing.T, from io.Reader) *lines {
	l := &lines{t, make(chan string, 1<<10)}
	go func() {
		defer close(l.came)
		for s := bufio.NewScanner(from); s.Scan(); {
			l.came <- s.Text()
		}
	}()
	return l
}

// next skips lines until one contains text, and returns it.
func (l *lines) next(text string) string {
	l.t.Helper()
	var skipped []string
	for line := range l.came {
		if strings.Contains(line, text) {
			return line
		}
		skipped = append(skipped, line)
	}
	l.t.Fatalf("no line with %q; there were\n%s", text, strings.Join(skipped, "\n"))
	return ""
}

// ends waits for the end, before which nothing more may come.
func (l *lines) ends() {
	l.t.Helper()
	for line := range l.came {
		l.t.Fatalf("came: %s", line)
	}
}

func open(t testing.TB, vendor string) *dynamic.Protocol {
	return dynamictest.Open(t, "../../../spec/vendors/"+vendor+".yaml")
}

func start(t *testing.T, vendor string, faults ...string) *rig {
	t.Helper()
	p := open(t, vendor)
	controlIn, control := io.Pipe()
	outIn, out := io.Pipe()
	logIn, log := io.Pipe()
	cfg := serve.Config{Protocol: p, Listen: "127.0.0.1:0", Seed: 1, Control: controlIn, Out: out, Log: log}
	for _, text := range faults {
		f, err := serve.GrammarOf(p).Parse(text)
		require.NoError(t, err)
		cfg.Faults = append(cfg.Faults, f)
	}
	r := &rig{t: t, control: control, over: make(chan error, 1)}
	r.out, r.log = read(t, outIn), read(t, logIn)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { r.over <- serve.Run(ctx, cfg) }()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-r.over)
		for _, c := range []io.Closer{control, out, log} {
			require.NoError(t, c.Close())
		}
	})
	r.addr = strings.TrimPrefix(r.out.next("listening on "), "listening on ")
	return r
}

// say writes a control line.
func (r *rig) say(line string) {
	r.t.Helper()
	_, err := fmt.Fprintln(r.control, line)
	require.NoError(r.t, err)
}

// dial connects, and returns the connection and what comes on it.
func (r *rig) dial() (net.Conn, *lines) {
	r.t.Helper()
	conn, err := net.Dial("tcp", r.addr)
	require.NoError(r.t, err)
	r.t.Cleanup(func() { _ = conn.Close() })
	return conn, read(r.t, conn)
}

func send(t *testing.T, conn net.Conn, line string) {
	t.Helper()
	_, err := fmt.Fprintln(conn, line)
	require.NoError(t, err)
}

func TestAnswersAndTells(t *testing.T) {
	r := start(t, "acme")
	conn, got := r.dial()
	send(t, conn, "LOGIN eve s3cret")
	require.Equal(t, "OK", got.next(""))
	send(t, conn, "READ 7")
	require.Equal(t, "READING 7 21.50 C", got.next(""))
	send(t, conn, "NONSENSE s3cret")
	r.log.next("conn 1 < 15 bytes that are no command")
	r.say(`emit alarm id=9 text="\x07bell"`)
	require.Contains(t, got.next(""), "ALARM 9 ")

	r.say("conns")
	require.Regexp(t, `^conn 1  open since \d+\.\d{3}s  commands 2$`, r.out.next(""))
	r.say("history 100")
	require.Regexp(t, `^ +\d+\.\d{3}s  conn 1 connected$`, r.out.next(""))
	require.Regexp(t, `  conn 1 < login \{user: "eve", secret: \*\*\*\}$`, r.out.next(""))
	require.Contains(t, r.out.next(""), "conn 1 > ok")
	require.Contains(t, r.out.next(""), "conn 1 < read {channel: 7}")
	require.Contains(t, r.out.next(""), "conn 1 > reading {channel: 7, value: 21.50, unit: celsius}")
	require.Contains(t, r.out.next(""), "conn 1 < 15 bytes that are no command")
	require.Contains(t, r.out.next(""), `text: "\abell"`)
	r.say("quit")
	require.NoError(t, <-r.over)
	r.over <- nil
}

// Whatever a client sends, the log is text, and its lines are the device's own.
func TestClientsCannotForgeTheLog(t *testing.T) {
	r := start(t, "acme")
	conn, got := r.dial()
	forgery := "x\x1b[2J\x1b]0;title\a\u009b31m\u202e\u2028\xff"
	send(t, conn, forgery)
	send(t, conn, "LOGIN "+forgery+" s3cret")
	send(t, conn, `NAME "x\x1b[2J\r\n    0.001s  conn 1 ended"`)
	send(t, conn, strings.Repeat(forgery, 1000))
	send(t, conn, "HEARTBEAT")
	got.next("HEARTBEAT_ACK")
	r.say("history 100")
	r.say("conns")
	r.say("emit " + forgery)
	names := 0
	for _, lines := range []*lines{r.log, r.out} {
		for last := ""; !strings.Contains(last, "heartbeat_ack"); {
			last = lines.next("")
			require.Regexp(t, `^ +\d+\.\d{3}s  conn 1 `, last)
			for _, c := range last {
				require.True(t, unicode.IsPrint(c), "%q", last)
			}
			names += strings.Count(last, "< set_name {name:")
		}
	}
	require.Equal(t, 2, names)
	for _, c := range r.log.next("not done") {
		require.True(t, unicode.IsPrint(c))
	}
}

func TestFaultsByControl(t *testing.T) {
	r := start(t, "acme")
	first, got1 := r.dial()
	send(t, first, "HEARTBEAT")
	got1.next("HEARTBEAT_ACK")
	second, got2 := r.dial()
	send(t, second, "HEARTBEAT")
	got2.next("HEARTBEAT_ACK")

	r.say("conn 1 duplicate-replies")
	r.log.next("fault duplicate-replies")
	send(t, first, "HEARTBEAT")
	got1.next("HEARTBEAT_ACK")
	got1.next("HEARTBEAT_ACK")
	r.say("drop=read")
	r.say("split-every=1+1h")
	r.log.next("fault split-every=1+1h begins")
	r.say("faults")
	require.Equal(t, "on       drop=read", r.out.next(""))
	require.Equal(t, "on       split-every=1+1h", r.out.next(""))
	require.Equal(t, "conn 1   duplicate-replies", r.out.next(""))
	send(t, second, "READ 1")
	send(t, second, "HEARTBEAT")
	require.Equal(t, "HEARTBEAT_ACK", got2.next(""), "the reading was lost")
	r.log.next("conn 2 x reading")
	r.say("heal")
	r.log.next("healed")
	r.say("faults")
	require.Equal(t, "no faults", r.out.next(""))
	send(t, second, "READ 1")
	got2.next("READING 1")

	r.say("conn 1 reset")
	r.log.next("conn 1 ended: reset by the device")
	r.say("refuse-dial")
	r.log.next("fault refuse-dial begins")
	_, err := net.Dial("tcp", r.addr)
	require.Error(t, err)
	r.say("close")
	got2.ends()
	r.say("conns")
	require.Equal(t, "no connections", r.out.next(""))
}

// The faults of single connections are listed until they end with them, or are
// healed.
func TestFaultsOfConnections(t *testing.T) {
	r := start(t, "acme")
	faults := func(want ...string) {
		t.Helper()
		r.say("faults")
		for _, line := range want {
			require.Equal(t, line, r.out.next(""))
		}
	}
	first, got := r.dial()
	r.log.next("conn 1 connected")
	r.say("conn 1 silence")
	r.say("next delay=1ms")
	r.say("next emit reading channel=4")
	faults("conn 1   silence", "next     delay=1ms")
	send(t, first, "READ 1")
	r.log.next("conn 1 x reading")
	_, second := r.dial()
	require.Equal(t, "READING 4 21.50 C", second.next(""))
	faults("conn 1   silence", "conn 2   delay=1ms")
	r.say("conn 1 heal")
	r.log.next("healed")
	faults("conn 2   delay=1ms")
	send(t, first, "READ 1")
	got.next("READING 1")
	r.say("next refuse-dial")
	faults("conn 2   delay=1ms", "next     refuse-dial")
	r.say("next heal")
	faults("conn 2   delay=1ms")
	r.say("conn 2 reset")
	r.log.next("conn 2 ended")
	faults("no faults")
}

// A fault by count counts from where it was asked for; chance tells its seed.
func TestFaultsCountFromTheirLine(t *testing.T) {
	r := start(t, "acme")
	conn, got := r.dial()
	send(t, conn, "READ 1")
	got.next("READING 1")
	r.say("duplicate-replies#2")
	r.say("faults")
	require.Equal(t, "to come  duplicate-replies#2", r.out.next(""))
	send(t, conn, "READ 2")
	require.Equal(t, "READING 2 21.50 C", got.next(""))
	send(t, conn, "READ 3")
	require.Equal(t, "READING 3 21.50 C", got.next(""))
	require.Equal(t, "READING 3 21.50 C", got.next(""))
	r.say("reset~1000h")
	r.log.next("at random, with seed 1")
}

func TestControlRefuses(t *testing.T) {
	r := start(t, "acme")
	_, _ = r.dial()
	r.log.next("connected")
	for _, tt := range []struct{ line, why string }{
		{"blackhole", `there is no fault "blackhole"`},
		{"conn 7 reset", `there is no open connection "7"`},
		{"conn x reset", `there is no open connection "x"`},
		{"conn 1 refuse-dial", "concerns connections that are being opened"},
		{"conn 1 silence@1s", "comes at once, and stays until heal"},
		{"next nothing", "there is no fault"},
		{"conn 1", "there is no fault"},
		{"conn 1 emit", "a message is missing"},
		{"emit", "a message is missing; there are heartbeat_ack"},
		{"emit nothing", `the spec has no message "nothing"`},
		{"emit reading chanel=3", "chanel: is not a field"},
		{"emit reading 'open", "does not end"},
		{"every reading", `"reading" is no time`},
		{"history x", "no number"},
	} {
		r.say(tt.line)
		require.Contains(t, r.log.next("not done: "), tt.why, tt.line)
	}
	r.say("delay=2x")
	require.Regexp(t, `not done: "2x" is no time, such as 500ms or 10s$`, r.log.next("not done: "))
	r.say("help")
	r.out.next("emit MESSAGE")
	r.out.next("black-hole")
}

// A fault by count comes before the reply; the next connection is well again.
func TestFaultByCount(t *testing.T) {
	r := start(t, "acme", "reset#2", "delay=1ms#3+1h")
	conn, got := r.dial()
	send(t, conn, "HEARTBEAT")
	got.next("HEARTBEAT_ACK")
	send(t, conn, "READ 1")
	got.ends()
	r.log.next("fault reset#2")
	conn, got = r.dial()
	send(t, conn, "READ 1")
	got.next("READING 1")
	r.log.next("fault delay=1ms#3+1h begins")
}

// A fault that ends leaves the others in force.
func TestFaultEnds(t *testing.T) {
	r := start(t, "acme", "duplicate-replies")
	conn, got := r.dial()
	r.log.next("connected")
	r.say("silence+10ms")
	r.log.next("fault silence+10ms begins")
	r.log.next("fault silence+10ms ends")
	send(t, conn, "READ 1")
	got.next("READING 1")
	require.Equal(t, "READING 1 21.50 C", got.next(""), "it comes twice, as before")
}

func TestRepeats(t *testing.T) {
	r := start(t, "acme")
	_, got := r.dial()
	r.log.next("connected")
	r.say("every 1ms reading channel=5")
	got.next("READING 5 21.50 C")
	got.next("READING 5 21.50 C")
}

func TestGreets(t *testing.T) {
	r := start(t, "nats")
	conn, got := r.dial()
	require.Contains(t, got.next(""), `INFO {"server_id":"NDQ"`)
	send(t, conn, "PING\r")
	require.Equal(t, "PONG", got.next(""))
}

// A large value is told of, and not written out.
func TestLargeValues(t *testing.T) {
	r := start(t, "nats")
	conn, _ := r.dial()
	_, err := fmt.Fprintf(conn, "PUB a 1000000\r\n%s\r\n", strings.Repeat("x", 1_000_000))
	require.NoError(t, err)
	logged := r.log.next("< pub")
	r.say("history")
	for _, line := range []string{logged, r.out.next("< pub")} {
		require.Less(t, len(line), 5000)
		require.Regexp(t, `x … \(1000\d{3} bytes\)$`, line)
	}
}

func TestCannotListen(t *testing.T) {
	err := serve.Run(t.Context(), serve.Config{Protocol: open(t, "acme"), Listen: "127.0.0.1:notaport", Out: io.Discard, Log: io.Discard})
	require.ErrorContains(t, err, "notaport")
}

func TestGrammarOf(t *testing.T) {
	g := serve.GrammarOf(open(t, "acme"))
	require.Equal(t, "DENIED", g.Refusal)
	require.Contains(t, g.Commands, "read")
	_, err := g.Parse("refuse-login")
	require.NoError(t, err)
	require.NotNil(t, fault.Names())
}
