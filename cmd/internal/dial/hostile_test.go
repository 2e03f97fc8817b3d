package dial

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
)

// forgery wants to command the terminal, and a line of its own.
const forgery = "x\x1b[2J\x1b]0;title\a\u009b31m\u202e\u2028\r\xff"

// speak lets a device say it wherever it can: in an event, in a message that
// nobody knows, in bytes that are none, in a reply and in an error.
func speak(d *device.Device) {
	d.Emit(`ALARM 17 WARNING ON "` + `x\x1b[2J\x1b]0;title\a\nreply reading` + `"`)
	d.Emit("HELLO " + forgery)
	d.Emit("READING 3 " + forgery)
	d.Emit("READING 3 1.50 x\x1b[2J\u009b31m\u202e")
	d.Reply("get_name", `NAME "`+`x\x1b[2J\r\nevent alarm`+`"`)
	d.Reply("reset", "ERR 7 "+strings.NewReplacer("\r", "", "\xff", "").Replace(forgery))
}

// TestNothingCommandsTheTerminal: whatever a device says, what is printed and
// what is drawn is text, and lines are the console's own.
func TestNothingCommandsTheTerminal(t *testing.T) {
	talk(t, nil, func(_ context.Context, s *session) {
		speak(s.Device)
		synctest.Wait()
		s.say(t, "get_name")
		s.say(t, "reset")
		s.Next().RefuseLogin("DENIED " + forgery)
		s.RefuseLogin("DENIED")
		s.Conn(1).Reset()
		time.Sleep(time.Minute)
		require.Error(t, <-s.over)
		printed := s.out.String() + s.errs.String()
		for _, want := range []string{"event alarm", "event unknown", "reply label", "fault {code: busy"} {
			require.Contains(t, printed, want)
		}
		harmless(t, strings.ReplaceAll(printed, "\n", ""))
		require.NotContains(t, "\n"+printed, "\nreply reading")
		require.Equal(t, 1, strings.Count("\n"+printed, "\nevent alarm"))
	})
	synctest.Test(t, func(t *testing.T) {
		d, cfg := acme(t)
		defer d.Close()
		screen := NewScreen("acme", cfg.Addr, newCompleter(t), false)
		notes, changes := make(chan Note, 100), make(chan runtime.StateChange, 100)
		c, err := New(cfg, Watch{Note: func(n Note) { notes <- n }, Change: func(ch runtime.StateChange) { changes <- ch }})
		require.NoError(t, err)
		over := make(chan error, 1)
		go func() { over <- c.Run() }()
		synctest.Wait()
		speak(d)
		synctest.Wait()
		require.NoError(t, c.Do(t.Context(), "get_name"))
		require.Error(t, c.Do(t.Context(), "reset"))
		require.NoError(t, c.Close())
		<-over
		require.GreaterOrEqual(t, len(notes), 6)
		for len(notes)+len(changes) > 0 {
			select {
			case n := <-notes:
				screen.Add(n)
			case ch := <-changes:
				screen.Change(ch)
			}
			frame, _, _ := screen.Render()
			harmless(t, strings.ReplaceAll(frame, "\n", ""))
		}
	})
}

// harmless fails where text does more than to be seen.
func harmless(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		require.True(t, unicode.IsPrint(r), "%q in %q", r, text)
	}
}
