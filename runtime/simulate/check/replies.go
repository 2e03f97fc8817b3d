package check

// replies: what a reply echoes is what was asked.
func replies(j *judge) {
	for _, k := range j.c.Calls {
		if k.Outcome == Replied && k.Want != "" && k.Got != k.Want {
			j.report(k.Finished, "%s got %q; it asked for %q", j.name(k), k.Got, k.Want)
		}
	}
}

// epochs: a reply, and an event, came on the link that the client had then.
func epochs(j *judge) {
	seen, emitted := map[string][]Seen{}, map[string][]Seen{}
	for _, s := range j.Seen {
		if s.Emitted {
			emitted[s.ID] = append(emitted[s.ID], s)
		} else {
			seen[s.ID] = append(seen[s.ID], s)
		}
	}
	for _, k := range j.c.Calls {
		if answered := k.Outcome == Replied || k.Outcome == Failed; k.ID != "" && answered && !j.current(seen[k.ID], k) {
			j.report(k.Finished, "%s has an answer, and no connection that the client had then gave it one", j.name(k))
		}
	}
	told := map[Event]bool{}
	for _, e := range j.c.Events {
		if e.ID == "" {
			continue
		}
		if once := (Event{ID: e.ID, Epoch: e.Epoch}); told[once] {
			j.report(e.At, "event %s was delivered twice", e.ID)
		} else {
			told[once] = true
		}
		if !j.sentOn(emitted[e.ID], e) {
			j.report(e.At, "event %s was delivered, and not sent on link %d", e.ID, e.Epoch)
		}
	}
}

// current reports whether one of the executions was on the link that was open
// when the call ended, and was answered by then.
func (j *judge) current(seen []Seen, k *Call) bool {
	for _, s := range seen {
		l := j.c.link(s.Conn)
		if s.Answered == Unanswered || max(s.At, s.Answered) > k.Finished {
			continue
		}
		if l != nil && l.Dialed <= k.Finished && (l.Closed == 0 || l.Closed >= k.Finished) {
			return true
		}
	}
	return false
}

func (j *judge) sentOn(emitted []Seen, e Event) bool {
	for _, s := range emitted {
		if l := j.c.link(s.Conn); l != nil && l.Epoch == e.Epoch && s.At <= e.At && (l.Closed == 0 || e.At <= l.Closed) {
			return true
		}
	}
	return false
}
