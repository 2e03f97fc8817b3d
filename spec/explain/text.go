package explain

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/internal/quantity"
)

// Text writes the report for people, in lines that a terminal wraps at worst at their
// last column.
func (r *Report) Text(w io.Writer) error {
	t := &text{}
	t.line("%s %s: %s", r.Vendor, r.Version, r.Title)
	for _, answer := range []string{r.Promise(), r.Return(), r.AnyTime(), r.Fates()} {
		t.line("%s", answer)
	}
	r.noticing(t)
	r.phases(t)
	r.schedule(t)
	r.comebacks(t)
	r.load(t)
	r.heartbeats(t)
	r.unasked(t)
	r.commands(t)
	r.settings(t)
	_, err := io.WriteString(w, t.b.String())
	return err
}

func (r *Report) noticing(t *text) {
	t.head("A device that is no longer there, noticed after")
	t.row("", "typically", "at worst", "by")
	for _, n := range r.Noticing {
		t.row(inMode(n.Mode)+n.Words(), after(n.Typical, n.By), after(n.Worst, n.By), n.Why)
	}
	t.flush()
	t.note(r.Typically())
	if len(r.Kernel) == 0 {
		return
	}
	t.head("What operating systems do by themselves, while the client's process is stopped, or where there is no heartbeat")
	t.row("", "gone while nothing is sent", "gone while something sent is not acknowledged", "")
	for _, k := range r.Kernel {
		unacknowledged := k.Unacknowledged.String()
		if k.Unacknowledged == Never {
			unacknowledged = "its own limit"
		}
		t.row(k.Platform, k.Idle.String(), unacknowledged, k.Note)
	}
	t.flush()
	t.line("  A device whose operating system acknowledges is alive for them, whatever its program does.")
}

// after is a time of something that is noticed.
func after(s Seconds, by string) string {
	if by == "close" {
		return "at once"
	}
	return s.String()
}

func inMode(mode string) string {
	if mode == "" {
		return ""
	}
	return "in mode " + mode + ": "
}

func (r *Report) phases(t *text) {
	t.head("How long each part may take")
	for _, p := range r.Phases {
		t.row(p.Name, p.Limit.String(), p.Why)
	}
	t.flush()
}

func (r *Report) schedule(t *text) {
	t.head("Dialling again")
	t.row("after failures", "delay, evenly from", "to")
	for i, d := range r.Schedule.Steps {
		n := strconv.Itoa(d.Failures)
		if i == len(r.Schedule.Steps)-1 {
			n += " and more"
		}
		t.row(n, d.Shortest.String(), d.Longest.String())
	}
	t.flush()
	t.line("  A link that was ready for %s begins the schedule anew; one that was not goes on in it.", r.Schedule.StableAfter)
	if r.Schedule.Refused == Never {
		t.line("  A client that is refused (login, certificate) stops.")
	} else {
		t.line("  A client that is refused (login, certificate) dials again after up to %s.", r.Schedule.Refused)
	}
	if n := r.Schedule.GiveUpAttempts; n > 0 {
		t.line("  It gives up after %d attempts in a row.", n)
	}
	if d := r.Schedule.GiveUpElapsed; d != Never {
		t.line("  It gives up after %s without being ready.", d)
	}
}

func (r *Report) comebacks(t *text) {
	if len(r.Comebacks) == 0 {
		return
	}
	t.head("Ready again after the end of an outage, connecting and logging in not counted")
	t.row("", "half of the clients", "95 %", "at worst")
	for _, c := range r.Comebacks {
		t.row(c.Words()...)
	}
	t.flush()
}

func (r *Report) load(t *text) {
	if len(r.Load.Restarts) == 0 {
		return
	}
	t.head(fmt.Sprintf("What a device sees that loses %s clients at the same moment, and comes back", quantity.Count(r.Load.Clients)))
	t.row("down for", "refused in the", "connections in the", "99 % are back", "all are")
	t.row("", "busiest second", "busiest second", "within", "within")
	for _, s := range r.Load.Restarts {
		all := s.Back.String()
		if s.GaveUp > 0 {
			all += fmt.Sprintf(", but for %s that gave up", quantity.Count(s.GaveUp))
		}
		t.row(s.Words(), quantity.Count(s.Refused), quantity.Count(s.Peak), s.Back99.String(), all)
	}
	t.flush()
	if n := r.Load.Device; n > 0 {
		t.line("  The device serves %d at once.", n)
	}
}

func (r *Report) heartbeats(t *text) {
	if len(r.Heartbeats) == 0 {
		return
	}
	t.head("The heartbeat of an idle link, a day")
	t.row("", "every", "frames", "bytes", "with TCP and IP")
	for _, h := range r.Heartbeats {
		what := h.Send
		if h.Answer != "" {
			what += " and " + h.Answer
		}
		more := ""
		if h.AtLeast {
			more = "about "
		}
		t.row(inMode(h.Mode)+h.What+": "+what, h.Every.String(), quantity.Count(h.Frames), more+quantity.Count(h.Bytes), more+quantity.Count(h.OnTheWire))
	}
	t.flush()
}

func (r *Report) unasked(t *text) {
	t.head("What may come at any time")
	for _, u := range r.Unasked {
		t.row(u.Name, u.Words(), oneLine(u.Wire))
	}
	if len(r.Unasked) == 0 {
		t.row("nothing: every message answers a command")
	}
	t.flush()
	for _, m := range r.Misfits {
		t.line("  %s: %s", m.Words(), m.Fate())
	}
}

// Words says as what the message comes.
func (u Unasked) Words() string {
	if u.Answer != "" {
		return asWords[u.As] + ", answered with " + u.Answer
	}
	return asWords[u.As]
}

var asWords = map[string]string{
	"event":                "event",
	"event-unless-awaited": "event, unless it is waited for",
	"event-and-reply":      "event, and a reply where a command waits for it",
	"state":                "event that says what is, and answers who asks",
	"noise":                "dropped",
	"question":             "the device asks",
}

// Fate says what becomes of the command when its link dies.
func (c Command) Fate() string {
	if c.Lasts && c.LinkDies != "lasting" {
		return fates[c.LinkDies] + "; once the device has it, it is sent on every link"
	}
	return fates[c.LinkDies]
}

var fates = map[string]string{
	"unknown":  "fails; whether it was carried out is unknown",
	"repeated": "sent once more on the next link",
	"lasting":  "sent again on every link",
	"unseen":   "nobody learns whether it arrived: nothing answers it",
	"session":  "sent by the client itself, which begins anew on the next link",
	"goodbye":  "sent by the client itself before it closes the link; nothing follows",
}

func (r *Report) commands(t *text) {
	t.head("Commands, and what becomes of one whose link dies while it waits")
	for _, c := range r.Commands {
		t.row(c.Name, c.answer(), c.Fate())
	}
	t.flush()
	t.note(r.Repeats())
}

// answer says what the command waits for, and for how long.
func (c Command) answer() string {
	reply := few(c.Reply)
	switch {
	case c.Before != "" && reply == "":
		reply = "any number of " + few(c.Before) + " until the connection ends, each"
	case c.Before != "":
		reply = "any number of " + few(c.Before) + ", then " + reply + ", each"
	}
	switch {
	case reply == "":
		return "no reply"
	case len(c.Steps) > 0:
		return reply + " after " + strings.Join(c.Steps, ", ") + ", each within its own time"
	case c.Timeout == Never:
		return reply + ", without a time limit"
	}
	return reply + " within " + c.Timeout.String()
}

// few are names, of which one may be meant; where there are many, the last are only
// counted.
func few(names string) string {
	const some = 4
	all := strings.Split(names, ", ")
	if len(all) > some {
		all = append(all[:some-1:some-1], fmt.Sprintf("%d more", len(all)-some+1))
	}
	last := len(all) - 1
	if last == 0 {
		return names
	}
	return strings.Join(all[:last], ", ") + " or " + all[last]
}

func (r *Report) settings(t *text) {
	t.head("Every number, and where in the document it is from")
	for _, s := range r.Settings {
		from := "default"
		switch {
		case s.Given:
			from = "line " + strconv.Itoa(s.Line)
		case s.From != "":
			from = "default: " + s.From
		}
		t.row(s.Path, s.Value, from)
	}
	t.flush()
}

// oneLine shows a template of several lines.
func oneLine(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "\n", " ⏎ ") }

// text is lines and tables.
type text struct {
	b    strings.Builder
	rows [][]string
}

func (t *text) line(format string, args ...any) { fmt.Fprintf(&t.b, format+"\n", args...) }

func (t *text) head(s string) { t.line("\n%s", s) }

// note is a line about a table, where there is something to say.
func (t *text) note(s string) {
	if s != "" {
		t.line("  %s", s)
	}
}

func (t *text) row(cells ...string) { t.rows = append(t.rows, cells) }

// flush aligns the columns of the rows so far.
func (t *text) flush() {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range t.rows {
		line := ""
		for i, cell := range row {
			line += "  " + cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		}
		t.line("%s", strings.TrimRight(line, " "))
	}
	t.rows = nil
}
