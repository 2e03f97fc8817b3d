// Package handmade has the storms' workloads for the plans that the runtime's
// tests are written with: variants of liveness, of what is in flight and of
// what is late, that no vendor has all of.
package handmade

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/linewright/linewright/runtime"
	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/storm"
)

// Workloads are all of them.
func Workloads() []*storm.Workload {
	return []*storm.Workload{Kind(), Order(), Lasting(), Tagged(), Polling(), Modal(), PerCommand(), Post()}
}

// stubborn is a plan that stays with its device whatever the device says.
func stubborn(p *session.Plan) { p.Reconnect.Refused = 10 * time.Second }

// impatient lets some seeds give up: after attempts, after a time, after either.
func impatient(p *session.Plan, seed uint64) {
	if n := seed % 9; n == 2 || n == 8 {
		p.Reconnect.GiveUpAttempts = 1 + int(seed/9%4)
	}
	if n := seed % 9; n == 5 || n == 8 {
		p.Reconnect.GiveUpElapsed = time.Duration(5+seed/9%40) * time.Second
	}
}

// liveness are the ways to notice a dead peer, that seeds take in turn.
var liveness = []plantest.Mod{
	plantest.Also(func(*session.Plan) {}), plantest.Always(), plantest.AckOnly(),
	plantest.Silence(12 * time.Second), plantest.Probing(3*time.Second, time.Second),
}

// base is what the workloads have in common.
func base(name string, plan func(seed uint64) *session.Plan) *storm.Workload {
	params := &plantest.Params{User: "u", Secret: "s"}
	return &storm.Workload{
		Name: name, Params: params, TLS: true,
		Plan: func(seed uint64) *session.Plan {
			p := plan(seed)
			stubborn(p)
			impatient(p, seed)
			return p
		},
		Open: func(plan *session.Plan, opts ...runtime.Option) (storm.Handle, error) {
			return runtime.New(plan, "device", params, opts...)
		},
		Failed: func(err error) bool { return errors.Is(err, errAnswered) },
	}
}

// errAnswered stands for every error that the server answers with.
var errAnswered = errors.New("the server answered with an error")

// do makes a call in the way of generated code.
func do(h storm.Handle, made *session.Call, want string) func(ctx context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		call := h.(*runtime.Client).Begin(made.Command)
		defer call.Release()
		reply, err := send(ctx, call, made)
		return reply[:min(len(want), len(reply))], err
	}
}

// send fills a call, and does it.
func send(ctx context.Context, call *runtime.Call, made *session.Call) (reply string, err error) {
	call.Echo = append(call.Echo, made.Echo...)
	call.Lasting = append(call.Lasting, made.Lasting...)
	if err := call.Encoded(append(call.Frame, made.Frame...), nil); err != nil {
		return "", err
	}
	if err := call.Do(ctx); err != nil {
		return "", err
	}
	if call.Class != session.ClassNone {
		return "", errAnswered
	}
	return string(call.Reply), nil
}

// op is a call with its name by id and key.
func op(h storm.Handle, made *session.Call, id, key, want string) storm.Op {
	plan := h.(*runtime.Client).Plan()
	return storm.Op{
		ID: id, Key: key, Want: want, Command: plan.Commands[made.Command].Name, Do: do(h, made, want),
	}
}

func planOf(h storm.Handle) *session.Plan { return h.(*runtime.Client).Plan() }

func channel(r *rand.Rand) uint8 { return uint8(r.IntN(9)) }
