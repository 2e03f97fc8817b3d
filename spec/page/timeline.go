package page

import (
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
)

// mark is something that happens on the timeline.
type mark struct {
	at    explain.Seconds
	text  string
	class string
}

// The layout of the timeline, in pixels.
const (
	timeWidth = 680
	timeLeft  = 24
	timeRight = timeWidth - 24
)

// timeline shows how a peer is noticed that falls silent right after a byte, which is
// when it takes longest.
func (b *builder) timeline() picture {
	worst := explain.Never
	for _, n := range b.Report.Noticing {
		if n.Case == explain.Idle || n.Case == explain.Busy && b.p.Endpoint.PerCommand {
			worst = n.Worst
			break
		}
	}
	if worst == explain.Never || worst <= 0 {
		return picture{Title: "A silent peer", Words: "Nothing notices it while the link is idle."}
	}
	marks := b.marks(worst)
	p := newPen(timeWidth, 96+30*len(marks))
	axis := 40.0
	scale := func(s explain.Seconds) float64 {
		return timeLeft + (timeRight-timeLeft)*float64(s)/float64(worst)
	}
	p.line("quiet", timeLeft, axis, timeRight, axis)
	p.text("dim", "middle", timeWidth/2, axis-14, "silence")
	words := ""
	for i, m := range marks {
		x, y := scale(m.at), axis+34+30*float64(i)
		p.line("drop", x, axis, x, y-5)
		p.circle(m.class, x, axis, 6)
		label := m.at.String() + ": " + m.text
		if m.at == 0 {
			label = m.text
		}
		anchor, at := "start", x+8
		if x > timeWidth/2 {
			anchor, at = "end", x-8
		}
		p.text("label", anchor, at, y, label)
		words += label + ". "
	}
	p.line("axis", timeLeft, float64(66+30*len(marks)), timeRight, float64(66+30*len(marks)))
	p.text("dim", "start", timeLeft, float64(84+30*len(marks)), "0")
	p.text("dim", "end", timeRight, float64(84+30*len(marks)), worst.String())
	return p.done("A silent peer is noticed", words)
}

// marks are what happens until the peer is given up.
func (b *builder) marks(worst explain.Seconds) []mark {
	all := []mark{{0, "the last byte of the peer", "dot-good"}}
	probe := b.p.Liveness.ProbeIn(model.ModeReady)
	switch {
	case b.p.Endpoint.PerCommand:
		all[0].text = "a command has been sent"
	case probe != nil && probed(probe) <= time.Duration(worst):
		for i := range min(probe.Misses, maxMarks) {
			text := probe.Send.Do.Name + " is sent"
			if i > 0 {
				text = "no answer: once more"
			}
			all = append(all, mark{explain.Seconds(probe.Every + time.Duration(i)*probe.Timeout), text, "dot-ask"})
		}
	}
	return append(all, mark{worst, "given up: the link is reset, and the client dials again", "dot-bad"})
}

// maxMarks bounds the probes that are drawn.
const maxMarks = 8

func probed(p *model.Probe) time.Duration { return p.Every + time.Duration(p.Misses)*p.Timeout }

// noticingID is the id of a case, as a change calls it.
func noticingID(n explain.Noticing) string {
	if n.Mode != "" {
		return "liveness#" + string(n.Case) + "." + n.Mode
	}
	return "liveness#" + string(n.Case)
}

// after is a time of something that is noticed.
func after(s explain.Seconds, by string) string {
	if by == "close" {
		return "at once"
	}
	return s.String()
}
