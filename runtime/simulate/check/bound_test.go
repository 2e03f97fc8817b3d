package check_test

import (
	"errors"
	"testing"
	"time"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

// givenUp makes the first link end at a time, and drops what came after 62 s.
func givenUp(c *check.Client, at time.Duration, err error) {
	c.Changes[4].At, c.Changes[4].Err = at, err
}

// hear adds bytes of the first link.
func hear(c *check.Client, at time.Duration, text string) {
	c.Chunks = append(c.Chunks, check.Chunk{Mono: at, Epoch: 1, Bytes: []byte(text)})
}

func TestBound(t *testing.T) {
	finds(t, "bound",
		wrong{"a moment late", func(_ *check.Run, c *check.Client) { givenUp(c, 77*s+1, session.ErrPeerSilent) }},
		wrong{"a moment early", func(_ *check.Run, c *check.Client) { givenUp(c, 77*s-1, session.ErrPeerSilent) }},
		wrong{"late, and for another reason", func(_ *check.Run, c *check.Client) { givenUp(c, 80*s, errors.New("reset")) }},
		wrong{"bytes after the end of the bound", func(_ *check.Run, c *check.Client) {
			hear(c, 78*s, "x")
			givenUp(c, 93*s, session.ErrPeerSilent)
		}},
		wrong{"in spite of bytes", func(_ *check.Run, c *check.Client) { hear(c, 76*s, "x") }},
		wrong{"never", func(_ *check.Run, c *check.Client) { c.Changes = c.Changes[:4] }},
		wrong{"late after a short absence", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 76 * s, ToMono: 77500 * time.Millisecond}}
			givenUp(c, 78*s, session.ErrPeerSilent)
		}},
		wrong{"not probed after a long absence", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 70 * s, ToMono: 90 * s}}
			givenUp(c, 90*s, session.ErrPeerSilent)
		}},
		wrong{"absent when the probe was due, and given up without it", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 71 * s, ToMono: 76 * s}}
			givenUp(c, 77*s, session.ErrPeerSilent)
		}},
		wrong{"back late, and nothing was read first", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 76 * s, ToMono: 77500 * time.Millisecond}}
			givenUp(c, 77500*time.Millisecond, session.ErrPeerSilent)
		}},
		wrong{"back late, and later than it read", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 76 * s, ToMono: 77500 * time.Millisecond}}
			givenUp(c, 77600*time.Millisecond+1, session.ErrPeerSilent)
		}},
		wrong{"the wall clock jumped, and it was not probed", func(_ *check.Run, c *check.Client) {
			c.Shifts = []check.Shift{{Mono: 65 * s, By: time.Hour}}
		}},
		wrong{"silence", func(r *check.Run, c *check.Client) { r.Plan.Liveness.Silence = 12 * s }},
		wrong{"always: bytes renewed it", func(r *check.Run, c *check.Client) {
			plantest.Always()(r.Plan)
			givenUp(c, 77500*time.Millisecond, session.ErrPeerSilent)
		}},
		wrong{"life: probe: any bytes renewed it", func(r *check.Run, _ *check.Client) { plantest.AckOnly()(r.Plan) }},
	)
	bears(t, "bound",
		wrong{"ended early for another reason", func(_ *check.Run, c *check.Client) { givenUp(c, 70*s, errors.New("reset")) }},
		wrong{"bytes renew it", func(_ *check.Run, c *check.Client) {
			hear(c, 76*s, "x")
			givenUp(c, 91*s, session.ErrPeerSilent)
		}},
		wrong{"away for a moment", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 76 * s, ToMono: 77099 * time.Millisecond}}
			givenUp(c, 77099*time.Millisecond, session.ErrPeerSilent)
		}},
		wrong{"away for longer, it reads first", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 76 * s, ToMono: 77500 * time.Millisecond}}
			givenUp(c, 77600*time.Millisecond, session.ErrPeerSilent)
		}},
		wrong{"absent when the probe was due", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 71 * s, ToMono: 76 * s}}
			givenUp(c, 81*s, session.ErrPeerSilent)
		}},
		wrong{"probed after a long absence", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 70 * s, ToMono: 90 * s}}
			givenUp(c, 95*s, session.ErrPeerSilent)
		}},
		wrong{"probed after a jump", func(_ *check.Run, c *check.Client) {
			c.Shifts = []check.Shift{{Mono: 65 * s, By: time.Hour}}
			givenUp(c, 70*s, session.ErrPeerSilent)
		}},
		wrong{"always: rounds of ten seconds", func(r *check.Run, c *check.Client) {
			plantest.Always()(r.Plan)
			givenUp(c, 77*s, session.ErrPeerSilent) // READY at 2 s, the last probe due at 72 s
		}},
		wrong{"life: probe: the first round", func(r *check.Run, c *check.Client) {
			plantest.AckOnly()(r.Plan)
			givenUp(c, 17*s, session.ErrPeerSilent)
			c.Changes = c.Changes[:5]
		}},
		wrong{"life: probe: an ack renews it", func(r *check.Run, c *check.Client) {
			plantest.AckOnly()(r.Plan)
			c.Chunks = nil
			hear(c, 13*s, "HEARTBEAT_ACK\n")
			givenUp(c, 27*s, session.ErrPeerSilent)
			c.Changes = c.Changes[:5]
		}},
	)
}

// TestBoundOfAHeldProbe: in order, with one in flight, the probe is due when the
// reply that is pending at 72 s is overdue, at 75 s.
func TestBoundOfAHeldProbe(t *testing.T) {
	held := func(at time.Duration, absences ...check.Absence) func(*check.Run, *check.Client) {
		return func(r *check.Run, c *check.Client) {
			plantest.InOrder()(r.Plan)
			plantest.Swallow()(r.Plan)
			c.Calls[2].Handed = []check.Handed{{Mono: 70 * s, Epoch: 1}}
			c.Absences = absences
			givenUp(c, at, session.ErrPeerSilent)
		}
	}
	stopped := check.Absence{FromMono: 71 * s, ToMono: 77500 * time.Millisecond}
	finds(t, "bound",
		wrong{"as if it were not held", held(77 * s)},
		wrong{"too late", held(80*s + 1)},
		wrong{"stopped, and not asked when it was back", held(77500*time.Millisecond, stopped)},
		wrong{"stopped, and too late", held(82600*time.Millisecond+1, stopped)},
	)
	bears(t, "bound",
		wrong{"from when the hold ends", held(80 * s)},
		wrong{"stopped when the hold ended", held(82600*time.Millisecond, stopped)},
	)
}
