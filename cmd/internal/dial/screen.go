package dial

import (
	"fmt"
	"strings"
	"time"

	"github.com/linewright/linewright/cmd/internal/entry"
	"github.com/linewright/linewright/cmd/internal/printable"
	"github.com/linewright/linewright/runtime"
)

// noteRoom bounds the notes that can be scrolled back to.
const noteRoom = 5000

// Screen is what a person sees of a console, as a passive value: it has no
// clock and no terminal. Keys, notes and times come in; Render gives the frame.
type Screen struct {
	vendor    string
	colour    bool
	completer entry.Completer

	width, height int
	now           time.Time

	change runtime.StateChange // the latest
	up     time.Time           // since when it is READY
	why    error               // it is not READY; nil: nothing went wrong
	since  time.Time           // of why
	rtt    time.Duration
	lost   uint64

	notes   []*broken
	below   int // rows of the log below the window; 0: it follows
	waiting int // commands without their end
	editor  Editor
	choices []string // what the last Tab left open
	closing bool
}

// NewScreen makes the screen of a console with a client at addr.
func NewScreen(vendor, addr string, completer entry.Completer, colour bool) *Screen {
	return &Screen{
		vendor: vendor, completer: completer, colour: colour, width: 80, height: 24,
		change: runtime.StateChange{Address: addr},
	}
}

// Resize says how large the terminal is, in columns and rows.
func (s *Screen) Resize(width, height int) { s.width, s.height = max(width, 1), max(height, 1) }

// Tick says what time it is.
func (s *Screen) Tick(now time.Time) { s.now = now }

// RTT takes the round-trip time of a heartbeat.
func (s *Screen) RTT(rtt time.Duration) { s.rtt = rtt }

// Lost takes the number of events that were lost so far.
func (s *Screen) Lost(events uint64) { s.lost = events }

// Began and Ended count the commands that are under way.
func (s *Screen) Began() { s.waiting++ }

// Ended is the end of what Began.
func (s *Screen) Ended() { s.waiting-- }

// Change takes a change of state, and notes it.
func (s *Screen) Change(ch runtime.StateChange) {
	if ch.To.Up() && !ch.From.Up() {
		s.up = ch.At
		s.rtt = 0
	}
	switch {
	case ch.To == runtime.Ready:
		s.why = nil
	case ch.Err != nil:
		s.why, s.since = ch.Err, ch.At
	}
	s.change = ch
	s.Add(Note{Kind: Changed, At: ch.At, Text: printable.Line(changeText(ch))})
}

// Add takes a note, and keeps of a long one the beginning: each is broken into
// rows whenever the screen is drawn. Where the window is scrolled up, it stays
// where it is.
func (s *Screen) Add(n Note) {
	n.Text = printable.Short(n.Text)
	s.notes = append(s.notes, &broken{Note: n})
	if s.below > 0 {
		s.below += len(s.rows(s.notes[len(s.notes)-1]))
	}
	if len(s.notes) > noteRoom {
		s.notes = append(s.notes[:0], s.notes[len(s.notes)-noteRoom*9/10:]...)
		s.scroll(0) // what was looked at may be gone
	}
}

// scroll moves the window up by so many rows, down where negative; it stays
// within the log.
func (s *Screen) scroll(rows int) {
	total := 0
	for _, n := range s.notes {
		total += len(s.rows(n))
	}
	s.below = max(0, min(s.below+rows, total-s.window()))
}

// status is the top row: the state first, and then what fits.
func (s *Screen) status() string {
	parts := []string{strings.ToUpper(s.change.To.String())}
	if s.ending() {
		parts[0] = "CLOSING"
	}
	switch {
	case s.change.To == runtime.Backoff:
		left := max(s.change.At.Add(s.change.NextDelay).Sub(s.now), 0)
		parts = append(parts, fmt.Sprintf("dial %d in %.1fs", s.change.Attempt+1, left.Seconds()))
	case s.change.To.Up() && s.rtt > 0:
		parts = append(parts, "rtt "+short(s.rtt))
	}
	if s.waiting > 0 {
		parts = append(parts, fmt.Sprintf("waiting %d", s.waiting))
	}
	if s.lost > 0 {
		parts = append(parts, fmt.Sprintf("lost %d", s.lost))
	}
	parts = append(parts, s.vendor+" "+s.change.Address)
	if s.change.To.Up() {
		parts = append(parts, "up "+s.now.Sub(s.up).Truncate(time.Second).String(), fmt.Sprintf("link %d", s.change.Link))
	}
	return printable.Line(fit(parts, s.width))
}

// ending reports whether an orderly end is under way.
func (s *Screen) ending() bool { return s.closing && s.change.To != runtime.Closed }

// fit joins the parts that fit, the first in any case.
func fit(parts []string, width int) string {
	row := parts[0]
	for _, p := range parts[1:] {
		if len(row)+2+len(p) <= width {
			row += "  " + p
		}
	}
	return row
}

// reason is the second row, where the client is not READY: why, and since when.
func (s *Screen) reason() string {
	if s.why == nil {
		return ""
	}
	return printable.Line(fmt.Sprintf("%v ago: %v", max(s.now.Sub(s.since), 0).Truncate(time.Second), s.why))
}

// hint is the bottom row.
func (s *Screen) hint() string {
	switch {
	case len(s.choices) > 0:
		return strings.Join(s.choices, "  ")
	case s.below > 0:
		return fmt.Sprintf("%d rows below: PgDn, Enter returns", s.below)
	case s.ending():
		return "Ctrl-C ends at once"
	case s.change.To == runtime.Closed:
		return "Enter or Ctrl-C ends"
	}
	if usage := s.usage(); usage != "" {
		return printable.Line(usage)
	}
	return fit([]string{"Tab completes", "Up/Down history", "PgUp/PgDn scroll", "Ctrl-C ends"}, s.width)
}

// usage explains the command that is being typed.
func (s *Screen) usage() string {
	name, _, typed := strings.Cut(strings.TrimLeft(s.editor.Before(), " "), " ")
	if !typed {
		return ""
	}
	cmd := s.completer.Protocol.Command(name)
	if cmd == nil || !entry.Offered(cmd) {
		return ""
	}
	return usage(cmd) + firstSentence(cmd.Doc)
}

// short is a time as a reader wants to see it.
func short(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return d.Round(10 * time.Microsecond).String()
	case d < time.Second:
		return d.Round(100 * time.Microsecond).String()
	default:
		return d.Round(10 * time.Millisecond).String()
	}
}
