package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// allowance is what a machine may be late.
const allowance = 10 * time.Millisecond

// act is the client on stage, and what the audience sees of it.
type act struct {
	story
	spec    *model.Protocol
	client  *dynamic.Client
	changes <-chan runtime.StateChange
	beats   <-chan time.Duration // round trips of heartbeats
}

func newAct(ctx context.Context, out io.Writer, p *dynamic.Protocol, addr string, opts []runtime.Option) (*act, error) {
	beats := make(chan time.Duration, 64)
	opts = append(opts, runtime.WithObserver(runtime.Observer{RTT: func(d time.Duration) {
		select {
		case beats <- d:
		default:
		}
	}}))
	client, err := p.New(addr, dynamic.Map{"user": "demo", "secret": "hidden"}, opts...)
	if err != nil {
		return nil, err
	}
	changes := make(chan runtime.StateChange)
	go func() {
		defer close(changes)
		for change := range client.States(ctx) {
			select {
			case changes <- change:
			case <-ctx.Done():
				return
			}
		}
	}()
	<-changes // Idle: from here on no change is missed, however fast the client is
	return &act{story: story{out: out, start: time.Now()}, spec: p.Model(), client: client, changes: changes, beats: beats}, nil
}

// introduce shows the document, and what it promises.
func (a *act) introduce(addr string) {
	fmt.Fprintln(a.out, "The document:")
	fmt.Fprintln(a.out)
	a.quote(document)
	l, r := a.spec.Liveness, a.spec.Reconnect
	fmt.Fprintln(a.out)
	fmt.Fprintf(a.out, "It promises that a silent peer is noticed within %v: a heartbeat after %v of silence,\n", bound(l), l.Probe.Every)
	fmt.Fprintf(a.out, "answered within %v. Redials come after %v, doubling up to %v, each less up to %.0f %% at random.\n",
		l.Probe.Timeout, r.Initial, r.Max, r.Jitter*100)
	fmt.Fprintf(a.out, "A fake device listens at %s.\n", addr)
	a.head()
}

// play is the story.
func (a *act) play(ctx context.Context, d *device.Device) error {
	ended := make(chan error, 1)
	go func() { ended <- a.client.Run(ctx) }()
	if err := a.meet(ctx); err != nil {
		return err
	}
	noticed, err := a.lose(ctx, d)
	if err != nil {
		return err
	}
	again, err := a.recover(ctx, d)
	if err != nil {
		return err
	}
	start := time.Now()
	_ = a.client.Close()
	<-ended
	a.measured(100*time.Millisecond, time.Since(start), "closed")
	fmt.Fprintf(a.out, "\ndemo: noticed a silent peer in %s (bound %s), ready again %s after it returned\n",
		pretty(noticed), pretty(bound(a.spec.Liveness)), pretty(again))
	return nil
}

// meet connects, asks, and beats twice.
func (a *act) meet(ctx context.Context) error {
	dialing, err := a.await(ctx, runtime.Dialing)
	if err != nil {
		return err
	}
	ready, err := a.await(ctx, runtime.Ready)
	if err != nil {
		return err
	}
	a.measured(a.connecting(), ready.At.Sub(dialing.At), "connected and logged in: READY")
	if err := a.read(ctx); err != nil {
		return err
	}
	for range 2 {
		select {
		case took := <-a.beats:
			a.measured(a.spec.Liveness.Probe.Timeout, took, "%v of silence: heartbeat, answered", a.spec.Liveness.Probe.Every)
		case <-ctx.Done():
			return a.stuck(ctx, "no heartbeat was answered")
		}
	}
	return nil
}

// lose turns the device into a black hole, and stays with the client until it
// has tried once in vain to come back.
func (a *act) lose(ctx context.Context, d *device.Device) (noticed time.Duration, err error) {
	if err := pause(ctx, 300*time.Millisecond); err != nil {
		return 0, a.stuck(ctx, "the black hole never came")
	}
	d.BlackHole()
	gone := time.Now()
	a.note("the device is a black hole: it reads nothing, sends nothing, closes nothing")
	l := a.spec.Liveness
	suspect, err := a.await(ctx, runtime.Suspect)
	if err != nil {
		return 0, err
	}
	a.measured(l.Probe.Every+l.Probe.Timeout/2, suspect.At.Sub(gone), "half of the heartbeat's time is over: SUSPECT")
	lost, err := a.await(ctx, runtime.Backoff)
	if err != nil {
		return 0, err
	}
	if !errors.Is(lost.Err, runtime.ErrPeerSilent) {
		return 0, fmt.Errorf("the client did not notice the silence, but ended the link: %w", lost.Err)
	}
	noticed = lost.At.Sub(gone)
	a.measured(bound(l), noticed, "noticed: %v; connection reset", lost.Err)
	if err := a.redial(ctx, lost); err != nil {
		return 0, err
	}
	retry, err := a.await(ctx, runtime.Backoff)
	if err != nil {
		return 0, err
	}
	a.note("the dial was in vain: %v", retry.Err)
	a.delay(retry)
	return noticed, nil
}

// recover lets the device return, and waits for the client.
func (a *act) recover(ctx context.Context, d *device.Device) (again time.Duration, err error) {
	if err := pause(ctx, 100*time.Millisecond); err != nil {
		return 0, a.stuck(ctx, "the device never returned")
	}
	d.Heal()
	returned := time.Now()
	a.note("the device is back")
	ready, err := a.await(ctx, runtime.Ready)
	if err != nil {
		return 0, err
	}
	again = ready.At.Sub(returned)
	a.measured(a.spec.Reconnect.Max+a.connecting(), again, "connected and logged in: READY again")
	return again, a.read(ctx)
}

// read asks for a value.
func (a *act) read(ctx context.Context) error {
	start := time.Now()
	_, reading, err := a.client.Call(ctx, "read", dynamic.Map{"channel": 3})
	if err != nil {
		return err
	}
	a.measured(a.spec.Timeouts.Reply, time.Since(start), "read: %v", reading)
	return nil
}

// redial waits for the dial that change announces.
func (a *act) redial(ctx context.Context, change runtime.StateChange) error {
	a.delay(change)
	dialing, err := a.await(ctx, runtime.Dialing)
	if err != nil {
		return err
	}
	a.measured(change.NextDelay+allowance, dialing.At.Sub(change.At), "dialling again")
	return nil
}

// delay tells what was chosen between which limits.
func (a *act) delay(change runtime.StateChange) {
	r := a.spec.Reconnect
	longest := min(r.Max, time.Duration(float64(r.Initial)*math.Pow(r.Factor, float64(change.Attempt-1))))
	shortest := time.Duration(float64(longest) * (1 - r.Jitter))
	a.measured(longest, change.NextDelay, "backing off for %v to %v, by chance", shortest, longest)
}

// connecting is the longest way from dialling to READY.
func (a *act) connecting() time.Duration { return a.spec.Timeouts.Connect + a.spec.Timeouts.Login }

// await skips changes until the client is in that state.
func (a *act) await(ctx context.Context, state runtime.State) (runtime.StateChange, error) {
	var last error
	for change := range a.changes {
		if change.Err != nil {
			last = change.Err
		}
		if change.To == state {
			return change, nil
		}
		if change.To == runtime.Closed {
			return change, fmt.Errorf("the client closed: %w", change.Err)
		}
	}
	err := a.stuck(ctx, fmt.Sprintf("the client was never %v", state))
	if last != nil {
		err = fmt.Errorf("%w; last: %w", err, last)
	}
	return runtime.StateChange{}, err
}

// stuck is why the story did not go on.
func (a *act) stuck(ctx context.Context, what string) error {
	return fmt.Errorf("%s: %w", what, context.Cause(ctx))
}

// pause waits, unless ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
