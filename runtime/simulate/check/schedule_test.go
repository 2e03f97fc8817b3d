package check_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

var errRefused = fmt.Errorf("%w: no", session.ErrRefused)

func TestSchedule(t *testing.T) {
	finds(t, "schedule",
		wrong{"no delay", func(_ *check.Run, c *check.Client) { c.Changes[4].Delay = 0 }},
		wrong{"too long a delay", func(_ *check.Run, c *check.Client) { c.Changes[4].Delay = 600 * time.Millisecond }},
		wrong{"dials before its time", func(_ *check.Run, c *check.Client) { c.Changes[5].At = 77200 * time.Millisecond }},
		wrong{"dials after its time", func(_ *check.Run, c *check.Client) { c.Changes[5].At = 77500 * time.Millisecond }},
		wrong{"forgiven too early", func(_ *check.Run, c *check.Client) {
			// READY for 5 s only: the second failure in a row.
			c.Changes[8] = change(session.Ready, session.Backoff, 2, 84*s, errors.New("reset"))
			c.Changes[8].Attempt, c.Changes[8].Delay = 1, 400*time.Millisecond
			c.EndMono = 84 * s
		}},
		wrong{"a second address is not tried", func(_ *check.Run, c *check.Client) {
			c.Addresses = 2
			c.Changes[1] = change(session.Dialing, session.Backoff, 1, 1500*time.Millisecond, errors.New("no"))
			c.Changes[1].Attempt, c.Changes[1].Delay = 1, 400*time.Millisecond
			c.Changes, c.EndMono = c.Changes[:2], 1600*time.Millisecond
		}},
		wrong{"the same address again at once", func(_ *check.Run, c *check.Client) {
			c.Changes[1] = change(session.Dialing, session.Dialing, 2, 1500*time.Millisecond, errors.New("no"))
			c.Changes = c.Changes[:2]
		}},
		wrong{"a refusal is not loss", func(_ *check.Run, c *check.Client) { c.Changes[4].Err = errRefused }},
		wrong{"a refusal that must end it", func(r *check.Run, c *check.Client) {
			r.Plan.Reconnect.Refused = 0
			c.Changes[4].Err = errRefused
		}},
	)
	bears(t, "schedule",
		wrong{"asked to hurry", func(_ *check.Run, c *check.Client) {
			c.Changes[5].At = 77200 * time.Millisecond
			c.Hurried = []time.Duration{77200 * time.Millisecond}
		}},
		wrong{"was away", func(_ *check.Run, c *check.Client) {
			c.Changes[5].At = 77900 * time.Millisecond
			c.Absences = []check.Absence{{FromMono: 77100 * time.Millisecond, ToMono: 77900 * time.Millisecond}}
		}},
		wrong{"not forgiven", func(_ *check.Run, c *check.Client) {
			c.Changes[8] = change(session.Ready, session.Backoff, 2, 84*s, errors.New("reset"))
			c.Changes[8].Attempt, c.Changes[8].Delay = 2, 900*time.Millisecond
			c.EndMono = 84 * s
		}},
		wrong{"the second address at once", func(_ *check.Run, c *check.Client) {
			c.Addresses = 2
			c.Changes[1] = change(session.Dialing, session.Dialing, 2, 1500*time.Millisecond, errors.New("no"))
			c.Changes[1].Address = 1
			c.Changes = c.Changes[:2]
		}},
		wrong{"the refused lane", func(_ *check.Run, c *check.Client) {
			c.Changes[4].Err, c.Changes[4].Delay = errRefused, 7*s
			c.Changes, c.EndMono = c.Changes[:5], 80*s
		}},
	)
}

// TestGivingUp: the link of 2 s is stable until 77 s, the one of 79 s too.
func TestGivingUp(t *testing.T) {
	gaveUp := fmt.Errorf("%w: no", session.ErrGaveUp)
	// ends lets the second link fail after a time, once or more, and the client end.
	ends := func(attempts int, elapsed time.Duration, failed int, at time.Duration) func(*check.Run, *check.Client) {
		return func(r *check.Run, c *check.Client) {
			r.Plan.Reconnect.GiveUpAttempts, r.Plan.Reconnect.GiveUpElapsed = attempts, elapsed
			c.Ended = 0
			c.Changes = c.Changes[:6]
			for i := range failed {
				epoch := session.Epoch(2 + i)
				back := change(session.Dialing, session.Backoff, epoch, 78*s, errors.New("no"))
				back.Attempt, back.Delay = 2+i, 900*time.Millisecond<<i
				again := change(session.Backoff, session.Dialing, epoch+1, 78*s+back.Delay, nil)
				c.Changes = append(c.Changes, back, again)
			}
			last := c.Changes[len(c.Changes)-1]
			c.Changes = append(c.Changes, change(session.Dialing, session.Closed, last.Epoch, max(at, last.At), gaveUp))
		}
	}
	finds(t, "schedule",
		wrong{"too soon", ends(3, 0, 1, 0)},
		wrong{"not soon enough", ends(2, 0, 2, 0)},
		wrong{"nobody said so", ends(0, 0, 1, 0)},
		wrong{"before its time", ends(0, 5*s, 0, 82*s-1)},
		wrong{"after its time", ends(0, 5*s, 0, 82*s+1)},
		wrong{"never", func(r *check.Run, c *check.Client) {
			ends(0, 5*s, 0, 0)(r, c)
			c.Changes = c.Changes[:6]
		}},
		wrong{"it never dials again", func(_ *check.Run, c *check.Client) { c.Changes = c.Changes[:5] }},
		wrong{"nobody told it to close", func(_ *check.Run, c *check.Client) { c.Ended = 0 }},
		wrong{"closed before it was told", func(_ *check.Run, c *check.Client) { c.Ended = 101 * s }},
	)
	bears(t, "schedule",
		wrong{"after the attempts", ends(2, 0, 1, 0)},
		wrong{"after the time", ends(0, 5*s, 0, 82*s)},
		wrong{"whatever comes first", ends(9, 5*s, 0, 82*s)},
	)
}

func TestBack(t *testing.T) {
	finds(
		t, "back",
		wrong{"still dialling", func(_ *check.Run, c *check.Client) {
			c.Changes = append(c.Changes[:6], change(session.Dialing, session.Closed, 2, 100*s, session.ErrClosed))
		}},
		wrong{"lost again, in the calm", func(r *check.Run, c *check.Client) {
			r.Calm, r.Last = 77*s, 150*s
			c.Changes[8] = change(session.Ready, session.Backoff, 2, 100*s, session.ErrPeerSilent)
			c.Changes = append(c.Changes, change(session.Backoff, session.Dialing, 3, 101*s, nil), change(session.Dialing, session.Closed, 3, 102*s, session.ErrClosed))
		}},
		wrong{"probed all the time", func(r *check.Run, c *check.Client) {
			r.Calm, r.Last = 77*s, 100*s
			for at := 80 * s; at < 98*s; at += 3 * s {
				r.Seen = append(r.Seen, check.Seen{At: at, Conn: 2, Command: 0})
			}
		}},
		wrong{"a call that nobody sends", func(_ *check.Run, c *check.Client) { c.Calls[3].Submitted = 84 * s }},
	)
	bears(t, "back", wrong{"lost again, for it was dialled before", func(r *check.Run, c *check.Client) {
		r.Calm, r.Last = 90*s, 150*s
		c.Changes[8] = change(session.Ready, session.Backoff, 2, 100*s, session.ErrPeerSilent)
		c.Changes = append(c.Changes, change(session.Backoff, session.Dialing, 3, 101*s, nil), change(session.Dialing, session.Closed, 3, 102*s, session.ErrClosed))
	}})
}
