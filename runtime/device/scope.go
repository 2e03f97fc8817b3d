package device

import (
	"fmt"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Scope is where a fault or an event acts: the whole device with all its
// connections, now and later; one connection; or the next one. Faults add up,
// and stay until Heal of the scope that has them.
type Scope struct {
	d    *Device
	peer *Peer   // one connection, or nil
	next bool    // the next connection
	gone bool    // a connection that has ended: nothing happens
	kept *faults // where Only collects them
}

// Next is the next connection (for RefuseDial and HangDial: the next dial).
// What is asked of it now happens when it opens, after its greeting.
func (d *Device) Next() *Scope { return &Scope{d: d, next: true} }

// Conn is the connection of that number, from 1. One that has ended can be
// named, and nothing happens; it panics where there was no such connection.
func (d *Device) Conn(n int) *Scope {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n < 1 || n > d.opened {
		panic(fmt.Sprintf("device: no connection %d; there were %d", n, d.opened))
	}
	peer := d.peers[n]
	return &Scope{d: d, peer: peer, gone: peer == nil}
}

// Silence reads and runs handlers, but sends nothing: what would be sent is lost.
func (s *Scope) Silence() { s.set(func(f *faults) { f.silent = true }) }

// BlackHole stops reading and writing without closing anything, as behind a
// cut cable; Heal goes on where it stopped.
func (s *Scope) BlackHole() { s.set(func(f *faults) { f.frozen = true }) }

// StopReading reads nothing more, and goes on sending: the client's writes
// fill the buffers, and then block.
func (s *Scope) StopReading() { s.set(func(f *faults) { f.deaf = true }) }

// StallMidFrame sends so many bytes of the next frame (at least 1, and never
// the whole frame), and then nothing more; Heal sends the rest.
func (s *Scope) StallMidFrame(bytes int) {
	positive("StallMidFrame", bytes)
	s.set(func(f *faults) { f.stall = bytes })
}

// Delay sends everything so much later; 0 ends it.
func (s *Scope) Delay(by time.Duration) {
	notNegative("Delay", by)
	s.set(func(f *faults) { f.delay = by })
}

// LateReplies sends replies so much later, and events at once; 0 ends it.
func (s *Scope) LateReplies(by time.Duration) {
	notNegative("LateReplies", by)
	s.set(func(f *faults) { f.late = by })
}

// Drip sends one byte each interval; 0 ends it.
func (s *Scope) Drip(interval time.Duration) {
	notNegative("Drip", interval)
	s.set(func(f *faults) { f.drip = interval })
}

// SplitEvery sends so many bytes a write; 0 ends it. In memory each write is
// one read of the client; TCP may join them on the way.
func (s *Scope) SplitEvery(bytes int) {
	if bytes < 0 {
		panic(fmt.Sprintf("device: SplitEvery(%d): must not be negative", bytes))
	}
	s.set(func(f *faults) { f.split = bytes })
}

// DropReplies loses the next n replies to a command; a negative n loses all.
func (s *Scope) DropReplies(command string, n int) {
	i := s.d.command(command)
	s.set(func(f *faults) { f.dropNext(i, n) })
}

// DuplicateReplies sends each reply twice.
func (s *Scope) DuplicateReplies() { s.set(func(f *faults) { f.twice = true }) }

// RefuseLogin answers the first login command of a connection with this frame,
// whatever its handler says.
func (s *Scope) RefuseLogin(frame string) {
	reply := s.d.ended(frame, func(m int) bool {
		return slices.ContainsFunc(s.d.plan.Login, func(step session.Step) bool {
			return step.Kind == session.StepDo && s.d.plan.Commands[step.Command].Awaits(m)
		})
	})
	s.set(func(f *faults) { f.login = reply })
}

// AcceptAndClose closes each new connection as soon as it is open.
func (s *Scope) AcceptAndClose() { s.set(func(f *faults) { f.hangUp = true }) }

// RefuseDial refuses connections. Over TCP it closes the listeners until Heal;
// Next().RefuseDial resets the next connection there, because a listener
// cannot refuse just one.
func (s *Scope) RefuseDial() { s.set(func(f *faults) { f.refuse = true }) }

// HangDial leaves dials unanswered, as behind a firewall that drops: they
// end with their context. Over TCP the kernel answers, and the connection is a
// black hole.
func (s *Scope) HangDial() { s.set(func(f *faults) { f.hang = true }) }

// Garbage sends raw bytes, with no line end added; as with Emit, they may be lost.
func (s *Scope) Garbage(bytes []byte) {
	raw := append([]byte(nil), bytes...)
	s.do(func(p *Peer) { p.event(item{bytes: raw, kind: Emitted}) })
}

// Emit sends a frame that nobody asked for; the line end is added. It is lost
// where more than 16 MiB wait on the connection: behind a black hole, say.
func (s *Scope) Emit(frame string) {
	s.do(func(p *Peer) {
		bytes := s.d.ended(frame, p.mayCome)
		p.event(item{bytes: bytes, kind: Emitted, frame: true})
		p.told(bytes)
	})
}

// Reset resets the open connections at once: RST, and what was not read is lost.
func (s *Scope) Reset() { s.do(func(p *Peer) { p.urgent(Reset) }) }

// Hangup closes the open connections at once: FIN.
func (s *Scope) Hangup() { s.do(func(p *Peer) { p.urgent(Close) }) }

// CloseAll is Hangup, under the name that reads well for a whole device.
func (s *Scope) CloseAll() { s.Hangup() }

// HalfClose ends the device's sending side at once, and goes on reading.
func (s *Scope) HalfClose() { s.do(func(p *Peer) { p.urgent(HalfClose) }) }

// Heal ends the faults of this scope; for the whole device, those of all
// connections and of the next one too.
func (s *Scope) Heal() {
	d := s.d
	d.mu.Lock()
	switch {
	case s.next:
		d.next = next{}
	case s.peer != nil:
		s.peer.heal()
	case !s.gone:
		d.faults, d.next = faults{}, next{}
		for _, p := range d.peers {
			p.heal()
		}
	}
	s.changed()
}

// Only ends the faults of this scope but for those that keep asks of the Scope
// that it is given, all in one step: what both have in common is never off.
// Other than Heal it does not touch the faults of narrower scopes. Acts, such
// as Reset, do nothing in keep.
func (s *Scope) Only(keep func(*Scope)) {
	var kept faults
	keep(&Scope{d: s.d, kept: &kept})
	s.set(func(f *faults) {
		kept.resume(*f)
		*f = kept
	})
}

// set changes the faults of this scope.
func (s *Scope) set(change func(*faults)) {
	if s.kept != nil {
		change(s.kept)
		return
	}
	d := s.d
	d.mu.Lock()
	switch {
	case s.next:
		change(&d.next.faults)
	case s.peer != nil:
		change(&s.peer.faults)
	case !s.gone:
		change(&d.faults)
	}
	for _, p := range d.peers {
		p.stalled = p.stalled && p.wrong().stall > 0
	}
	s.changed()
}

// do acts on each open connection of this scope, or on the next.
func (s *Scope) do(act func(*Peer)) {
	if s.kept != nil {
		return
	}
	d := s.d
	d.mu.Lock()
	switch {
	case s.next:
		d.next.then = append(d.next.then, act)
	case s.peer != nil:
		act(s.peer)
	case !s.gone:
		for _, p := range d.inOrder() {
			act(p)
		}
	}
	s.changed()
}

// changed gives the lock back and wakes whoever may have something to do.
func (s *Scope) changed() {
	d := s.d
	d.history.poke()
	peers := d.inOrder()
	urgent := make([]bool, len(peers))
	for i, p := range peers {
		urgent[i] = p.end != Stay
	}
	listeners := d.listeners
	d.mu.Unlock()
	for i, p := range peers {
		p.wake(urgent[i])
	}
	for _, l := range listeners {
		l.sync()
	}
}

func positive(what string, n int) {
	if n < 1 {
		panic(fmt.Sprintf("device: %s(%d): must be at least 1", what, n))
	}
}

func notNegative(what string, d time.Duration) {
	if d < 0 {
		panic(fmt.Sprintf("device: %s(%v): must not be negative", what, d))
	}
}
