package plan

import (
	"fmt"
	"slices"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/model"
)

func (b *builder) script() {
	s := &b.model.Session
	for _, m := range s.Greeting {
		b.plan.Greeting = append(b.plan.Greeting, b.messageIndex(m, "session.greeting"))
	}
	b.plan.Login = b.steps(s.Login, "Login", "session.login")
	b.plan.Ready = b.steps(s.Ready, "Ready", "session.ready")
	if p := s.Standby; p != nil {
		b.plan.Standby = &session.Standby{}
		b.step(&b.plan.Standby.Send, p.Send, "Standby.Send", "session.standby.send", nil)
		b.step(&b.plan.Standby.Interrupt, p.Interrupt, "Standby.Interrupt", "session.standby.interrupt", nil)
	}
	if s.Logout != nil {
		b.plan.Logout = &session.Step{}
		b.step(b.plan.Logout, s.Logout, "Logout", "session.logout", nil)
	}
}

func (b *builder) steps(steps []*model.Step, path, where string) []session.Step {
	if len(steps) == 0 {
		return nil
	}
	n := 0
	for _, s := range steps {
		n += max(1, len(s.Lets))
	}
	out := make([]session.Step, n)
	i := 0
	for n, s := range steps {
		for _, let := range s.Lets {
			b.let(&out[i], s, let, fmt.Sprintf("%s[%d]", path, i))
			i++
		}
		if len(s.Lets) == 0 {
			b.step(&out[i], s, fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("%s[%d]", where, n), nil)
			b.each(&out[i], s, fmt.Sprintf("%s[%d]", path, i))
			i++
		}
	}
	return out
}

// each is what a step of a command has more than one of the script.
func (b *builder) each(out *session.Step, s *model.Step, path string) {
	out.Early = b.sequence != nil && early(s)
	if s.For != nil {
		b.hook(Hook{Kind: For, Path: path + ".For", Slot: &out.For, Step: s})
	}
}

// let fills the step that makes one value.
func (b *builder) let(out *session.Step, s *model.Step, l *model.Let, path string) {
	*out = session.Step{Kind: session.StepLet, Let: l.Index, Command: session.None, Message: session.None}
	b.plan.Lets = max(b.plan.Lets, l.Index+1)
	b.hook(Hook{Kind: Encode, Path: path + ".Encode", Slot: &out.Encode, Step: s, Let: l})
	if len(s.When) > 0 {
		b.hook(Hook{Kind: When, Path: path + ".When", Slot: &out.When, Step: s})
	}
}

// stepped are the commands that steps send, the probe's and answers' included.
func stepped(m *model.Protocol) map[*model.Command]bool {
	steps := slices.Concat(m.Session.Login, m.Session.Ready, []*model.Step{m.Session.Logout})
	if p := m.Session.Standby; p != nil {
		steps = append(steps, p.Send, p.Interrupt)
	}
	for _, probe := range m.Liveness.Probes() {
		steps = append(steps, probe.Send)
	}
	for _, a := range m.Answers {
		steps = append(steps, a.Send)
	}
	for _, c := range m.Sequences {
		steps = append(append(steps, c.Steps...), c.UndoneBy)
	}
	sent := map[*model.Command]bool{}
	for _, s := range steps {
		if s != nil && s.Do != nil {
			sent[s.Do] = true
		}
	}
	return sent
}

// step fills out. Command and Message are None where the kind has none.
func (b *builder) step(out *session.Step, s *model.Step, path, where string, answers *model.Message) {
	*out = session.Step{Command: session.None, Message: session.None, RetryTimes: s.RetryTimes, RetryAfter: s.RetryAfter, Enters: s.Enters}
	switch {
	case s.Do != nil:
		out.Kind = session.StepDo
		out.Command = b.commandIndex(s.Do, where)
		b.hook(Hook{Kind: Encode, Path: path + ".Encode", Slot: &out.Encode, Command: s.Do, Step: s, Answers: answers})
	case s.Expect != nil:
		out.Kind = session.StepExpect
		out.Message = b.messageIndex(s.Expect, where)
	case s.StartTLS:
		out.Kind = session.StepStartTLS
	case s.Fail != "":
		out.Kind, out.Reason = session.StepFail, s.Fail
	case s.Refuse != "":
		out.Kind, out.Reason = session.StepRefuse, s.Refuse
	default:
		b.fail("%s: the step does nothing", where)
	}
	if len(s.When) > 0 {
		b.hook(Hook{Kind: When, Path: path + ".When", Slot: &out.When, Command: s.Do, Step: s, Answers: answers})
	}
}

func (b *builder) liveness() {
	l := &b.model.Liveness
	out := &b.plan.Liveness
	*out = session.Liveness{
		Silence: l.Silence, AckOnly: l.AckOnly, UserTimeout: l.UserTimeout,
		KeepAlive: session.KeepAlive{Idle: l.KeepAlive.Idle, Interval: l.KeepAlive.Interval, Count: l.KeepAlive.Count},
	}
	b.probe(&out.Probe, l.Probe, "Liveness.Probe")
	b.beat(&out.Beat, l.Beat, "Liveness.Beat")
}

// probe fills a probe, and those of other modes behind it.
func (b *builder) probe(out **session.Probe, p *model.Probe, path string) {
	if p == nil {
		return
	}
	*out = &session.Probe{In: p.In, Every: p.Every, Timeout: p.Timeout, Misses: max(p.Misses, 1), Always: p.Always}
	b.told(&(*out).Told, p.Told, path+".Told")
	b.step(&(*out).Step, p.Send, path+".Step", "liveness.probe", nil)
	b.probe(&(*out).Else, p.Else, path+".Else")
}

// beat is probe for what is not answered.
func (b *builder) beat(out **session.Beat, p *model.Beat, path string) {
	if p == nil {
		return
	}
	*out = &session.Beat{In: p.In, Every: p.Every}
	b.told(&(*out).Told, p.Told, path+".Told")
	b.step(&(*out).Step, p.Send, path+".Step", "liveness.beat", nil)
	b.beat(&(*out).Else, p.Else, path+".Else")
}

func (b *builder) answers() {
	if len(b.model.Answers) == 0 {
		return
	}
	b.plan.Answers = make([]session.Answer, len(b.model.Answers))
	for i, a := range b.model.Answers {
		where := fmt.Sprintf("answers[%d]", i)
		out := &b.plan.Answers[i]
		out.Message, out.Handled = b.messageIndex(a.Message, where), a.Handled
		b.step(&out.Step, a.Send, fmt.Sprintf("Answers[%d].Step", i), where, a.Message)
	}
}

// told fills an interval that the server tells.
func (b *builder) told(out *session.Interval, i *model.Interval, path string) {
	if i == nil {
		return
	}
	*out = session.Interval{Unit: i.Unit, AtLeast: i.AtLeast}
	b.hook(Hook{Kind: Told, Path: path + ".Of", Slot: &out.Of, Interval: i})
}
