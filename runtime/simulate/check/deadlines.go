package check

import (
	"bytes"
	"errors"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// deadlines: dialling, greeting and login, writes, frames and Shutdown have
// theirs; and none of them ends a link that is younger.
func deadlines(j *judge) {
	for i, ch := range j.c.Changes {
		end, how := j.c.EndMono, Change{}
		if i+1 < len(j.c.Changes) {
			how = j.c.Changes[i+1]
			end = how.At
		}
		switch ch.To {
		case session.Dialing:
			j.phase(ch, how, end, j.c.drainedAt(ch.At+j.Plan.Timeouts.Connect), j.Plan.Timeouts.Connect)
		case session.Greeting:
			j.phase(ch, how, end, j.greetedBy(ch), j.soonest())
		case session.Draining:
			j.phase(ch, how, end, j.drainedBy(ch), 0)
		}
	}
	j.writes()
	j.frames()
}

// phase judges one that began with a change, and should have ended by a time.
func (j *judge) phase(began, how Change, end, by, least time.Duration) {
	if end > by {
		j.report(end, "link %d was %v for %v; %v too long", began.Epoch, began.To, end-began.At, end-by)
	}
	// Only the client's own deadlines are called so.
	if timedOut(how.Err) && end-began.At < least {
		j.report(end, "link %d ran out of time while %v, after %v: %v", began.Epoch, began.To, end-began.At, how.Err)
	}
}

// timedOut: a deadline of the spec ended the link. (Who gives up tells why an
// earlier one ended.)
func timedOut(err error) bool {
	return errors.Is(err, session.ErrTimeout) && !errors.Is(err, session.ErrGaveUp)
}

// greetedBy is when a link that was connected must be READY: the greeting has
// its time, then the login, then each answer to what is sent again.
func (j *judge) greetedBy(ch Change) time.Duration {
	by, t := ch.At, &j.Plan.Timeouts
	if len(j.Plan.Greeting) > 0 {
		by = j.c.drainedAt(by + t.Greeting)
	}
	by = j.c.drainedAt(by + t.Login)
	for range j.replayed(ch.Epoch) {
		by = j.c.drainedAt(by + t.Login)
	}
	return by
}

// drainedBy is when a client that was shut down must have ended: the calls that
// were left have, what is being written then has its time, so has the logout,
// and so has the peer's end.
func (j *judge) drainedBy(ch Change) time.Duration {
	if !j.c.Told {
		return never
	}
	by, t := ch.At, &j.Plan.Timeouts
	for _, k := range j.c.Calls {
		by = max(by, j.settledBy(k))
	}
	by = j.c.drainedAt(by + t.Write)
	if logout := j.Plan.Logout; logout != nil {
		by = j.c.drainedAt(by + max(j.replyTimeout(logout.Command), t.Write))
	}
	return j.c.drainedAt(by + t.Reply)
}

// settledBy is when the session had done with a call; one that was cancelled
// keeps its place until its reply is overdue.
func (j *judge) settledBy(k *Call) time.Duration {
	if n := len(k.Handed); k.Canceled && n > 0 {
		return j.c.drainedAt(k.Handed[n-1].Mono + max(j.replyTimeout(k.Command), j.Plan.Timeouts.Reply))
	}
	return k.FinishedMono
}

// replayed is how many lasting commands the device saw on a link.
func (j *judge) replayed(e session.Epoch) (n int) {
	for _, s := range j.Seen {
		if s.came() && j.Plan.Commands[s.Command].Lasting {
			if l := j.c.link(s.Conn); l != nil && l.Epoch == e {
				n++
			}
		}
	}
	return n
}

// soonest is the shortest deadline that a link has before it is READY.
func (j *judge) soonest() time.Duration {
	t := &j.Plan.Timeouts
	least := min(t.Login, t.Reply, t.Write, t.Frame)
	if len(j.Plan.Greeting) > 0 {
		least = min(least, t.Greeting)
	}
	for _, c := range j.Plan.Commands {
		if c.Timeout > 0 {
			least = min(least, c.Timeout)
		}
	}
	return least
}

// writes: each 256 KiB of a batch have their time.
func (j *judge) writes() {
	for _, w := range j.c.Writes {
		by := j.c.drainedAt(w.Mono + j.Plan.Timeouts.Write*time.Duration((w.Bytes+batchMax-1)/batchMax))
		end := w.Done
		if end == 0 {
			end = j.endOf(w.Epoch)
		}
		if end > by {
			j.report(end, "link %d: a batch of %d bytes was being written for %v", w.Epoch, w.Bytes, end-w.Mono)
		}
	}
}

// frames: what ends no line is half a frame, which has its time from its first
// byte. (It may be older, where a body has lines of its own.)
func (j *judge) frames() {
	if len(j.Plan.Framing.Others) > 0 {
		return // which are not all lines
	}
	type half struct {
		epoch session.Epoch
		since time.Duration
		open  bool
	}
	var h half
	overdue := func(end time.Duration) {
		if h.open && end > j.c.drainedAt(h.since+j.Plan.Timeouts.Frame) {
			j.report(end, "link %d: a frame was coming for %v", h.epoch, end-h.since)
		}
	}
	for _, ch := range j.c.Chunks {
		if ch.Epoch != h.epoch {
			overdue(j.endOf(h.epoch))
			h = half{epoch: ch.Epoch}
		}
		overdue(ch.Mono)
		switch at := bytes.LastIndexByte(ch.Bytes, '\n'); {
		case len(ch.Bytes) == 0 || at == len(ch.Bytes)-1:
			h.open = false
		case at >= 0 || !h.open:
			h.open, h.since = true, ch.Mono
		}
	}
	overdue(j.endOf(h.epoch))
}

// endOf is when the client gave a link up; the end of the run, where it did not.
func (j *judge) endOf(e session.Epoch) time.Duration {
	for _, ch := range j.c.Changes {
		if ch.Epoch == e && (ch.To == session.Backoff || ch.To == session.Closed || ch.To == session.Idle) || ch.Epoch == e+1 {
			return ch.At
		}
	}
	return j.c.EndMono
}
