package simulate

import (
	"os"
	"syscall"
	"time"
)

var errTimedOut = os.NewSyscallError("read", syscall.ETIMEDOUT)

// kernel is what keeps watch below the session, where Options.Kernel is set:
// TCP_USER_TIMEOUT over unacknowledged data, keepalive over an idle link. As
// in Linux, keepalive never probes while data is unacknowledged, and the user
// timeout replaces its count.
type kernel struct {
	s        *socket
	heard    time.Duration // from the peer, its acknowledgements included
	waiting  bool          // a check is on the agenda
	unacked  time.Duration // since when, or 0
	progress int           // changes with every acknowledgement
}

// sent notes that data waits for an acknowledgement.
func (k *kernel) sent() {
	if k == nil || k.unacked != 0 || len(k.s.send) == 0 {
		return
	}
	k.unacked = k.s.w.now
	limit := k.s.w.plan.Liveness.UserTimeout
	if limit == 0 {
		return
	}
	was := k.progress
	k.s.w.After(limit, func() {
		if k.unacked != 0 && k.progress == was {
			k.s.die()
		}
	})
}

// acked notes an acknowledgement.
func (k *kernel) acked() {
	if k != nil {
		k.progress++
		k.unacked = 0
		k.came()
		k.sent()
	}
}

// came notes that something arrived.
func (k *kernel) came() {
	if k != nil {
		k.heard = k.s.w.now
		k.watch()
	}
}

// watch puts the next look at an idle link on the agenda.
func (k *kernel) watch() {
	idle := k.s.w.plan.Liveness.KeepAlive.Idle
	if idle == 0 || k.waiting {
		return
	}
	after := k.heard + idle - k.s.w.now
	if after <= 0 {
		after = time.Second // data is unacknowledged: no probe before it is
	}
	k.waiting = true
	k.s.w.After(after, func() {
		k.waiting = false
		switch {
		case k.over():
		case k.s.w.now < k.heard+idle || k.unacked != 0:
			k.watch()
		default:
			k.waiting = true
			k.probe(0)
		}
	})
}

// over: there is no connection to watch any more.
func (k *kernel) over() bool { return k.s.dead() || k.s.err != nil }

// probe sends keepalive probe n, counted from 0.
func (k *kernel) probe(n int) {
	net, plan := k.s.w.Network, k.s.w.plan.Liveness
	alive := plan.KeepAlive
	silent := alive.Idle + time.Duration(n)*alive.Interval
	enough := n >= alive.Count
	if plan.UserTimeout > 0 {
		enough = silent >= plan.UserTimeout && n > 0
	}
	since := k.heard
	switch {
	case k.over():
	case net.up[toDevice] && net.up[toClient]:
		if k.s.peer.broken {
			k.s.peer.tellReset()
			return
		}
		k.waiting = false
		k.came()
	case enough:
		k.s.die()
	default:
		k.s.w.After(alive.Interval, func() {
			if k.heard != since || k.unacked != 0 {
				k.waiting = false
				k.watch()
				return
			}
			k.probe(n + 1)
		})
	}
}

// die is the kernel giving up: nothing is sent, the owner gets ETIMEDOUT.
func (s *socket) die() { s.shot(errTimedOut) }
