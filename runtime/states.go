package runtime

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// State is what a client is doing.
type State = session.State

// The states of a client.
const (
	Idle     = session.Idle     // not yet run, or without a command where each has a connection
	Dialing  = session.Dialing  // a connection is being opened
	Greeting = session.Greeting // TLS, greeting, login, ready steps, replay
	Ready    = session.Ready    // commands flow
	Suspect  = session.Suspect  // READY, but a probe has been unanswered for half its time
	Backoff  = session.Backoff  // waiting to dial again
	Draining = session.Draining // Shutdown: no new commands
	Closed   = session.Closed   // final
)

// StateChange is one change of state.
type StateChange struct {
	From, To  State
	At        time.Time
	Err       error         // why, where it was not by plan
	Attempt   int           // failed passes over the addresses in a row
	NextDelay time.Duration // until the next dial, on the way to Backoff
	Address   string        // of the link
	Link      uint64        // the link's number, from 1
	// Coalesced is how many further changes this one stands for, because the
	// watcher was behind: From is the first one's, the rest the last one's.
	Coalesced int
}

// stateRoom bounds the changes that wait for one watcher.
const stateRoom = 64

// latest is the last change, in short; its Err is Client.lastErr.
type latest struct {
	at       time.Duration
	delay    time.Duration
	attempt  int32
	address  int32
	from, to State
	failed   bool // it had an Err
}

// keepLatest is called under the lock.
func (c *Client) keepLatest(ch *session.Change) {
	c.latest = latest{ch.At, ch.Delay, int32(ch.Attempt), int32(ch.Address), ch.From, ch.To, ch.Err != nil}
	if ch.Err != nil {
		c.lastErr = ch.Err
	}
}

// lastChange is called under the lock; before the first change it is one from Idle
// to Idle.
func (c *Client) lastChange() StateChange {
	l := &c.latest
	ch := StateChange{
		From: l.from, To: l.to, At: c.clock.time(l.at), Attempt: int(l.attempt), NextDelay: l.delay,
		Address: c.address(int(l.address)), Link: uint64(c.s.Epoch()),
	}
	if l.failed {
		ch.Err = c.lastErr
	}
	return ch
}

// watchers are the iterators that follow the state.
type watchers struct {
	mu  sync.Mutex
	set map[*watcher]struct{}
}

// watcher is one of them.
type watcher struct {
	queue []StateChange
	news  chan struct{}
}

// States yields the changes of state, in order, beginning with the latest one
// (a client that was not run yet: from Idle to Idle), so that the state is
// known at once. None is lost; where the loop's body is slow, what exceeds 64
// waiting changes is joined to one, and Coalesced says so. The sequence ends
// after Closed, or with ctx.
func (c *Client) States(ctx context.Context) iter.Seq[StateChange] {
	return func(yield func(StateChange) bool) {
		w := c.watch()
		defer c.watchers.remove(w)
		for {
			change, ok := c.watchers.next(w)
			if !ok {
				select {
				case <-w.news:
					continue
				case <-ctx.Done():
					return
				}
			}
			if !yield(change) || change.To == Closed || ctx.Err() != nil {
				return
			}
		}
	}
}

// watch adds a watcher, who begins with the last change.
func (c *Client) watch() *watcher {
	w := &watcher{news: make(chan struct{}, 1)}
	c.mu.Lock()
	defer c.mu.Unlock()
	w.queue = []StateChange{c.lastChange()}
	if c.watchers == nil {
		c.watchers = &watchers{set: make(map[*watcher]struct{})}
	}
	c.watchers.add(w)
	return w
}

func (ws *watchers) add(w *watcher) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.set[w] = struct{}{}
}

func (ws *watchers) remove(w *watcher) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	delete(ws.set, w)
}

func (ws *watchers) next(w *watcher) (StateChange, bool) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if len(w.queue) == 0 {
		return StateChange{}, false
	}
	change := w.queue[0]
	w.queue = w.queue[1:]
	return change, true
}

// tell gives a change to all watchers; it never blocks.
func (ws *watchers) tell(change StateChange) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for w := range ws.set {
		if n := len(w.queue); n >= stateRoom {
			w.queue[n-1] = join(w.queue[n-1], change)
		} else {
			w.queue = append(w.queue, change)
		}
		select {
		case w.news <- struct{}{}:
		default:
		}
	}
}

// join makes one change of two in a row.
func join(first, second StateChange) StateChange {
	second.From = first.From
	second.Coalesced += first.Coalesced + 1
	if second.Err == nil {
		second.Err = first.Err
	}
	return second
}
