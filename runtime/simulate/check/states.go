package check

import (
	"slices"

	"github.com/linewright/linewright/runtime/session"
)

// follows is the design's diagram: Idle → Dialing → Greeting → Ready ⇄ Suspect
// → Backoff → Dialing …, Draining for Shutdown, and Closed from everywhere.
var follows = map[session.State][]session.State{
	session.Idle:     {session.Dialing},
	session.Dialing:  {session.Greeting, session.Dialing, session.Backoff},
	session.Greeting: {session.Ready, session.Dialing, session.Backoff},
	session.Ready:    {session.Idle, session.Suspect, session.Backoff, session.Draining},
	session.Suspect:  {session.Ready, session.Backoff, session.Draining},
	session.Backoff:  {session.Dialing},
	session.Draining: {},
	session.Closed:   {},
}

// states: each change begins where the one before ended.
func states(j *judge) {
	at := Change{Change: session.Change{To: session.Idle}}
	for _, ch := range j.c.Changes {
		legal := slices.Contains(follows[ch.From], ch.To) || ch.To == session.Closed && ch.From != session.Closed
		switch {
		case ch.From != at.To:
			j.report(ch.At, "from %v to %v, but the client was %v", ch.From, ch.To, at.To)
		case !legal:
			j.report(ch.At, "%v is followed by %v", ch.From, ch.To)
		case ch.At < at.At || ch.World < at.World:
			j.report(ch.At, "%v is told after %v", ch.To, at.To)
		case ch.To == session.Dialing && ch.Epoch != at.Epoch+1, ch.To != session.Dialing && ch.Epoch != at.Epoch:
			j.report(ch.At, "%v of link %d follows %v of link %d", ch.To, ch.Epoch, at.To, at.Epoch)
		}
		at = ch
	}
}
