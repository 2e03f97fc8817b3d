package dial

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
)

// session is a run of Lines in virtual time.
type session struct {
	*device.Device
	in        *io.PipeWriter
	out, errs text
	over      chan error
}

// text is a strings.Builder for several goroutines.
type text struct {
	mu sync.Mutex
	b  strings.Builder
}

func (t *text) Write(data []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.Write(data)
}

func (t *text) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.String()
}

func talk(t *testing.T, prepare func(*device.Device, *Config), play func(ctx context.Context, s *session)) {
	synctest.Test(t, func(t *testing.T) {
		d, cfg := acme(t)
		defer d.Close()
		if prepare != nil {
			prepare(d, &cfg)
		}
		in, w := io.Pipe()
		s := &session{Device: d, in: w, over: make(chan error, 1)}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() { s.over <- Lines(ctx, cfg, in, &s.out, &s.errs) }()
		synctest.Wait()
		play(ctx, s)
		_ = w.Close()
		_ = in.Close()
	})
}

func (s *session) say(t *testing.T, line string) {
	t.Helper()
	_, err := io.WriteString(s.in, line+"\n")
	require.NoError(t, err)
	synctest.Wait()
}

func TestLines(t *testing.T) {
	talk(t, nil, func(_ context.Context, s *session) {
		s.say(t, "read 3")
		s.say(t, "")
		s.Emit(`ALARM 17 WARNING ON "a\x1b[2Jb"`)
		s.say(t, "wait alarm")
		s.say(t, `set_name name="Boiler north"`)
		s.say(t, ":help read")
		require.NoError(t, s.in.Close())
		require.NoError(t, <-s.over)
		require.Equal(t, `reply reading {channel: 3, value: 21.50, unit: celsius}
event alarm {id: 17, severity: warning, active: true, text: "a\x1b[2Jb"}
reply ok
read channel
  Measures a channel now.
  channel: uint8. The channel to measure.
`, s.out.String())
		require.Equal(t, `dialing unit:1234
connected to unit:1234
ready on link 1
draining
closed
`, s.errs.String())
		require.Len(t, s.History().Commands("bye"), 1, "it logged out")
	})
}

// Each failure is told with its line, and makes the end a failed one.
func TestLinesFail(t *testing.T) {
	talk(t, nil, func(_ context.Context, s *session) {
		s.Reply("reset", "ERR 7 later")
		s.DropReplies("list_channels", 1)
		for _, line := range []string{
			"reed", "read x", "read", `read "3`, "login a s3cret", "reset", "wait label", "wait alarm 1x", "wait", "help reed", "wait alarm -1s",
		} {
			s.say(t, line)
		}
		s.say(t, "list_channels")
		time.Sleep(10 * time.Second)
		s.say(t, "wait alarm 3s")
		time.Sleep(3 * time.Second)
		s.say(t, "quit")
		require.ErrorIs(t, <-s.over, ErrFailed)
		for _, want := range []string{
			"line 1: there is no command \"reed\"; help lists them\n",
			"line 2: read: not sent: channel: is not of type uint8: ",
			"line 3: read: not sent: channel: is missing\n",
			"line 4: a quoted text does not end\n",
			"line 5: login: the client sends it by itself\n",
			"line 6: reset: fault {code: busy, text: \"later\"}\n",
			"line 7: wait: the spec has no event \"label\"\n",
			"line 8: wait: \"1x\" is no time\n",
			"line 9: wait: say which event",
			"line 10: help: there is no command \"reed\"\n",
			"line 11: wait: \"-1s\" is no time\n",
			"line 12: list_channels: fate unknown: deadline exceeded",
			"line 13: wait: no alarm has come within 3s\n",
		} {
			require.Contains(t, s.errs.String(), want)
		}
		require.NotContains(t, s.errs.String()+s.out.String(), "s3cret")
	})
}

// The client outlives its link; what happened between is told.
func TestLinesReconnect(t *testing.T) {
	talk(t, nil, func(_ context.Context, s *session) {
		s.Conn(1).Reset()
		s.Next().RefuseDial()
		synctest.Wait()
		s.say(t, "read 3") // waits for READY
		time.Sleep(10 * time.Second)
		s.say(t, "reconnect")
		s.say(t, "quit")
		require.NoError(t, <-s.over)
		require.Contains(t, s.out.String(), "reply reading")
		require.Regexp(t, `down: .*reset.*; dial 2 in \d+ms`, s.errs.String())
		require.Contains(t, s.errs.String(), "ready on link 3")
	})
}

func TestLinesWithoutADevice(t *testing.T) {
	talk(t, func(d *device.Device, cfg *Config) {
		d.RefuseDial()
		cfg.Timeout = 7 * time.Second
	}, func(_ context.Context, s *session) {
		time.Sleep(7 * time.Second)
		require.EqualError(t, <-s.over, "dial unit:1234: not ready within 7s")
	})
	talk(t, func(d *device.Device, _ *Config) { d.RefuseLogin("DENIED") }, func(_ context.Context, s *session) {
		err := <-s.over
		require.ErrorIs(t, err, runtime.ErrRefused)
		require.ErrorContains(t, err, "dial unit:1234: ")
	})
}

// What ends the client for good ends the lines too.
func TestLinesLoseTheClient(t *testing.T) {
	talk(t, nil, func(_ context.Context, s *session) {
		s.RefuseLogin("DENIED")
		s.Conn(1).Reset()
		time.Sleep(time.Minute)
		require.ErrorIs(t, <-s.over, runtime.ErrRefused)
	})
}

func TestLinesInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, cfg := acme(t)
		defer d.Close()
		in, w := io.Pipe()
		defer w.Close()
		defer in.Close()
		ctx, cancel := context.WithCancel(t.Context())
		over := make(chan error, 1)
		var out, errs text
		go func() { over <- Lines(ctx, cfg, in, &out, &errs) }()
		synctest.Wait()
		d.BlackHole()
		start := time.Now()
		cancel()
		require.NoError(t, <-over)
		require.LessOrEqual(t, time.Since(start), shutdownWithin+time.Second, "bounded, whatever the device does")
		require.Contains(t, errs.String(), "draining")
	})
}

// The number that the client gives a subscription is told: unsub needs it.
func TestSentTellsWhatWasSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := open(t, "nats")
		d := p.Device()
		defer d.Close()
		cfg := Config{
			Protocol: p, Addr: "nats", Params: dynamic.Map{"user": "eve", "pass": "s3cret"},
			Options: []runtime.Option{runtime.WithDialer(d.Dialer())},
		}
		var out, errs text
		require.NoError(t, Lines(t.Context(), cfg, strings.NewReader("sub foo\nunsub 1\npub foo payload=\"s=1\"\n"), &out, &errs))
		require.Contains(t, out.String(), "sent sub {subject: \"foo\", sid: \"1\"}\nsent unsub {sid: \"1\"}\nsent pub {subject: \"foo\", payload: \"s=1\"}\n")
		require.Contains(t, out.String(), "event info {info: {server_id: \"NDQ\"", "the greeting is an event too")
		require.NotContains(t, errs.String()+out.String(), "s3cret")
	})
}

func TestHelpListsAll(t *testing.T) {
	talk(t, nil, func(_ context.Context, s *session) {
		s.say(t, "help")
		s.say(t, "quit")
		require.NoError(t, <-s.over)
		require.Contains(t, s.out.String(), "set_limits channel low high - Sets when a channel raises its alarm\n")
		require.Contains(t, s.out.String(), "acknowledge id [note] - ")
		require.Contains(t, s.out.String(), ":wait EVENT [TIME] - wait until")
		require.NotContains(t, s.out.String(), "login")
	})
}

// Lines that are not read to the end have not all been obeyed.
func TestLinesTooLong(t *testing.T) {
	talk(t, nil, func(_ context.Context, s *session) {
		s.say(t, "read 3")
		go func() { _, _ = io.WriteString(s.in, strings.Repeat("x", 2<<20)) }()
		require.ErrorIs(t, <-s.over, ErrFailed)
		require.Contains(t, s.errs.String(), "line 1: the lines end here: bufio.Scanner: token too long\n")
	})
}
