package session

import (
	"errors"
	"fmt"
	"time"
)

// schedule decides when to dial again, which address, and when to stop.
type schedule struct {
	random   uint64 // seeded by the driver: the same seed waits the same delays
	failures int32  // failed passes in a row; forgiven once READY was stable
	attempts int32  // of these, for give_up: the loss of a stable link is none
	address  int32  // that is, or was last, dialled
	tried    int32  // addresses that failed in this pass
	at       time.Duration
	lastErr  error // of the last link; in state Closed: why
}

// uniform is in [0, 1): SplitMix64, which needs no more room than its seed.
func (c *schedule) uniform() float64 {
	c.random += 0x9e3779b97f4a7c15
	z := c.random
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return float64((z^z>>31)>>11) / (1 << 53)
}

// dial asks for the next connection.
func (s *Session) dial(why cause, err error) {
	s.drain = drain{}
	s.beginLink(s.now.Mono + s.plan.Timeouts.Connect)
	s.shift(why, err, 0)
	s.stats.Dials++
	s.fx.Dial = &Dial{
		Epoch: s.link.epoch, Address: int(s.schedule.address), Timeout: s.plan.Timeouts.Connect,
		TLS: s.tls && !s.plan.startsTLS(),
	}
}

// redial decides what follows the end of a link: the next address of the pass
// at once, a delay, or the end.
func (s *Session) redial(err error, wasReady bool) {
	c, r := &s.schedule, &s.plan.Reconnect
	c.lastErr = err
	refused := errors.Is(err, ErrRefused)
	if refused && r.Refused == 0 {
		s.end(err)
		return
	}
	if !wasReady && !refused {
		c.tried++
		if c.tried < s.addresses {
			c.address = (c.address + 1) % s.addresses
			s.dial(failedOne, err)
			return
		}
	}
	// The address that served well is tried first again; one that lets us in
	// and then fails is not.
	if stable := wasReady && s.now.Mono-s.link.readyAt >= r.StableAfter; stable {
		c.failures, c.attempts = 0, 0
	} else {
		c.attempts++
		c.address = (c.address + 1) % s.addresses
	}
	if wasReady {
		s.countsAgain()
	}
	c.tried = 0
	delay := s.delays.Delay(int(c.failures), c.uniform())
	if refused {
		delay = time.Duration(float64(r.Refused) * (1 - r.Jitter*c.uniform()))
	}
	c.failures++
	if s.giveUp() {
		return
	}
	c.at = s.now.Mono + delay
	s.shift(failedAll, err, delay)
}

// giveUp ends the client when reconnect.give_up is reached.
func (s *Session) giveUp() bool {
	c, r := &s.schedule, &s.plan.Reconnect
	switch {
	case r.GiveUpAttempts > 0 && int(c.attempts) >= r.GiveUpAttempts:
		s.end(fmt.Errorf("%w after %d attempts: %w", ErrGaveUp, c.attempts, c.cause()))
	case s.giveUpAt() != 0 && s.now.Mono >= s.giveUpAt():
		s.end(fmt.Errorf("%w after %v: %w", ErrGaveUp, r.GiveUpElapsed, c.cause()))
	default:
		return false
	}
	return true
}

// cause is why the last link failed.
func (c *schedule) cause() error {
	if c.lastErr == nil {
		return ErrNotReady
	}
	return c.lastErr
}

// countsAgain makes give_up's time count from now.
func (s *Session) countsAgain() {
	if s.plan.Reconnect.GiveUpElapsed > 0 {
		s.lastReady = s.now.Mono
	}
}

// giveUpAt is when give_up's time is over; 0: never, or not now.
func (s *Session) giveUpAt() time.Duration {
	if s.plan.Reconnect.GiveUpElapsed == 0 {
		return 0
	}
	switch s.state {
	case Dialing, Greeting, Backoff:
		return s.lastReady + s.plan.Reconnect.GiveUpElapsed
	}
	return 0
}

// ReconnectNow dials at once, from Backoff, forgetting the delay (not the count).
func (s *Session) ReconnectNow(now Now) {
	s.at(now)
	if s.state == Backoff {
		s.dial(waited, nil)
	}
}
