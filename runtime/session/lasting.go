package session

import (
	"bytes"
	"slices"
)

// lasting remembers the calls that are sent again after each reconnect, in
// the order in which they were first made.
type lasting struct {
	entries []lastingEntry
}

type lastingEntry struct {
	command int
	key     []byte
	frame   []byte
}

// remember keeps a call that the server has taken; a later one of the same key
// replaces it.
func (l *lasting) remember(c *Call) {
	for i := range l.entries {
		if e := &l.entries[i]; e.command == c.Command && bytes.Equal(e.key, c.Lasting) {
			e.frame = append(e.frame[:0], c.Frame...)
			return
		}
	}
	l.entries = append(l.entries, lastingEntry{c.Command, bytes.Clone(c.Lasting), bytes.Clone(c.Frame)})
}

// undo takes back the lasting calls of c's key: those that are remembered, and
// those that are still on their way, which must not come to be remembered.
func (s *Session) undo(c *Call) {
	undoes := func(command int, key []byte) bool {
		return s.plan.Commands[command].UndoneBy == c.Command && bytes.Equal(key, c.Lasting)
	}
	s.lasting.entries = slices.DeleteFunc(s.lasting.entries, func(e lastingEntry) bool {
		return undoes(e.command, e.key)
	})
	for _, list := range []*calls{&s.queue.callers, &s.batch.unanswered, &s.flight.list} {
		for other := list.head; other != nil; other = other.entry.next {
			other.entry.undone = other.entry.undone || undoes(other.Command, other.Lasting)
		}
	}
}

// replay makes the calls to send after a reconnect.
func (l *lasting) replay() []*Call {
	all := make([]*Call, len(l.entries))
	for i, e := range l.entries {
		all[i] = &Call{Command: e.command, Frame: bytes.Clone(e.frame), Lasting: bytes.Clone(e.key)}
		all[i].entry.role = forReplay
	}
	return all
}

// Lasting is the number of calls that are sent again after each reconnect.
func (s *Session) Lasting() int { return len(s.lasting.entries) }
