package page

import (
	"fmt"
	"strings"

	"github.com/linewright/linewright/spec/breaking"
	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// answer is one of the five that a reviewer comes for.
type answer struct {
	Question string
	Short    string
	Points   []point
	More     string // the id where it is told at length
	MoreText string
}

// point is one line of an answer; Links are names that it is about.
type point struct {
	Head, Text, Wire string
	Links            []string
}

func (b *builder) answers() []answer {
	return []answer{b.howFast(), b.howMany(), b.anyTime(), b.linkDies(), b.breaks()}
}

func (b *builder) howFast() answer {
	a := answer{Question: "How fast is a dead link noticed?", Short: b.Report.Promise(), More: "noticing", MoreText: "Timeline and all cases"}
	for _, n := range b.Report.Noticing {
		if n.Case == explain.Closed {
			continue
		}
		text := "within " + n.Worst.String()
		switch {
		case n.Worst == explain.Never:
			text = "never"
		case n.Typical < n.Worst:
			text += ", typically " + n.Typical.String()
		}
		a.Points = append(a.Points, point{Head: inMode(n.Mode) + n.Case.Words(), Text: text})
	}
	return a
}

func (b *builder) howMany() answer {
	l := b.Report.Load
	a := answer{
		Question: "What does the device see when " + clientsWords(l.Clients) + " come back?",
		Short:    b.Report.Return(),
		More:     "reconnecting", MoreText: "Rates and delays, second by second",
	}
	if len(l.Restarts) == 0 {
		return a
	}
	for _, r := range l.Restarts {
		head := "down for " + r.Words()
		if r.Outage == 0 {
			head = "all connections are cut, and the device is there at once"
		}
		text := fmt.Sprintf("%s connections in the busiest second, 99 %% back within %s", thousands(r.Peak), r.Back99)
		if r.Refused > 0 {
			text += fmt.Sprintf("; while it is down up to %s attempts a second", thousands(r.Refused))
		}
		if r.GaveUp > 0 {
			text += fmt.Sprintf("; %s have given up", thousands(r.GaveUp))
		}
		a.Points = append(a.Points, point{Head: head, Text: text})
	}
	if l.Device > 0 {
		a.Points = append(a.Points, point{Head: "it serves", Text: fmt.Sprintf("%d at once, by the document", l.Device)})
	}
	return a
}

func clientsWords(n int) string {
	if n == 1000 {
		return "a thousand clients"
	}
	return thousands(n) + " clients"
}

func (b *builder) anyTime() answer {
	a := answer{Question: "Which lines can arrive at any time?", Short: b.Report.AnyTime(), More: "messages", MoreText: "All messages, byte by byte"}
	for _, u := range b.Report.Unasked {
		a.Points = append(a.Points, point{Links: []string{"messages." + u.Name}, Text: u.Words(), Wire: visible(strings.TrimSpace(u.Wire))})
	}
	return a
}

// fates are in the order in which a reviewer should read them.
var fates = []string{"unknown", "unseen", "repeated", "lasting", "session"}

func (b *builder) linkDies() answer {
	a := answer{
		Question: "What happens to a command whose link dies?",
		Short:    b.Report.Fates(),
		More:     "commands", MoreText: "All commands, with their replies and errors",
	}
	byFate := map[string][]string{}
	words := map[string]string{}
	for _, c := range b.Report.Commands {
		byFate[c.LinkDies] = append(byFate[c.LinkDies], "commands."+c.Name)
		words[c.LinkDies] = c.Fate()
	}
	for _, f := range fates {
		if len(byFate[f]) > 0 {
			a.Points = append(a.Points, point{Head: words[f], Links: byFate[f]})
		}
	}
	return a
}

func (b *builder) breaks() answer {
	a := answer{Question: "What does this change break?", More: "changes", MoreText: "All changes"}
	if b.Review == nil {
		a.More, a.MoreText = "", ""
		a.Short = "This page compares with nothing."
		a.Points = []point{{Text: "Made with --against and the version that is in use, it says so here, and marks every change where it is."}}
		return a
	}
	broken := breaking.Broken(b.Review.Changes)
	switch {
	case len(b.Review.Changes) == 0:
		a.Short = "Nothing: nothing has changed."
	case len(broken) == 0:
		a.Short = "Nothing: " + countWords(b.Review.Changes) + "."
	default:
		a.Short = fmt.Sprintf("%s, against %s.", countWords(b.Review.Changes), b.Review.Against)
	}
	for _, c := range broken {
		a.Points = append(a.Points, point{Head: strings.TrimPrefix(c.Path, "$."), Text: c.Message + whom(c)})
	}
	return a
}

// facts are what one asks first of a protocol.
func (b *builder) facts() []fact {
	e := b.p.Endpoint
	clients := "not said"
	if e.Clients > 0 {
		clients = fmt.Sprint(e.Clients)
	}
	all := []fact{
		{Name: "TCP port", Text: fmt.Sprint(e.Port)},
		{Name: "TLS", Text: map[model.TLS]string{
			model.TLSNever: "never", model.TLSOptional: "if the caller asks for it", model.TLSAlways: "always",
		}[e.TLS]},
		{Name: "clients at once", Text: clients},
		{Name: "replies are matched by", Text: matchWords[b.p.Replies.Match] + b.p.Replies.ID},
		{Name: "commands in flight", Text: fmt.Sprint(b.p.Replies.InFlight)},
	}
	for _, s := range b.p.Sources {
		all = append(all, fact{Name: "source: " + s.ID, Text: s.Text})
	}
	return all
}

var matchWords = map[string]string{"order": "their order", "kind": "what kind of message they are", "id": "the field "}

func (b *builder) frames() (all []fact) {
	for _, f := range b.p.Frames {
		var ends []string
		for _, e := range f.Ends {
			ends = append(ends, endName(e))
		}
		text := f.Content + ", at most " + quantity.Size(f.Max)
		if len(ends) > 0 {
			text += ", received with " + strings.Join(ends, " or ") + " at the end, sent with " + endName(f.SendEnd)
		}
		if f.Doc != "" {
			text += ". " + f.Doc
		}
		all = append(all, fact{Name: b.id("frames." + f.Name), Text: text})
	}
	return all
}

// endName is what people call a line's end.
func endName(end string) string {
	if name, ok := endNames[end]; ok {
		return name
	}
	return visible(end)
}

var endNames = map[string]string{"\n": "LF", "\r\n": "CR LF", "\r": "CR", "\x00": "NUL"}

func inMode(mode string) string {
	if mode == "" {
		return ""
	}
	return "in mode " + mode + ": "
}
