package device

import (
	"fmt"
)

// Generated1 is used by typed fakes that were generated for this version of the
// package; see runtime.Generated1.
const Generated1 = true

// Message is a message or a request of a generated package. The functions that
// send one panic where a value does not fit its field: a test asks for what no
// device can send.
type Message interface {
	AppendFrame(dst []byte) ([]byte, error)
}

// Readable is a pointer to a message or a request that can be read from a frame.
type Readable[M any] interface {
	*M
	ParseFrame(frame []byte) error
}

// Reply is [Request.Reply] with a message.
func Reply(r *Request, m Message) {
	r.Reply(r.peer.d.frame(fmt.Sprintf("reply to %s with", r.Command), m))
}

// Emit is [Scope.Emit] with a message.
func Emit(s *Scope, m Message) { s.Emit(s.d.frame("emit", m)) }

// RefuseLogin is [Scope.RefuseLogin] with a message:
//
//	device.RefuseLogin(unit.Next().Scope, &acme.Denied{})
func RefuseLogin(s *Scope, m Message) { s.RefuseLogin(s.d.frame("refuse a login with", m)) }

// Greet is [Device.Greet] with messages.
func Greet(d *Device, messages ...Message) {
	var frames []string
	for _, m := range messages {
		frames = append(frames, d.frame("greet with", m))
	}
	d.Greet(frames...)
}

// frame is a message without its line end.
func (d *Device) frame(what string, m Message) string {
	bytes, err := m.AppendFrame(nil)
	if err != nil {
		panic(fmt.Sprintf("device: cannot %s %T: %v", what, m, err))
	}
	return string(d.unframed(bytes))
}

// Example is the message that a frame is, which must be one: an example of the
// spec, for instance.
func Example[M any, P Readable[M]](frame string) P {
	m := P(new(M))
	if err := m.ParseFrame([]byte(frame)); err != nil {
		panic(fmt.Sprintf("device: %q is no %T: %v", frame, m, err))
	}
	return m
}

// Parse reads the command into its request. It panics where it is another
// command's.
func Parse[M any, P Readable[M]](r *Request, into P) {
	if err := into.ParseFrame(r.Frame); err != nil {
		panic(fmt.Sprintf("device: the command %s is no %T: %v", r.Command, into, err))
	}
}

// Requests are the received commands of that name as requests, oldest first.
func Requests[M any, P Readable[M]](d *Device, command string) []M {
	records := d.History().Commands(command)
	list := make([]M, len(records))
	for i, r := range records {
		if err := P(&list[i]).ParseFrame(r.Frame); err != nil {
			panic(fmt.Sprintf("device: the command %s is no %T: %v", command, list[i], err))
		}
	}
	return list
}
