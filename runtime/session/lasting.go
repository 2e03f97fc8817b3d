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

// forget drops what an undoing command takes back.
func (l *lasting) forget(p *Plan, c *Call) {
	for i := range l.entries {
		e := &l.entries[i]
		if p.Commands[e.command].UndoneBy == c.Command && bytes.Equal(e.key, c.Lasting) {
			l.entries = slices.Delete(l.entries, i, i+1)
			return
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
