package lab_test

import (
	"fmt"
	"testing"
	"time"
)

const (
	// allowance is the design's for real time; the control timer of the same
	// process adds what this machine was late just then.
	allowance = 5 * time.Millisecond
	// busyMachine is how late that timer may be before an experiment is done
	// again; what is late each time on such a machine may be late by busyFactor
	// times as much, for the timer is not the only one that had to wait.
	busyMachine = 50 * time.Millisecond
	busyFactor  = 4
	// starved is how late it may be before a link that was to live may be ended:
	// half of a probe's patience.
	starved = 500 * time.Millisecond
)

// excuse is what may be late on a machine whose control timer was late by that.
func excuse(late time.Duration) time.Duration {
	if late > busyMachine {
		late *= busyFactor
	}
	return allowance + late
}

// outcome is what an experiment measured.
type outcome struct {
	party    string
	fault    *fault
	kind     kind
	promise  promise
	watched  time.Duration // at most so long
	noticed  bool
	took     time.Duration // to notice
	err      string
	answered bool          // the link that lived on still answered
	returned bool          // to READY, after the fault was healed
	back     time.Duration // until then
	overdue  time.Duration // by how much later than scheduled, and than a dial takes
	late     time.Duration // the control timer, at worst
	attempts int
}

// perform does one experiment: a fault, a loss that is noticed or not, and the
// way back.
func perform(t testing.TB, p party, f *fault, k kind, promised promise, watch time.Duration) outcome {
	t.Helper()
	o := outcome{party: p.name, fault: f, kind: k, promise: promised, watched: watch}
	w := newWorld(t, p, f, k)
	defer w.stop()
	lost := f.inflict(w)
	r, noticed := w.within(watch, "backoff")
	if o.noticed = noticed; noticed {
		o.measure(w, lost, r)
	} else {
		o.measureLife(w)
	}
	if f.relayed && k == writer && w.relay.Overtaken() == 0 {
		t.Error("the relay kept everything in order")
	}
	return o
}

// measure takes the time to notice, and the way back.
func (o *outcome) measure(w *world, lost time.Duration, r report) {
	from := lost
	if o.promise.fromProgress {
		from = max(lost, r.Last)
	}
	o.took, o.err, o.late = r.At-from, r.Err, r.Late
	healed := r.At
	if w.fault.heal != nil {
		w.fault.heal(w)
		healed = monotonic()
	}
	back, returned := w.within(o.watched, "ready")
	if o.returned = returned; returned {
		o.back, o.late = back.At-healed, max(o.late, back.Late)
		o.measureSchedule(w, back)
	}
}

// measureSchedule compares the way back with when it was to be. A server that is
// gone refuses at once: the first dial that succeeds is one that was scheduled.
func (o *outcome) measureSchedule(w *world, back report) {
	if w.party.peer || o.fault.damage != closed {
		return
	}
	w.client.Tell("dial")
	o.overdue = back.At - w.due - w.await("dialled").Took
}

// measureLife asks whether the link that lived on still answers, where the
// fault was one to live through.
func (o *outcome) measureLife(w *world) {
	w.client.Tell("mark") // its report has the lateness of the whole watch
	o.late = w.await("marked").Late
	if !o.lives() {
		return
	}
	w.client.Tell("ask")
	_, o.answered = w.within(3*time.Second, "answered")
}

// lives reports whether the fault was one to live through.
func (o *outcome) lives() bool { return o.fault.damageTo(o.kind) == none }

// settled reports whether another attempt would say no more: what keeps its
// bound on a busy machine keeps it.
func (o *outcome) settled() bool {
	if o.promise.bound == 0 {
		return !o.noticed || o.late <= starved
	}
	return o.noticed && o.over(allowance) == 0 || o.late <= busyMachine && o.over(excuse(o.late)) == 0
}

// kept reports whether the last attempt kept what was promised, as far as the
// machine let it.
func (o *outcome) kept() bool {
	if o.promise.bound == 0 {
		return !o.noticed || o.late > starved
	}
	return o.noticed && o.returned && o.over(excuse(o.late)) == 0
}

// over is by how much an outcome exceeds its bounds and that excuse, or comes too
// early to have been the fault's; 0: it keeps them.
func (o *outcome) over(excuse time.Duration) time.Duration {
	return max(0, o.took-o.promise.bound-excuse, o.back-redial-excuse, o.overdue-punctual-excuse, o.promise.least-o.took-excuse)
}

func (o *outcome) String() string {
	notice := fmt.Sprintf("not noticed in %v", o.watched)
	if o.noticed {
		notice = fmt.Sprintf("noticed after %v (%s), ready again after %v, bound %v", round(o.took), o.err, round(o.back), redial)
	}
	return fmt.Sprintf("bound %v: %s; control timer late by up to %v", o.promise.bound, notice, round(o.late))
}

func round(d time.Duration) time.Duration { return d.Round(time.Millisecond / 10) }
