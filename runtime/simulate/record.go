package simulate

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Record is what a client's driver saw, for somebody who judges it afterwards;
// it is kept where Options.Record is set. Mono is the client's monotonic clock,
// other times are the world's.
type Record struct {
	Chunks   []Chunk
	Absences []Absence
	Shifts   []Shift
	Changed  []time.Duration // when each of Client.Changes happened
	Hurried  []time.Duration // Mono of each ReconnectNow
	Ended    time.Duration   // Mono of the first Close or Shutdown; 0: none
	Writes   []Write
	Probes   []Handed // of the heartbeat's probe, and of what interrupts a long poll
	Peak     Peak
}

// Write is one batch, from its hand-over until the kernel had all of it.
type Write struct {
	Mono  time.Duration
	Epoch session.Epoch
	Bytes int
	Done  time.Duration // Mono; 0: the kernel never had
}

// Chunk is one read.
type Chunk struct {
	At, Mono time.Duration
	Epoch    session.Epoch
	Bytes    []byte
}

// Absence is a time in which nothing of the client ran.
type Absence struct {
	From, To         time.Duration
	FromMono, ToMono time.Duration
}

// Shift is a step that found the wall clock elsewhere than the step before.
type Shift struct {
	Mono time.Duration
	By   time.Duration // against the monotonic clock
}

// Peak are the most that there was at once.
type Peak struct {
	Held  int // received bytes that were not consumed
	Batch int // bytes of one batch
}

// away notes an absence that begins now; one that goes on becomes longer, so
// that no two overlap.
func (c *Client) away(from session.Now) {
	if !c.w.options.Record {
		return
	}
	a := Absence{From: c.w.now, FromMono: from.Mono}
	all := c.Record.Absences
	if n := len(all); n > 0 && all[n-1].To > c.w.now {
		a, all = all[n-1], all[:n-1]
	}
	a.To = c.clock.back()
	a.ToMono = c.clock.at(a.To).Mono // the clock may have been stopped meanwhile
	c.Record.Absences = append(all, a)
}

// stepped notes what a step at a moment shows.
func (c *Client) stepped(now session.Now) {
	if !c.w.options.Record {
		return
	}
	if gap := now.Wall - now.Mono; gap != c.gap {
		if c.started {
			c.Record.Shifts = append(c.Record.Shifts, Shift{Mono: now.Mono, By: gap - c.gap})
		}
		c.gap = gap
	}
	c.started = true
}

// handed finds the calls whose frames are in a batch, and probes: the session's
// traces say how long each frame is.
func (c *Client) handed(batch []byte, sent []session.Trace, e session.Epoch) {
	c.Record.Peak.Batch = max(c.Record.Peak.Batch, len(batch))
	now := c.Moment().Mono
	for _, t := range sent {
		if t.Kind == session.TraceSent && c.w.asks(t.Index) {
			c.Record.Probes = append(c.Record.Probes, Handed{Mono: now, Epoch: e})
		}
	}
	if s := c.Session.State(); !s.Up() && s != session.Draining {
		return // what lasts is sent again in the same words as callers' commands
	}
	for _, t := range sent {
		if t.Kind != session.TraceSent || t.Bytes > len(batch) {
			continue
		}
		for _, k := range c.waiting[string(batch[:t.Bytes])] {
			if n := len(k.Handed); n == 0 || k.Handed[n-1].Epoch != e {
				k.Handed = append(k.Handed, Handed{Mono: now, Epoch: e})
				break
			}
		}
		batch = batch[t.Bytes:]
	}
}

// asks reports whether a command asks the peer whether it is there.
func (w *World) asks(command int) bool {
	for p := w.plan.Liveness.Probe; p != nil; p = p.Else {
		if command == p.Step.Command {
			return true
		}
	}
	standby := w.plan.Standby
	return standby != nil && command == standby.Interrupt.Command
}

// Handed is one hand-over of a call's frame to the kernel.
type Handed struct {
	Mono  time.Duration
	Epoch session.Epoch
}
