package lab_test

import (
	"time"

	"github.com/linewright/linewright/spec/model"
)

// kind is what a client does.
type kind string

const (
	idle   kind = "idle"   // nothing
	busy   kind = "busy"   // asks, and waits for the answer, a hundred times a second
	writer kind = "writer" // sends 32 KiB fifty times a second, and waits for nothing
	flood  kind = "flood"  // sends 1 KiB from eight goroutines, as fast as it goes
)

var kinds = []kind{idle, busy, writer, flood}

// writes reports whether a client of that kind is stuck when its peer does not read.
func (k kind) writes() bool { return k == writer || k == flood }

// damage is what a fault leaves of the peer.
type damage int

const (
	none   damage = iota // nothing that must end the link
	cut                  // nothing arrives any more, one way or both
	hung                 // its kernel acknowledges, its program does not read
	mute                 // the program reads no more, but goes on sending
	long                 // long packets do not arrive, short ones do
	closed               // its kernel says that the program is gone
)

// promise is how long the loss of a link may take; the zero value: for ever.
type promise struct {
	bound time.Duration
	least time.Duration // earlier, it cannot have been the fault
	// fromProgress: it runs from the last write that succeeded, which the
	// buffers of two kernels let be later than the fault.
	fromProgress bool
}

// deviceDown is the kernel's pause (TCP_RESOURCE_PROBE_INTERVAL) where a packet
// could not even leave the machine: retransmission waits that long, and looks
// at the user timeout only then.
const deviceDown = 500 * time.Millisecond

// damageTo is a fault's damage to a client of that kind: there are some that
// it does not touch.
func (f *fault) damageTo(k kind) damage {
	if f.damage == long && !k.writes() || f.damage == mute && k == idle {
		return none
	}
	return f.damage
}

// slack is what the kernel's own bounds may be exceeded by (invariant 4): its
// timers back off and are rounded.
func (f *fault) slack(d time.Duration) time.Duration {
	if d == 0 {
		return 0
	}
	d += d * 15 / 100
	if f.deviceDown {
		d += deviceDown
	}
	return d
}

// promised is the least bound that holds for a client of that kind: invariants
// 3 and 4 of the design, and the deadline of every write.
func promised(p *model.Protocol, f *fault, k kind) promise {
	d, life := f.damageTo(k), &p.Liveness
	least := promise{}
	add := func(applies bool, bound time.Duration, fromProgress bool) {
		if applies && bound > 0 && (least.bound == 0 || bound < least.bound) {
			least = promise{bound: bound, fromProgress: fromProgress}
		}
	}
	if d == closed {
		return promise{bound: atOnce}
	}
	lost := d == cut || d == long
	if probe := life.Probe; probe != nil && (lost || d == hung) {
		patience := time.Duration(probe.Misses) * probe.Timeout
		least = promise{bound: probe.Every + patience, least: patience}
	}
	stuck := k.writes() && d != none
	add(lost && k != idle || stuck, f.slack(life.UserTimeout), true)
	add(d == cut && k == idle, f.slack(keepAliveBound(life)), false)
	add(stuck, p.Timeouts.Write, true)
	return least
}

// atOnce is what a reset over a whole network may take.
const atOnce = 100 * time.Millisecond

// keepAliveBound is when the kernel gives up on an idle link: after the count,
// or, with a user timeout, at the first probe that is not before it.
func keepAliveBound(life *model.Liveness) time.Duration {
	k := life.KeepAlive
	if k.Idle == 0 {
		return 0
	}
	probes := time.Duration(k.Count)
	if life.UserTimeout > 0 {
		probes = max(1, (life.UserTimeout-k.Idle+k.Interval-1)/k.Interval)
	}
	return k.Idle + probes*k.Interval
}
