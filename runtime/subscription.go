package runtime

import (
	"context"
	"iter"
	"sync"
)

// Overflow is what happens to a subscription whose consumer is behind by more
// than its buffer.
type Overflow uint8

const (
	DropOldest        Overflow = iota // the oldest frames make room
	DropNewest                        // the new frame is dropped
	CloseSubscription                 // the subscription ends; Err is ErrOverflow
)

// Filter says which events a subscription gets; its zero value: every known
// message that is an event, and no unknown one.
type Filter struct {
	// Messages are the wanted messages; nil means all.
	Messages []int
	// Unknown adds the frames that are no known message (as session.None).
	Unknown bool
	// Key, if not nil, is what the message must echo, in the key encoding of
	// package wire.
	Key []byte
	// Keys find that key in a frame, one for each of Messages; used with Key
	// only. A frame whose key cannot be found is not delivered. They are called by
	// the reader: they must not block, use a subscription, or keep dst or frame.
	Keys []func(dst, frame []byte) ([]byte, error)
}

// Subscription is a bounded queue of events. The reader fills it and never
// waits for it; frames that do not fit are dropped as its policy says, and
// counted.
type Subscription struct {
	router   *router
	filter   Filter
	overflow Overflow
	news     chan struct{}

	mu       sync.Mutex
	ring     ring
	batch    batch      // older than the ring
	owned    bool       // a loop reads the batch without the lock
	waiting  int        // loops that wait for news
	tracks   bool       // receipts has one for each frame of the ring, or nil
	receipts []*receipt // oldest first
	dropped  uint64
	closed   bool
	drain    bool // what is held may still be read
	err      error
}

// Frames yields events, oldest first: the message (session.None for an unknown
// one) and its frame without the end, which is valid until the next one. It
// waits for more, until ctx ends, the subscription is closed, or the client is
// and everything held was read; Err then says why. Several loops share the
// events between them. An event is handled when the loop asks for the next one, or
// ends: then it is answered, where the spec says so.
func (s *Subscription) Frames(ctx context.Context) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		l := &consumer{s: s}
		defer l.leave()
		for ctx.Err() == nil {
			message, frame, state := l.next()
			switch state {
			case held:
				more := yield(message, frame)
				l.due.handled(frame)
				if !more {
					return
				}
			case over:
				return
			case empty:
				select {
				case <-s.news:
				case <-ctx.Done():
				}
			}
		}
	}
}

// receipt is that of the frame that has left the ring; nil: it has none.
func (s *Subscription) receipt() *receipt {
	if !s.tracks {
		return nil
	}
	due := s.receipts[0]
	s.receipts[0] = nil
	if s.receipts = s.receipts[1:]; len(s.receipts) == 0 {
		s.receipts = nil
	}
	return due
}

// offer is called by the reader, which holds the lock; due is nil for what is not
// answered.
func (s *Subscription) offer(message int, frame []byte, due *receipt) {
	if s.closed {
		return
	}
	for !s.fits(len(frame)) {
		switch s.overflow {
		case DropNewest:
			s.dropped++
			return
		case CloseSubscription:
			s.dropped++
			s.end(ErrOverflow, true)
			return
		}
		s.dropOldest()
	}
	s.ring.push(message, frame)
	if s.tracks {
		s.receipts = append(s.receipts, due)
	}
}

// dropOldest makes room, unless a loop has just taken what was left of the batch.
func (s *Subscription) dropOldest() {
	switch {
	case s.batch.drop():
	case s.ring.count > 0:
		s.ring.drop()
		s.receipt()
	default:
		return
	}
	s.dropped++
}

// fits reports whether a frame of n bytes has room. How much of the batch is read is
// only looked at where it matters: loops change it all the time.
func (s *Subscription) fits(n int) bool {
	return s.ring.fits(n, s.batch.used) || s.ring.fits(n, s.batch.left())
}

// empty reports whether nothing is held.
func (s *Subscription) empty() bool { return s.ring.count == 0 && s.batch.left() == 0 }

func (s *Subscription) wake() {
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// end is called under the subscription's lock.
func (s *Subscription) end(err error, drain bool) {
	if !s.closed {
		s.closed, s.drain, s.err = true, drain, err
		s.wake()
	}
	if !drain {
		s.drain = false
		s.ring, s.receipts = ring{limit: s.ring.limit}, nil
		s.batch.forget()
	}
}

// Close ends the subscription and its loops; what it holds is forgotten. It
// may be called twice, and from a loop's body.
func (s *Subscription) Close() {
	s.router.remove(s)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end(nil, false)
}

// Dropped is how many frames did not fit.
func (s *Subscription) Dropped() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dropped
}

// Err is why the subscription ended: [ErrOverflow], [ErrClosed] with the
// client; nil while it lasts, and after Close.
func (s *Subscription) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}
