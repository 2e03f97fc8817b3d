package check_test

import (
	"errors"
	"testing"
	"time"

	"github.com/linewright/linewright/runtime/simulate/check"
)

func TestEndsOnce(t *testing.T) {
	finds(t, "ends once",
		wrong{"never", func(_ *check.Run, c *check.Client) { c.Calls[1].Ends, c.Calls[1].Outcome = 0, check.Open }},
		wrong{"twice", func(_ *check.Run, c *check.Client) { c.Calls[1].Ends = 2 }},
		wrong{"after its context", func(_ *check.Run, c *check.Client) { c.Calls[1].Until = 5500 * time.Millisecond }},
		wrong{"with no fate", func(_ *check.Run, c *check.Client) {
			c.Calls[1].Outcome, c.Calls[1].Err = check.Strange, errors.New("?")
		}},
	)
}

func TestWaits(t *testing.T) {
	// The set of 5 s has its reply's time, 5 s; the one of 99 s never leaves.
	late := func(at time.Duration) func(*check.Run, *check.Client) {
		return func(_ *check.Run, c *check.Client) { c.Calls[1].FinishedMono = at }
	}
	queued := func(c *check.Client, from, to time.Duration) {
		c.Calls[3].SubmittedMono, c.Calls[3].FinishedMono = from, to
		c.Changes = c.Changes[:5]
	}
	finds(t, "waits",
		wrong{"for its reply", late(10*s + 1)},
		wrong{"for READY", func(_ *check.Run, c *check.Client) { queued(c, 80*s, 85*s+1) }},
		wrong{"for READY, to be repeated", func(_ *check.Run, c *check.Client) {
			c.Calls[2].Handed, c.Calls[2].FinishedMono = c.Calls[2].Handed[:1], 83*s
			c.Changes = c.Changes[:5]
		}},
		wrong{"for READY, since the link was lost", func(_ *check.Run, c *check.Client) { queued(c, 70*s, 83*s) }},
		wrong{"although it fails fast", func(_ *check.Run, c *check.Client) {
			queued(c, 80*s, 80*s+1)
			c.Calls[3].FailFast = true
		}},
	)
	bears(t, "waits",
		wrong{"just in time", late(10 * s)},
		wrong{"was away", func(r *check.Run, c *check.Client) {
			late(12*s)(r, c)
			c.Absences = []check.Absence{{FromMono: 9 * s, ToMono: 12 * s}}
		}},
		wrong{"for READY", func(_ *check.Run, c *check.Client) { queued(c, 80*s, 85*s) }},
		wrong{"for a free slot", func(_ *check.Run, c *check.Client) { queued(c, 10*s, 60*s) }},
	)
}

// TestReasons: the set of 5 s is answered, the read of 63 s repeated, and the set
// of 99 s ended by its client's end.
func TestReasons(t *testing.T) {
	fails := func(call int, fate check.Outcome, at time.Duration) func(*check.Run, *check.Client) {
		return func(_ *check.Run, c *check.Client) { c.Calls[call].Outcome, c.Calls[call].FinishedMono = fate, at }
	}
	queued := func(from, to time.Duration, change func(k *check.Call)) func(*check.Run, *check.Client) {
		return func(_ *check.Run, c *check.Client) {
			c.Calls[3].SubmittedMono, c.Calls[3].FinishedMono = from, to
			change(c.Calls[3])
		}
	}
	same := func(*check.Call) {}
	finds(t, "reasons",
		wrong{"its reply had time", fails(1, check.Unknown, 10*s-1)},
		wrong{"not sent, and READY", queued(90*s, 91*s, same)},
		wrong{"at once, and no crowd", queued(90*s, 90*s, same)},
		wrong{"not READY yet", queued(77*s, 78*s, same)},
		wrong{"not READY any more", queued(70*s, 77100*time.Millisecond, same)},
		wrong{"repeated, and READY again", fails(2, check.Unknown, 80500*time.Millisecond)},
	)
	bears(t, "reasons",
		wrong{"its reply had no more time", fails(1, check.Unknown, 10*s)},
		wrong{"its context ended", func(r *check.Run, c *check.Client) {
			fails(1, check.Unknown, 6*s)(r, c)
			c.Calls[1].Canceled = true
		}},
		wrong{"it fails fast", queued(77*s, 77*s, func(k *check.Call) { k.FailFast = true })},
		wrong{"its link was lost", func(r *check.Run, c *check.Client) {
			fails(2, check.Unknown, 77*s)(r, c)
			c.Calls[2].Handed = c.Calls[2].Handed[:1]
		}},
		wrong{"a crowd", func(_ *check.Run, c *check.Client) {
			c.Calls[3].SubmittedMono, c.Calls[3].FinishedMono = 90*s, 90*s
			for range 8 {
				c.Calls = append(c.Calls, &check.Call{Command: 3, Told: true, SubmittedMono: 89 * s, FinishedMono: 91 * s, Ends: 1, Outcome: check.Replied})
			}
		}},
	)
}

func TestFates(t *testing.T) {
	finds(t, "fates",
		wrong{"not sent, and seen", func(_ *check.Run, c *check.Client) { c.Calls[1].Outcome = check.NotSent }},
		wrong{"executed twice", func(r *check.Run, _ *check.Client) {
			r.Seen = append(r.Seen, check.Seen{At: 80 * s, Conn: 2, Command: r.Seen[2].Command, ID: "SET 1 1"})
		}},
		wrong{"idempotent, three times", func(r *check.Run, _ *check.Client) {
			r.Seen = append(r.Seen, check.Seen{At: 81 * s, Conn: 3, Command: r.Seen[4].Command, ID: "READ 5"})
		}},
		wrong{"idempotent, twice on one connection", func(r *check.Run, _ *check.Client) { r.Seen[7].Conn = 1 }},
		wrong{"answered, and never seen", func(r *check.Run, _ *check.Client) { r.Seen[2].ID = "" }},
		wrong{"nobody asked it", func(r *check.Run, _ *check.Client) {
			r.Seen = append(r.Seen, check.Seen{At: 81 * s, Conn: 2, Command: r.Seen[4].Command, ID: "READ 9"})
		}},
	)
}

func TestHandOvers(t *testing.T) {
	finds(t, "hand-overs",
		wrong{"not sent, and handed over", func(_ *check.Run, c *check.Client) {
			c.Calls[3].Handed = []check.Handed{{Mono: 99 * s, Epoch: 2}}
		}},
		wrong{"unknown, and not handed over", func(_ *check.Run, c *check.Client) { c.Calls[3].Outcome = check.Unknown }},
		wrong{"answered, and not handed over", func(_ *check.Run, c *check.Client) { c.Calls[1].Handed = nil }},
		wrong{"twice, and not idempotent", func(_ *check.Run, c *check.Client) {
			c.Calls[1].Handed = append(c.Calls[1].Handed, check.Handed{Mono: 80 * s, Epoch: 2})
		}},
		wrong{"twice on one link", func(_ *check.Run, c *check.Client) { c.Calls[2].Handed[1].Epoch = 1 }},
	)
}

func TestReplies(t *testing.T) {
	finds(t, "replies",
		wrong{"crossed", func(_ *check.Run, c *check.Client) { c.Calls[2].Got = "6" }},
	)
}

func TestEpochs(t *testing.T) {
	finds(t, "epochs",
		wrong{"a reply before it was given", func(r *check.Run, _ *check.Client) { r.Seen[2].Answered = 6*s + 1 }},
		wrong{"a reply that never was", func(r *check.Run, _ *check.Client) { r.Seen[2].Answered = check.Unanswered }},
		wrong{"a reply of an old link", func(_ *check.Run, c *check.Client) { c.Calls[1].Finished = 79 * s }},
		wrong{"an event of an old link", func(_ *check.Run, c *check.Client) { c.Events[0].Epoch = 2 }},
		wrong{"an event after its link's end", func(_ *check.Run, c *check.Client) { c.Events[0].At = 78 * s }},
		wrong{"an event that was not sent", func(_ *check.Run, c *check.Client) { c.Events[0].ID = "e2" }},
		wrong{"an event twice", func(_ *check.Run, c *check.Client) { c.Events = append(c.Events, c.Events[0]) }},
	)
}
