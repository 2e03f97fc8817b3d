package check

import (
	"errors"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// reasons: no call fails before its time. Why one may end without an answer is
// little: its context, the end of its client or its link, its deadline, a crowd.
func reasons(j *judge) {
	for _, k := range j.c.Calls {
		if !k.Told || k.Outcome != NotSent && k.Outcome != Unknown || k.Canceled {
			continue
		}
		if !j.mayFail(k) {
			j.report(k.FinishedMono, "%s failed after %v, %v, and nothing was wrong: %v",
				j.name(k), k.FinishedMono-k.SubmittedMono, j.stateAt(k.FinishedMono).To, k.Err)
		}
	}
}

func (j *judge) mayFail(k *Call) bool {
	state := j.stateAt(k.FinishedMono)
	switch {
	case state.To == session.Closed:
		return true
	case state.To == session.Draining && k.SubmittedMono >= state.At && len(k.Handed) == 0:
		return true
	case j.unready(k, k.FinishedMono), j.unready(k, k.FinishedMono-1): // whatever came first in that moment
		return true
	case len(k.Handed) == 0 && errors.Is(k.Err, session.ErrMode):
		return len(j.Plan.Commands[k.Command].Shape.In) > 0
	case len(k.Handed) == 0:
		return k.FinishedMono == k.SubmittedMono && j.crowded(k)
	}
	last, limit := k.Handed[len(k.Handed)-1], j.replyTimeout(k.Command)
	return limit > 0 && k.FinishedMono >= last.Mono+limit || j.lostAt(last.Epoch, k.FinishedMono)
}

// unready reports whether a call that ends has waited for READY, until the state
// of a Mono, for as long as it may.
func (j *judge) unready(k *Call, mono time.Duration) bool {
	since, down := j.downSince(k, mono)
	return down && (k.FailFast || k.FinishedMono >= since+j.Plan.Timeouts.Ready)
}

// lostAt reports whether a link that carried commands ended at a Mono.
func (j *judge) lostAt(e session.Epoch, mono time.Duration) bool {
	for _, ch := range j.c.Changes {
		if ch.At == mono && ch.Epoch == e && carries(ch.From) && !carries(ch.To) {
			return true
		}
	}
	return false
}

// crowded reports whether as many calls as may wait did, when k came.
func (j *judge) crowded(k *Call) bool {
	waiting := 0
	for _, other := range j.c.Calls {
		turnedAway := other.Outcome == NotSent && !other.Canceled && other.FinishedMono == other.SubmittedMono && !errors.Is(other.Err, session.ErrMode)
		if !turnedAway && other.SubmittedMono <= k.SubmittedMono && k.SubmittedMono <= other.FinishedMono {
			waiting++
		}
	}
	return j.c.MaxWaiting > 0 && waiting >= j.c.MaxWaiting
}
