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

// guard computes, from what was received alone, when a link that is READY must
// be given up. Where the history leaves several ways open, it follows them all,
// until only one can be.
type guard struct {
	*judge
	live   *session.Liveness
	epoch  session.Epoch
	ready  time.Duration
	turns  []turn
	lapses []time.Duration // an overdue reply may make a probe due
	holds  []hold          // a probe that is due then may wait for a reply
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
		g := &guard{judge: j, live: &j.Plan.Liveness, epoch: ch.Epoch, ready: ch.At}
		first := turn{heard: ch.At}
		if p := g.live.Probe; p != nil {
			first.due = ch.At + p.Every
		}
		g.turns = []turn{first}
		g.lapses, g.holds = j.lapses(ch.Epoch)
		g.watch(j.c.Changes[i+1:])
	}
}

// watch follows one link to its end.
func (g *guard) watch(rest []Change) {
	end, how := g.c.EndMono, Change{}
	for _, ch := range rest {
		if !up(ch.To) {
			end, how = ch.At, ch
			break
		}
	}
	silent := errors.Is(how.Err, session.ErrPeerSilent)
	for _, s := range g.signs(end) {
		if !g.upTo(s.mono) {
			return
		}
		if s.mono == end && silent && g.over(end) {
			return // its time was over, whatever the same moment also brought
		}
		g.take(s)
	}
	if g.upTo(end) && silent && !g.over(end) && !g.blind() {
		g.report(end, "link %d is given up; its time is over at %v", g.epoch, g.verdict(g.turns[0]))
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
