package page

import (
	"strconv"
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
)

// The layout of the timeline: hundredths of the width, and pixels down. To the left the
// device is well, and then it says nothing more.
const (
	timeLeft   = 4
	timeSilent = 30 // the device's last byte
	timeRight  = 93
	clientLane = 40
	deviceLane = 118
	timeHeight = 176
)

// moment is something that happens on the timeline.
type moment struct {
	At   explain.Seconds
	Text string
	kind momentKind
}

type momentKind string

const (
	lastByte momentKind = "last"
	asks     momentKind = "ask" // the client asks, or says that it is there
	noticed  momentKind = "bad"
)

// timeline is the picture of a peer being noticed, and what happens in it.
type timeline struct {
	picture
	Moments []moment
}

// timeline shows how a peer is noticed that falls silent right after a byte, which is
// when it takes longest.
func (b *builder) timeline() timeline {
	n, ok := b.silent()
	if !ok {
		return timeline{picture: picture{Title: "A silent device", Words: "Nothing notices it while the link is idle."}}
	}
	t := timeline{Moments: b.moments(n)}
	p := newPen(timeHeight)
	p.heads("go", "come", "ask")
	b.lanes(p)
	words, last := "", 0.0
	for i, m := range t.Moments {
		x := timeSilent + (timeRight-timeSilent)*float64(m.At)/float64(n.Worst)
		m.draw(p, x)
		if end := i == len(t.Moments)-1; end || x-last > 11 && timeRight-x > 11 {
			p.text("tick", "middle", x, timeHeight-22, m.Clock())
			last = x
		}
		words += m.Clock() + ": " + m.Text + ". "
	}
	since := "time since the last byte of " + b.p.Name
	if b.p.Endpoint.PerCommand {
		since = "time since the command was sent"
	}
	p.text("dim", "middle", (timeSilent+timeRight)/2, timeHeight-4, since)
	t.picture = p.done("A silent device is noticed", words)
	return t
}

// silent is the case that is drawn, where anything notices it.
func (b *builder) silent() (n explain.Noticing, ok bool) {
	for _, n := range b.Report.Noticing {
		if n.Case == explain.Idle || n.Case == explain.Busy && b.p.Endpoint.PerCommand {
			return n, n.Worst != explain.Never && n.Worst > 0
		}
	}
	return n, false
}

// lanes draws both sides, and how they speak while all is well.
func (b *builder) lanes(p *pen) {
	p.rect("silence", timeSilent, clientLane, timeRight-timeSilent, deviceLane-clientLane)
	p.text("dim", "middle", (timeSilent+timeRight)/2, deviceLane+17, "silence")
	p.text("strong", "start", 0, clientLane-22, "client")
	p.text("strong", "start", 0, deviceLane+22, b.p.Name)
	p.line("life", timeLeft, clientLane, timeRight, clientLane)
	p.line("life", timeLeft, deviceLane, timeSilent-2, deviceLane)
	p.line("quiet", timeSilent-2, deviceLane, timeRight, deviceLane)
	p.arrow("go", timeLeft+6, clientLane, timeLeft+10, deviceLane)
	p.arrow("come", timeLeft+12, deviceLane, timeLeft+16, clientLane)
	if !b.p.Endpoint.PerCommand {
		p.arrow("come", timeSilent-4, deviceLane, timeSilent, clientLane)
	}
}

func (m moment) draw(p *pen, x float64) {
	switch m.kind {
	case asks:
		p.arrow("ask", x, clientLane, min(x+3, timeRight), deviceLane-2)
		p.circle("dot-ask", x, clientLane, 5)
	case noticed:
		p.line("end", x, clientLane-14, x, deviceLane+10)
		p.circle("dot-bad", x, clientLane, 7)
		p.text("bad", "end", x, clientLane-20, "noticed")
	case lastByte:
		p.circle("dot-good", x, clientLane, 5)
	}
}

// Clock is when it happens.
func (m moment) Clock() string {
	if m.At == 0 {
		return "0"
	}
	return m.At.String()
}

// moments are what happens until the peer is given up.
func (b *builder) moments(n explain.Noticing) []moment {
	all := []moment{{0, "the last byte of " + b.p.Name, lastByte}}
	if b.p.Endpoint.PerCommand {
		all[0] = moment{0, "a command has been sent; no reply comes", asks}
	}
	all = append(all, b.asked(n)...)
	end := "given up: the link is reset, and the client dials again after " + span(b.Report.Schedule.Steps[0])
	if b.p.Endpoint.PerCommand {
		end = "given up: the connection is closed, and the command fails"
	}
	return append(all, moment{n.Worst, end, noticed})
}

// asked is what is sent into the silence.
func (b *builder) asked(n explain.Noticing) (all []moment) {
	probe, beat := b.p.Liveness.ProbeIn(model.ModeReady), b.p.Liveness.BeatIn(model.ModeReady)
	if n.By == "probe" {
		for i := range min(probe.Misses, maxMarks) {
			text := probe.Send.Do.Name + " is sent" + latest(probe) + "; no answer within " + words(probe.Timeout)
			if i > 0 {
				text = "once more (" + strconv.Itoa(i+1) + " of " + strconv.Itoa(probe.Misses) + ")"
			}
			all = append(all, moment{explain.Seconds(probe.Every + time.Duration(i)*probe.Timeout), text, asks})
		}
		return all
	}
	if beat != nil {
		all = repeated(n.Worst, beat.Every, beat.Every, beat.Send.Do.Name+" is sent, which has no answer")
	}
	if k := b.p.Liveness.KeepAlive; n.By == "kernel" && len(all) == 0 && k.Idle > 0 {
		all = repeated(n.Worst, k.Idle, k.Interval, "the operating system asks the other one; no acknowledgement")
	}
	return all
}

// latest is said where others say how often, so that it may be sooner.
func latest(p *model.Probe) string {
	if p.Told != nil {
		return ", at the latest"
	}
	return ""
}

// repeated happens first, and then at each step, until the peer is given up.
func repeated(worst explain.Seconds, first, step time.Duration, text string) (all []moment) {
	for at := first; explain.Seconds(at) < worst && len(all) < maxMarks; at += step {
		if len(all) > 0 {
			text = "again"
		}
		all = append(all, moment{explain.Seconds(at), text, asks})
	}
	return all
}

// maxMarks bounds what is drawn of a kind.
const maxMarks = 8

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
