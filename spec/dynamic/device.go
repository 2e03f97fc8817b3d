package dynamic

import (
	"slices"

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

// Respond answers a command of a device by default, and says what the session's
// script awaits after it; a handler for [device.Device.Handle].
func (p *Protocol) Respond(r *device.Request) {
	if frame, ok := p.Answer(r.Command, r.Frame); ok {
		r.Reply(string(frame))
	}
	for _, frame := range p.examples(p.awaited(r.Command)) {
		r.Reply(string(frame))
	}
}

// awaited are the messages that the script expects after a command that only
// the script sends, before it goes on; of no command, those at its beginning.
// What comes encrypted is not of the beginning.
func (p *Protocol) awaited(command string) (out []*model.Message) {
	if c := p.Command(command); c != nil && !p.scripted(c) {
		return nil
	}
	after := command == ""
	for _, step := range slices.Concat(p.model.Session.Login, p.model.Session.Ready) {
		switch {
		case step.Do != nil && step.Do.Name == command:
			after = true
		case step.Do != nil && step.When == nil, step.StartTLS && command == "":
			after = false
		case step.Expect != nil && step.When == nil && after:
			out = append(out, step.Expect)
		}
	}
	return out
}

// scripted reports whether only the session's script sends a command.
func (p *Protocol) scripted(c *model.Command) bool {
	probe := p.model.Liveness.Probe
	return c.Private && (probe == nil || probe.Send.Do != c)
}
