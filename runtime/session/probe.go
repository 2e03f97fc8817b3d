package session

import "time"

// probe raises the flag for the probes that have become due, or holds them.
func (w *watchdog) probe(s *Session) {
	p := w.asks
	if p == nil || !w.on || w.held {
		return
	}
	if w.sent == 0 && s.now.Mono >= w.due {
		if s.hides(p) {
			w.held = true
			return
		}
		w.ask(s)
	}
	for int(w.sent) < p.Misses && s.now.Mono >= w.due+time.Duration(w.sent)*p.Timeout {
		s.stats.rarely().ProbesMissed++
		w.sent++
		w.wanted = true
	}
	if s.state == Ready && w.sent > 0 && s.now.Mono >= w.suspectAt(p) {
		s.shift(unheard, nil, 0)
	}
	s.flush()
}

// ask raises the round's first probe. One that is late because the process was
// stopped leaves the peer its whole time to answer.
func (w *watchdog) ask(s *Session) {
	if s.now.Mono-w.due >= drainTime {
		w.due = s.now.Mono
	}
	w.sent, w.wanted = 1, true
	w.judge(s)
}

// hasten makes the next probe due now.
func (w *watchdog) hasten(s *Session) {
	if w.on && w.sent == 0 && !w.held && w.asks != nil {
		w.due = s.now.Mono
		w.judge(s)
	}
}

// release ends a hold: the probe is due now.
func (w *watchdog) release(s *Session) {
	if p := w.asks; w.on && w.held && !s.hides(p) {
		w.held = false
		w.due = s.now.Mono
		w.judge(s)
	}
}

// hides reports whether the probe's ack could not be told from a reply that is
// pending: in order with one command in flight, or where a command awaits the
// same message and echoes nothing. While the mode changes, nobody knows what to ask.
func (s *Session) hides(p *Probe) bool {
	if s.changing() {
		return true
	}
	ordered := s.plan.Match == MatchOrder
	if ordered && s.plan.InFlight > 1 {
		return false
	}
	for c := s.flight.list.head; c != nil; c = c.entry.next {
		if c.entry.role == forProbe || c.entry.role == forStandby || c.entry.expired || c.ID != 0 {
			continue
		}
		if ordered {
			return true
		}
		for _, ack := range s.plan.Commands[p.Step.Command].Replies {
			if r := s.reply(c, ack.Message); r != nil && r.Key == nil {
				return true
			}
		}
	}
	return false
}

// probeInto hands a probe over, at the head of the batch.
func (s *Session) probeInto(buf []byte) []byte {
	w, p := &s.watchdog, s.watchdog.asks
	w.wanted = false
	c, ok := s.encode(&p.Step, forProbe)
	if !ok {
		return nil
	}
	c.entry.timeout = max(s.replyTimeout(c), time.Duration(p.Misses)*p.Timeout)
	w.probedAt = max(s.now.Mono, 1)
	s.stats.Probes++
	return s.hand(buf, c)
}
