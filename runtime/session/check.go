package session

import (
	"errors"
	"fmt"
	"slices"

	"github.com/linewright/linewright/runtime/wire"
)

// check finds what would break a session later: a nil function, an index out
// of range, a zero timeout.
func (p *Plan) check() error {
	if p.InFlight < 1 {
		return errors.New("in flight is below 1")
	}
	if p.Match == MatchID && p.IDs < 2 {
		return errors.New("there are no ids")
	}
	t := p.Timeouts
	if min(t.Connect, t.Greeting, t.Login, t.Ready, t.Reply, t.Write, t.Frame) <= 0 {
		return errors.New("a timeout is not positive")
	}
	if p.Reconnect.Factor < 1 || p.Reconnect.Initial <= 0 || p.Reconnect.Max < p.Reconnect.Initial {
		return errors.New("the reconnect schedule shrinks or does not wait")
	}
	for _, m := range p.Greeting {
		if err := p.checkMessage(m); err != nil {
			return fmt.Errorf("greeting: %w", err)
		}
	}
	for i := range p.Commands {
		if err := p.checkCommand(&p.Commands[i]); err != nil {
			return fmt.Errorf("command %s: %w", p.Commands[i].Name, err)
		}
	}
	for _, s := range p.steps() {
		if err := p.checkStep(s); err != nil {
			return err
		}
	}
	for i := range p.Sequences {
		if err := p.checkSequence(&p.Sequences[i]); err != nil {
			return fmt.Errorf("sequence %s: %w", p.Sequences[i].Name, err)
		}
	}
	for _, a := range p.Answers {
		if err := p.checkMessage(a.Message); err != nil {
			return fmt.Errorf("answers: %w", err)
		}
		if a.Handled && p.Messages[a.Message].Event != IsEvent {
			return fmt.Errorf("answers: nobody handles %s, which is no event", p.Messages[a.Message].Name)
		}
	}
	if err := p.checkModes(); err != nil {
		return err
	}
	for _, told := range p.intervals() {
		if told.Of != nil && (told.Unit <= 0 || told.AtLeast <= 0) {
			return errors.New("an interval that the server tells has no bounds")
		}
	}
	return p.checkHeartbeats()
}

func (p *Plan) checkHeartbeats() error {
	for beat := p.Liveness.Beat; beat != nil; beat = beat.Else {
		if beat.Every <= 0 {
			return errors.New("the beat's interval is not positive")
		}
	}
	for probe := p.Liveness.Probe; probe != nil; probe = probe.Else {
		if probe.Every <= 0 || probe.Timeout <= 0 || probe.Misses < 1 {
			return errors.New("the probe's timing is not positive")
		}
	}
	return nil
}

// intervals are those that the server may tell.
func (p *Plan) intervals() (all []Interval) {
	for probe := p.Liveness.Probe; probe != nil; probe = probe.Else {
		all = append(all, probe.Told)
	}
	for beat := p.Liveness.Beat; beat != nil; beat = beat.Else {
		all = append(all, beat.Told)
	}
	return all
}

// steps are all steps of the plan, the probe's, beat's, answers' and sequences' included.
func (p *Plan) steps() []*Step {
	var all []*Step
	for i := range p.Login {
		all = append(all, &p.Login[i])
	}
	for i := range p.Ready {
		all = append(all, &p.Ready[i])
	}
	if p.Standby != nil {
		all = append(all, &p.Standby.Send, &p.Standby.Interrupt)
	}
	if p.Logout != nil {
		all = append(all, p.Logout)
	}
	for probe := p.Liveness.Probe; probe != nil; probe = probe.Else {
		all = append(all, &probe.Step)
	}
	for beat := p.Liveness.Beat; beat != nil; beat = beat.Else {
		all = append(all, &beat.Step)
	}
	for i := range p.Answers {
		all = append(all, &p.Answers[i].Step)
	}
	for i := range p.Sequences {
		q := &p.Sequences[i]
		for n := range q.Steps {
			all = append(all, &q.Steps[n])
		}
		if q.Undo != nil {
			all = append(all, q.Undo)
		}
	}
	return all
}

func (p *Plan) checkStep(s *Step) error {
	switch s.Kind {
	case StepDo:
		if s.Command < 0 || s.Command >= len(p.Commands) {
			return fmt.Errorf("a step names command %d", s.Command)
		}
		if s.Encode == nil {
			return fmt.Errorf("step %s has no encoder", p.Commands[s.Command].Name)
		}
	case StepExpect:
		return p.checkMessage(s.Message)
	case StepLet:
		if s.Encode == nil || s.Let < 0 || s.Let >= p.Lets {
			return fmt.Errorf("a step makes value %d of %d", s.Let, p.Lets)
		}
	}
	return nil
}

func (p *Plan) checkMessage(m int) error {
	if m < 0 || m >= len(p.Messages) {
		return fmt.Errorf("there is no message %d", m)
	}
	return nil
}

func (p *Plan) checkCommand(c *Command) error {
	if c.ID && p.Match != MatchID {
		return errors.New("it has an id, and replies are not matched by it")
	}
	if c.untilClosed() && !c.Closes {
		return errors.New("neither a reply nor the end of the link ends what it is answered with")
	}
	for _, r := range slices.Concat(c.Replies, c.Errors, c.Each) {
		if err := p.checkMessage(r.Message); err != nil {
			return err
		}
	}
	if c.Lasting && (c.UndoneBy < None || c.UndoneBy >= len(p.Commands)) {
		return fmt.Errorf("it is undone by command %d", c.UndoneBy)
	}
	return nil
}

// anytime tells which messages may come unasked.
func (p *Plan) anytime() []bool {
	any := make([]bool, len(p.Messages))
	for i := range p.Messages {
		any[i] = p.Messages[i].Event.unasked() || p.Messages[i].Noise
	}
	for _, a := range p.Answers {
		any[a.Message] = true
	}
	return any
}

// acks tells which messages answer a probe.
func (p *Plan) acks(probe *Probe) []bool {
	acks := make([]bool, len(p.Messages))
	if probe != nil {
		for _, r := range p.Commands[probe.Step.Command].Replies {
			acks[r.Message] = true
		}
	}
	return acks
}

// dispatch builds the decoder's table.
func (p *Plan) dispatch() *wire.Dispatch {
	shapes := make([]wire.Shape, len(p.Messages))
	for i := range p.Messages {
		shapes[i] = p.Messages[i].Shape
	}
	return wire.NewDispatch(shapes)
}

// startsTLS reports whether TLS begins with a step of the script.
func (p *Plan) startsTLS() bool {
	for i := range p.Login {
		if p.Login[i].Kind == StepStartTLS {
			return true
		}
	}
	return false
}
