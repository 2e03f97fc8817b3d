package check

import (
	"errors"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// suspect: a peer is suspect once half of its probes' time is over, until bytes
// come, and none is given up that was not.
func suspect(j *judge) {
	p := j.Plan.Liveness.Probe
	if p == nil {
		return
	}
	half := time.Duration(p.Misses) * p.Timeout / 2
	for _, ch := range j.c.Changes {
		switch {
		case ch.To == session.Suspect:
			if quiet := ch.At - j.lastHeard(ch); quiet < half {
				j.report(ch.At, "link %d is suspect after %v of silence", ch.Epoch, quiet)
			}
		case ch.From == session.Suspect && ch.To == session.Ready && !j.renewed(ch):
			j.report(ch.At, "link %d is suspect no more, and nothing came", ch.Epoch)
		case ch.From == session.Ready && errors.Is(ch.Err, session.ErrPeerSilent) && j.Plan.Liveness.Silence == 0 && !j.awayIn(ch.At-half, ch.At):
			j.report(ch.At, "link %d was given up, and never suspect", ch.Epoch)
		}
	}
}

// lastHeard is when bytes came last on a change's link, before it, or when the
// link became READY. Where bytes alone are no life, it is the latter.
func (j *judge) lastHeard(ch Change) time.Duration {
	var last time.Duration
	for _, before := range j.c.Changes {
		if before.Epoch == ch.Epoch && before.From == session.Greeting && before.To == session.Ready {
			last = before.At
		}
	}
	if l := &j.Plan.Liveness; l.AckOnly || l.Probe.Always {
		return last
	}
	for _, chunk := range j.c.Chunks {
		if chunk.Epoch == ch.Epoch && chunk.Mono < ch.At {
			last = max(last, chunk.Mono)
		}
	}
	return last
}

// renewed reports whether something at that moment began a new round: bytes, a
// jump of the clock, or the end of a stop.
func (j *judge) renewed(ch Change) bool {
	return slices.ContainsFunc(j.c.Chunks, func(c Chunk) bool { return c.Epoch == ch.Epoch && c.Mono == ch.At }) ||
		slices.ContainsFunc(j.c.Shifts, func(s Shift) bool { return s.Mono == ch.At }) ||
		j.awayIn(ch.At, ch.At)
}

// awayIn reports whether the client was away in that time, or had just come back.
func (j *judge) awayIn(from, to time.Duration) bool {
	return slices.ContainsFunc(j.c.Absences, func(a Absence) bool { return a.FromMono <= to && from <= a.ToMono+drain })
}
