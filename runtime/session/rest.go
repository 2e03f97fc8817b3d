package session

import "github.com/linewright/linewright/runtime/wire"

// maxSpare bounds what is kept with a spare call, in bytes.
const maxSpare = 4096

// busy is what a session needs only while it has something to do. It is lent to
// it: an idle one, of which there may be thousands, is small.
type busy struct {
	now      Now // of the current step
	passing  passing
	fx       Effects
	vars     Vars
	script   script
	queue    queue
	batch    batch
	flight   flight
	standby  standby
	sequence sequence
	spare    *Call // of a probe, an answer or a beat that has ended; nil: none
}

// wakes borrows what the session needs to do something.
func (s *Session) wakes() {
	if s.busy != nil {
		return
	}
	s.busy = s.lent.Get().(*busy)
	s.vars = Vars{Params: s.params, Captured: s.captured, Lets: s.lets, TLS: s.tls, Counter: &s.counter}
}

// Rest gives back what the session needs only while something goes on. A driver
// may call it at the end of any step whose effects it has taken and Reset; what
// is still needed stays.
func (s *Session) Rest() {
	if s.busy != nil && s.idle() {
		s.script, s.vars, s.passing = script{}, Vars{}, passing{}
		if len(s.plan.Sequences) > 0 {
			s.sequence = sequence{} // it knows what our server has said
		}
		s.restPosts()
		s.lent.Put(s.busy)
		s.busy = nil
	}
	if d := s.link.decoder; d != nil && d.Fresh() {
		s.decoders.Put(d)
		s.link.decoder = nil
	}
}

// idle reports whether nothing goes on: no command, no script, and nothing that the
// driver is asked for. What then is left in busy means nothing.
func (s *Session) idle() bool {
	b := s.busy
	return (s.link.phase == noLink || s.link.phase == up && b.passing.over(b.now.Mono)) && b.fx.None() && b.script.current == nil &&
		b.queue.control.n == 0 && b.queue.callers.n == 0 && b.flight.list.n == 0 && b.batch.idle() &&
		b.sequence.call == nil && !b.sequence.holds()
}

// ownCall is a call of the session's own: a heartbeat makes no garbage.
func (s *Session) ownCall(command int) *Call {
	c := s.spare
	if c == nil {
		return &Call{Command: command}
	}
	s.spare = nil
	*c = Call{Command: command, Frame: c.Frame[:0], Echo: c.Echo[:0]}
	return c
}

// recycle keeps a call of the session's own that has ended, where nobody else knows it.
func (s *Session) recycle(c *Call) {
	if (c.entry.role == forProbe || c.entry.role == forAnswer) && cap(c.Frame)+cap(c.Echo) <= maxSpare {
		s.spare = c
	}
}

// decoder is the link's.
func (s *Session) decoder() *wire.Decoder {
	if s.link.decoder == nil {
		s.link.decoder = s.decoders.Get().(*wire.Decoder)
		if s.plan.Stream.Echo {
			s.link.decoder.SkipBy(s)
		}
	}
	return s.link.decoder
}
