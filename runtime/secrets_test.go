package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/pprof"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// TestSecretsAreInNoDump: a client with a secret logs in, works, is refused,
// loses its link and closes; nothing that it logs, traces, reports or prints, and
// no profile of its goroutines with their labels, holds the secret.
func TestSecretsAreInNoDump(t *testing.T) {
	for _, login := range []string{"", "DENIED", "ERR 5 hunter2 is wrong", "hunter2"} {
		t.Run("login answered "+login, func(t *testing.T) {
			var said heard
			synctest.Test(t, func(t *testing.T) { dump(t, &said, login) })
			require.Contains(t, said.String(), "state changed")
			require.Contains(t, said.String(), "goroutine ")
			require.NotContains(t, said.String(), someone().Secret)
			require.NotContains(t, said.String(), fmt.Sprintf("%x", someone().Secret))
		})
	}
}

// dump writes all that a client says.
func dump(t *testing.T, said *heard, login string) {
	options := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
	log := slog.New(both{slog.NewTextHandler(said, options), slog.NewJSONHandler(said, options)})
	observer := Observer{
		State:    func(ch StateChange) { print4(said, ch) },
		Sent:     func(command string, n int) { fmt.Fprintln(said, command, n) },
		Received: func(message string, n int) { fmt.Fprintln(said, message, n) },
	}
	r := newRig(t, plantest.Acme(plantest.Unexpected(session.Close, session.Close, session.Close)), WithLogger(log), WithObserver(observer))
	defer r.close()
	if login != "" {
		r.device.RefuseLogin(login)
	}
	require.NoError(t, r.start0())
	time.Sleep(time.Second)
	call := r.Begin(plantest.Command(r.plan, "set"))
	print4(said, call.Encoded(nil, errors.New("field: does not fit")))
	print4(said, call.Do(context.Background()))
	call.Release()
	r.device.Emit("READING " + someone().Secret)
	profiles(t, said)
	time.Sleep(time.Minute)
	print4(said, r.Client)
	print4(said, r.Err())
	print4(said, r.Stats())
	require.NoError(t, r.Close())
	synctest.Wait()
}

// heard keeps what several goroutines write.
type heard struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (h *heard) Write(text []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.Write(text)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.String()
}

// print4 prints v as programs do.
func print4(to *heard, v any) {
	text, _ := json.Marshal(v)
	fmt.Fprintf(to, "%v %+v %#v %s\n", v, v, v, text)
}

// profiles are the goroutines, with labels and with stacks.
func profiles(t *testing.T, to *heard) {
	t.Helper()
	for _, debug := range []int{1, 2} {
		require.NoError(t, pprof.Lookup("goroutine").WriteTo(to, debug))
	}
}

// both logs to two handlers.
type both struct{ a, b slog.Handler }

func (h both) Enabled(context.Context, slog.Level) bool { return true }

func (h both) Handle(ctx context.Context, r slog.Record) error {
	return errors.Join(h.a.Handle(ctx, r), h.b.Handle(ctx, r))
}

func (h both) WithAttrs(attrs []slog.Attr) slog.Handler {
	return both{h.a.WithAttrs(attrs), h.b.WithAttrs(attrs)}
}

func (h both) WithGroup(name string) slog.Handler {
	return both{h.a.WithGroup(name), h.b.WithGroup(name)}
}
