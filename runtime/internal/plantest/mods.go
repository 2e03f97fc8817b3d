package plantest

import (
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// Mod changes a plan before anyone uses it.
type Mod func(*session.Plan)

// InFlight lets n commands be outstanding at once.
func InFlight(n int) Mod { return func(p *session.Plan) { p.InFlight = n } }

// InOrder matches replies by their order.
func InOrder() Mod { return func(p *session.Plan) { p.Match = session.MatchOrder } }

// Swallow drops a reply that comes after its deadline (`late: swallow`).
func Swallow() Mod { return func(p *session.Plan) { p.Late = session.LateSwallow } }

// Misses lets n probes in a row be unanswered before the peer is dead.
func Misses(n int) Mod { return func(p *session.Plan) { p.Liveness.Probe.Misses = n } }

// Always probes a link that receives other traffic too (`when: always`).
func Always() Mod { return func(p *session.Plan) { p.Liveness.Probe.Always = true } }

// AckOnly counts nothing but the probe's ack as life (`life: probe`).
func AckOnly() Mod {
	return func(p *session.Plan) {
		p.Liveness.AckOnly = true
		p.Liveness.Probe.Always = true
	}
}

// Probing sets the probe's times; a duration of 0 keeps the plan's.
func Probing(every, timeout time.Duration) Mod {
	return func(p *session.Plan) {
		if every > 0 {
			p.Liveness.Probe.Every = every
		}
		if timeout > 0 {
			p.Liveness.Probe.Timeout = timeout
		}
	}
}

// NoProbe takes the probe away.
func NoProbe() Mod { return func(p *session.Plan) { p.Liveness.Probe = nil } }

// Silence makes the server speak at least every d.
func Silence(d time.Duration) Mod { return func(p *session.Plan) { p.Liveness.Silence = d } }

// Beat sends the probe's frame after every quiet period, and expects nothing:
// the probe becomes a beat.
func Beat(every time.Duration) Mod {
	return func(p *session.Plan) {
		p.Liveness.Beat = &session.Beat{Step: p.Liveness.Probe.Step, Every: every}
		beat := &p.Commands[p.Liveness.Beat.Step.Command]
		beat.Replies, beat.Errors = nil, nil
		p.Liveness.Probe = nil
	}
}

// NoLogin goes READY without a login.
func NoLogin() Mod { return func(p *session.Plan) { p.Login = nil } }

// Ready adds a ready step: the command of that name, with a fixed frame.
func Ready(command, frame string) Mod {
	return func(p *session.Plan) {
		p.Ready = append(p.Ready, session.Step{
			Kind: session.StepDo, Command: Command(p, command), Encode: fixed(frame),
		})
	}
}

// Logout makes Shutdown send the command of that name, with a fixed frame.
func Logout(command, frame string) Mod {
	return func(p *session.Plan) {
		p.Logout = &session.Step{Kind: session.StepDo, Command: Command(p, command), Encode: fixed(frame)}
	}
}

// Also runs any other change.
func Also(change func(p *session.Plan)) Mod { return change }

// Unexpected sets the three policies for what does not fit.
func Unexpected(frame, message, reply session.Policy) Mod {
	return func(p *session.Plan) {
		p.Unexpected = session.Unexpected{Frame: frame, Message: message, Reply: reply}
	}
}

func fixed(frame string) func([]byte, *session.Vars) ([]byte, error) {
	return func(dst []byte, _ *session.Vars) ([]byte, error) { return append(dst, frame...), nil }
}

// PerCommand gives each command a connection of its own, and takes the heartbeat
// away.
func PerCommand() Mod {
	return func(p *session.Plan) { p.PerCommand, p.Liveness.Probe, p.Liveness.AckOnly = true, nil, false }
}
