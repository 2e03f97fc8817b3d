package explain

import (
	"slices"
	"strconv"
	"time"

	"github.com/linewright/linewright/spec/model"
)

// Case is a way in which a peer stops being there.
type Case string

// The cases, on a link that is ready.
const (
	Closed  Case = "closed"  // it ends or resets the connection
	Idle    Case = "idle"    // it is gone without a word (cable, power, firewall), and no command waits
	Busy    Case = "busy"    // the same, and a command waits for its reply
	Frozen  Case = "frozen"  // its program hangs; its kernel still acknowledges
	MidWord Case = "midword" // it stops inside a frame
	Drips   Case = "drips"   // it sends a frame byte by byte, without an end
	Deaf    Case = "deaf"    // it sends, but reads no more
)

// Words says what a case is; [Noticing.Words] also says from when its time counts.
func (c Case) Words() string {
	return map[Case]string{
		Closed:  "it closes or resets the connection",
		Idle:    "gone without a word, link idle",
		Busy:    "gone without a word, a command waits",
		Frozen:  "its program hangs, its kernel acknowledges",
		MidWord: "it stops inside a frame",
		Drips:   "it sends a frame byte by byte, and never its end",
		Deaf:    "it sends, but reads nothing",
	}[c]
}

// Noticing is how soon the client declares a peer dead, counted from when the peer
// last did what it should.
type Noticing struct {
	Mode    string  `json:"mode,omitempty"` // of the link, where modes differ in it
	Case    Case    `json:"case"`
	Typical Seconds `json:"typical_s"`
	Worst   Seconds `json:"worst_s"`
	By      string  `json:"by"` // what notices: close, probe, silence, reply, kernel, frame, write, nothing
	Why     string  `json:"why"`
}

// Words says what a case is, and from when its time counts where that is not when the
// device ends.
func (n Noticing) Words() string {
	if n.Case == Deaf && n.By == "write" {
		return n.Case.Words() + ": from when a write no longer completes"
	}
	return n.Case.Words()
}

// watch is what keeps watch in a mode.
type watch struct {
	p       *model.Protocol
	mode    string
	probe   *model.Probe
	beat    *model.Beat
	silence time.Duration
}

// watches are those of all modes that a link can be in when it is ready, each once.
func watches(p *model.Protocol) (all []watch) {
	l := &p.Liveness
	for i, name := range append([]string{"ready"}, p.Modes...) {
		mode := i + model.ModeReady
		w := watch{p: p, mode: name, probe: l.ProbeIn(mode), beat: l.BeatIn(mode), silence: l.Silence}
		alike := func(o watch) bool { return o.probe == w.probe && o.beat == w.beat }
		if !slices.ContainsFunc(all, alike) {
			all = append(all, w)
		}
	}
	if len(all) == 1 {
		all[0].mode = ""
	}
	return all
}

func noticing(p *model.Protocol) (rows []Noticing) {
	if p.Endpoint.PerCommand {
		return perCommand(p)
	}
	rows = append(rows, Noticing{Case: Closed, By: "close", Why: "the kernel tells at once"})
	for _, w := range watches(p) {
		idle, frozen := w.idle(), w.frozen()
		for _, row := range []Noticing{idle, w.busy(idle), frozen, w.midWord(idle), w.drips(), w.deaf()} {
			row.Mode = w.mode
			rows = append(rows, row)
		}
	}
	return rows
}

// perCommand is where each command has a connection of its own: nothing is open that
// could fall silent unnoticed.
func perCommand(p *model.Protocol) []Noticing {
	worst := time.Duration(0)
	for _, c := range called(p) {
		worst = max(worst, replyTime(p, c))
	}
	return []Noticing{
		{Case: Closed, By: "close", Why: "the kernel tells at once; there is a connection only while a command runs"},
		{
			Case: Busy, Typical: Seconds(replyTypical(p)), Worst: Seconds(worst), By: "reply",
			Why: "the command's reply time; each has its own connection, and before it what connecting takes",
		},
	}
}

// own is when the client's own watchdog declares a silent peer dead. At worst that
// counts from right after its last byte; typically the peer ends in the middle of the
// heartbeat's cycle.
func (w watch) own() (n Noticing, ok bool) {
	n = Noticing{Typical: Never, Worst: Never}
	if w.probe != nil {
		n = w.probed()
	}
	if s := Seconds(w.silence); s > 0 && s < n.Worst {
		n.Typical, n.Worst = s, s
		if w.probe != nil && w.silence > w.probe.Every { // which keeps it from speaking up
			n.Typical -= Seconds(w.probe.Every / 2)
		}
		n.By, n.Why = "silence", "the device says something at least every "+s.String()
	}
	return n, n.By != ""
}

func (w watch) probed() Noticing {
	worst := Seconds(w.probe.Bound())
	return Noticing{Typical: worst - Seconds(w.probe.Every/2), Worst: worst, By: "probe", Why: probeSum(w.probe)}
}

// acks is when a peer is declared dead that sends whatever it likes, but for the answer
// to the probe; ok is false where all that it sends is life.
func (w watch) acks() (n Noticing, ok bool) {
	if w.probe == nil || !w.p.Liveness.AckOnly {
		return n, false
	}
	return w.probed(), true
}

// probeSum says how the bound comes about.
func probeSum(p *model.Probe) string {
	since := "after the last byte"
	if p.Always {
		since = "after the last probe"
	}
	upTo := ""
	if p.Told != nil {
		upTo = "at most "
	}
	return p.Send.Do.Name + " " + upTo + Seconds(p.Every).String() + " " + since + ", " + times(p.Misses) + Seconds(p.Timeout).String() + " for its answer"
}

func times(n int) string {
	if n == 1 {
		return ""
	}
	return strconv.Itoa(n) + " × "
}

// idle is a peer that is gone while nothing is asked of it.
func (w watch) idle() Noticing {
	n, ok := w.own()
	if !ok {
		bound := Seconds(w.p.Liveness.KernelBound(w.beat))
		n.Typical, n.Worst, n.By = bound, allowed(bound), "kernel"
		n.Why = "only the kernel watches (this is Linux; others are below)"
	}
	n.Case = Idle
	return n
}

// busy is a peer that is gone while a command waits.
func (w watch) busy(idle Noticing) Noticing {
	n := idle
	n.Case = Busy
	if w.probe != nil && w.probe.Behind != nil && n.By == "probe" {
		held := Seconds(replyTime(w.p, w.probe.Behind))
		n.Worst += held
		n.Why += ", and as long as " + w.probe.Behind.Name + " waits for its reply before (" + held.String() + ")"
	}
	if w.p.Replies.Match != "order" || w.p.Replies.Late != "close" {
		return n
	}
	worst, typical := Seconds(0), Seconds(replyTypical(w.p))
	for _, c := range called(w.p) {
		if t := replyTime(w.p, c); t >= 0 {
			worst = max(worst, Seconds(t))
		} else {
			worst = Never
		}
	}
	if len(called(w.p)) > 0 && worst < n.Worst {
		n.Worst, n.By = worst, "reply"
		n.Why = "a reply that is late ends the link: replies come in order, and the next would be taken for it"
	}
	if n.Typical > typical && typical > 0 {
		n.Typical = typical
	}
	return n
}

// frozen is a peer whose kernel says that all is well.
func (w watch) frozen() Noticing {
	n, ok := w.own()
	n.Case = Frozen
	if !ok {
		n.By, n.Why = "nothing", "no probe and no silence: the kernel at the other end acknowledges for a program that hangs"
	}
	return n
}

// midWord is a peer that is gone behind half a frame: whoever counts from the last byte
// counts from its end, which is in no other point of the heartbeat's cycle.
func (w watch) midWord(idle Noticing) Noticing {
	n := idle
	n.Case = MidWord
	if n.By != "kernel" {
		n.Typical = n.Worst
	}
	if w.probe != nil && w.probe.Always {
		n.Typical = min(n.Worst, w.probed().Typical)
	}
	if frame := Seconds(w.p.Timeouts.Frame); frame < n.Worst {
		n.Worst, n.By = frame, "frame"
		n.Typical = min(n.Typical, frame)
		n.Why = "timeouts.frame: from a frame's first byte to its last"
	}
	return n
}

// drips is a peer whose every byte is life, and whose frame never ends.
func (w watch) drips() Noticing {
	frame := Seconds(w.p.Timeouts.Frame)
	n := Noticing{
		Case: Drips, Typical: frame, Worst: frame, By: "frame",
		Why: "timeouts.frame: from a frame's first byte to its last",
	}
	if acks, ok := w.acks(); ok && acks.Worst < frame {
		acks.Case = Drips
		return acks
	}
	return n
}

// deaf is a peer that is alive by what it sends.
func (w watch) deaf() Noticing {
	if acks, ok := w.acks(); ok {
		acks.Case = Deaf
		return acks
	}
	write := Seconds(w.p.Timeouts.Write)
	return Noticing{Case: Deaf, Typical: write, Worst: write, By: "write", Why: "timeouts.write. " + w.buffered()}
}

// buffered is what notices a peer that does not read as long as buffers take what is
// written.
func (w watch) buffered() string {
	r, always := w.p.Replies, w.probe != nil && w.probe.Always
	idle := "while none does, nothing is written and nothing noticed"
	switch {
	case always && r.Match == "order":
		idle = "a heartbeat without an answer ends the link"
	case always || w.beat != nil || len(w.p.Answers) > 0:
		idle = "while none does, nothing is noticed"
	case w.probe != nil:
		idle = "while none does, what comes holds the heartbeat back: nothing is written and nothing noticed"
	}
	then := " fails after its reply's time; "
	if r.Match == "order" && r.Late == "close" {
		then = " ends the link after its reply's time; "
	}
	return "Before that, a command that waits" + then + idle
}
