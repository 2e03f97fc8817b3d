package serve

import (
	"context"
	"sync"
	"time"

	"github.com/linewright/linewright/cmd/internal/fault"
	"github.com/linewright/linewright/runtime/device"
)

// injector lets the faults of a schedule happen to a whole device.
type injector struct {
	device *device.Device
	note   func(format string, args ...any)
	wake   chan struct{}

	// mu is held while faults are put in force: they follow each other.
	mu       sync.Mutex
	schedule *fault.Schedule
	commands int
}

func newInjector(d *device.Device, seed uint64, note func(string, ...any)) *injector {
	return &injector{device: d, note: note, wake: make(chan struct{}, 1), schedule: fault.NewSchedule(seed)}
}

// run does what is due until ctx ends.
func (i *injector) run(ctx context.Context) {
	for i.wait(ctx, i.step(0)) {
	}
}

// wait returns at a time, or earlier when woken; false: ctx has ended.
func (i *injector) wait(ctx context.Context, at time.Duration) bool {
	var due <-chan time.Time
	if at != fault.Never {
		timer := time.NewTimer(at - i.device.Elapsed())
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-due:
	case <-i.wake:
	case <-ctx.Done():
		return false
	}
	return true
}

// add takes up a fault; one that comes at once has come on return.
func (i *injector) add(f fault.Fault) {
	i.mu.Lock()
	i.schedule.Add(i.device.Elapsed(), i.commands, f)
	i.mu.Unlock()
	i.step(0)
	i.again()
}

// command counts a command, before it is answered.
func (i *injector) command() {
	i.step(1)
	i.again()
}

// heal ends what is on, of single connections too.
func (i *injector) heal() {
	i.mu.Lock()
	i.schedule.Heal(i.device.Elapsed())
	i.device.Heal()
	i.mu.Unlock()
	i.again()
}

// again lets run look when the next fault is due.
func (i *injector) again() {
	select {
	case i.wake <- struct{}{}:
	default:
	}
}

// step counts commands, does what is due, and says when the next is.
func (i *injector) step(commands int) time.Duration {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.commands += commands
	for _, change := range i.schedule.Advance(i.device.Elapsed(), i.commands) {
		i.change(change)
	}
	return i.schedule.Next()
}

// change puts one change in force.
func (i *injector) change(change fault.Change) {
	f := change.Fault
	if change.Begins {
		begin(f, &i.device.Scope, i.note)
		return
	}
	i.device.Only(i.keep)
	i.note("fault %v ends", f)
}

// begin tells of a fault that stays when it is in force, and of an act before
// what comes of it.
func begin(f fault.Fault, scope *device.Scope, note func(string, ...any)) {
	if f.Act() {
		note("fault %v", f)
		f.Apply(scope)
		return
	}
	f.Apply(scope)
	note("fault %v begins", f)
}

// keep asks for the faults that are on.
func (i *injector) keep(s *device.Scope) {
	for _, f := range i.schedule.Active() {
		f.Apply(s)
	}
}

// list are the faults that are on, and those that are still to come.
func (i *injector) list() (on, waiting []fault.Fault) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.schedule.Active(), i.schedule.Waiting()
}
