package check

import (
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// lapses are when replies of a link were overdue, and the times in which a
// reply was pending that could not be told from the probe's ack. Where a call's
// hand-over is not known, any time until it ended counts.
func (j *judge) lapses(e session.Epoch) (lapses []time.Duration, holds []hold) {
	swallows := j.swallows()
	for _, k := range j.c.Calls {
		limit := j.replyTimeout(k.Command)
		if !k.Told && j.hides(k.Command) {
			holds = append(holds, hold{span: span{k.Submitted, k.Finished + max(limit, j.Plan.Timeouts.Reply)}})
		}
		answered := k.Outcome == Replied || k.Outcome == Failed
		for i, h := range k.Handed {
			if h.Epoch != e {
				continue
			}
			// A caller that is gone may have had no limit; its tombstone has.
			last := j.c.drainedAt(h.Mono + max(limit, j.Plan.Timeouts.Reply))
			if swallows && k.Outcome != Replied && k.Outcome != Failed {
				lapses = append(lapses, j.c.backAt(h.Mono+limit), j.c.drainedAt(h.Mono+limit))
			}
			ended := answered && i == len(k.Handed)-1 && k.FinishedMono >= h.Mono
			if ended {
				last = min(last, k.FinishedMono) // nothing is pending any more
			}
			if j.hides(k.Command) {
				holds = append(holds, hold{span{h.Mono, last}, limit > 0 && !k.Canceled, ended && last == k.FinishedMono})
			}
		}
	}
	return lapses, holds
}

// swallows: an overdue reply makes the next probe due at once.
func (j *judge) swallows() bool {
	return j.Plan.Match == session.MatchOrder && j.Plan.Late == session.LateSwallow
}

// blind reports whether hand-overs that move a probe are not known.
func (j *judge) blind() bool {
	return j.swallows() && slices.ContainsFunc(j.c.Calls, func(k *Call) bool { return !k.Told })
}

func (j *judge) replyTimeout(command int) time.Duration {
	if t := j.Plan.Commands[command].Timeout; t != 0 {
		return max(t, 0)
	}
	return j.Plan.Timeouts.Reply
}

// modal reports whether a command may lead to another mode.
func (j *judge) modal(c *session.Command) bool {
	enters := func(r session.Reply) bool { return j.Plan.Messages[r.Message].Enters != 0 }
	return c.Enters != 0 || slices.ContainsFunc(slices.Concat(c.Replies, c.Errors, c.Each), enters)
}

// hides reports whether a pending reply to the command could be the probe's ack:
// in order with one in flight, or where it is the same message and echoes
// nothing; or leads to another mode.
func (j *judge) hides(command int) bool {
	p := j.Plan.Liveness.Probe
	if p == nil || len(j.Plan.Commands[command].Replies) == 0 {
		return false
	}
	if j.Plan.Match == session.MatchOrder {
		return j.Plan.InFlight == 1
	}
	c := &j.Plan.Commands[command]
	if j.modal(c) {
		return true
	}
	if c.ID {
		return false
	}
	for _, r := range append(c.Replies[:len(c.Replies):len(c.Replies)], c.Errors...) {
		for _, ack := range j.Plan.Commands[p.Step.Command].Replies {
			if r.Message == ack.Message && r.Key == nil {
				return true
			}
		}
	}
	return false
}
