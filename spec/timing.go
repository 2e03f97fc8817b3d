package spec

import (
	"math"
	"time"

	"github.com/linewright/linewright/spec/internal/document"
)

// timeouts reads the bounds of a link's parts, and fills in the defaults.
func (l *loader) timeouts(v value) {
	t := &l.p.Timeouts
	v.mapping("timeouts, as in {connect: 5s}",
		may("connect", duration(&t.Connect)),
		may("greeting", duration(&t.Greeting)),
		may("login", duration(&t.Login)),
		may("ready", duration(&t.Ready)),
		may("reply", duration(&t.Reply)),
		may("write", duration(&t.Write)),
		may("frame", duration(&t.Frame)),
	)
}

// defaultTimeouts fills in what the document leaves out.
func (l *loader) defaultTimeouts() {
	t := &l.p.Timeouts
	fill(&t.Connect, 5*time.Second)
	fill(&t.Greeting, 5*time.Second)
	fill(&t.Login, 10*time.Second)
	fill(&t.Reply, 5*time.Second)
	fill(&t.Ready, t.Reply)
	fill(&t.Write, 5*time.Second)
	fill(&t.Frame, 30*time.Second)
}

// fill sets what is still zero.
func fill[T comparable](into *T, value T) {
	var zero T
	if *into == zero {
		*into = value
	}
}

// maxFactor is more than any schedule needs; with it the delay is at its
// maximum after one failure.
const maxFactor = 1000

// reconnect reads when to dial again, and when to stop.
func (l *loader) reconnect(v value) {
	r := &l.p.Reconnect
	v.mapping("reconnect, as in {initial: 500ms, max: 30s}",
		may("initial", duration(&r.Initial)),
		may("factor", float(&r.Factor, 1, maxFactor)),
		may("max", duration(&r.Max)),
		may("jitter", percent(&r.Jitter)),
		may("stable_after", duration(&r.StableAfter)),
		may("refused", refused(&r.Refused)),
		may("give_up", giveUp(&r.GiveUpAttempts, &r.GiveUpElapsed)),
	)
}

// defaultReconnect fills in what the document leaves out, and compares.
func (l *loader) defaultReconnect(v value) {
	r := &l.p.Reconnect
	fill(&r.Initial, 500*time.Millisecond)
	fill(&r.Factor, 2)
	fill(&r.StableAfter, 10*time.Second)
	if v.absent() || v.Get("jitter") == nil {
		r.Jitter = 0.5 // 0% is a value, too
	}
	if r.Max == 0 {
		r.Max = 30 * time.Second
	}
	if r.Max < r.Initial {
		hint := ""
		if v.Get("max") == nil {
			hint = "max is 30s unless it is given"
		}
		v.find("initial").fail("reconnect-max", hint, "initial is %s, more than max, which is %s",
			plainDuration(r.Initial), plainDuration(r.Max))
	}
}

// refused reads stop or a duration: the slow lane.
func refused(into *time.Duration) reader {
	return func(v value) {
		if v.Kind == document.Scalar && v.Style == document.Plain && v.Value == "stop" {
			return
		}
		duration(into)(v)
	}
}

// giveUp reads never, or the limits.
func giveUp(attempts *int, elapsed *time.Duration) reader {
	return func(v value) {
		if v.Kind == document.Scalar {
			never := ""
			word(&never, "never")(v)
			return
		}
		v.mapping("never, or limits as in {attempts: 10}",
			may("attempts", integer(attempts, 1, math.MaxInt32)),
			may("elapsed", duration(elapsed)),
		)
		if v.Kind == document.Map && len(v.Keys) == 0 {
			v.fail("empty", "write never", "no limit is given")
		}
	}
}
