package check_test

import (
	"testing"

	"github.com/linewright/linewright/runtime/simulate/check"
)

func TestLasting(t *testing.T) {
	undo := func(r *check.Run, c *check.Client) *check.Call {
		k := &check.Call{Command: 5, ID: "UNWATCH 3", Key: "3", Submitted: 20 * s, Finished: 21 * s, Ends: 1, Outcome: check.Replied}
		c.Calls = append(c.Calls[:2:2], append([]*check.Call{k}, c.Calls[2:]...)...)
		return k
	}
	finds(t, "lasting",
		wrong{"not sent again", func(r *check.Run, _ *check.Client) { r.Seen = append(r.Seen[:6], r.Seen[7:]...) }},
		wrong{"READY before it was answered", func(r *check.Run, _ *check.Client) { r.Seen[6].At = 80 * s }},
		wrong{"after a waiting caller", func(r *check.Run, _ *check.Client) { r.Seen[6].At = 82 * s }},
		wrong{"sent again twice", func(r *check.Run, _ *check.Client) { r.Seen = append(r.Seen, r.Seen[6]) }},
		wrong{"sent again although undone", func(r *check.Run, c *check.Client) { undo(r, c) }},
		wrong{"sent again although never taken", func(_ *check.Run, c *check.Client) { c.Calls[0].Outcome = check.Unknown }},
	)
	bears(t, "lasting",
		wrong{"undone, and not sent again", func(r *check.Run, c *check.Client) {
			undo(r, c)
			r.Seen = append(r.Seen[:6], r.Seen[7:]...)
		}},
		wrong{"undone while the link is being made", func(r *check.Run, c *check.Client) {
			undo(r, c).Submitted = 78 * s
		}},
	)
}

func TestMemory(t *testing.T) {
	finds(t, "memory",
		wrong{"calls", func(_ *check.Run, c *check.Client) {
			for range 10 {
				c.Calls = append(c.Calls, &check.Call{Command: 3, Told: true, SubmittedMono: 80 * s, FinishedMono: 81 * s, Ends: 1, Outcome: check.Replied})
			}
		}},
		wrong{"received bytes", func(_ *check.Run, c *check.Client) { c.Peak.Held = 1 << 20 }},
		wrong{"a batch", func(_ *check.Run, c *check.Client) { c.Peak.Batch = 256<<10 + 1 }},
		wrong{"what nobody waits for", func(_ *check.Run, c *check.Client) {
			for range 5 {
				c.Calls = append(c.Calls, &check.Call{Bytes: 200 << 10, Detached: true, Submitted: 80 * s, Finished: 81 * s, Ends: 1, Outcome: check.Written})
			}
		}},
	)
	bears(t, "memory", wrong{"one large frame", func(_ *check.Run, c *check.Client) {
		c.Calls[1].Bytes, c.Peak.Batch = 1<<20, 1<<20
	}})
}

func TestClosing(t *testing.T) {
	finds(t, "closing",
		wrong{"a deadline is left", func(_ *check.Run, c *check.Client) { c.Left.Deadline = true }},
		wrong{"a connection is left", func(_ *check.Run, c *check.Client) { c.Left.Open = 1 }},
		wrong{"a call is left", func(_ *check.Run, c *check.Client) { c.Left.Outstanding = 1 }},
		wrong{"it is not Closed", func(_ *check.Run, c *check.Client) { c.Changes = c.Changes[:8] }},
		wrong{"it dials on", func(_ *check.Run, c *check.Client) {
			c.Links = append(c.Links, check.Link{Epoch: 3, Dialed: 101 * s, Closed: 102 * s})
		}},
		wrong{"a connection outlives it", func(_ *check.Run, c *check.Client) { c.Links[1].Closed = 101 * s }},
		wrong{"a call ends later", func(_ *check.Run, c *check.Client) { c.Calls[3].Finished = 101 * s }},
		wrong{"an event comes later", func(_ *check.Run, c *check.Client) { c.Events[0].At = 101 * s }},
	)
}
