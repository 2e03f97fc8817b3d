package device

import (
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// startsTLS reports whether the session's login starts TLS by a step.
func startsTLS(p *session.Plan) bool {
	return slices.ContainsFunc(p.Login, func(s session.Step) bool { return s.Kind == session.StepStartTLS })
}

// starter is the command that the client sends before the step that starts TLS;
// None: TLS begins behind the greeting, or with the connection.
func starter(p *session.Plan) int {
	command := session.None
	for _, s := range p.Login {
		switch s.Kind {
		case session.StepDo:
			command = s.Command
		case session.StepStartTLS:
			return command
		}
	}
	return session.None
}

// Secures reports whether TLS is due once all that is queued was sent: where a
// command of the session's script asks for it, from the moment on at which the
// device has agreed; else at once.
func (p *Peer) Secures() bool {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	return p.secures || p.d.starter == session.None
}

// inClear serves a connection until its client has asked for TLS and was
// answered. False: the connection is over.
func (r *runner) inClear() bool {
	r.clear.Store(true)
	r.reader.Go(r.read)
	agreed := r.write(func() bool { return r.peer.Secures() && r.peer.idle() })
	if agreed {
		r.hush()
	}
	return agreed
}

// hush stops the reader of a connection in clear text, once TLS is agreed on and
// before the client hears of it: what comes next is a handshake.
func (r *runner) hush() {
	if !r.agreed() {
		return
	}
	_ = r.raw.SetReadDeadline(time.Unix(1, 0))
	r.reader.Wait()
	_ = r.raw.SetReadDeadline(time.Time{})
	r.clear.Store(false)
}

// agreed reports whether the connection is to leave clear text.
func (r *runner) agreed() bool { return r.clear.Load() && r.peer.Secures() }
