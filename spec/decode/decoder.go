package decode

import (
	"maps"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// Decoder reads a capture. It is not for several goroutines at once.
type Decoder struct {
	model    *model.Protocol
	plan     *session.Plan
	sides    [2]side // by direction
	guarded  bool    // a command has a secret, and bytes that may be one are to be hidden
	expected []bool  // messages that a step of the session's script expects
	links    map[int]*link
	emit     func(Record) error
	err      error // of emit, the first
	totals   Totals
	coverage *Coverage
}

// side is what frames of one direction can be.
type side struct {
	framing   wire.Framing
	shapes    []wire.Shape
	dispatch  *wire.Dispatch
	names     []string
	templates []*model.Template
	items     []*Item // of the coverage
	nothing   string  // the reason where nothing begins so
}

// New makes a decoder that gives each record to emit. What emit refuses ends it.
func New(p *dynamic.Protocol, emit func(Record) error) *Decoder {
	d := &Decoder{model: p.Model(), plan: p.Plan(), links: map[int]*link{}, emit: emit, coverage: newCoverage(p.Model())}
	d.expected = make([]bool, len(d.plan.Messages))
	for _, steps := range [...][]session.Step{d.plan.Login, d.plan.Ready} {
		for i := range steps {
			if steps[i].Kind == session.StepExpect {
				d.expected[steps[i].Message] = true
			}
		}
	}
	messages, commands := &d.sides[Received], &d.sides[Sent]
	messages.nothing, commands.nothing = "no message begins so", "no command begins so"
	messages.framing, commands.framing = d.plan.Framing, d.plan.Framing.Reversed()
	for i, m := range d.model.Messages {
		messages.add(d.plan.Messages[i].Shape, m.Name, &m.Template)
	}
	for i, c := range d.model.Commands {
		commands.add(d.plan.Commands[i].Shape, c.Name, &c.Template)
		d.guarded = d.guarded || secretive(c.Template.Fields)
	}
	messages.items, commands.items = d.coverage.Messages, d.coverage.Commands
	for i := range d.sides {
		d.sides[i].dispatch = wire.NewDispatch(d.sides[i].shapes)
	}
	return d
}

func (s *side) add(shape wire.Shape, name string, t *model.Template) {
	s.shapes, s.names, s.templates = append(s.shapes, shape), append(s.names, name), append(s.templates, t)
}

// ShowUnknown shows also what was sent and begins as no command does, which may be a secret
// out of its place.
func (d *Decoder) ShowUnknown() { d.guarded = false }

// Take takes the next piece of the capture. The error is that of emit, or nil.
func (d *Decoder) Take(e Event) error {
	l := d.links[e.Conn]
	if l == nil {
		if e.Kind == Closed {
			return d.err // twice
		}
		l = d.open(e)
	}
	s := l.streams[e.From]
	s.at = e.At
	switch e.Kind {
	case Data:
		d.totals.Bytes += int64(len(e.Bytes))
		s.take(e.Bytes)
	case Missing:
		s.missing(e.Lost)
	case Closed:
		s.close(!e.Midway)
		if l.streams[e.From.other()].closed {
			delete(d.links, e.Conn)
		}
	}
	return d.err
}

// open begins a connection.
func (d *Decoder) open(e Event) *link {
	l := newLink(d, e.Conn, e.Midway)
	d.links[e.Conn] = l
	d.totals.Connections++
	if e.Kind == Opened && (e.Client != "" || e.Midway) {
		d.put(Record{Kind: Connection, At: e.At, Conn: e.Conn, Client: e.Client, Server: e.Server, Midway: e.Midway})
	}
	return l
}

// End ends the capture: what is not complete never will be. At is when.
func (d *Decoder) End(at time.Duration) error {
	for _, conn := range slices.Sorted(maps.Keys(d.links)) {
		for _, s := range d.links[conn].streams {
			s.at = at
			s.close(false)
		}
	}
	clear(d.links)
	return d.err
}

// Totals are what there was so far.
func (d *Decoder) Totals() Totals { return d.totals }

// Coverage is what of the document was seen so far.
func (d *Decoder) Coverage() *Coverage { return d.coverage }

// put counts a record and passes it on.
func (d *Decoder) put(r Record) {
	switch r.Kind {
	case Frame, Echo:
		d.totals.Frames++
	case Unknown:
		d.totals.Unknown++
		d.totals.BytesBad += r.Size
	case Cut:
		d.totals.BytesCut += r.Size
	case Gap:
		d.totals.BytesLost += r.Size
		d.totals.Gaps++
	}
	if d.err == nil {
		d.err = d.emit(r)
	}
}

// other is the other direction.
func (d Direction) other() Direction { return Received + Sent - d }

// LineEnd is what ends a line of a direction, for captures that are written down line by
// line; ok is false where frames are binary.
func LineEnd(p *dynamic.Protocol, from Direction) (end string, ok bool) {
	frame := p.Model().Frame
	switch {
	case frame.Content == "binary":
		return "", false
	case frame.Packet == nil && from == Sent:
		return frame.SendEnd, true
	case len(frame.Ends) > 0:
		return frame.Ends[0], true
	case frame.Packet != nil && len(frame.Packet.Ends) > 0:
		return frame.Packet.Ends[0], true
	case frame.EndsItself():
		return "\n", true
	}
	return "", true
}
