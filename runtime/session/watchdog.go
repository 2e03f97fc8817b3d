package session

import (
	"fmt"
	"sync/atomic"
	"time"
)

// watchdog decides that a peer is dead. It is fed by received bytes alone, or
// by the probe's ack where the plan says so; never by a send. Its verdict is
// readable without the lock, so that neither a stuck writer nor a crowd of
// callers can delay it.
//
// Time runs in rounds. A round begins with a probe being due; while nothing
// answers, further probes are due Timeout apart, and Misses × Timeout after
// the first the peer is dead. The deadlines run from when a probe was due,
// written or not.
type watchdog struct {
	heard    atomic.Int64  // Mono of the last received bytes
	seen     atomic.Int64  // the value of heard that verdict knows of
	verdict  atomic.Int64  // the peer is dead at this Mono; 0: never
	due      time.Duration // of the round's first probe
	sent     int32         // probes that became due in this round
	on       bool
	hasGap   bool
	wanted   bool          // a probe goes at the head of the next batch
	held     bool          // due, but its ack could not be told from a pending reply
	probedAt time.Duration // hand-over of the last probe
	gap      atomic.Int64  // wall clock minus monotonic, at the last step
	asks     *Probe        // of the link's mode; nil: it has none
}

// beating is what few plans have.
type beating struct {
	beats *Beat         // of the link's mode; nil: it has none
	beat  time.Duration // its interval on this link
	spoke time.Duration // we: the last hand-over
	every time.Duration // of the probe on this link, where servers may tell it
}

// told reports whether there is more to a heartbeat than a probe, always as often.
func (l *Liveness) told() bool {
	for p := l.Probe; p != nil; p = p.Else {
		if p.Told.Of != nil {
			return true
		}
	}
	return l.Beat != nil
}

// speaks notes that we do.
func (w *watchdog) speaks(s *Session) {
	if s.plan.Liveness.Beat != nil {
		s.beating.spoke = s.now.Mono
	}
}

// every is the interval of the probe on this link.
func (w *watchdog) every(s *Session) time.Duration {
	if s.beating.every != 0 {
		return s.beating.every
	}
	return w.asks.Every
}

// Heard notes that bytes were read at mono. It may be called without the lock,
// and before Input, so that the watchdog knows of them at once.
func (s *Session) Heard(mono time.Duration) { s.watchdog.Heard(mono) }

// LastHeard is when something was read last, or the link became READY; it needs no lock.
func (s *Session) LastHeard() time.Duration { return time.Duration(s.watchdog.heard.Load()) }

// Heard keeps the latest time, whoever comes last.
func (w *watchdog) Heard(mono time.Duration) {
	for {
		old := w.heard.Load()
		if old >= int64(mono) || w.heard.CompareAndSwap(old, int64(mono)) {
			return
		}
	}
}

// Dead reports, without the lock, that the watchdog's time is over: the driver
// resets and closes the connection before it takes the lock to call Tick. It is
// false while received bytes have not gone through Input yet, while the peer has
// not been asked, and after a wake-up that is so late that the process must have
// been stopped: then Tick judges.
func (s *Session) Dead(now Now) bool {
	w, mono := &s.watchdog, now.Mono
	if now.Wall-now.Mono-time.Duration(w.gap.Load()) > clockJump {
		return false // the machine slept: Tick probes
	}
	v := time.Duration(w.verdict.Load())
	// Input may renew the verdict just now: it does so before it says that it
	// has seen the bytes, so that an old verdict is never taken with new bytes.
	return v != 0 && mono >= v && mono < v+drainTime && !w.unread() && time.Duration(w.verdict.Load()) == v
}

// unread reports whether bytes were received that Input has not had: the reader
// waits for the lock.
func (w *watchdog) unread() bool { return w.heard.Load() != w.seen.Load() }

// start begins to watch a link that has become READY.
func (w *watchdog) start(s *Session) {
	w.on = true
	w.told(s)
	w.Heard(s.now.Mono)
	w.begin(s, s.now.Mono)
}

// stop ends the watch with its link.
func (w *watchdog) stop() {
	w.on, w.wanted, w.held = false, false, false
	w.sent = 0
	w.verdict.Store(0)
}

// begin starts a round: the next probe is due Every after from.
func (w *watchdog) begin(s *Session, from time.Duration) {
	w.sent, w.held = 0, false
	if w.asks != nil {
		w.due = from + w.every(s)
	}
	w.judge(s)
	if s.state == Suspect {
		s.shift(heard, nil, 0)
	}
}

// judge renews the verdict that others may read without the lock. Nobody is
// dead who was not asked.
func (w *watchdog) judge(s *Session) {
	l, at := &s.plan.Liveness, time.Duration(0)
	if p := w.asks; p != nil && w.sent > 0 {
		at = w.due + time.Duration(p.Misses)*p.Timeout
	}
	last := time.Duration(w.heard.Load())
	if l.Silence > 0 && (at == 0 || last+l.Silence < at) {
		at = last + l.Silence
	}
	w.verdict.Store(int64(at))
	w.seen.Store(int64(last)) // after the verdict: see Dead
}

// life takes note of received bytes.
func (w *watchdog) life(s *Session) {
	if !w.on {
		return
	}
	p := w.asks
	last := time.Duration(w.heard.Load())
	switch {
	case p == nil:
		w.begin(s, last)
	case s.plan.Liveness.AckOnly || p.Always && w.sent == 0:
		w.judge(s)
	case p.Always:
		w.begin(s, w.due)
	default:
		w.wanted = false
		w.begin(s, last)
	}
}

// acked takes note of the probe's ack.
func (w *watchdog) acked(s *Session) {
	if w.probedAt != 0 {
		s.stats.RTT = s.now.Mono - w.probedAt
		s.trace(Trace{Kind: TraceRTT, Index: None, RTT: s.stats.RTT})
		w.probedAt = 0
	}
	w.ackIsLife(s)
}

// ackIsLife begins the next round where nothing but an ack does, however late
// it is.
func (w *watchdog) ackIsLife(s *Session) {
	if w.on && s.plan.Liveness.AckOnly && w.sent > 0 {
		w.begin(s, w.due)
	}
}

// next is when check has something to do; 0: never.
func (w *watchdog) next(s *Session) time.Duration {
	if !w.on {
		return 0
	}
	at := time.Duration(w.verdict.Load())
	if p := w.asks; p != nil && !w.held {
		if int(w.sent) < p.Misses {
			at = sooner(at, w.due+time.Duration(w.sent)*p.Timeout)
		}
		if s.state == Ready {
			at = sooner(at, w.suspectAt(p))
		}
	}
	if b := &s.beating; b.beats != nil {
		at = sooner(at, b.spoke+b.beat)
	}
	return at
}

// suspectAt is when a probe has been unanswered for half of its time.
func (w *watchdog) suspectAt(p *Probe) time.Duration {
	return w.due + time.Duration(p.Misses)*p.Timeout/2
}

// overdue reports whether the time of the verdict is over.
func (w *watchdog) overdue(s *Session) bool {
	v := time.Duration(w.verdict.Load())
	return v != 0 && s.now.Mono >= v
}

// end ends the link of a peer whose time is over. A process that was stopped
// reads first what has come meanwhile; one that was stopped for long asks again.
func (w *watchdog) end(s *Session) bool {
	switch late := s.now.Mono - time.Duration(w.verdict.Load()); {
	case late >= clockJump:
		s.note(nil, "woken up %v late: the link is probed", late.Round(time.Millisecond))
		w.probeAtOnce(s)
		return false
	case late >= drainTime:
		s.readFirst()
		return false
	}
	s.lose(fmt.Errorf("%w for %v", ErrPeerSilent, s.now.Mono-time.Duration(w.heard.Load())))
	return true
}

// check does what is due: verdict, probe, suspicion, beat.
func (w *watchdog) check(s *Session) {
	if !w.on {
		return
	}
	w.release(s)
	if w.overdue(s) && w.unread() {
		if s.plan.Liveness.AckOnly {
			return // Input is about to tell whether they are the ack
		}
		w.life(s)
	}
	if w.overdue(s) && w.end(s) {
		return
	}
	w.probe(s)
	if b := &s.beating; b.beats != nil && s.now.Mono >= b.spoke+b.beat && s.link.phase == up {
		b.spoke = s.now.Mono
		if c, ok := s.encode(&b.beats.Step, forAnswer); ok {
			s.control(c)
		}
	}
}
