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
}
