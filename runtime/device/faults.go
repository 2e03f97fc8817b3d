package device

import (
	"maps"
	"time"
)

// faults are what is wrong at the moment with a device or a connection. The
// zero value is well.
type faults struct {
	silent  bool // what would be sent is dropped
	frozen  bool // neither reads nor writes
	deaf    bool // does not read
	hangUp  bool // closes as soon as it has accepted
	refuse  bool // refuses to be dialled
	hang    bool // leaves a dial unanswered
	twice   bool // each reply goes out twice
	stall   int  // bytes of the next frame before nothing more comes; 0: off
	split   int  // bytes a write; 0: whole
	delay   time.Duration
	late    time.Duration // replies only
	drip    time.Duration // between bytes
	login   []byte        // the answer to a connection's first login command; nil: off
	dropped map[int]int   // command → replies still to drop; negative: all
}

// plus is what is wrong where two scopes act on a connection.
func (f faults) plus(g faults) faults {
	f.silent = f.silent || g.silent
	f.frozen = f.frozen || g.frozen
	f.deaf = f.deaf || g.deaf
	f.hangUp = f.hangUp || g.hangUp
	f.refuse = f.refuse || g.refuse
	f.hang = f.hang || g.hang
	f.twice = f.twice || g.twice
	f.stall = either(f.stall, g.stall)
	f.split = either(f.split, g.split)
	f.delay = max(f.delay, g.delay)
	f.late = max(f.late, g.late)
	f.drip = max(f.drip, g.drip)
	if f.login == nil {
		f.login = g.login
	}
	return f
}

// deafens reports whether nothing is read.
func (f faults) deafens() bool { return f.frozen || f.deaf }

// either is the stricter of two limits, where 0 is none.
func either(a, b int) int {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// drop reports whether a reply to command is to be dropped, and counts it.
func (f *faults) drop(command int) bool {
	left := f.dropped[command]
	if left > 0 {
		f.dropped[command]--
	}
	return left != 0
}

// dropNext drops the next n replies to command.
func (f *faults) dropNext(command, n int) {
	f.dropped = maps.Clone(f.dropped)
	if f.dropped == nil {
		f.dropped = map[int]int{}
	}
	f.dropped[command] = n
}

// resume goes on counting where before has got to.
func (f *faults) resume(before faults) {
	for command := range f.dropped {
		if left, counts := before.dropped[command]; counts {
			f.dropped[command] = left
		}
	}
}

// next is what waits for the next connection.
type next struct {
	faults faults
	then   []func(*Peer) // one after the other, once it is open; the lock is held
}
