package session

import "time"

// clockJump is how much the wall clock must gain on the monotonic one, or how
// late a wake-up must be, to count as a suspend.
const clockJump = time.Second

// clocks notices that the machine slept, or the process was stopped: the peer
// is probed at once, and has the whole time to answer. A jump alone never
// kills.
func (w *watchdog) clocks(s *Session, now Now) {
	gap := now.Wall - now.Mono
	by, known := gap-w.gap, w.hasGap
	w.gap, w.hasGap = gap, true
	if known && by > clockJump && w.on {
		s.note(nil, "the clock jumped by %v: the link is probed", by.Round(time.Millisecond))
		w.probeAtOnce(s)
	}
}

func (w *watchdog) probeAtOnce(s *Session) {
	w.Heard(s.now.Mono)
	if p := s.plan.Liveness.Probe; p != nil {
		w.begin(s, s.now.Mono-p.Every)
		return
	}
	w.judge(s)
}
