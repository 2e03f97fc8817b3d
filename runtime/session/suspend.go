package session

import "time"

// clockJump is how much the wall clock must gain on the monotonic one, or how
// late a wake-up must be, to count as a suspend.
const clockJump = time.Second

// drainTime is how late a wake-up must be for the process to have been stopped,
// and what the reader then gets for what has come meanwhile.
const drainTime = 100 * time.Millisecond

// readFirst puts off whatever is overdue, the watchdog's verdict too: what came
// while the process was stopped waits in the socket, so the reader goes first.
func (s *Session) readFirst() {
	s.passing.drain = s.now.Mono + drainTime
	s.watchdog.putOff(s.passing.drain)
}

// putOff makes the verdict no earlier than at.
func (w *watchdog) putOff(at time.Duration) {
	if v := w.verdict.Load(); v != 0 {
		w.verdict.Store(max(v, int64(at)))
	}
}

// clocks notices that the machine slept, or the process was stopped: the peer
// is probed at once, and has the whole time to answer. A jump alone never
// kills.
func (w *watchdog) clocks(s *Session, now Now) {
	gap := now.Wall - now.Mono
	gained := gap - time.Duration(w.gap.Load())
	jumped := w.hasGap && gained > clockJump
	w.hasGap = true
	w.gap.Store(int64(gap))
	if jumped && w.on {
		s.note(nil, "the clock jumped by %v: the link is probed", gained.Round(time.Millisecond))
		w.probeAtOnce(s)
	}
}

func (w *watchdog) probeAtOnce(s *Session) {
	w.Heard(s.now.Mono)
	if w.asks != nil {
		w.begin(s, s.now.Mono-w.every(s))
		return
	}
	w.judge(s)
}
