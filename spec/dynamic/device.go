package dynamic

import (
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/model"
)

// Device makes a fake device that speaks the protocol and greets and answers
// as [Protocol.Answer] says. Handle and Reply replace single answers.
func (p *Protocol) Device(opts ...device.Option) *device.Device {
	d := device.New(p.plan, opts...)
	var greetings []string
	for _, g := range p.Greetings() {
		greetings = append(greetings, string(g))
	}
	d.Greet(greetings...)
	d.Otherwise(p.Respond)
	return d
}

// Respond answers a command of a device by default, and says what the login
// awaits after it; a handler for [device.Device.Handle].
func (p *Protocol) Respond(r *device.Request) {
	if frame, ok := p.Answer(r.Command, r.Frame); ok {
		r.Reply(string(frame))
	}
	for _, m := range p.awaited(r.Command) {
		if frame, err := p.Example(m.Name, nil); err == nil {
			r.Reply(string(frame))
		}
	}
}

// awaited are the messages that the login expects after a command of its own,
// before it goes on.
func (p *Protocol) awaited(command string) (out []*model.Message) {
	after := false
	for _, step := range p.model.Session.Login {
		switch {
		case step.Do != nil && step.Do.Name == command:
			after = true
		case step.Do != nil && step.When == nil:
			after = false
		case step.Expect != nil && step.When == nil && after:
			out = append(out, step.Expect)
		}
	}
	return out
}
