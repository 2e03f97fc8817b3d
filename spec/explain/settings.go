package explain

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

// Setting is a number or a word that a client goes by, as a document would write it.
type Setting struct {
	Path  string `json:"path"`
	Value string `json:"value"`
	Given bool   `json:"given"` // by the document; else it is a default
	Line  int    `json:"line,omitempty"`
	// From says where a default comes from, where it follows from other numbers.
	From string `json:"from,omitempty"`
}

// list collects settings.
type list struct {
	root *document.Node
	all  []Setting
}

// settings are those of the sections that have defaults, in the document's usual order.
func settings(p *model.Protocol, data []byte) []Setting {
	l := &list{root: document.Load(data, report.NewList("", data))}
	l.add("endpoint.port", strconv.Itoa(int(p.Endpoint.Port)), "")
	l.add("endpoint.tls", string(p.Endpoint.TLS), "")
	if p.Endpoint.IdleClose > 0 {
		l.add("endpoint.idle_close", quantity.Duration(p.Endpoint.IdleClose), "")
	}
	l.stream(p)
	for _, f := range p.Frames {
		l.frame(f)
	}
	if !p.Endpoint.PerCommand {
		l.liveness(p)
	}
	t := p.Timeouts
	for _, d := range []struct {
		key   string
		value time.Duration
	}{
		{"connect", t.Connect},
		{"greeting", t.Greeting},
		{"login", t.Login},
		{"ready", t.Ready},
		{"reply", t.Reply},
		{"write", t.Write},
		{"frame", t.Frame},
	} {
		from := ""
		if d.key == "ready" {
			from = "timeouts.reply"
		}
		l.add("timeouts."+d.key, quantity.Duration(d.value), from)
	}
	l.reconnect(p)
	l.replies(p)
	return l.all
}

// add adds one; from is only told of a default.
func (l *list) add(path, value, from string) {
	s := Setting{Path: path, Value: value, From: from}
	keys := strings.Split(path, ".")
	if e, found := l.root.Nearest(keys...); found == len(keys) {
		s.Given, s.Line, s.From = true, e.Pos.Line, ""
	}
	l.all = append(l.all, s)
}

func (l *list) stream(p *model.Protocol) {
	l.add("stream.telnet", map[bool]string{true: "refuse", false: "none"}[p.Stream.Telnet], "")
	l.add("stream.write", p.Stream.Write, "")
}

func (l *list) frame(f *model.Frame) {
	at := "frames." + f.Name + "."
	l.add(at+"max", quantity.Size(f.Max), "")
	if f.Content == "text" {
		l.add(at+"max_line", quantity.Size(f.MaxLine), "max")
		l.add(at+"charset", f.Charset, "")
		l.add(at+"empty", f.Empty, "")
	}
}

func (l *list) liveness(p *model.Protocol) {
	life := &p.Liveness
	l.add("liveness.detect_within", quantity.Duration(life.DetectWithin), "")
	if probe := life.Probe; probe != nil {
		l.add("liveness.probe.every", quantity.Duration(probe.Every), "")
		l.add("liveness.probe.timeout", quantity.Duration(probe.Timeout), "")
		l.add("liveness.probe.misses", strconv.Itoa(probe.Misses), "")
		l.add("liveness.probe.when", map[bool]string{true: "always", false: "idle"}[probe.Always], map[bool]string{true: "life: probe"}[life.AckOnly])
	}
	if beat := life.Beat; beat != nil {
		l.add("liveness.beat.every", quantity.Duration(beat.Every), "")
	}
	if life.Silence > 0 {
		l.add("liveness.silence", quantity.Duration(life.Silence), "")
	}
	l.add("liveness.life", map[bool]string{true: "probe", false: "any"}[life.AckOnly], "")
	k := life.KeepAlive
	l.add("liveness.keepalive.idle", quantity.Duration(k.Idle), "the heartbeat's interval, or detect_within")
	l.add("liveness.keepalive.interval", quantity.Duration(k.Interval), "a third of probe.timeout")
	l.add("liveness.keepalive.count", strconv.Itoa(k.Count), "")
	l.add("liveness.user_timeout", quantity.Duration(life.UserTimeout), "the longer of what the heartbeat and keepalive take")
}

func (l *list) reconnect(p *model.Protocol) {
	r := p.Reconnect
	l.add("reconnect.initial", quantity.Duration(r.Initial), "")
	l.add("reconnect.factor", strconv.FormatFloat(r.Factor, 'f', -1, 64), "")
	l.add("reconnect.max", quantity.Duration(r.Max), "")
	l.add("reconnect.jitter", quantity.Percent(r.Jitter), "")
	l.add("reconnect.stable_after", quantity.Duration(r.StableAfter), "")
	refused := "stop"
	if r.Refused > 0 {
		refused = quantity.Duration(r.Refused)
	}
	l.add("reconnect.refused", refused, "")
	l.add("reconnect.give_up", giveUp(r), "")
}

func giveUp(r model.Reconnect) string {
	var limits []string
	if r.GiveUpAttempts > 0 {
		limits = append(limits, fmt.Sprintf("attempts: %d", r.GiveUpAttempts))
	}
	if r.GiveUpElapsed > 0 {
		limits = append(limits, "elapsed: "+quantity.Duration(r.GiveUpElapsed))
	}
	if limits == nil {
		return "never"
	}
	return "{" + strings.Join(limits, ", ") + "}"
}

func (l *list) replies(p *model.Protocol) {
	r := p.Replies
	match := r.Match
	if r.ID != "" {
		match = "{id: " + r.ID + "}"
	}
	l.add("replies.match", match, "")
	l.add("replies.in_flight", strconv.Itoa(r.InFlight), "")
	l.add("replies.late", r.Late, map[bool]string{true: "the id says whose it is"}[r.Match == "id"])
	if r.Gap > 0 {
		l.add("replies.gap", quantity.Duration(r.Gap), "")
	}
	u := p.Unexpected
	l.add("unexpected.frame", u.Frame, "")
	l.add("unexpected.message", u.Message, "")
	l.add("unexpected.reply", u.Reply, "")
}
