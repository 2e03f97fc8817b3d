package check

import "github.com/linewright/linewright/runtime/session"

// back: long after the last trouble, who is not closed is READY, has been since
// the first dial in the calm (unless a command closed the link), and has let
// nobody wait.
func back(j *judge) {
	if j.Last == 0 {
		return
	}
	var last, before Change
	for _, ch := range j.c.Changes {
		if ch.World >= j.Last {
			break
		}
		before, last = last, ch
		if lost := ch.To == session.Backoff || ch.To == session.Dialing && ch.From != session.Backoff; lost && ch.Err != nil && j.dialledInTheCalm(before, ch) {
			j.report(ch.At, "link %d is lost, and there is no trouble any more: %v", before.Epoch, ch.Err)
		}
	}
	if last.To != session.Idle && !up(last.To) && last.To != session.Closed {
		j.report(last.At, "%v at the end, %v after all trouble: %v", last.To, j.Last-j.Calm, last.Err)
	}
	for _, k := range j.c.Calls {
		if k.Submitted < j.Calm && k.Finished >= j.Last {
			j.report(k.Finished, "%s still waited, %v after all trouble", j.name(k), j.Last-j.Calm)
		}
	}
}

// dialledInTheCalm reports whether the link that a change ends was dialled after
// all trouble.
func (j *judge) dialledInTheCalm(before, ch Change) bool {
	l := j.c.linkOf(before.Epoch)
	return l != nil && l.Dialed > j.Calm && ch.World > j.Calm
}
