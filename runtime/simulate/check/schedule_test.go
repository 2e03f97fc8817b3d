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
		}},
		wrong{"a second address is not tried", func(_ *check.Run, c *check.Client) {
			c.Addresses = 2
			c.Changes[1] = change(session.Dialing, session.Backoff, 1, 1500*time.Millisecond, errors.New("no"))
			c.Changes[1].Attempt, c.Changes[1].Delay = 1, 400*time.Millisecond
			c.Changes = c.Changes[:2]
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
		}},
		wrong{"the second address at once", func(_ *check.Run, c *check.Client) {
			c.Addresses = 2
			c.Changes[1] = change(session.Dialing, session.Dialing, 2, 1500*time.Millisecond, errors.New("no"))
			c.Changes[1].Address = 1
			c.Changes = c.Changes[:2]
		}},
		wrong{"the refused lane", func(_ *check.Run, c *check.Client) {
			c.Changes[4].Err, c.Changes[4].Delay = errRefused, 7*s
			c.Changes = c.Changes[:5]
		}},
	)
}

func TestBack(t *testing.T) {
	finds(t, "back", wrong{"still dialling", func(_ *check.Run, c *check.Client) {
		c.Changes = append(c.Changes[:6], change(session.Dialing, session.Closed, 2, 100*s, session.ErrClosed))
	}})
}
