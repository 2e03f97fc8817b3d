package check

import (
	"errors"
	"math"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// dialer follows the schedule through a client's changes of state.
type dialer struct {
	*judge
	failures int // in a row
	tried    int // addresses of this pass
	address  int // that is to be dialled next
	readyAt  time.Duration
	due      time.Duration // of the next dial
	patience patience
}

func schedule(j *judge) {
	d := &dialer{judge: j}
	last := Change{}
	for _, ch := range j.c.Changes {
		d.follow(ch)
		last = ch
	}
	if last.To == session.Backoff {
		d.leaves(j.c.EndMono)
	}
	d.impatient(last.To, j.c.EndMono)
}

func (d *dialer) follow(ch Change) {
	refused := errors.Is(ch.Err, session.ErrRefused)
	d.impatient(ch.From, ch.At)
	switch {
	case ch.From == session.Idle:
		d.patience.since = ch.At
	case ch.From == session.Backoff && ch.To == session.Closed:
		d.leaves(ch.At)
	}
	switch {
	case ch.To == session.Ready && ch.From == session.Greeting:
		d.readyAt, d.tried = ch.At, 0
	case ch.To == session.Idle: // a link of one command, that went well
		d.failures, d.patience.attempts = 0, 0
	case ch.To == session.Dialing:
		d.dials(ch, refused)
	case ch.To == session.Backoff:
		d.backsOff(ch, refused)
	case ch.To == session.Closed:
		d.closes(ch, refused)
	}
}

// dials judges when, and to where.
func (d *dialer) dials(ch Change, refused bool) {
	switch ch.From {
	case session.Backoff:
		d.onTime(ch)
	case session.Dialing, session.Greeting:
		d.tried++
		d.address = (d.address + 1) % d.c.Addresses
		if refused || d.tried >= d.c.Addresses {
			d.report(ch.At, "dials again at once after %d of %d addresses: %v", d.tried, d.c.Addresses, ch.Err)
		}
	}
	if ch.Address != d.address {
		d.report(ch.At, "dials address %d; %d is next", ch.Address, d.address)
	}
}

// onTime: no dial comes before its time, unless asked for, nor after it, unless
// the client was away.
func (d *dialer) onTime(ch Change) {
	switch {
	case ch.At == d.due || slices.Contains(d.c.Hurried, ch.At):
	case ch.At < d.due:
		d.report(ch.At, "dials %v before its time", d.due-ch.At)
	default:
		d.leaves(ch.At)
	}
}

// leaves judges that a client still waited for its next dial.
func (d *dialer) leaves(at time.Duration) {
	if at > d.c.backAt(d.due) {
		d.report(at, "dials %v after its time, or never", at-d.due)
	}
}

// backsOff judges the delay.
func (d *dialer) backsOff(ch Change, refused bool) {
	wasReady, r := up(ch.From), &d.Plan.Reconnect
	if !wasReady && !refused && d.tried+1 < d.c.Addresses {
		d.report(ch.At, "backs off after %d of %d addresses", d.tried+1, d.c.Addresses)
	}
	if wasReady && ch.At-d.readyAt >= r.StableAfter {
		d.failures = 0
	} else {
		d.address = (d.address + 1) % d.c.Addresses
	}
	d.fails(ch)
	most := delay(r, d.failures)
	if refused {
		most = r.Refused
		if most == 0 {
			d.report(ch.At, "goes on after a refusal; the spec says to stop: %v", ch.Err)
		}
	}
	least := time.Duration(float64(most) * (1 - r.Jitter))
	if ch.Delay < least-time.Microsecond || ch.Delay > most+time.Microsecond {
		d.report(ch.At, "waits %v after %d failures; it must be in [%v, %v]", ch.Delay, d.failures, least, most)
	}
	d.failures++
	if ch.Attempt != d.failures {
		d.report(ch.At, "counts %d failures; there were %d", ch.Attempt, d.failures)
	}
	d.tried = 0
	d.due = ch.At + ch.Delay
}

// delay is min(initial × factorⁿ, max).
func delay(r *session.Reconnect, n int) time.Duration {
	return time.Duration(math.Min(float64(r.Initial)*math.Pow(r.Factor, float64(n)), float64(r.Max)))
}
