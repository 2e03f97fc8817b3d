package dial

import (
	"context"
	"errors"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/linewright/linewright/runtime"
)

// Show runs a console on a terminal until the user ends it, the terminal is
// closed, or ctx ends. The error is why the client ended, where it did so by
// itself.
func Show(ctx context.Context, cfg Config, colour bool, in io.Reader, out io.Writer) error {
	var program *tea.Program
	c, err := New(cfg, Watch{
		Note:   func(n Note) { program.Send(n) },
		Change: func(ch runtime.StateChange) { program.Send(ch) },
		RTT:    func(d time.Duration) { program.Send(d) },
	})
	if err != nil {
		return err
	}
	s := NewScreen(cfg.Protocol.Model().Name, cfg.Addr, c.Completer(), colour)
	s.Tick(time.Now())
	t := newTerminal(ctx, c, s)
	program = tea.NewProgram(t,
		tea.WithInput(watched(in, func() { program.Send(interrupted{}) })),
		tea.WithOutput(out), tea.WithoutSignalHandler())
	over := make(chan error, 1)
	go func() { over <- c.Run() }()
	stop := context.AfterFunc(ctx, func() { program.Send(interrupted{}) })
	defer stop()
	_, err = program.Run()
	byItself := c.State() == runtime.Closed && !t.asked
	_ = c.Close() // nothing, where it was shut down
	if ended := <-over; err == nil && byItself {
		return ended
	}
	return err
}

// terminal is a Screen as the library for terminals wants it.
type terminal struct {
	ctx     context.Context
	console *Console
	screen  *Screen
	asked   bool          // the end was asked for, before it came by itself
	turn    chan struct{} // closed when the last command has ended
}

func newTerminal(ctx context.Context, c *Console, s *Screen) *terminal {
	turn := make(chan struct{})
	close(turn)
	return &terminal{ctx: ctx, console: c, screen: s, turn: turn}
}

// What the library is sent beside notes, changes and round-trip times.
type (
	ticked      time.Time
	done        struct{ err error } // a line was obeyed
	interrupted struct{}            // by a signal, or the end of the input
	ended       struct{}            // Shutdown has returned
)

// Init starts the clock.
func (t *terminal) Init() tea.Cmd { return t.tick() }

// Update passes on what happened.
func (t *terminal) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	s := t.screen
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.Resize(msg.Width, msg.Height)
	case tea.KeyPressMsg:
		return t, t.act(s.Key(msg.String(), msg.Text))
	case tea.PasteMsg:
		s.Paste(msg.Content)
	case Note:
		s.Add(msg)
	case runtime.StateChange:
		s.Tick(time.Now())
		s.Change(msg)
	case time.Duration:
		s.RTT(msg)
	case ticked:
		s.Tick(time.Time(msg))
		s.Lost(t.console.Lost())
		return t, t.tick()
	case done:
		s.Ended()
		if errors.Is(msg.err, errQuit) {
			return t, t.act(s.quit())
		}
	case interrupted:
		return t, t.act(s.quit())
	case ended:
		return t, tea.Quit
	}
	return t, nil
}

// act does what a key asks for, beside the library's loop.
func (t *terminal) act(a Action) tea.Cmd {
	switch {
	case a.Abort:
		return tea.Quit
	case a.Quit:
		t.asked = t.console.State() != runtime.Closed
		return func() tea.Msg {
			t.console.End(context.WithoutCancel(t.ctx))
			return ended{}
		}
	case a.Submit != "":
		t.screen.Began()
		return t.obey(a.Submit)
	}
	return nil
}

// obey does what a line says. Commands go one after the other, as they were
// typed, but for those that may take for ever; what the console does by itself
// waits for none of them.
func (t *terminal) obey(line string) tea.Cmd {
	do := func() tea.Msg { return done{t.console.Do(t.ctx, line)} }
	cmd := t.console.command(line)
	if cmd == nil || cmd.Timeout < 0 {
		return do
	}
	before, over := t.turn, make(chan struct{})
	t.turn = over
	return func() tea.Msg {
		defer close(over)
		<-before
		return do()
	}
}

// tick keeps times and countdowns going.
func (t *terminal) tick() tea.Cmd {
	return tea.Tick(200*time.Millisecond, func(now time.Time) tea.Msg { return ticked(now) })
}

// View is the frame, on the terminal's other screen.
func (t *terminal) View() tea.View {
	frame, x, y := t.screen.Render()
	v := tea.NewView(frame)
	v.AltScreen = true
	v.Cursor = tea.NewCursor(x, y)
	v.Cursor.Blink = false
	return v
}
