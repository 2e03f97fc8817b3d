package check_test

import (
	"testing"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

func TestOneLink(t *testing.T) {
	finds(t, "one link",
		wrong{"dialled while the old one is open", func(_ *check.Run, c *check.Client) { c.Links[0].Closed = 78 * s }},
		wrong{"given up, and left open", func(_ *check.Run, c *check.Client) { c.Links[0].Closed = 77300 * time.Millisecond }},
		wrong{"the old one is never closed", func(_ *check.Run, c *check.Client) { c.Links[0].Closed = 0 }},
		wrong{"an epoch twice", func(_ *check.Run, c *check.Client) { c.Links[1].Epoch = 1 }},
	)
}

func TestStates(t *testing.T) {
	finds(t, "states",
		wrong{"a change is lost", func(_ *check.Run, c *check.Client) { c.Changes = append(c.Changes[:3], c.Changes[4:]...) }},
		wrong{"READY without a greeting", func(_ *check.Run, c *check.Client) {
			c.Changes = append(c.Changes[:1], c.Changes[2:]...)
			c.Changes[1].From = session.Dialing
		}},
		wrong{"life after the end", func(_ *check.Run, c *check.Client) {
			c.Changes = append(c.Changes, change(session.Closed, session.Dialing, 3, 101*s, nil))
		}},
		wrong{"out of order", func(_ *check.Run, c *check.Client) { c.Changes[3].At = s }},
		wrong{"an epoch is skipped", func(_ *check.Run, c *check.Client) { c.Changes[5].Epoch = 3 }},
	)
}

func TestWhole(t *testing.T) {
	finds(t, "whole", wrong{"half a frame", func(r *check.Run, _ *check.Client) {
		r.Seen = append(r.Seen, check.Seen{At: 81 * s, Conn: 2, Garbled: true})
	}})
}
