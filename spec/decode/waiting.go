package decode

import (
	"slices"

	"github.com/linewright/linewright/runtime/session"
)

// maxWaiting bounds the commands of a connection that nothing has answered.
const maxWaiting = 1 << 12

// waiting is a command that nothing has answered so far; session.None: one that is not
// known, or that the capture lacks. Any message may answer that.
type waiting struct{ command int }

// takes reports whether a message may be for the command.
func (w waiting) takes(plan *session.Plan, message int) bool {
	return w.command == session.None || plan.Commands[w.command].Awaits(message)
}

func (l *link) await(w waiting) {
	if len(l.waiting) == maxWaiting {
		l.waiting = slices.Delete(l.waiting, 0, 1)
	}
	l.waiting = append(l.waiting, w)
}

// awaitAnything says that something was sent which nobody knows: whatever comes may be
// its reply.
func (l *link) awaitAnything() {
	if n := len(l.waiting); n == 0 || l.waiting[n-1].command != session.None {
		l.await(waiting{session.None})
	}
}

// answered finds the command that a message is for, which then waits no more, unless
// more is to come. In order, those before it never get a reply.
func (l *link) answered(message int) (command int) {
	plan := l.d.plan
	for i, w := range l.waiting {
		if w.command == session.None || !w.takes(plan, message) {
			continue
		}
		if among(plan.Commands[w.command].Each, message) {
			return session.None
		}
		from := i
		if plan.Match == session.MatchOrder {
			from = 0
		}
		l.waiting = slices.Delete(l.waiting, from, i+1)
		return w.command
	}
	unasked := plan.Messages[message].Event != session.NotEvent || plan.Messages[message].Noise
	i := slices.Index(l.waiting, waiting{session.None})
	if i >= 0 && !unasked {
		l.waiting = slices.Delete(l.waiting, i, i+1)
	}
	return session.None
}

// among reports whether a message is one of these replies.
func among(list []session.Reply, message int) bool {
	return slices.ContainsFunc(list, func(r session.Reply) bool { return r.Message == message })
}
