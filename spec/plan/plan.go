package plan

import (
	"fmt"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// Of gives the session plan of p, its func fields nil, and a hook for each of
// them that must be filled in, in the order of the fields. The error says what
// the decoder of this version cannot receive, or that p names a message or
// command that it does not hold; a p that [spec.Load] has made has neither.
func Of(p *model.Protocol) (*session.Plan, []Hook, error) {
	b := newBuilder(p)
	b.header()
	b.messages()
	b.commands()
	b.script()
	b.sequences()
	b.liveness()
	b.answers()
	b.rest()
	if b.err != nil {
		return nil, nil, b.err
	}
	return b.plan, b.hooks, nil
}

// builder collects the plan, its hooks and the first error.
type builder struct {
	model   *model.Protocol
	plan    *session.Plan
	hooks   []Hook
	err     error
	message map[*model.Message]int
	command map[*model.Command]int
	isError map[*model.Message]bool // listed as an error of some command
	stepped map[*model.Command]bool
	// sequence is the command made of several whose steps are planned; nil: the session's
	// are.
	sequence *model.Command
}

func newBuilder(p *model.Protocol) *builder {
	b := &builder{
		model:   p,
		plan:    &session.Plan{},
		message: make(map[*model.Message]int, len(p.Messages)),
		command: make(map[*model.Command]int, len(p.Commands)),
		isError: map[*model.Message]bool{},
		stepped: stepped(p),
	}
	for i, m := range p.Messages {
		b.message[m] = i
	}
	for i, c := range p.Commands {
		b.command[c] = i
		for _, m := range c.Errors {
			b.isError[m] = true
		}
	}
	return b
}

func (b *builder) fail(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf(format, args...)
	}
}

func (b *builder) hook(h Hook) {
	h.Sequence = b.sequence
	b.hooks = append(b.hooks, h)
}

// messageIndex is m's place in the plan.
func (b *builder) messageIndex(m *model.Message, where string) int {
	i, ok := b.message[m]
	if !ok {
		b.fail("%s: names a message that the protocol does not have", where)
	}
	return i
}

// commandIndex is c's place in the plan.
func (b *builder) commandIndex(c *model.Command, where string) int {
	i, ok := b.command[c]
	if !ok {
		b.fail("%s: names a command that the protocol does not have", where)
	}
	return i
}

func (b *builder) header() {
	p := b.model
	b.plan.Vendor, b.plan.Version = p.Name, p.Version
	b.plan.Port = p.Endpoint.Port
	b.plan.PerCommand = p.Endpoint.PerCommand
	b.plan.TLS = word(b, tlsModes, p.Endpoint.TLS, "endpoint.tls")
	if p.Frame == nil {
		b.fail("frames: the protocol has no frame")
		return
	}
	if b.plan.Framing = codec.FramingOf(p.Frame); len(p.Frames) > 0 {
		b.plan.Framing = codec.FramingFor(p.Frames)
	}
	b.plan.Modes = p.Modes
	b.plan.Stream = session.Stream{Telnet: p.Stream.Telnet, Echo: p.Stream.Echo, SingleWrites: p.Stream.Write == "frame"}
}

func (b *builder) rest() {
	p := b.model
	t := p.Timeouts
	b.plan.Timeouts = session.Timeouts{
		Connect: t.Connect, Greeting: t.Greeting, Login: t.Login, Ready: t.Ready,
		Reply: t.Reply, Write: t.Write, Frame: t.Frame,
	}
	r := p.Reconnect
	b.plan.Reconnect = session.Reconnect{
		Initial: r.Initial, Factor: r.Factor, Max: r.Max, Jitter: r.Jitter,
		StableAfter: r.StableAfter, Refused: r.Refused,
		GiveUpAttempts: r.GiveUpAttempts, GiveUpElapsed: r.GiveUpElapsed,
	}
	b.plan.Match = word(b, matches, p.Replies.Match, "replies.match")
	b.plan.IDs = p.Replies.IDs
	b.plan.InFlight = max(p.Replies.InFlight, 1)
	b.plan.Late = word(b, lates, p.Replies.Late, "replies.late")
	b.plan.Unexpected = session.Unexpected{
		Frame:   word(b, policies, p.Unexpected.Frame, "unexpected.frame"),
		Message: word(b, policies, p.Unexpected.Message, "unexpected.message"),
		Reply:   word(b, policies, p.Unexpected.Reply, "unexpected.reply"),
	}
}
