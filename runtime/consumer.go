package runtime

// consumer is a loop that reads the frames of a subscription. One of several owns the batch,
// and reads its frames in place; the others copy theirs, under the lock.
type consumer struct {
	s     *Subscription
	owns  bool
	waits bool
	room  []byte // of a frame that is not in place
	due   *receipt
}

// supply is what next found.
type supply uint8

const (
	empty supply = iota
	held
	over
)

// next is the oldest frame, valid until the next one.
func (l *consumer) next() (message int, frame []byte, state supply) {
	if l.owns {
		if message, frame, ok := l.s.batch.next(l.room); ok {
			return message, frame, held
		}
	}
	return l.take()
}

// take is next with the lock.
func (l *consumer) take() (message int, frame []byte, state supply) {
	s := l.s
	s.mu.Lock()
	defer s.mu.Unlock()
	l.wait(false)
	if !s.closed || s.drain {
		message, frame, state = l.oldest()
	}
	switch {
	case state == held:
		if s.waiting > 0 && !s.empty() {
			s.wake()
		}
	case s.closed:
		s.wake() // the next loop of several
		return 0, nil, over
	default:
		l.wait(true)
		if cap(l.room) > maxKept {
			l.room = nil
		}
	}
	return message, frame, state
}

// oldest takes the oldest frame: of the batch, or of the ring. Of the batch, its owner
// may be quicker.
func (l *consumer) oldest() (message int, frame []byte, state supply) {
	s := l.s
	if !s.owned && !s.tracks {
		l.owns, s.owned = true, true
	}
	if l.owns && s.ring.count > 0 && s.batch.left() == 0 {
		s.batch.swap(&s.ring)
	}
	message, frame, ok := s.batch.next(l.room)
	switch {
	case ok && l.owns:
		return message, frame, held
	case ok:
		l.room = append(l.room[:0], frame...)
	case s.ring.count == 0:
		return 0, nil, empty
	default:
		message, l.room = s.ring.pop(l.room[:0])
		l.due = s.receipt()
	}
	return message, l.room, held
}

// wait notes whether the loop waits for news.
func (l *consumer) wait(waits bool) {
	switch {
	case waits && !l.waits:
		l.s.waiting++
	case l.waits && !waits:
		l.s.waiting--
	}
	l.waits = waits
}

// leave ends the loop: others may go on with what it has taken.
func (l *consumer) leave() {
	s := l.s
	s.mu.Lock()
	l.wait(false)
	if l.owns {
		s.owned, s.batch.lent = false, true
	}
	s.mu.Unlock()
	s.wake() // this loop may have taken the wake-up of another
}
