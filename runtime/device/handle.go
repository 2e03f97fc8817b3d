package device

import (
	"fmt"
	"slices"
	"strings"
)

// Handle runs h for each received command of that name; the last Handle or
// Reply of a name counts. A connection's handlers run one after the other; one
// that blocks makes the device slow on that connection only, and one that ends
// its goroutine, as t.FailNow does, ends the connection. It panics where the
// plan has no such command.
func (d *Device) Handle(command string, h func(*Request)) {
	i := d.command(command)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.handlers[i] = h
}

// Reply answers each command of that name with the same frames.
func (d *Device) Reply(command string, frames ...string) {
	d.Handle(command, func(r *Request) {
		for _, f := range frames {
			r.Reply(f)
		}
	})
}

// Otherwise runs h for commands that have no handler of their own, which
// otherwise are recorded and not answered.
func (d *Device) Otherwise(h func(*Request)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.otherwise = h
}

// Greet sends these frames on each new connection.
func (d *Device) Greet(frames ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.greeting = nil
	for _, f := range frames {
		d.greeting = append(d.greeting, d.ended(f, d.greets))
	}
}

// command finds a command of the plan by its name.
func (d *Device) command(name string) int {
	var known []string
	for i, c := range d.plan.Commands {
		if c.Name == name {
			return i
		}
		known = append(known, c.Name)
	}
	slices.Sort(known)
	panic(fmt.Sprintf("device: %s has no command %q; it has %s", d.plan.Vendor, name, strings.Join(known, ", ")))
}

// greets reports whether a message is the greeting.
func (d *Device) greets(m int) bool { return slices.Contains(d.plan.Greeting, m) }

// ended is a frame with its line end, which a prompt does not have. Where it could be
// one of several messages, preferred ones come first.
func (d *Device) ended(frame string, preferred func(m int) bool) []byte {
	if d.prompts(frame) {
		return []byte(frame)
	}
	f := d.framingOf(frame, preferred)
	if f.Packet != nil {
		return f.Wrap(nil, []byte(frame))
	}
	return append([]byte(frame), sendEnd(*f)...)
}

// prompts reports whether a frame is a message that is complete without a line end.
func (d *Device) prompts(frame string) bool {
	for i := range d.plan.Messages {
		s := &d.plan.Messages[i].Shape
		if s.Prompt && s.Whole && frame == s.Prefix {
			return true
		}
		if s.Prompt && !s.Whole && strings.HasPrefix(frame, s.Prefix) && strings.HasSuffix(frame[len(s.Prefix):], s.Suffix) &&
			(s.Check == nil || s.Check([]byte(frame)) == nil) {
			return true
		}
	}
	return false
}

// handler is who answers a command; nil where nobody does. The caller holds the lock.
func (d *Device) handler(command int) func(*Request) {
	if h := d.handlers[command]; h != nil {
		return h
	}
	return d.otherwise
}
