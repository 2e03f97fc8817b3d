package runtime

import (
	"sync/atomic"
	"time"
)

// gathering is the timer for commands that come together. Where it is set already it is
// left as it is, and looks again when it rings: who publishes much writes, and begins
// anew, all the time.
type gathering struct {
	timer *time.Timer // nil: nobody needed it yet
	set   bool        // it will ring
	ends  atomic.Int64
}

// gatherNever is in place of the end where the client is closed.
const gatherNever = -1

// begin is called under the client's lock.
func (g *gathering) begin(now time.Duration, c *Client) {
	g.ends.Store(int64(now + gatherTime))
	if g.timer == nil {
		g.timer = time.AfterFunc(time.Hour, c.gatherEnds) // which finds it only when it is set
	}
	if !g.set {
		g.set = true
		g.timer.Reset(gatherTime)
	}
}

// goesOn sets the timer anew where what it was set for has been written, and more has
// come since. It is called by the timer, without a lock.
func (g *gathering) goesOn(now time.Duration) bool {
	left := time.Duration(g.ends.Load()) - now
	if left <= 0 {
		return false
	}
	g.timer.Reset(left)
	if g.ends.Load() == gatherNever {
		g.timer.Stop()
	}
	return true
}

// stop is called under the client's lock.
func (g *gathering) stop() {
	g.ends.Store(gatherNever)
	if g.timer != nil {
		g.timer.Stop()
	}
}
