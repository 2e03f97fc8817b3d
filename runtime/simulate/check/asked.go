package check

import (
	"bytes"
	"errors"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// asked: a peer is given up only after as many probes as the spec has, each of
// which went out, since it was heard last. Where the writer or the client was
// stuck meanwhile, or where bytes alone are no life, there may be fewer. A probe waits
// for the reply to a long poll, whose interrupt asks in its place: also before the
// first part of that reply.
func asked(j *judge) {
	l := &j.Plan.Liveness
	if l.Probe == nil || !j.c.Told || l.Silence > 0 || l.AckOnly || l.Probe.Always {
		return
	}
	for _, ch := range j.c.Changes {
		if !up(ch.From) || !errors.Is(ch.Err, session.ErrPeerSilent) {
			continue
		}
		since, want := j.lastHeard(ch), l.Probe.Misses
		if j.Plan.Standby != nil {
			since, want = j.lastLine(ch), 1
		}
		if n := j.probes(ch.Epoch, since, ch.At); n < want && !j.stuck(ch.Epoch, since, ch.At) {
			j.report(ch.At, "link %d is given up after %d probes in %v; the spec has %d", ch.Epoch, n, ch.At-since, want)
		}
	}
}

// lastLine is when the last whole line of a link came, before it was given up.
func (j *judge) lastLine(ch Change) (last time.Duration) {
	for _, chunk := range j.c.Chunks {
		if chunk.Epoch == ch.Epoch && chunk.Mono < ch.At && bytes.IndexByte(chunk.Bytes, '\n') >= 0 {
			last = max(last, chunk.Mono)
		}
	}
	return last
}

// probes is how many were handed over on a link in that time.
func (j *judge) probes(e session.Epoch, from, to time.Duration) (n int) {
	for _, h := range j.c.Probes {
		if h.Epoch == e && h.Mono >= from && h.Mono <= to {
			n++
		}
	}
	return n
}

// stuck reports whether a write of a link was in progress for long in that time,
// or the client was away.
func (j *judge) stuck(e session.Epoch, from, to time.Duration) bool {
	for _, w := range j.c.Writes {
		slow := w.Done == 0 || w.Done-w.Mono >= j.Plan.Liveness.Probe.Timeout/2
		if w.Epoch == e && slow && w.Mono <= to && (w.Done == 0 || w.Done >= from) {
			return true
		}
	}
	return j.awayIn(from, to)
}
