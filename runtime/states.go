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

// told is a change of the session's, for people.
func (c *Client) told(ch *session.Change) StateChange {
	return StateChange{
		From: ch.From, To: ch.To, At: c.clock.time(ch.At), Err: ch.Err, Attempt: ch.Attempt,
		NextDelay: ch.Delay, Address: c.address(ch.Address), Link: uint64(ch.Epoch),
	}
}

// watchers are the iterators that follow the state.
type watchers struct {
	mu  sync.Mutex
	set map[*watcher]struct{} // nil: nobody has watched yet
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
		all, w := c.watch()
		defer all.remove(w)
		for {
			change, ok := all.next(w)
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
func (c *Client) watch() (*watchers, *watcher) {
	w := &watcher{news: make(chan struct{}, 1)}
	all := &c.uses().watchers
	c.mu.Lock()
	defer c.mu.Unlock()
	last := c.s.Last()
	w.queue = []StateChange{c.told(&last)}
	all.add(w)
	return all, w
}

func (ws *watchers) add(w *watcher) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.set == nil {
		ws.set = make(map[*watcher]struct{})
	}
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
