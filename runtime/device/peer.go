package device

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/wire"
)

// Never is the time at which nothing is due.
const Never = time.Duration(1<<63 - 1)

// Peer is the device's side of one connection, as a passive value for drivers:
// it has no goroutine, timer, clock or connection. Input and Ended take what
// was read; Next says what to write, and when to ask again. Times count from
// any base, which is the same for a whole device. Input is not to be called
// twice at once; it runs the handlers.
type Peer struct {
	d      *Device
	id     int
	wake   func(urgent bool)
	ctx    context.Context
	cancel context.CancelFunc

	// What comes in; only Input uses it.
	decoder *wire.Decoder
	telnet  wire.Telnet
	script  session.Progress
	in      []byte
	held    bool // a fault stopped it before its end

	// The device's lock guards the rest.
	faults    faults
	out       queue
	asked     time.Duration // when Next was last called
	stalled   bool          // mid-frame, until healed
	end       End           // at once
	why       error
	gone      bool // the driver was told
	finished  bool // the sending side was ended
	loginSeen bool
	mode      int  // that a command or a message has entered
	secures   bool // the client has asked for TLS, and the device agreed
}

// Open accepts a connection, for a driver: wake is called, from any goroutine
// and without locks, when Next or Readable may answer differently; urgent: the
// connection is to end at once, also where a write of the driver is stuck.
func (d *Device) Open(now time.Duration, wake func(urgent bool)) *Peer {
	return d.open(now, wake, false)
}

// open is Open, on a black hole where it is frozen.
func (d *Device) open(now time.Duration, wake func(urgent bool), frozen bool) *Peer {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.opened++
	p := &Peer{d: d, id: d.opened, wake: wake, decoder: wire.NewDecoder(&d.framing, d.dispatch), script: session.ProgressOf(d.plan)}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	d.peers[p.id] = p
	p.record(now, Record{Kind: Connected})

	p.faults = d.next.faults
	p.faults.frozen = p.faults.frozen || frozen
	then := d.next.then
	d.next = next{}
	if d.closed || p.wrong().hangUp {
		p.urgent(Close)
		return p
	}
	for _, g := range d.greeting {
		p.push(item{bytes: g, kind: Emitted, frame: true})
	}
	for _, act := range then {
		act(p)
	}
	return p
}

// idle reports whether nothing waits to be sent.
func (p *Peer) idle() bool {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	return len(p.out.fresh)+len(p.out.items) == 0
}

// ID is the connection's number, from 1.
func (p *Peer) ID() int { return p.id }

// Readable reports whether the driver is to read, and to pass on what it read.
func (p *Peer) Readable() bool {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	return !p.wrong().deafens()
}

// state is what is wrong, and whether the connection is to end at once.
func (p *Peer) state() (wrong faults, ends bool) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	return p.wrong(), p.end != Stay
}

// Input takes received bytes and runs the handlers of the commands in them.
// With no bytes it goes on where a fault had stopped it.
func (p *Peer) Input(now time.Duration, data []byte) {
	if p.d.plan.Stream.Telnet {
		p.in, _ = p.telnet.Filter(p.in, nil, data) // options are refused: there is nothing to say
	} else {
		p.in = append(p.in, data...)
	}
	p.held = false
	rest := p.in
	for {
		r, handle, n := p.take(now, rest)
		rest = rest[n:]
		if r == nil {
			break
		}
		if handle != nil {
			handle(r)
		}
		if p.d.plan.Commands[r.index].Closes {
			r.Close()
		}
	}
	p.in = append(p.in[:0], rest...)
}

// Ended says that the client's side ended: io.EOF once it has half-closed or
// closed, else the read's or write's error.
func (p *Peer) Ended(now time.Duration, err error) {
	p.d.mu.Lock()
	switch {
	case p.gone || p.end > HalfClose:
	case errors.Is(err, io.EOF):
		p.record(now, Record{Kind: HalfClosed})
		p.push(item{end: Close, why: io.EOF})
	default:
		p.urgent(Close)
		p.why = err
	}
	p.d.mu.Unlock()
	p.wake(false)
}

// take cuts the next command out of buf, and says who handles it. A nil
// request: no whole command is there, or a fault stopped the device.
func (p *Peer) take(now time.Duration, buf []byte) (r *Request, handle func(*Request), n int) {
	d := p.d
	d.mu.Lock()
	defer d.mu.Unlock()
	for n < len(buf) && !p.gone {
		if p.held = p.wrong().deafens(); p.held {
			break
		}
		f, used, need, err := p.decoder.Next(buf[n:], scripted{p})
		n += used
		if err != nil {
			p.record(now, Record{Kind: Unknown, Err: err})
			p.decoder.Resync()
			continue
		}
		if need > 0 {
			break
		}
		frame := append([]byte(nil), f.Bytes...)
		if f.Message == session.None {
			p.record(now, Record{Kind: Unknown, Frame: frame})
			continue
		}
		r, handle = p.request(now, f.Message, frame)
		return r, handle, n
	}
	return nil, nil, n
}

// request records a command and finds its handler.
func (p *Peer) request(now time.Duration, command int, frame []byte) (*Request, func(*Request)) {
	name := p.d.plan.Commands[command].Name
	r := &Request{Command: name, Frame: frame, Conn: p.id, At: now, index: command, peer: p}
	handle := p.d.handler(command)
	if reply := p.wrong().login; reply != nil && !p.loginSeen && p.d.login(command) {
		handle = func(r *Request) { p.reply(command, reply) }
	}
	p.loginSeen = p.loginSeen || p.d.login(command)
	p.script.Came(command)
	if c := &p.d.plan.Commands[command]; len(c.Replies) == 0 {
		p.enter(c.Enters)
		p.secures = p.secures || command == p.d.starter
	}
	rec := Record{Kind: Received, Command: name, Frame: frame}
	if handle == nil {
		rec.Kind = Unhandled
	}
	p.record(now, rec)
	if p.d.plan.Stream.Echo {
		p.push(item{bytes: append(bytes.Clone(frame), sendEnd(p.d.plan.Framing)...), kind: Emitted})
	}
	return r, handle
}

// login reports whether the session's login sends the command.
func (d *Device) login(command int) bool {
	return slices.ContainsFunc(d.plan.Login, func(s session.Step) bool {
		return s.Kind == session.StepDo && s.Command == command
	})
}

// wrong are the faults that act on this connection.
func (p *Peer) wrong() faults { return p.faults.plus(p.d.faults) }

func (p *Peer) heal() { p.faults, p.stalled = faults{}, false }

// record adds to the device's history.
func (p *Peer) record(now time.Duration, r Record) {
	r.At, r.Conn = now, p.id
	p.d.history.add(r)
}

// inOrder are the open connections, oldest first.
func (d *Device) inOrder() []*Peer {
	peers := make([]*Peer, 0, len(d.peers))
	for _, p := range d.peers {
		peers = append(peers, p)
	}
	slices.SortFunc(peers, func(a, b *Peer) int { return a.id - b.id })
	return peers
}
