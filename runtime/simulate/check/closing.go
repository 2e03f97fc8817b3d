package check

import "github.com/linewright/linewright/runtime/session"

// closing: a client that is Closed has nothing, and nothing of it goes on.
func closing(j *judge) {
	if l := j.c.Left; l != nil && (l.Deadline || l.Open > 0 || l.Outstanding > 0) {
		j.report(j.End, "closed, and left: deadline %v, %d connections, %d calls", l.Deadline, l.Open, l.Outstanding)
	}
	n := len(j.c.Changes)
	if n == 0 || j.c.Changes[n-1].To != session.Closed {
		if j.c.Left != nil {
			j.report(j.End, "it was closed, and is not Closed")
		}
		return
	}
	end := j.c.Changes[n-1].World
	for _, l := range j.c.Links {
		if l.Dialed > end || l.Closed == 0 || l.Closed > end {
			j.report(end, "link %d: dialled at %v, closed at %v, after the end", l.Epoch, l.Dialed, l.Closed)
		}
	}
	for _, k := range j.c.Calls {
		if k.Finished > max(end, j.c.back(k.Submitted)) {
			j.report(k.Finished, "%s ended after the client", j.name(k))
		}
	}
	for _, e := range j.c.Events {
		if e.At > end {
			j.report(e.At, "event %s was delivered after the end", e.ID)
		}
	}
}
