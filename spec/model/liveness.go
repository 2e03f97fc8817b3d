package model

import "time"

// Liveness is how a dead peer is noticed.
type Liveness struct {
	DetectWithin time.Duration
	Probe        *Probe
	Beat         *Beat
	Silence      time.Duration
	AckOnly      bool // life: probe
	KeepAlive    KeepAlive
	UserTimeout  time.Duration
}

// Probe is the heartbeat with an ack.
type Probe struct {
	Send    *Step // StepDo
	Every   time.Duration
	Told    *Interval // nil: Every is fixed; else it is the longest
	Timeout time.Duration
	Misses  int
	Always  bool
}

// Beat is the heartbeat without one.
type Beat struct {
	Send  *Step
	Every time.Duration
	Told  *Interval
}

// Interval is one that the server tells, or the caller.
type Interval struct {
	From    *Expr // ExprCaptured or ExprParam, a number
	Unit    time.Duration
	AtLeast time.Duration
}

// KeepAlive is the kernel's.
type KeepAlive struct {
	Idle, Interval time.Duration
	Count          int
}

// Answer is what we send when the server sends Message. Its fields may use
// the received message's (ExprCaptured).
type Answer struct {
	Message *Message
	Send    *Step
	Handled bool // after: handled
}

// Timeouts are all set.
type Timeouts struct {
	Connect, Greeting, Login, Ready, Reply, Write, Frame time.Duration
}

// Reconnect is the schedule.
type Reconnect struct {
	Initial        time.Duration
	Factor         float64
	Max            time.Duration
	Jitter         float64 // 0 to 1
	StableAfter    time.Duration
	Refused        time.Duration // 0: stop
	GiveUpAttempts int
	GiveUpElapsed  time.Duration
}

// Replies is how replies find their commands.
type Replies struct {
	Match    string // order, kind, id
	ID       string // the field that both have, where Match is id
	IDs      uint64 // they are 1 to this
	InFlight int
	Late     string // close, swallow
	Gap      time.Duration
}

// Unexpected is what to do with what does not fit: close, drop, resync, event.
type Unexpected struct {
	Frame, Message, Reply string
}
