package check_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

func TestSuspect(t *testing.T) {
	finds(t, "suspect",
		wrong{"too soon", func(_ *check.Run, c *check.Client) { hear(c, 73*s, "x") }},
		wrong{"no more, and nothing came", func(_ *check.Run, c *check.Client) {
			c.Changes[4] = change(session.Suspect, session.Ready, 1, 76*s, nil)
			c.Changes = c.Changes[:5]
		}},
		wrong{"never, and given up", func(_ *check.Run, c *check.Client) {
			c.Changes = append(c.Changes[:3], c.Changes[4:]...)
			c.Changes[3].From = session.Ready
		}},
	)
	bears(t, "suspect",
		wrong{"no more, for bytes came", func(_ *check.Run, c *check.Client) {
			hear(c, 76*s, "x")
			c.Changes[4] = change(session.Suspect, session.Ready, 1, 76*s, nil)
			c.Changes = c.Changes[:5]
		}},
		wrong{"never, for it was away", func(_ *check.Run, c *check.Client) {
			c.Absences = []check.Absence{{FromMono: 74 * s, ToMono: 76 * s}}
			c.Changes = append(c.Changes[:3], c.Changes[4:]...)
			c.Changes[3].From = session.Ready
		}},
	)
}

func TestAsked(t *testing.T) {
	finds(t, "asked",
		wrong{"not at all", func(_ *check.Run, c *check.Client) { c.Probes = nil }},
		wrong{"on another link", func(_ *check.Run, c *check.Client) { c.Probes[0].Epoch = 2 }},
		wrong{"before it was heard last", func(_ *check.Run, c *check.Client) { c.Probes[0].Mono = 60 * s }},
		wrong{"not often enough", func(r *check.Run, _ *check.Client) { r.Plan.Liveness.Probe.Misses = 2 }},
	)
	bears(t, "asked",
		wrong{"a write was stuck", func(_ *check.Run, c *check.Client) {
			c.Probes, c.Writes = nil, []check.Write{{Mono: 70 * s, Epoch: 1, Bytes: 8}}
		}},
		wrong{"the client was", func(_ *check.Run, c *check.Client) {
			c.Probes, c.Absences = nil, []check.Absence{{FromMono: 71 * s, ToMono: 73 * s}}
		}},
	)
}

func TestDeadlines(t *testing.T) {
	timeout := fmt.Errorf("%w: connect", session.ErrTimeout)
	// dials and greets end the link that is dialled at 77.4 s and connected at 78 s.
	dials := func(at time.Duration, err error) func(*check.Run, *check.Client) {
		return func(_ *check.Run, c *check.Client) {
			c.Changes = append(c.Changes[:6], change(session.Dialing, session.Backoff, 2, at, err))
		}
	}
	greets := func(at time.Duration, err error) func(*check.Run, *check.Client) {
		return func(r *check.Run, c *check.Client) {
			r.Plan.Commands = plantest.Acme().Commands
			c.Changes = append(c.Changes[:7], change(session.Greeting, session.Backoff, 2, at, err))
			r.Seen = r.Seen[:6] // nothing that lasts was sent again
		}
	}
	// shuts shuts the second link down at 90 s.
	shuts := func(ended time.Duration) func(*check.Run, *check.Client) {
		return func(_ *check.Run, c *check.Client) {
			c.Changes = append(c.Changes[:8], change(session.Ready, session.Draining, 2, 90*s, nil), change(session.Draining, session.Closed, 2, ended, nil))
			c.Calls = c.Calls[:3]
		}
	}
	finds(t, "deadlines",
		wrong{"shut down, and never ended", shuts(100*s + 1)},
		wrong{"dialled too long", dials(82400*time.Millisecond+1, timeout)},
		wrong{"dialled too short", dials(82400*time.Millisecond-1, timeout)},
		wrong{"logged in too long", greets(88*s+1, timeout)},
		wrong{"logged in too short", greets(80*s, timeout)},
		wrong{"dials for ever", func(_ *check.Run, c *check.Client) { c.Changes = c.Changes[:6] }},
		wrong{"a write takes too long", func(_ *check.Run, c *check.Client) { c.Writes[0].Done = 10*s + 1 }},
		wrong{"a write never ends", func(_ *check.Run, c *check.Client) { c.Writes[0].Done = 0 }},
		wrong{"a slow drip", func(_ *check.Run, c *check.Client) {
			c.Chunks = c.Chunks[:1]
			hear(c, 10*s, "READ")
			hear(c, 39*s, "I")
			hear(c, 40*s+1, "N")
		}},
		wrong{"half a frame for ever", func(_ *check.Run, c *check.Client) {
			c.Chunks[len(c.Chunks)-10].Bytes = []byte("READING")
			c.Chunks = c.Chunks[:len(c.Chunks)-9]
			c.Changes = c.Changes[:8]
		}},
	)
	bears(t, "deadlines",
		wrong{"just in time", dials(82400*time.Millisecond, timeout)},
		wrong{"refused at once", dials(77500*time.Millisecond, errors.New("refused"))},
		wrong{"login, just in time", greets(88*s, timeout)},
		wrong{"shut down, a write and the peer's end", shuts(100 * s)},
		wrong{"was away", func(r *check.Run, c *check.Client) {
			dials(90*s, timeout)(r, c)
			c.Absences = []check.Absence{{FromMono: 80 * s, ToMono: 89900 * time.Millisecond}}
		}},
		wrong{"two batches' time", func(_ *check.Run, c *check.Client) {
			c.Writes[0].Bytes, c.Writes[0].Done = 300<<10, 15*s
		}},
	)
}

func TestEvents(t *testing.T) {
	finds(t, "events", wrong{"lost", func(_ *check.Run, c *check.Client) { c.Events = nil }})
	bears(t, "events",
		wrong{"half of it came", func(_ *check.Run, c *check.Client) {
			c.Events, c.Chunks[3].Bytes = nil, []byte("e1")
			c.Chunks = c.Chunks[:4]
		}},
		wrong{"part of another", func(_ *check.Run, c *check.Client) { c.Events, c.Chunks[3].Bytes = nil, []byte("\x01e1\n") }},
		wrong{"its link ended", func(_ *check.Run, c *check.Client) {
			c.Events = nil
			c.Changes[4].At = 10 * s
		}},
	)
}

func TestSecrecy(t *testing.T) {
	says := func(text string) func(*check.Run, *check.Client) {
		return func(_ *check.Run, c *check.Client) { c.Links[0].Wrote = []byte(text) }
	}
	starts := func(text string) func(*check.Run, *check.Client) {
		return func(r *check.Run, c *check.Client) {
			r.Plan = plantest.Lasting()
			says(text)(r, c)
		}
	}
	finds(t, "secrecy",
		wrong{"no TLS", says("LOGIN u s\n")},
		wrong{"plain text before", says("HEARTBEAT\n" + string(encrypted()))},
		wrong{"plain text behind", says(string(encrypted()) + "LOGIN u s\n")},
		wrong{"the login before TLS starts", starts("CONNECT u s\r\n" + string(encrypted()))},
		wrong{"no TLS after all", starts("PONG\r\nCONNECT u s\r\n")},
		wrong{"READY without a handshake", func(_ *check.Run, c *check.Client) { c.Links[1].Secured = false }},
	)
	bears(t, "secrecy",
		wrong{"nothing", says("")},
		wrong{"cut off", says(string(encrypted()[:13]))},
		wrong{"an answer before TLS starts", starts("PONG\r\n" + string(encrypted()))},
		wrong{"half an answer", starts("PO")},
		wrong{"nobody asked for TLS", func(r *check.Run, c *check.Client) {
			says("LOGIN u s\n")(r, c)
			r.TLS, c.Links[0].Secured = false, false
		}},
	)
}

func TestRefusals(t *testing.T) {
	finds(t, "refusals",
		wrong{"as loss", func(_ *check.Run, c *check.Client) { c.Links[0].Refused = true }},
		wrong{"and the next address is dialled", func(_ *check.Run, c *check.Client) {
			c.Links[0].Refused = true
			c.Changes[1] = change(session.Dialing, session.Dialing, 2, 1500*time.Millisecond, errors.New("no"))
			c.Changes = c.Changes[:2]
		}},
	)
	bears(t, "refusals", wrong{"as refusal", func(_ *check.Run, c *check.Client) {
		c.Links[0].Refused, c.Changes[4].Err = true, errRefused
	}})
}
