package check

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// jump is how far the clocks must part, or how late a wake-up must be, to count
// as a suspend.
const jump = time.Second

// never is after every time.
const never = time.Duration(1<<63 - 1)

// span is a time that is known to lie between two.
type span struct{ lo, hi time.Duration }

func at(t time.Duration) span                { return span{t, t} }
func (s span) plus(d time.Duration) span     { return span{s.lo + d, s.hi + d} }
func (s span) earlier(other span) span       { return span{min(s.lo, other.lo), min(s.hi, other.hi)} }
func (s span) or(other span) span            { return span{min(s.lo, other.lo), max(s.hi, other.hi)} }
func (s span) contains(t time.Duration) bool { return s.lo <= t && t <= s.hi }

// guard computes, from what was received alone, when a link that is READY must
// be given up.
type guard struct {
	*judge
	live   *session.Liveness
	epoch  session.Epoch
	ready  time.Duration
	heard  time.Duration // the last bytes
	due    span          // of the round's first probe
	lapses []time.Duration
	holds  []span // a probe that is due then waits for a reply
	failed bool
}

// sign is something that moves the verdict.
type sign struct {
	mono  time.Duration
	shift bool // of the wall clock; else bytes
	acks  bool // they hold the probe's ack
}

func bound(j *judge) {
	for i, ch := range j.c.Changes {
		if ch.From != session.Greeting || ch.To != session.Ready {
			continue
		}
		g := &guard{judge: j, live: &j.Plan.Liveness, epoch: ch.Epoch, ready: ch.At, heard: ch.At}
		if p := g.live.Probe; p != nil {
			g.due = at(ch.At + p.Every)
		}
		g.lapses, g.holds = j.lapses(ch.Epoch)
		g.watch(j.c.Changes[i+1:])
	}
}

// watch follows one link to its end.
func (g *guard) watch(rest []Change) {
	end, how := g.c.EndMono, Change{}
	for _, ch := range rest {
		if !ch.To.Up() {
			end, how = ch.At, ch
			break
		}
	}
	for _, s := range g.signs(end) {
		if g.upTo(s.mono); g.failed {
			return
		}
		if s.mono == end && g.verdict().lo <= end {
			return // its time was over, whatever the same moment also brought
		}
		g.take(s)
	}
	g.upTo(end)
	if v := g.verdict(); !g.failed && !g.blind() && errors.Is(how.Err, session.ErrPeerSilent) && end < v.lo {
		g.report(end, "link %d is given up %v before the bound ends (%v)", g.epoch, v.lo-end, v.lo)
	}
}

// signs are what came while the link was READY, by time; a shift comes before
// the bytes of the same moment.
func (g *guard) signs(end time.Duration) []sign {
	var all []sign
	var line []byte
	for _, ch := range g.c.Chunks {
		if ch.Epoch != g.epoch {
			continue
		}
		acks := false
		if g.live.AckOnly && g.Ack != "" {
			line = append(line, ch.Bytes...)
			if i := bytes.LastIndexByte(line, '\n'); i >= 0 {
				acks = bytes.Contains(line[:i+1], []byte(g.Ack))
				line = line[i+1:]
			}
		}
		if ch.Mono >= g.ready && ch.Mono <= end {
			all = append(all, sign{mono: ch.Mono, acks: acks})
		}
	}
	for _, s := range g.c.Shifts {
		if s.By > jump && s.Mono >= g.ready && s.Mono <= end {
			all = append(all, sign{mono: s.Mono, shift: true})
		}
	}
	slices.SortStableFunc(all, func(a, b sign) int {
		if a.mono == b.mono && a.shift != b.shift {
			if a.shift {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.mono, b.mono)
	})
	return all
}

// verdict is when the peer is given up if nothing more comes.
func (g *guard) verdict() span {
	v := at(never)
	if p := g.live.Probe; p != nil {
		v = g.due.plus(g.patience())
		for _, h := range g.holds {
			if h.lo <= g.due.hi && h.hi >= g.due.lo {
				v.hi = max(v.hi, h.hi+g.patience())
			}
		}
	}
	if g.live.Silence > 0 {
		v = v.earlier(at(g.heard + g.live.Silence))
	}
	return v
}

// patience is how long probes go unanswered.
func (g *guard) patience() time.Duration {
	return time.Duration(g.live.Probe.Misses) * g.live.Probe.Timeout
}

// upTo judges that the link was still up at t. One that was away when its
// verdict fell due is judged when it is back: where that is late by a second or
// more, it must have been stopped, and probes once more.
func (g *guard) upTo(t time.Duration) {
	g.lapse(t)
	for v := g.verdict(); t > v.hi; v = g.verdict() {
		back := g.c.backAt(v.hi)
		switch {
		case t <= back:
			return
		case back == v.hi || back-v.lo < jump:
			g.failed = true
			g.report(t, "link %d is up %v after the bound ended (%v)", g.epoch, t-back, back)
			return
		}
		g.probeAtOnce(back)
	}
}

// lapse notes the commands whose reply was overdue before t: in order, the next
// probe may then be due at once.
func (g *guard) lapse(t time.Duration) {
	for _, l := range g.lapses {
		if l < g.heard || l > t {
			continue
		}
		g.due.lo = min(g.due.lo, l)
		if verdict := l + g.patience(); g.c.backAt(verdict)-verdict >= jump {
			g.due.hi = max(g.due.hi, g.c.backAt(verdict))
		}
	}
}

func (g *guard) probeAtOnce(t time.Duration) {
	g.heard, g.due = t, at(t)
}

// take is one sign.
func (g *guard) take(s sign) {
	p := g.live.Probe
	before, late := g.due, s.mono > g.verdict().lo
	switch {
	case s.shift && s.mono == g.ready:
		g.due = g.due.or(at(s.mono)) // it may have been noticed before READY
		return
	case s.shift:
		g.probeAtOnce(s.mono)
		return
	}
	// Bytes of the moment at which the machine woke up, or the link became
	// READY, may have been read before it was noticed.
	tie := before == at(s.mono) && g.heard == s.mono
	g.heard = s.mono
	switch {
	case p == nil:
	case !g.live.AckOnly && !p.Always:
		g.due = at(s.mono + p.Every)
		if tie {
			g.due = g.due.or(before)
		}
	case g.live.AckOnly && !s.acks || s.mono < before.lo:
	case s.mono > before.hi && g.c.backAt(before.hi) == before.hi && !late:
		g.due = before.plus(p.Every)
	default:
		// Whether the probe was due already is open, and from when, where the
		// client was just back.
		g.due = before.or(at(max(before.hi, s.mono) + p.Every))
	}
}
