package page

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
)

// The layout of the session's picture, in pixels.
const (
	sessionWidth = 620
	clientX      = 96
	deviceX      = sessionWidth - 96
	arrowStep    = 40
	bandHead     = 34
)

// band is a part of a link's life.
type band struct {
	name, limit string
	steps       []step
}

// step is one thing that happens in it: an arrow, or a note.
type step struct {
	text     string
	toDevice bool
	note     bool
}

// session draws a link's life, from the dial to the loss.
func (b *builder) session() picture {
	bands := b.bands()
	height := 40
	for _, band := range bands {
		height += bandHead + arrowStep*len(band.steps) + 10
	}
	p := newPen(sessionWidth, height+8)
	p.text("strong", "middle", clientX, 20, "client")
	p.text("strong", "middle", deviceX, 20, b.p.Name)
	y := 34.0
	var words []string
	for _, band := range bands {
		words = append(words, band.name+" "+band.limit)
		y = band.draw(p, y)
	}
	p.path("loop", loop(46, y-18, 34+bandHead/2))
	return p.done("A link from its dial to its loss", strings.Join(words, "; ")+"; and from the start again")
}

// loop is the way back to the beginning, along the left edge.
func loop(from, y, top float64) string {
	f := func(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
	return "M16 " + f(y) + "H8V" + f(top) + "H16m-5 -4l6 4l-6 4"
}

func (d band) draw(p *pen, y float64) float64 {
	h := float64(bandHead + arrowStep*len(d.steps))
	p.rounded("band", 18, y, sessionWidth-26, h)
	p.text("strong", "start", 30, y+21, d.name)
	p.text("dim", "end", sessionWidth-20, y+21, d.limit)
	at := y + bandHead
	if len(d.steps) > 0 {
		p.line("life", clientX, at, clientX, y+h-6)
		p.line("life", deviceX, at, deviceX, y+h-6)
	}
	for _, s := range d.steps {
		mid := at + 24
		switch {
		case s.note:
			p.text("note", "middle", sessionWidth/2, mid, short(s.text, 70))
		case s.toDevice:
			p.text("wiretext", "middle", sessionWidth/2, mid-7, short(s.text, 54))
			p.arrow("go", clientX, mid, deviceX)
		default:
			p.text("wiretext", "middle", sessionWidth/2, mid-7, short(s.text, 54))
			p.arrow("come", deviceX, mid, clientX)
		}
		at += arrowStep
	}
	return y + h + 10
}

// bands are the parts of a link's life that this protocol has.
func (b *builder) bands() []band {
	p, limits := b.p, map[string]string{}
	for _, phase := range b.Report.Phases {
		limits[phase.Name] = "within " + phase.Limit.String()
	}
	connect := band{name: "connect", limit: limits["connect"], steps: []step{{text: "TCP, port " + strconv.Itoa(int(p.Endpoint.Port)), toDevice: true}}}
	switch p.Endpoint.TLS {
	case model.TLSAlways:
		connect.steps = append(connect.steps, step{text: "TLS handshake", toDevice: true})
	case model.TLSOptional:
		connect.steps = append(connect.steps, step{text: "TLS, if the caller asks for it", note: true})
	}
	all := []band{connect}
	if len(p.Session.Greeting) > 0 {
		all = append(all, band{name: "greeting", limit: limits["greeting"], steps: []step{{text: wires(p.Session.Greeting)}}})
	}
	for _, part := range []struct {
		name  string
		steps []*model.Step
	}{{"login", p.Session.Login}, {"getting ready", p.Session.Ready}} {
		if len(part.steps) > 0 {
			all = append(all, band{name: part.name, limit: limits["login"], steps: b.steps(part.steps)})
		}
	}
	return append(all, b.readyBand(), b.lostBand())
}

// steps are what a script does, one after the other.
func (b *builder) steps(script []*model.Step) (all []step) {
	for _, s := range script {
		on := ""
		if len(s.When) > 0 {
			on = "if " + condWords(s.When) + ": "
		}
		switch {
		case s.Do != nil:
			all = append(all, step{text: on + oneLine(source(&s.Do.Template)), toDevice: true})
			if len(s.Do.Replies) > 0 {
				all = append(all, step{text: wires(s.Do.Replies)})
			}
		case s.Expect != nil:
			all = append(all, step{text: on + oneLine(source(&s.Expect.Template))})
		case s.StartTLS:
			all = append(all, step{text: on + "TLS handshake", toDevice: true})
		case s.Fail != "":
			all = append(all, step{text: on + "the link has failed: " + s.Fail, note: true})
		case s.Refuse != "":
			all = append(all, step{text: on + "the client is refused: " + s.Refuse, note: true})
		default:
			all = append(all, step{text: on + "values are computed for what follows", note: true})
		}
	}
	return all
}

func condWords(conds []*model.Cond) string {
	var all []string
	for _, c := range conds {
		word := "TLS"
		switch {
		case c.Param != nil:
			word = c.Param.Name
		case c.Message != nil:
			word = c.Message.Name
			for _, f := range c.Path {
				word += "." + f.Name
			}
		}
		if c.Not {
			word = "no " + word
		}
		all = append(all, word)
	}
	return strings.Join(all, " and ")
}

// readyBand is what goes on while the link is ready.
func (b *builder) readyBand() band {
	d := band{name: "ready", limit: "until the link is lost"}
	if b.p.Endpoint.PerCommand {
		return band{name: "one command", limit: "then the link is closed", steps: []step{
			{text: "the command", toDevice: true}, {text: "its reply"},
		}}
	}
	d.steps = []step{{text: "commands of callers", toDevice: true}, {text: "replies"}}
	if len(b.Report.Unasked) > 0 {
		d.steps = append(d.steps, step{text: "at any time: " + unaskedNames(b.Report.Unasked)})
	}
	if probe := b.p.Liveness.ProbeIn(model.ModeReady); probe != nil {
		when := " after silence"
		if probe.Always {
			when = ", always"
		}
		d.steps = append(d.steps,
			step{text: "heartbeat " + probe.Send.Do.Name + ", " + explain.Seconds(probe.Every).String() + when, toDevice: true},
			step{text: probe.Send.Do.Replies[0].Name + " within " + explain.Seconds(probe.Timeout).String()})
	}
	if beat := b.p.Liveness.BeatIn(model.ModeReady); beat != nil {
		d.steps = append(d.steps, step{text: "beat " + beat.Send.Do.Name + ", every " + explain.Seconds(beat.Every).String(), toDevice: true})
	}
	if s := b.p.Liveness.Silence; s > 0 {
		d.steps = append(d.steps, step{text: "something at least every " + explain.Seconds(s).String()})
	}
	return d
}

func unaskedNames(all []explain.Unasked) string {
	var names []string
	for _, u := range all {
		names = append(names, u.Name)
	}
	return strings.Join(names, ", ")
}

// lostBand is what comes after the loss.
func (b *builder) lostBand() band {
	s := b.Report.Schedule
	first, last := s.Steps[0], s.Steps[len(s.Steps)-1]
	d := band{name: "lost: wait, then dial again", limit: "as long as it takes"}
	d.steps = append(d.steps, step{note: true, text: "first " + span(first) + ", at last " + span(last)})
	switch {
	case s.Refused == explain.Never:
		d.steps = append(d.steps, step{note: true, text: "a client that is refused stops"})
	default:
		d.steps = append(d.steps, step{note: true, text: "a client that is refused waits for up to " + s.Refused.String()})
	}
	if s.GiveUpAttempts > 0 || s.GiveUpElapsed != explain.Never {
		d.limit = "until it gives up"
	}
	return d
}

func span(d explain.Delay) string { return d.Shortest.String() + " to " + d.Longest.String() }

func wires(messages []*model.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, oneLine(source(&m.Template)))
	}
	return strings.Join(all, "  or  ")
}

func oneLine(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "\n", " ⏎ ") }
