package dial

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/linewright/linewright/runtime"
)

// Colours, as SGR parameters. They only stress what the text says already.
const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

// look is how a kind of note begins, and its colour.
var look = [...]struct{ sign, colour string }{
	Info:    {"  ", ""},
	Sent:    {"> ", bold},
	Reply:   {"< ", ""},
	Event:   {"* ", cyan},
	Failure: {"! ", red},
	Changed: {"- ", yellow},
}

const prompt = "> "

// Render gives the frame, one row a line, none wider than the terminal, and
// where the cursor is in it.
func (s *Screen) Render() (frame string, x, y int) {
	head := s.head()
	rows := append(head, s.log(s.window())...)
	text, cursor := s.editor.View(max(s.width-len(prompt)-1, 1))
	y = len(rows)
	rows = append(rows, s.cut(prompt+text))
	if s.roomy() {
		rows = append(rows, s.paint(faint, s.cut(s.hint())))
	}
	return strings.Join(rows, "\n"), min(len(prompt)+cursor, s.width-1), y
}

// head is the state, and why it is not READY.
func (s *Screen) head() []string {
	rows := []string{s.paint(s.stateColour(), s.cut(s.status()))}
	if why := s.reason(); why != "" && s.roomy() {
		rows = append(rows, s.paint(red, s.cut(why)))
	}
	return rows
}

// roomy reports whether there is room for more than the most needed.
func (s *Screen) roomy() bool { return s.height >= 6 }

// window is how many rows the log has.
func (s *Screen) window() int {
	fixed := 1 // the prompt
	if s.roomy() {
		fixed++
	}
	return max(s.height-fixed-len(s.head()), 0)
}

// log is the window of the log: so many rows, the last ones below the window
// left out.
func (s *Screen) log(height int) []string {
	var rows []string // the last first
	for i := len(s.notes) - 1; i >= 0 && len(rows) < s.below+height; i-- {
		wrapped := s.rows(s.notes[i])
		for j := len(wrapped) - 1; j >= 0; j-- {
			rows = append(rows, wrapped[j])
		}
	}
	rows = rows[min(s.below, len(rows)):]
	out := make([]string, height)
	for i := range min(height, len(rows)) {
		out[height-1-i] = rows[i]
	}
	return out
}

// broken is a note with its rows, as long as the terminal is the same: a log
// that is scrolled back is drawn whenever something happens.
type broken struct {
	Note
	rows   []string
	width  int
	colour bool
}

// rows are the rows of a note.
func (s *Screen) rows(n *broken) []string {
	if n.rows == nil || n.width != s.width || n.colour != s.colour {
		n.rows, n.width, n.colour = s.breakUp(n.Note), s.width, s.colour
	}
	return n.rows
}

// breakUp makes rows of a note; on a wide terminal they begin with the time.
func (s *Screen) breakUp(n Note) []string {
	look := look[n.Kind]
	indent := "  "
	first := look.sign
	if s.width >= 60 {
		first = n.At.Format("15:04:05.000 ") + first
		indent = strings.Repeat(" ", len(first))
	}
	text := n.Text
	if n.Took > 0 {
		text += "  (" + short(n.Took) + ")"
	}
	var rows []string
	for i, part := range strings.Split(ansi.Wrap(text, max(s.width-len(first), 1), ""), "\n") {
		lead := indent
		if i == 0 {
			lead = first
		}
		rows = append(rows, s.paint(look.colour, s.cut(lead+part)))
	}
	return rows
}

// cut keeps a row within the terminal.
func (s *Screen) cut(row string) string { return ansi.Truncate(row, s.width, "") }

func (s *Screen) stateColour() string {
	switch s.change.To {
	case runtime.Ready:
		return bold + ";" + green
	case runtime.Suspect, runtime.Dialing, runtime.Greeting, runtime.Idle, runtime.Draining:
		return bold + ";" + yellow
	default:
		return bold + ";" + red
	}
}

func (s *Screen) paint(colour, text string) string {
	if !s.colour || colour == "" || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[m"
}
