package device

import "time"

// End is what happens to a connection after an [Output].
type End uint8

// The ends of a connection.
const (
	Stay      End = iota // it goes on
	HalfClose            // end the sending side, go on reading
	Close                // close it
	Reset                // reset it: linger 0, then close
)

// Output is what a driver is to do now: write Bytes, as one write, then End.
type Output struct {
	Bytes []byte
	End   End
}

// batch bounds what one Output joins, in bytes.
const batch = 32 << 10

// Next says what to do now. Where that is nothing, the driver asks again at
// the returned time, or when it is woken. After a Close or Reset the peer is done.
func (p *Peer) Next(now time.Duration) (Output, time.Duration) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	p.asked = now
	if p.gone {
		return Output{}, Never
	}
	if end := p.end; end != Stay {
		p.out.clear()
		p.ended(now, end)
		return Output{End: end}, now
	}
	wrong := p.wrong()
	p.out.settle(now, wrong.delay, wrong.late)
	if wrong.frozen || p.stalled {
		return Output{}, Never
	}
	var out Output
	for {
		head, at := p.out.ready(now)
		if head == nil {
			if len(out.Bytes) > 0 {
				at = now
			}
			return out, at
		}
		if !head.started && (wrong.silent || head.drop || p.finished) && head.end == Stay {
			p.record(now, Record{Kind: Dropped, Command: p.name(head), Frame: head.bytes})
			p.out.pop()
			continue
		}
		whole := wrong.drip == 0 && wrong.split == 0
		if len(out.Bytes) > 0 && (!whole || len(out.Bytes)+len(head.bytes) > batch) {
			return out, now
		}
		out.Bytes = append(out.Bytes, p.send(now, head, wrong)...)
		if len(head.bytes) == 0 {
			if out.End = p.sent(now, head); out.End != Stay {
				return out, now
			}
		}
		if p.stalled {
			return out, now
		}
	}
}

// send takes from an item what may go out in one write.
func (p *Peer) send(now time.Duration, it *item, wrong faults) []byte {
	if !it.started {
		it.started, it.whole = true, it.bytes
		if wrong.stall > 0 && it.frame && len(it.bytes) > 1 {
			it.stall = min(wrong.stall, len(it.bytes)-1)
		}
	}
	n := len(it.bytes)
	if wrong.split > 0 {
		n = min(n, wrong.split)
	}
	if wrong.drip > 0 {
		n = min(n, 1)
		p.out.pause = now + wrong.drip
	}
	if wrong.stall == 0 {
		it.stall = 0 // healed before it took hold
	}
	if it.stall > 0 {
		n = min(n, it.stall)
		it.stall -= n
		p.stalled = it.stall == 0
	}
	b := it.bytes[:n]
	p.out.sent(n)
	return b
}

// sent records an item that went out, to its last byte, and gives its end.
func (p *Peer) sent(now time.Duration, it *item) End {
	if len(it.whole) > 0 {
		p.record(now, Record{Kind: it.kind, Command: p.name(it), Frame: it.whole})
	}
	end := it.end
	if end != Stay {
		p.why = it.why
		p.ended(now, end)
	}
	p.out.pop()
	return end
}

// ended notes that the driver now knows of the end.
func (p *Peer) ended(now time.Duration, end End) {
	p.end = Stay
	if end == HalfClose {
		p.finished = true
		return
	}
	p.gone = true
	p.cancel()
	delete(p.d.peers, p.id)
	switch {
	case p.why != nil:
	case end == Reset:
		p.why = ErrReset
	default:
		p.why = ErrHungUp
	}
	p.record(now, Record{Kind: Ended, Err: p.why})
}

// push queues an item; the caller holds the lock and wakes the driver.
func (p *Peer) push(it item) { p.out.push(it) }

// event queues what nobody asked for, or loses it; the caller holds the lock and
// wakes the driver.
func (p *Peer) event(it item) {
	if p.out.full() {
		p.record(p.asked, Record{Kind: Dropped, Frame: it.bytes})
		return
	}
	p.push(it)
}

// urgent ends the connection ahead of all that is queued; the caller holds the
// lock and wakes the driver.
func (p *Peer) urgent(end End) { p.end = max(p.end, end) }

// reply queues the answer to a command.
func (p *Peer) reply(command int, frame []byte) {
	d := p.d
	d.mu.Lock()
	it := item{bytes: frame, kind: Replied, command: command, frame: true}
	it.drop = p.faults.drop(command) || d.faults.drop(command)
	p.answered(command, frame)
	p.push(it)
	if p.wrong().twice && !it.drop {
		p.push(it)
	}
	d.mu.Unlock()
	p.wake(false)
}

// finish ends the connection once what is queued so far was sent.
func (p *Peer) finish(end End) {
	p.d.mu.Lock()
	p.push(item{kind: Replied, end: end})
	p.d.mu.Unlock()
	p.wake(false)
}

// name is the command that an item answers.
func (p *Peer) name(it *item) string {
	if it.kind != Replied || it.end != Stay {
		return ""
	}
	return p.d.plan.Commands[it.command].Name
}
