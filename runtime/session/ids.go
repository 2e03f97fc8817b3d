package session

import (
	"fmt"
	"strconv"
)

// wideIDs is how many ids there must be for one to be free again by itself: no
// reply comes so many commands late.
const wideIDs = 1 << 31

// ids gives commands their ids, in turn, from 1 to Plan.IDs. One that is held is
// left out: by a call from its beginning to its end, by the tombstone that may
// still get its reply, and by a lasting call for as long as it lasts.
type ids struct {
	last uint64
	held map[uint64]heldID
}

// heldID is an id in use.
type heldID struct {
	holders int
	call    *Call // that is in flight with it; nil: none
}

// NewID holds an id for a call that is about to be encoded and submitted: its
// Call.ID. The session lets it go with the call; FreeID does for one that is not
// submitted. The error wraps ErrNotReady: all ids are held.
//
// Some are left for the session's own commands: those of callers who wait for a
// link must not keep it from logging in.
func (s *Session) NewID() (uint64, error) {
	return s.ids.give(s.plan.IDs, max(1, min(64, s.plan.IDs/8)))
}

// give holds the next of n ids, where more than so many are free.
func (d *ids) give(n, left uint64) (uint64, error) {
	if uint64(len(d.held))+left >= n {
		return 0, fmt.Errorf("%w: all %d ids are in use", ErrNotReady, n)
	}
	for held := true; held; _, held = d.held[d.last] {
		if d.last++; d.last > n {
			d.last = 1
		}
	}
	if d.held == nil {
		d.held = make(map[uint64]heldID)
	}
	d.held[d.last] = heldID{holders: 1}
	return d.last, nil
}

// FreeID lets an id of NewID go whose call is not submitted.
func (s *Session) FreeID(id uint64) { s.ids.free(id) }

// hold adds a holder to an id that is in use.
func (d *ids) hold(id uint64) {
	if h, ok := d.held[id]; ok {
		h.holders++
		d.held[id] = h
	}
}

func (d *ids) free(id uint64) {
	h, ok := d.held[id]
	if h.holders--; ok && h.holders > 0 {
		d.held[id] = h
		return
	}
	delete(d.held, id)
}

// freeID ends what c holds.
func (s *Session) freeID(c *Call) {
	if c.ID != 0 {
		s.ids.free(c.ID)
		c.ID = 0
	}
}

// flies notes which call is in flight with its id; nil: none any more.
func (d *ids) flies(id uint64, c *Call) {
	if h, ok := d.held[id]; ok {
		h.call = c
		d.held[id] = h
	}
}

// byID is the call that is in flight with an id; nil: there is none.
func (d *ids) byID(id uint64) *Call { return d.held[id].call }

// ParseID reads an id that is written as text; 0 where it is none of ours, which
// are written without leading zeros.
func ParseID(text string) uint64 {
	id, err := strconv.ParseUint(text, 10, 64)
	if err != nil || text[0] == '0' {
		return 0
	}
	return id
}

// narrowIDs reports whether ids come round so soon that a late reply could be
// taken for that of the next command with its id: a tombstone then stays as long
// as its link.
func (p *Plan) narrowIDs() bool { return p.Match == MatchID && p.IDs < wideIDs }

// maxOverdue is how many commands may be overdue on one link. With narrow ids,
// half of them stay free.
func (p *Plan) maxOverdue() int {
	if p.narrowIDs() {
		return int(min(8*maxExpired, p.IDs/2))
	}
	return maxExpired
}

// forgetOverdue ends the oldest tombstone with an id, where ids are so many that it
// is not given again; it reports whether there was one. Its reply is nobody's then.
func (s *Session) forgetOverdue() bool {
	if s.plan.narrowIDs() {
		return false
	}
	for c := s.flight.list.head; c != nil; c = c.entry.next {
		if c.entry.expired && c.ID != 0 {
			s.discard(c)
			return true
		}
	}
	return false
}
