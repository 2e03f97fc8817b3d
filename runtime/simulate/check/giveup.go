package check

import (
	"errors"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// patience is what a client has left before it gives up.
type patience struct {
	attempts int           // failed passes in a row; a stable link forgives them
	since    time.Duration // when it was READY last, or began
}

// fails counts a pass that failed, after which the client goes on.
func (d *dialer) fails(ch Change) {
	p, r := &d.patience, &d.Plan.Reconnect
	p.attempts = d.attempts(ch)
	if up(ch.From) {
		p.since = ch.At
	}
	if r.GiveUpAttempts > 0 && p.attempts >= r.GiveUpAttempts {
		d.report(ch.At, "goes on after %d attempts; the spec gives up after %d", p.attempts, r.GiveUpAttempts)
	}
}

// attempts is how many there were once a change has ended a pass.
func (d *dialer) attempts(ch Change) int {
	if up(ch.From) && ch.At-d.readyAt >= d.Plan.Reconnect.StableAfter {
		return 0
	}
	return d.patience.attempts + 1
}

// impatient: a client that is not READY, nor was for long enough, has given up.
func (d *dialer) impatient(state session.State, at time.Duration) {
	limit := d.Plan.Reconnect.GiveUpElapsed
	switch state {
	case session.Dialing, session.Greeting, session.Backoff:
		if limit > 0 && at > d.c.backAt(d.patience.since+limit) {
			d.report(at, "goes on after %v without READY; the spec gives up after %v", at-d.patience.since, limit)
		}
	}
}

// closes: a client ends because it was told to, because it was refused where
// the spec has no lane for that, or because it gave up.
func (d *dialer) closes(ch Change, refused bool) {
	told := !d.c.Told || d.c.Ended != 0 && d.c.Ended <= ch.At
	switch {
	case errors.Is(ch.Err, session.ErrGaveUp):
		if !d.mayGiveUp(ch, refused) {
			d.report(ch.At, "gave up after %d attempts and %v: %v", d.attempts(ch), ch.At-d.patience.since, ch.Err)
		}
	case refused && ch.From != session.Draining && d.Plan.Reconnect.Refused != 0:
		d.report(ch.At, "closed by a refusal; the spec has a lane for it")
	case !refused && !told:
		d.report(ch.At, "closed, and nobody told it to: %v", ch.Err)
	}
}

// mayGiveUp reports whether the attempts, or the time, have just come to an end.
func (d *dialer) mayGiveUp(ch Change, refused bool) bool {
	r, last := &d.Plan.Reconnect, up(ch.From)
	if ch.From == session.Dialing || ch.From == session.Greeting {
		last = refused || d.tried+1 >= d.c.Addresses // of its pass
	}
	if r.GiveUpAttempts > 0 && last && d.attempts(ch) == r.GiveUpAttempts {
		return true
	}
	return r.GiveUpElapsed > 0 && !carries(ch.From) && ch.At >= d.patience.since+r.GiveUpElapsed
}
