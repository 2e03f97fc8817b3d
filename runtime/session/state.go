package session

import "time"

// State of a client.
type State uint8

// The states of a client.
const (
	Idle     State = iota // not yet run, or without a command where each has a connection
	Dialing               // a connection is being opened
	Greeting              // TLS, greeting, login, ready steps, replay
	Ready                 // commands flow
	Suspect               // READY, but a probe has been unanswered for half its time
	Backoff               // waiting to dial again
	Draining              // Shutdown: no new commands
	Closed                // final
)

// Change is one change of state.
type Change struct {
	From, To State
	At       time.Duration // Now.Mono
	Err      error         // why, where it was not by plan
	Attempt  int           // failed passes in a row
	Delay    time.Duration // until the next dial, on the way to Backoff
	Epoch    Epoch
	Address  int
}

var stateNames = [...]string{"idle", "dialing", "greeting", "ready", "suspect", "backoff", "draining", "closed"}

// String is the state's name in lower case.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "unknown"
}

// Up reports whether commands flow: READY, suspect or not.
func (s State) Up() bool { return s == Ready || s == Suspect }

// cause is what makes a state change.
type cause uint8

const (
	started   cause = iota // Start
	connected              // the connection is open
	failedOne              // this address failed, the next is dialled at once
	failedAll              // the pass, or a READY link, is over: wait
	waited                 // the delay is over, or ReconnectNow
	loggedIn               // greeting, login, ready steps and replay are done
	unheard                // half of the watchdog's time is gone
	heard                  // life again
	rested                 // the link of one command was closed
	shutDown               // Shutdown of a READY client
	ended                  // Close, give up, refused for good, Shutdown's end
	causes                 // how many there are
)

var causeNames = [...]string{"started", "connected", "failedOne", "failedAll", "waited", "loggedIn", "unheard", "heard", "rested", "shutDown", "ended"}

func (c cause) String() string { return causeNames[c] }

// transition is the whole state machine: the state that follows s, and whether
// c can happen in s at all. Its golden test lists every pair.
func transition(s State, c cause) (State, bool) {
	switch {
	case s == Closed:
		return s, false
	case c == ended:
		return Closed, true
	case s == Draining:
		return s, false
	case c == started && s == Idle, c == waited && s == Backoff:
		return Dialing, true
	case c == connected && s == Dialing:
		return Greeting, true
	case c == failedOne && (s == Dialing || s == Greeting):
		return Dialing, true
	case c == failedAll && (s == Dialing || s == Greeting || s.Up()):
		return Backoff, true
	case c == loggedIn && s == Greeting:
		return Ready, true
	case c == unheard && s == Ready:
		return Suspect, true
	case c == heard && s == Suspect:
		return Ready, true
	case c == rested && s == Ready:
		return Idle, true
	case c == shutDown && s.Up():
		return Draining, true
	}
	return s, false
}

// shift is the only place where the state changes.
func (s *Session) shift(c cause, err error, delay time.Duration) {
	to, ok := transition(s.state, c)
	if !ok {
		panic("session: " + c.String() + " cannot happen in state " + s.state.String())
	}
	s.fx.Changes = append(s.fx.Changes, Change{
		From: s.state, To: to, At: s.now.Mono, Err: err,
		Attempt: int(s.schedule.failures), Delay: delay, Epoch: s.link.epoch, Address: int(s.schedule.address),
	})
	s.from, s.since, s.failed = s.state, s.now.Mono, err != nil
	s.state = to
}

// Last is the latest change; before the first one it is from Idle to Idle.
func (s *Session) Last() Change {
	c := &s.schedule
	ch := Change{From: s.from, To: s.state, At: s.since, Attempt: int(c.failures), Epoch: s.link.epoch, Address: int(c.address)}
	if s.failed {
		ch.Err = c.lastErr
	}
	if s.state == Backoff {
		ch.Delay = c.at - s.since
	}
	return ch
}
