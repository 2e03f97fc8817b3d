package model

import (
	"slices"
	"time"
)

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

// Probes are all probes; the first that is there in a mode is the mode's.
func (l *Liveness) Probes() (all []*Probe) {
	for p := l.Probe; p != nil; p = p.Else {
		all = append(all, p)
	}
	return all
}

// Beats are all beats, as [Liveness.Probes].
func (l *Liveness) Beats() (all []*Beat) {
	for b := l.Beat; b != nil; b = b.Else {
		all = append(all, b)
	}
	return all
}

// ProbeIn is the probe of a mode; nil: it has none.
func (l *Liveness) ProbeIn(mode int) *Probe {
	for _, p := range l.Probes() {
		if len(p.In) == 0 || slices.Contains(p.In, mode) {
			return p
		}
	}
	return nil
}

// BeatIn is the beat of a mode; nil: it has none.
func (l *Liveness) BeatIn(mode int) *Beat {
	for _, b := range l.Beats() {
		if len(b.In) == 0 || slices.Contains(b.In, mode) {
			return b
		}
	}
	return nil
}

// Probe is the heartbeat with an ack.
type Probe struct {
	In      []int  // the modes that have it; empty: all
	Else    *Probe // of other modes; nil: there is none
	Send    *Step  // StepDo
	Every   time.Duration
	Told    *Interval // nil: Every is fixed; else it is the longest
	Timeout time.Duration
	Misses  int
	Always  bool
	// Behind is the slowest command whose reply the probe must wait for before it is
	// sent, because its answer could not be told from it; nil: it waits for none.
	Behind *Command
}

// Bound is when a peer that says nothing is declared dead: after the last byte, or the
// last probe.
func (p *Probe) Bound() time.Duration { return p.Every + p.Timeout*time.Duration(p.Misses) }

// Beat is the heartbeat without one.
type Beat struct {
	In    []int // the modes that have it; empty: all
	Else  *Beat // of other modes; nil: there is none
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

// Bound is when keepalive alone gives up on an idle link.
func (k KeepAlive) Bound() time.Duration { return k.Idle + k.Interval*time.Duration(k.Count) }

// KernelBound is when Linux ends a link to a peer that is gone: an idle link at the
// first keepalive probe that is not before the user timeout. A beat that is due earlier
// stops the probes, because data is then unacknowledged, and the user timeout counts
// from the beat.
func (l *Liveness) KernelBound(b *Beat) time.Duration {
	k := l.KeepAlive
	probes := max(1, (l.UserTimeout-k.Idle+k.Interval-1)/k.Interval)
	idle := k.Idle + probes*k.Interval
	if b != nil && b.Every < idle {
		return b.Every + l.UserTimeout
	}
	return idle
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
