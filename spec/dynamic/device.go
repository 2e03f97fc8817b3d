package dynamic

import (
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/answer"
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
	for _, frame := range p.examples(answer.Unasked(p.model)[p.Command(r.Command)]) {
		r.Emit(string(frame)) // no reply: it is not lost, late or doubled with them
	}
}
