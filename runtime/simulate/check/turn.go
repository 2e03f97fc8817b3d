package check

import (
	"slices"
	"time"
)

// span is a time that lies between two.
type span struct{ lo, hi time.Duration }

// hold is a time in which a reply was pending that could be the probe's ack.
type hold struct {
	span
	sure     bool // it was pending to the end, if nothing came
	answered bool // the reply came at the end; else any bytes may have been it
}

// turn is one way in which things may stand with a link.
type turn struct {
	due   time.Duration // the round's first probe
	heard time.Duration // the last bytes
}

// verdict is when the peer is given up, as things stand, if nothing more comes.
func (g *guard) verdict(x turn) span {
	v := span{never, never}
	if g.live.Probe != nil {
		due := g.asked(x.due)
		v = span{due.lo + g.patience(), due.hi + g.patience()}
		for _, h := range g.holds {
			if h.lo <= g.c.backAt(x.due) && h.hi >= x.due {
				v.hi = max(v.hi, h.hi+g.patience())
			}
			if h.sure && h.lo < x.due && x.due < h.hi && g.c.backAt(x.due) == x.due {
				v.lo = max(v.lo, h.hi+g.patience())
			}
		}
	}
	if g.live.Silence > 0 {
		silent := x.heard + g.live.Silence
		v = span{min(v.lo, silent), min(v.hi, silent)}
	}
	return v
}

// asked is when the peer was asked first, if the probe was due then: a client
// that was stopped does so when it is back.
func (g *guard) asked(due time.Duration) span {
	s := span{due, due}
	if back := g.c.backAt(due); back-due >= drain {
		s.hi = back
		if !slices.ContainsFunc(g.c.Absences, func(a Absence) bool { return a.FromMono == due }) {
			s.lo = back // else the probe may have come first
		}
	}
	return s
}

// patience is how long probes go unanswered.
func (g *guard) patience() time.Duration {
	return time.Duration(g.live.Probe.Misses) * g.live.Probe.Timeout
}

// over reports whether a silent peer may be given up at t: as early as can be, or as
// late. A client that is back a second late or more has to probe once more.
func (g *guard) over(t time.Duration) bool {
	return slices.ContainsFunc(g.turns, func(x turn) bool {
		v := g.verdict(x)
		end, ends := g.c.endsAt(v.hi)
		return g.c.endsFrom(v.lo) <= t && (t == v.lo || t == v.hi || ends && t <= end)
	})
}

// upTo judges that the link is still up at t, and drops the ways in which it
// cannot be.
func (g *guard) upTo(t time.Duration) bool {
	g.lapse(t)
	before := g.turns
	g.turns = nil
	last := time.Duration(0)
	for i := 0; i < len(before); i++ {
		x := before[i]
		v := g.verdict(x)
		last = max(last, v.hi)
		for _, over := range [...]time.Duration{v.lo, v.hi} {
			// It was stopped when its time was over, and probes when it is back.
			back, ends := g.c.endsAt(over)
			again := turn{due: back, heard: back}
			if !ends && t > back && !slices.Contains(before, again) {
				before = append(before, again)
			}
		}
		if end, _ := g.c.endsAt(v.hi); t <= end {
			g.may(x)
		}
	}
	if len(g.turns) == 0 {
		g.report(t, "link %d is up %v after the bound ended (%v)", g.epoch, t-last, last)
		return false
	}
	return true
}

// lapse notes the commands whose reply was overdue before t: in order, the next
// probe may then be due at once.
func (g *guard) lapse(t time.Duration) {
	for _, l := range g.lapses {
		for _, x := range g.turns {
			if x.heard <= l && l < x.due && l <= t {
				g.may(turn{due: l, heard: x.heard})
			}
		}
	}
}

// may adds a way in which things may stand.
func (g *guard) may(x turn) {
	if !slices.Contains(g.turns, x) {
		g.turns = append(g.turns, x)
	}
}

// take is one sign.
func (g *guard) take(s sign) {
	before := g.turns
	if !s.shift || s.mono != g.ready { // else it may have been noticed before READY
		g.turns = nil
	}
	for _, x := range before {
		if s.shift {
			g.may(turn{due: s.mono, heard: s.mono})
			continue
		}
		g.renew(s, x)
	}
}

// renew is what bytes make of a probe's time.
func (g *guard) renew(s sign, x turn) {
	p := g.live.Probe
	due := func(times ...time.Duration) {
		for _, t := range times {
			g.may(turn{due: t, heard: s.mono})
		}
	}
	switch {
	case p == nil:
		due(0)
	case !g.live.AckOnly && !p.Always && x == turn{s.mono, s.mono}:
		// Bytes of the moment at which the machine woke up may have been read
		// before that was noticed.
		due(x.due, s.mono+p.Every)
	case !g.live.AckOnly && !p.Always:
		due(s.mono + p.Every)
	case g.live.AckOnly && !s.acks || s.mono < x.due:
		due(x.due)
	case s.mono == x.due:
		due(x.due, x.due+p.Every) // whether it was due already is open
	case g.c.backAt(x.due) == x.due && s.mono <= x.due+g.patience():
		due(x.due + p.Every)
	default: // the client was just back
		due(x.due, x.due+p.Every, g.asked(x.due).hi+p.Every, s.mono+p.Every)
	}
	if g.live.AckOnly || p.Always {
		due(g.released(x.due, s.mono)...)
	}
}

// released are when a probe may be due, where a pending reply held this one back:
// until bytes bring that reply, which they do before the probe goes out.
func (g *guard) released(due, now time.Duration) (times []time.Duration) {
	for _, h := range g.holds {
		if g.c.backAt(due) < h.lo || due > h.hi {
			continue
		}
		if now > h.hi {
			times = append(times, h.hi+g.live.Probe.Every)
			continue
		}
		if now < h.hi {
			times = append(times, due) // still held
		}
		if now == h.hi || !h.answered {
			times = append(times, now)
		}
	}
	return times
}
