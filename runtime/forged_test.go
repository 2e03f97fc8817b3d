package runtime

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/internal/memnet"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// forgery is what a peer says that wants a line of its own in a log, or a
// terminal to do something.
const forgery = "x\x1b[2J\x1b]0;title\a\r\nlevel=INFO msg=\"state changed\" to=ready\u009b31m\u202e\u2028"

// requireHarmless fails where text does more than to be seen.
func requireHarmless(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		require.True(t, unicode.IsPrint(r), "%q in %q", r, text)
	}
}

// TestLogsCannotBeForged: whatever a peer sends or a certificate says, each
// error, change of state and log line is text alone; the log has exactly as many
// lines as were written.
func TestLogsCannotBeForged(t *testing.T) {
	cert, _ := certificate(t, ascii(forgery))
	secure := &tls.Config{Certificates: []tls.Certificate{cert}}
	for name, test := range map[string]struct {
		plan *session.Plan
		tls  *tls.Config // the peer's
		does func(d *device.Device)
		dial DialFunc
	}{
		"an unknown message":               {plantest.Acme(plantest.Unexpected(session.Close, session.Close, session.Close)), nil, says(forgery + "\n"), nil},
		"a reading of that":                {plantest.Acme(plantest.Unexpected(session.Close, session.Close, session.Close)), nil, says("READING 1 " + forgery + "\n"), nil},
		"an endless line":                  {plantest.Acme(), nil, says(strings.Repeat(strings.ReplaceAll(forgery, "\n", ""), 200)), nil},
		"an error":                         {plantest.Acme(), nil, func(d *device.Device) { d.RefuseLogin("ERR 5 " + line(forgery)) }, nil},
		"a greeting":                       {plantest.Lasting(), nil, func(d *device.Device) { d.Greet(line(forgery)) }, nil},
		"a certificate":                    {plantest.Acme(), secure, nil, nil},
		"a certificate after the greeting": {plantest.Lasting(), secure, nil, nil},
		"a dialer": {plantest.Acme(), nil, nil, func(context.Context, string, string) (net.Conn, error) {
			return nil, errors.New(forgery)
		}},
		"a read": {plantest.Acme(), nil, nil, func(context.Context, string, string) (net.Conn, error) {
			ours, _ := memnet.Pipe(0, "client", "device")
			return brokenConn{ours}, nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			lines := 0
			counted := slog.New(counter{slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}), &lines})
			synctest.Test(t, func(t *testing.T) { forge(t, test.plan, test.tls, test.does, test.dial, counted) })
			require.NotZero(t, lines)
			require.Equal(t, lines, strings.Count(log.String(), "\n"))
			requireHarmless(t, strings.ReplaceAll(log.String(), "\n", ""))
		})
	}
}

// forge runs a client until its first link is lost, and looks at all that it says.
func forge(t *testing.T, plan *session.Plan, server *tls.Config, does func(*device.Device), dial DialFunc, log *slog.Logger) {
	opts := []Option{WithLogger(log), WithSeed(1)}
	d := device.New(plan)
	if server != nil {
		d = device.New(plan, device.WithTLS(server))
		opts = append(opts, WithTLS(nil))
	}
	defer d.Close()
	answer(d, plan)
	if dial == nil {
		dial = d.Dialer()
	}
	c, err := New(plan, "device", someone(), append(opts, WithDialer(dial))...)
	require.NoError(t, err)
	defer c.Close()
	if does != nil {
		does(d)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	go func() { _ = c.Run(ctx) }()
	lost := false
	for change := range c.States(ctx) {
		if change.Err != nil {
			requireHarmless(t, change.Err.Error())
			lost = true
		}
	}
	require.True(t, lost, "nothing went wrong")
	if err := c.Err(); err != nil {
		requireHarmless(t, err.Error())
	}
}

// says sends bytes behind the first reply.
func says(bytes string) func(d *device.Device) {
	return func(d *device.Device) {
		d.Handle("login", func(r *device.Request) {
			r.Reply("OK")
			d.Garbage([]byte(bytes))
		})
	}
}

// line is text that stays within its line.
func line(text string) string { return strings.NewReplacer("\r", "", "\n", "").Replace(text) }

// ascii is text as a certificate's names hold it.
func ascii(text string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, text)
}

// counter counts the records that a handler is given.
type counter struct {
	slog.Handler
	n *int
}

func (c counter) Handle(ctx context.Context, r slog.Record) error {
	*c.n++
	return c.Handler.Handle(ctx, r)
}

func (c counter) WithAttrs(attrs []slog.Attr) slog.Handler {
	return counter{c.Handler.WithAttrs(attrs), c.n}
}

// brokenConn fails with words of the peer.
type brokenConn struct{ net.Conn }

func (brokenConn) Read([]byte) (int, error) { return 0, errors.New(forgery) }
