package runtime

import "sync/atomic"

// signal is something that happens once, and that few wait for: it costs a
// channel only where somebody does.
type signal struct{ at atomic.Pointer[chan struct{}] }

// fired is the channel of all signals that have happened. It belongs to no
// testing/synctest bubble, and is closed: all may receive from it.
var fired = func() *chan struct{} {
	c := make(chan struct{})
	close(c)
	return &c
}()

// fire may be called more than once.
func (s *signal) fire() {
	if c := s.at.Swap(fired); c != nil && c != fired {
		close(*c)
	}
}

func (s *signal) happened() bool { return s.at.Load() == fired }

// done is closed once the signal fires.
func (s *signal) done() <-chan struct{} {
	if c := s.at.Load(); c != nil {
		return *c
	}
	c := make(chan struct{})
	if s.at.CompareAndSwap(nil, &c) {
		return c
	}
	return *s.at.Load()
}
