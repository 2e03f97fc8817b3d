package simulate

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Client drives one session, in the way that the goroutine driver does.
type Client struct {
	// Session may be asked (State, Stats, Epoch …), not stepped.
	Session *session.Session
	// Changes are its state changes, Events what was delivered, in order.
	Changes []session.Change
	Events  []Event
	// Record and Calls are more of its history, where Options.Record is set.
	Record Record
	Calls  []*Call

	w     *World
	id    int
	clock clock
	timer time.Duration // of the world, when Tick is on the agenda; 0: it is not
	calls map[*session.Call]*Call
	posts []*Call // that the session has copies of, oldest first

	postponed []func()           // while the client is away
	waiting   map[string][]*Call // by frame: submitted, and not ended
	gap       time.Duration      // wall clock minus monotonic, at the last step
	started   bool
	reading   session.Epoch // whose bytes the session had last

	dialing *dialing
	link    *link
	links   []*Link
}

// Event is an event that was delivered.
type Event struct {
	At      time.Duration
	Epoch   session.Epoch // of the link whose bytes it was in
	Message int
	Frame   []byte
}

func newClient(w *World, id int, s *session.Session) *Client {
	return &Client{Session: s, w: w, id: id, calls: map[*session.Call]*Call{}, waiting: map[string][]*Call{}}
}

// Start starts the session.
func (c *Client) Start() { c.step(func(now session.Now) { c.Session.Start(now) }) }

// Close closes the session.
func (c *Client) Close() {
	c.end(func(now session.Now) { c.Session.Close(now, nil) })
}

// Shutdown drains the session, and closes it.
func (c *Client) Shutdown() { c.end(c.Session.Shutdown) }

func (c *Client) end(do func(now session.Now)) {
	c.step(func(now session.Now) {
		if c.Record.Ended == 0 {
			c.Record.Ended = now.Mono
		}
		do(now)
	})
}

// ReconnectNow ends the wait between two dials.
func (c *Client) ReconnectNow() {
	c.step(func(now session.Now) {
		c.Record.Hurried = append(c.Record.Hurried, now.Mono)
		c.Session.ReconnectNow(now)
	})
}

// ID is the client's number in its world, from 0.
func (c *Client) ID() int { return c.id }

// State is the session's.
func (c *Client) State() session.State { return c.Session.State() }

// step is the only way to the session: one step, its effects, the next
// deadline. While the client is away it waits.
func (c *Client) step(do func(now session.Now)) {
	if c.w.now < c.clock.back() {
		c.postpone(func() { c.step(do) })
		return
	}
	now := c.Moment()
	do(now)
	c.stepped(now)
	c.obey()
	c.arm()
}

// arm puts Tick on the agenda, unless it is there, early enough.
func (c *Client) arm() {
	mono, ok := c.Session.Deadline()
	if !ok {
		return
	}
	at := max(mono+c.clock.slept, c.w.now)
	if c.timer != 0 && c.timer <= at {
		return
	}
	c.timer = at
	c.later(at, func() {
		if c.timer == at {
			c.timer = 0
			c.tick()
		}
	})
}

// tick is the timer: the watchdog's verdict is carried out before the step.
func (c *Client) tick() {
	now := c.Moment()
	dead := c.link != nil && c.Session.Dead(now)
	if dead {
		c.link.abort("watchdog")
	}
	if mono, ok := c.Session.Deadline(); !dead && (!ok || mono > now.Mono) {
		c.arm() // it moved
		return
	}
	watched := c.link
	c.step(func(now session.Now) { c.Session.Tick(now) })
	if dead && c.link == watched {
		// The session changed its mind, and must hear that it is too late.
		c.step(func(now session.Now) { c.Session.Lost(now, watched.epoch, session.ErrPeerSilent) })
	}
}
