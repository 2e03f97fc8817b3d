package check

import "github.com/linewright/linewright/runtime/session"

// back: who is not closed is READY long after the last trouble.
func back(j *judge) {
	var last Change
	for _, ch := range j.c.Changes {
		if ch.World < j.Last {
			last = ch
		}
	}
	if j.Last != 0 && last.To != session.Idle && !up(last.To) && last.To != session.Closed {
		j.report(last.At, "%v at the end, %v after all trouble: %v", last.To, j.Last-j.Calm, last.Err)
	}
}
