package device

import (
	"context"
	"net"
	"os"
	"syscall"
	"time"

	"github.com/linewright/linewright/runtime/internal/memnet"
)

// Dialer makes connections to the device in memory, whatever the address, in
// the form of net.Dialer.DialContext. They work inside a testing/synctest
// bubble, if the device was made in it too, and have a method Number() int: by
// that number the device knows the connection. The error is a [*net.OpError] of
// ECONNREFUSED where the dial is refused, or the device closed, else of the
// context's error.
func (d *Device) Dialer() func(ctx context.Context, network, addr string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if err := d.admit(ctx); err != nil {
			return nil, &net.OpError{Op: "dial", Net: network, Err: err}
		}
		client, device := memnet.Pipe(d.options.buffer, "client", addr)
		number := d.serve(device, false)
		if number == 0 {
			_ = client.Close()
			return nil, &net.OpError{Op: "dial", Net: network, Err: refusal}
		}
		return numbered{client, number}, nil
	}
}

// numbered is a connection with the device's number of it.
type numbered struct {
	*memnet.Conn
	number int
}

// Number is the device's number of the connection, from 1.
func (c numbered) Number() int { return c.number }

// refusal is what a dial gets where nobody listens.
var refusal = os.NewSyscallError("connect", syscall.ECONNREFUSED)

// admit lets a dial through, refuses it, or leaves it hanging until it gives
// up, as the faults say.
func (d *Device) admit(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.mu.Lock()
		verdict, changed := d.decide(d.now()), d.history.next()
		if !d.faults.hang {
			changed = nil // only this dial hangs, and Heal comes too late for it
		}
		d.mu.Unlock()
		switch verdict {
		case Accept:
			return nil
		case Refuse:
			return refusal
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}

// Verdict is how a dial goes.
type Verdict uint8

// The ways in which a dial goes.
const (
	Accept Verdict = iota // then Open follows
	Refuse                // nobody listens
	Hang                  // no answer comes
)

// Dial says how a dial goes at the moment, for drivers.
func (d *Device) Dial(now time.Duration) Verdict {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.decide(now)
}

func (d *Device) decide(now time.Duration) Verdict {
	wrong := d.faults.plus(d.next.faults)
	switch {
	case d.closed:
		return Refuse
	case wrong.refuse:
		d.history.add(Record{Kind: Refused, At: now})
		if !d.faults.refuse {
			d.next = next{}
		}
		return Refuse
	case wrong.hang:
		if !d.faults.hang {
			d.next = next{}
		}
		return Hang
	}
	return Accept
}
