package runtime

import (
	"sync/atomic"
	"time"
)

// fresh is how long what the system says of the time slept holds for other
// clients: asking costs as much as a step.
const fresh = 250 * time.Microsecond

// slept is how long the machine slept, asked for all clients of an engine.
type slept struct {
	at    atomic.Int64 // Mono
	total atomic.Int64
}

func (s *slept) asleep(base time.Time, mono time.Duration) time.Duration {
	if at := time.Duration(s.at.Load()); at != 0 && mono-at < fresh && mono >= at {
		return time.Duration(s.total.Load())
	}
	return s.ask(base, mono)
}

func (s *slept) ask(base time.Time, mono time.Duration) time.Duration {
	total := asleep(base, mono)
	s.total.Store(int64(total)) // before at: whoever sees that sees this, or a later one
	s.at.Store(int64(mono))
	return total
}
