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
	held map[uint64]*heldID
}

// heldID is an id in use.
type heldID struct {
	holders int
	call    *Call // that is in flight with it; nil: none
}

// NewID holds an id for a call that is about to be encoded and submitted: its
// Call.ID. The session lets it go with the call; FreeID does for one that is not
// submitted. The error wraps ErrNotReady: all ids are held.
func (s *Session) NewID() (uint64, error) {
	d, n := &s.ids, s.plan.IDs
	if uint64(len(d.held)) >= n {
		return 0, fmt.Errorf("%w: all %d ids are in use", ErrNotReady, n)
	}
	for {
		if d.last++; d.last > n {
			d.last = 1
		}
		if d.held[d.last] == nil {
			break
		}
	}
	if d.held == nil {
		d.held = make(map[uint64]*heldID)
	}
	d.held[d.last] = &heldID{holders: 1}
	return d.last, nil
}

// FreeID lets an id of NewID go whose call is not submitted.
func (s *Session) FreeID(id uint64) { s.ids.free(id) }

// hold adds a holder to an id that is in use.
func (d *ids) hold(id uint64) {
	if h := d.held[id]; h != nil {
		h.holders++
	}
}

func (d *ids) free(id uint64) {
	h := d.held[id]
	if h == nil {
		return
	}
	if h.holders--; h.holders == 0 {
		delete(d.held, id)
	}
}

// freeID ends what c holds.
func (s *Session) freeID(c *Call) {
	s.ids.free(c.ID)
	c.ID = 0
}

// flies notes which call is in flight with its id; nil: none any more.
func (d *ids) flies(id uint64, c *Call) {
	if h := d.held[id]; h != nil {
		h.call = c
	}
}

// byID is the call that is in flight with an id; nil: there is none.
func (d *ids) byID(id uint64) *Call {
	if h := d.held[id]; h != nil {
		return h.call
	}
	return nil
}

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
		return int(min(maxExpired, p.IDs/2))
	}
	return maxExpired
}
