package session

import "time"

// choose takes the probe and the beat of the link's mode.
func (w *watchdog) choose(s *Session) {
	probe, beat := s.plan.Liveness.Probe, s.plan.Liveness.Beat
	which := uint8(1)
	for probe != nil && !s.has(probe.In) {
		probe, which = probe.Else, which+1
	}
	if probe == nil {
		which = 0
	}
	for beat != nil && !s.has(beat.In) {
		beat = beat.Else
	}
	w.asks, s.probing = probe, which
	if s.plan.Liveness.Beat != nil {
		s.beating.beats = beat
	}
}

// acks reports whether m answers the probe.
func (s *Session) acks(m int) bool { return s.answering[s.probing][m] }

// told takes their intervals, as far as the server has told them by now.
func (w *watchdog) told(s *Session) {
	if p := w.asks; p != nil && s.plan.Liveness.told() {
		s.beating.every = p.Told.within(&s.vars, p.Every)
	}
	if b := s.beating.beats; b != nil {
		s.beating.beat = b.Told.within(&s.vars, b.Every)
	}
}

// entered goes on in another mode. That is no sign of life: a mode that we entered
// ourselves must not put off what was due, however often. So a new round counts
// from where the old one did, and one in which the peer was asked goes on.
func (w *watchdog) entered(s *Session) {
	asked, beaten, from := w.asks, s.beating.beats, time.Duration(w.heard.Load())
	if asked != nil && asked.Always {
		from = w.due - w.every(s)
	}
	w.choose(s)
	if !w.on || w.asks == asked && s.beating.beats == beaten {
		return
	}
	w.told(s)
	switch {
	case w.asks == asked:
	case w.sent == 0:
		w.begin(s, from)
	case w.asks == nil && w.wanted: // it was not asked yet
		w.wanted = false
		w.begin(s, from)
	default:
		w.judge(s)
	}
}
