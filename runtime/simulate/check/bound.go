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

// span is a time that lies between two.
type span struct{ lo, hi time.Duration }

// guard computes, from what was received alone, when a link that is READY must
// be given up.
type guard struct {
	*judge
	live   *session.Liveness
	epoch  session.Epoch
	ready  time.Duration
	heard  time.Duration   // the last bytes
	due    []time.Duration // of the round's first probe: all times that are possible, rising
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
			g.due = []time.Duration{ch.At + p.Every}
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
	if g.upTo(end); !g.failed && errors.Is(how.Err, session.ErrPeerSilent) {
		g.givenUp(end)
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
	v := span{never, never}
	if g.live.Probe != nil {
		last := g.due[len(g.due)-1]
		v = span{g.due[0] + g.patience(), last + g.patience()}
		for _, h := range g.holds {
			if h.lo <= last && h.hi >= g.due[0] {
				v.hi = max(v.hi, h.hi+g.patience())
			}
		}
	}
	if g.live.Silence > 0 {
		silent := g.heard + g.live.Silence
		v = span{min(v.lo, silent), min(v.hi, silent)}
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

// givenUp judges a link that ended because its peer was silent.
func (g *guard) givenUp(end time.Duration) {
	switch v := g.verdict(); {
	case end < v.lo && !g.blind():
		g.report(end, "link %d is given up %v before the bound ends (%v)", g.epoch, v.lo-end, v.lo)
	case v.hi != never && end-v.hi >= jump:
		g.report(end, "link %d is given up at a wake-up that is %v late, without another probe", g.epoch, end-v.hi)
	}
}

// lapse notes the commands whose reply was overdue before t: in order, the next
// probe may then be due at once.
func (g *guard) lapse(t time.Duration) {
	for _, l := range g.lapses {
		if l < g.heard || l > t {
			continue
		}
		g.may(l)
		if verdict := l + g.patience(); g.c.backAt(verdict)-verdict >= jump {
			g.may(g.c.backAt(verdict))
		}
	}
}

// may adds times at which the probe may be due.
func (g *guard) may(times ...time.Duration) {
	g.due = append(g.due, times...)
	slices.Sort(g.due)
	g.due = slices.Compact(g.due)
}

func (g *guard) probeAtOnce(t time.Duration) {
	g.heard, g.due = t, []time.Duration{t}
}

// take is one sign.
func (g *guard) take(s sign) {
	before, heard := g.due, g.heard
	switch {
	case s.shift && s.mono == g.ready:
		g.may(s.mono) // it may have been noticed before READY
		return
	case s.shift:
		g.probeAtOnce(s.mono)
		return
	}
	g.heard, g.due = s.mono, nil
	for _, due := range before {
		g.renew(s, due, heard)
	}
}

// renew is what bytes make of a probe's time.
func (g *guard) renew(s sign, due, heard time.Duration) {
	p := g.live.Probe
	idle := !g.live.AckOnly && !p.Always
	switch back := g.c.backAt(due); {
	case idle && due == s.mono && heard == s.mono:
		// Bytes of the moment at which the machine woke up may have been read
		// before that was noticed.
		g.may(due, s.mono+p.Every)
	case idle:
		g.may(s.mono + p.Every)
	case g.live.AckOnly && !s.acks || s.mono < due:
		g.may(due)
	case s.mono == due:
		g.may(due, due+p.Every) // whether it was due already is open
	case back == due && s.mono <= due+g.patience():
		g.may(due + p.Every)
	default: // the client was just back
		g.may(due, due+p.Every, s.mono+p.Every)
	}
}
