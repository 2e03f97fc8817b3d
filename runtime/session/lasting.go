package session

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// lasting remembers the calls that are sent again after each reconnect, in
// the order in which they were first made.
type lasting struct {
	entries []lastingEntry // command None: taken back
	at      map[string]int // by command and key
	gone    int            // of the entries
	calls   uint64         // that callers have submitted, ever
}

// next numbers a call.
func (l *lasting) next() uint64 {
	if l == nil {
		return 0
	}
	l.calls++
	return l.calls
}

type lastingEntry struct {
	command int
	key     []byte
	echo    []byte
	frame   []byte
	id      uint64 // in frame; it is held as long as the entry
	order   uint64 // of the call
}

// remember keeps a call that the server has taken; a later one of the same key
// replaces it, whichever is answered first.
func (s *Session) remember(c *Call) {
	l, name := s.lasting, lastingName(c.Command, c.Lasting)
	i, ok := l.at[name]
	if ok && l.entries[i].order > c.entry.order {
		return
	}
	s.ids.hold(c.ID)
	if ok {
		e := &l.entries[i]
		s.ids.free(e.id)
		e.frame, e.echo = append(e.frame[:0], c.Frame...), append(e.echo[:0], c.Echo...)
		e.id, e.order = c.ID, c.entry.order
		return
	}
	if l.at == nil {
		l.at = make(map[string]int)
	}
	l.at[name] = len(l.entries)
	l.entries = append(l.entries, lastingEntry{c.Command, bytes.Clone(c.Lasting), bytes.Clone(c.Echo), bytes.Clone(c.Frame), c.ID, c.entry.order})
}

func lastingName(command int, key []byte) string {
	return string(append(binary.AppendVarint(nil, int64(command)), key...))
}

// forget takes an entry back. Its place is kept until half of them are empty.
func (s *Session) forget(command int, key []byte) {
	l, name := s.lasting, lastingName(command, key)
	if l == nil {
		return
	}
	i, ok := l.at[name]
	if !ok {
		return
	}
	delete(l.at, name)
	s.ids.free(l.entries[i].id)
	l.entries[i] = lastingEntry{command: None}
	if l.gone++; l.gone <= len(l.entries)/2 {
		return
	}
	l.entries = slices.DeleteFunc(l.entries, func(e lastingEntry) bool { return e.command == None })
	l.gone = 0
	for i, e := range l.entries {
		l.at[lastingName(e.command, e.key)] = i
	}
}

// outlives reports that a call needs no link to end well: its caller has gone,
// and the replay sends it.
func (s *Session) outlives(c *Call) bool {
	return c.entry.detached && !c.entry.undone && s.plan.Commands[c.Command].Lasting &&
		s.state != Draining && s.state != Closed
}

// moot reports that nobody wants what a call that was handed over asked for: it was
// taken back, or takes back itself what has died with the link.
func (s *Session) moot(c *Call) bool {
	return c.entry.detached && (c.entry.undone || s.plan.Commands[c.Command].Undoes)
}

// Forget takes back the lasting calls that c undoes, where c itself cannot be
// submitted: its caller has gone, and wants them gone.
func (s *Session) Forget(c *Call) {
	if c.Sequence == nil && s.plan.Commands[c.Command].Undoes {
		s.wakes()
		s.undo(c)
	}
}

// undo takes back the lasting calls of c's key: those that are remembered, and
// those that are still on their way, which must not come to be remembered.
func (s *Session) undo(c *Call) {
	undoes := func(command int, key []byte) bool {
		return s.plan.Commands[command].UndoneBy == c.Command && bytes.Equal(key, c.Lasting)
	}
	for i := range s.plan.Commands {
		if s.plan.Commands[i].UndoneBy == c.Command {
			s.forget(i, c.Lasting)
		}
	}
	for _, list := range []*calls{&s.queue.callers, &s.batch.unanswered, &s.flight.list} {
		for other := list.head; other != nil; other = other.entry.next {
			other.entry.undone = other.entry.undone || undoes(other.Command, other.Lasting)
		}
	}
}

// replay makes the calls to send after a reconnect.
func (s *Session) replay() []*Call {
	l := s.lasting
	if l == nil {
		return nil
	}
	all := make([]*Call, 0, len(l.at))
	for _, e := range l.entries {
		if e.command == None {
			continue
		}
		c := &Call{Command: e.command, Frame: bytes.Clone(e.frame), Echo: bytes.Clone(e.echo), Lasting: bytes.Clone(e.key), ID: e.id}
		s.ids.hold(e.id)
		c.entry.role = forReplay
		all = append(all, c)
	}
	return all
}

// Lasting is the number of calls that are sent again after each reconnect.
func (s *Session) Lasting() int {
	if s.lasting == nil {
		return 0
	}
	return len(s.lasting.at)
}

// lasts reports whether any command is lasting.
func (p *Plan) lasts() bool {
	return slices.ContainsFunc(p.Commands, func(c Command) bool { return c.Lasting })
}
