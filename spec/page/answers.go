package page

import (
	"fmt"
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// answer is one of the five that a reviewer comes for.
type answer struct {
	Question string
	Short    string
	Head     []string // of the table; empty: there is none
	Rows     [][]string
	Points   []point
	Breaks   []broken // of a review
	More     string   // the id where it is told at length
	MoreText string
}

// point is one line of an answer; Links are names that it is about.
type point struct {
	Head, Text, Wire string
	Links            []string
}

func (b *builder) answers() []answer {
	all := []answer{b.howFast(), b.howMany(), b.anyTime(), b.linkDies()}
	if b.Review != nil { // who reviews a change asks that first
		return append([]answer{b.breaks()}, all...)
	}
	return append(all, b.breaks())
}

func (b *builder) howFast() answer {
	a := answer{Question: "How fast is a dead link noticed?", Short: b.Report.Promise(), More: "noticing", MoreText: "Timeline and all cases"}
	a.Head = []string{"the device", "typically", "at worst"}
	mode := ""
	for _, n := range b.Report.Noticing {
		if n.Mode != mode {
			mode = n.Mode
			a.Rows = append(a.Rows, []string{"in mode " + mode})
		}
		a.Rows = append(a.Rows, []string{n.Words(), after(n.Typical, n.By), after(n.Worst, n.By)})
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
	a.Head = loadHead
	for _, r := range l.Restarts {
		a.Rows = append(a.Rows, []string{r.Words(), quantity.Count(r.Refused), quantity.Count(r.Peak), backWords(r)})
	}
	a.Points = b.loadPoints()
	if l.Device > 0 {
		a.Points = append(a.Points, point{Head: "by the document, it serves at once", Text: quantity.Count(l.Device)})
	}
	return a
}

func backWords(r explain.Restart) string {
	if r.GaveUp > 0 {
		return r.Back99.String() + "; " + quantity.Count(r.GaveUp) + " gave up"
	}
	return r.Back99.String()
}

func clientsWords(n int) string {
	if n == 1000 {
		return "a thousand clients"
	}
	return quantity.Count(n) + " clients"
}

func (b *builder) anyTime() answer {
	a := answer{Question: "Which lines can arrive at any time?", Short: b.Report.AnyTime(), More: "messages", MoreText: "All messages, byte by byte"}
	if len(b.Report.Unasked) > maxLines {
		a.Points = unaskedNames(b.Report.Unasked)
	} else {
		for _, u := range b.Report.Unasked {
			a.Points = append(a.Points, point{Links: []string{"messages." + u.Name}, Text: u.Words(), Wire: visible(strings.TrimSpace(u.Wire))})
		}
	}
	for _, m := range b.Report.Misfits {
		a.Points = append(a.Points, point{Head: m.Words(), Text: m.Fate()})
	}
	return a
}

// maxLines bounds the lines that an answer shows as the document writes them.
const maxLines = 8

// unaskedNames are the names of those that are alike, together.
func unaskedNames(all []explain.Unasked) (points []point) {
	at := map[string]int{}
	for _, u := range all {
		i, known := at[u.Words()]
		if !known {
			i = len(points)
			at[u.Words()] = i
			points = append(points, point{Head: u.Words()})
		}
		points[i].Links = append(points[i].Links, "messages."+u.Name)
	}
	return points
}

func (b *builder) linkDies() answer {
	a := answer{
		Question: "What happens to a command whose link dies?",
		Short:    b.Report.Fates(),
		More:     "commands", MoreText: "All commands, with their replies and errors",
	}
	for _, shared := range b.Report.ByFate() {
		p := point{Head: shared.Words}
		for _, name := range shared.Commands {
			p.Links = append(p.Links, "commands."+name)
		}
		a.Points = append(a.Points, p)
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
		text := f.Content + ", at most " + quantity.Size(f.Max)
		if len(f.Ends) > 0 {
			text += ", received with " + endsWords(f.Ends) + " at the end, sent with " + endName(f.SendEnd)
		}
		if f.Doc != "" {
			text += ". " + f.Doc
		}
		all = append(all, fact{Name: b.id("frames." + f.Name), Text: text})
	}
	return all
}

func endsWords(ends []string) string {
	var all []string
	for _, e := range ends {
		all = append(all, endName(e))
	}
	return strings.Join(all, " or ")
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
