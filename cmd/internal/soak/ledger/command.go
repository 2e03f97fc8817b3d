package ledger

import "time"

// Key names a command among those of its client that are watched: what the
// request carries, so that the device's side can tell it.
type Key struct {
	Kind byte // the command, as the client numbers them
	N    uint64
}

// Nature is what may happen to a command.
type Nature uint8

// The natures of commands.
const (
	Plain      Nature = iota // sent once at most
	Idempotent               // may be sent again after the death of its link
	Publish                  // has no reply
	natures
)

// String is the nature in lower case.
func (n Nature) String() string {
	return [natures]string{"plain", "idempotent", "publish"}[n]
}

// Outcome is how a command ended for its caller.
type Outcome uint8

// The outcomes.
const (
	Answered Outcome = iota // a reply; of a publish: it was queued
	Failed                  // the device's own error
	NotSent
	Unknown
	outcomes
)

// String is the outcome in lower case.
func (o Outcome) String() string {
	return [outcomes]string{"answered", "failed by the device", "not sent", "unknown"}[o]
}

// command is one that is watched.
type command struct {
	nature   Nature
	strict   bool // must succeed
	doubtful bool // its reply may be another's
	ended    bool
	outcome  Outcome
	executed uint16
	conns    [2]int // where, the first two times
}

func (c *command) execute(conn int) {
	if c.executed < 2 {
		c.conns[c.executed] = conn
	}
	c.executed++
}

// judge names the rule that the command is under, and reports whether it was kept.
func (c *command) judge() (Rule, bool) {
	switch {
	case !c.ended:
		return EndsOnce, false
	case c.outcome == NotSent:
		return NotSentNever, c.executed == 0
	case c.nature == Publish:
		return PublishedOnce, c.executed == 1 || c.executed == 0 && !c.strict
	case c.outcome == Unknown || c.doubtful:
		return UnknownOnce, c.executed == 0 || c.once()
	default:
		return SuccessOnce, c.once()
	}
}

// once: exactly; an idempotent one perhaps twice, on different connections.
func (c *command) once() bool {
	return c.executed == 1 || c.nature == Idempotent && c.executed == 2 && c.conns[0] != c.conns[1]
}

// owed reports whether the command must succeed and has not yet: a publish has
// ended before it is executed.
func (c command) owed() bool { return c.strict && (!c.ended || c.nature == Publish && c.executed == 0) }

// strange: see Book.Strange.
func (c *command) strange() bool {
	return c.executed > 1 || c.executed == 1 && c.outcome == Unknown
}

// ended is a command on its way out.
type ended struct {
	key Key
	at  time.Duration
}
