package check

import "github.com/linewright/linewright/runtime/session"

// back: long after the last trouble, who is not closed is READY, has been since
// the first dial in the calm (unless a command closed the link), let nobody wait
// in vain, and has not bothered the peer.
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
	j.probed()
	for _, k := range j.c.Calls {
		if k.Told && k.Submitted < j.Calm && k.Finished >= j.Last && !j.flows() {
			j.report(k.Finished, "%s still waited, %v after all trouble", j.name(k), j.Last-j.Calm)
		}
	}
}

// flows reports whether calls were still being handed over towards the end of
// the calm. (A queue may be long: where the device has lost a reply that echoes
// nothing, each that follows can be taken for the one before, and be overdue.)
func (j *judge) flows() bool {
	slept := j.End - j.c.EndMono
	for _, k := range j.c.Calls {
		for _, h := range k.Handed {
			if at := h.Mono + slept; at < j.Last && at > j.Last-(j.Last-j.Calm)/4 {
				return true
			}
		}
	}
	return false
}

// probed: in the calm a link bears no more probes than the spec has, but for a
// few that something else made due.
func (j *judge) probed() {
	p := j.Plan.Liveness.Probe
	if p == nil {
		return
	}
	for _, ch := range j.c.Changes {
		if ch.From != session.Greeting || ch.To != session.Ready || ch.World >= j.Last || !j.dialledInTheCalm(ch, ch) {
			continue
		}
		n, conn := 0, j.c.linkOf(ch.Epoch).Conn
		for _, s := range j.Seen {
			if s.came() && s.Conn == conn && s.Command == p.Step.Command && s.At >= ch.World && s.At < j.Last {
				n++
			}
		}
		if most := 3 + int((j.Last-ch.World)/p.Every); n > most {
			j.report(ch.At, "link %d was probed %d times in %v; %d at most may be", ch.Epoch, n, j.Last-ch.World, most)
		}
	}
}

// dialledInTheCalm reports whether the link that a change ends was dialled after
// all trouble.
func (j *judge) dialledInTheCalm(before, ch Change) bool {
	l := j.c.linkOf(before.Epoch)
	return l != nil && l.Dialed > j.Calm && ch.World > j.Calm
}
