package check

import (
	"maps"
	"slices"
	"time"

	"github.com/linewright/linewright/runtime/session"
)

// settled is how long after READY a calm link has had everything that was
// handed over before.
const settled = 10 * time.Second

// lasting judges, for each link that became READY, what was sent again on it.
func lasting(j *judge) {
	keys := j.lastingKeys()
	if len(keys) == 0 {
		return
	}
	for _, ch := range j.c.Changes {
		if ch.From != session.Greeting || ch.To != session.Ready {
			continue
		}
		for i := range j.c.Links {
			if l := &j.c.Links[i]; l.Epoch == ch.Epoch && l.Conn != 0 {
				j.judgeReplay(l, ch.World, keys)
			}
		}
	}
}

// lastingKeys are the calls that last or undo, by key.
func (j *judge) lastingKeys() map[string][]*Call {
	keys := map[string][]*Call{}
	for _, k := range j.c.Calls {
		if c := &j.Plan.Commands[k.Command]; k.Key != "" && (c.Lasting || c.Undoes) {
			keys[k.Key] = append(keys[k.Key], k)
		}
	}
	return keys
}

func (j *judge) judgeReplay(l *Link, ready time.Duration, keys map[string][]*Call) {
	heard := j.heardOn(l)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		calls := keys[key]
		at, came := heard.lasts[key]
		if n, most := heard.times[key], 1+j.handedOn(calls, l.Epoch); n > most {
			j.report(ready, "link %d: %s was sent %d times; %d at most may be", l.Epoch, key, n, most)
		}
		switch want, sure := j.remembered(calls, l, ready); {
		case !sure:
		case !want && came:
			j.report(at, "link %d: %s was sent again, and nobody wants it", l.Epoch, key)
		case want && heard.caller != 0 && (!came || at > heard.caller):
			j.report(ready, "link %d: a caller was served before %s was sent again", l.Epoch, key)
		case want && !came && j.Calm != 0 && ready > j.Calm && (l.Closed == 0 || l.Closed > ready+settled) && ready+settled < j.End:
			j.report(ready, "link %d: %s was not sent again", l.Epoch, key)
		case want && heard.answers && (!came || at > ready):
			j.report(ready, "link %d is READY before %s was answered", l.Epoch, key)
		}
	}
}

// heard is what the device heard on one link.
type heard struct {
	lasts   map[string]time.Duration // by key, when first
	times   map[string]int           // by key, how often
	caller  time.Duration            // the first command of a caller; 0: none
	answers bool                     // the server answers what lasts
}

func (j *judge) heardOn(l *Link) heard {
	h := heard{lasts: map[string]time.Duration{}, times: map[string]int{}}
	own := j.ownCommands()
	for _, s := range j.Seen {
		if s.Conn != l.Conn || !s.came() {
			continue
		}
		switch c := &j.Plan.Commands[s.Command]; {
		case c.Lasting:
			h.answers = len(c.Replies) > 0
			h.times[s.Key]++
			if h.lasts[s.Key] == 0 {
				h.lasts[s.Key] = s.At
			}
		case h.caller == 0 && !c.Undoes && !own[s.Command]:
			h.caller = s.At
		}
	}
	return h
}

// handedOn is how often callers' commands that last were handed over on a link;
// where that is not known, each may have been.
func (j *judge) handedOn(calls []*Call, e session.Epoch) (n int) {
	for _, k := range calls {
		if !k.Told {
			n++
		}
		for _, h := range k.Handed {
			if h.Epoch == e {
				n++
			}
		}
	}
	return n
}

// ownCommands are those that the session sends by itself.
func (j *judge) ownCommands() map[int]bool {
	own := map[int]bool{}
	steps := append(append([]session.Step(nil), j.Plan.Login...), j.Plan.Ready...)
	for _, a := range j.Plan.Answers {
		steps = append(steps, a.Step)
	}
	for p := j.Plan.Liveness.Probe; p != nil; p = p.Else {
		steps = append(steps, p.Step)
	}
	for b := j.Plan.Liveness.Beat; b != nil; b = b.Else {
		steps = append(steps, b.Step)
	}
	if j.Plan.Logout != nil {
		steps = append(steps, *j.Plan.Logout)
	}
	for _, s := range steps {
		if s.Kind == session.StepDo {
			own[s.Command] = true
		}
	}
	return own
}

// remembered reports whether a key was to be sent again on a link, where the
// history leaves no doubt: what a caller asks for on that link is not told from
// what is sent again.
func (j *judge) remembered(calls []*Call, l *Link, ready time.Duration) (want, sure bool) {
	for _, k := range calls {
		command := &j.Plan.Commands[k.Command]
		switch {
		case k.Submitted > ready && command.Lasting && (l.Closed == 0 || k.Submitted <= l.Closed):
			return want, want
		case k.Submitted > ready:
		case command.Undoes && j.c.back(k.Submitted) < l.Dialed:
			want = false
		case command.Undoes:
			return false, false // it came while the link was being made
		case k.Outcome == Open || k.Finished >= l.Dialed || j.c.back(k.Submitted) >= l.Dialed:
			return false, false
		case k.Outcome == Replied, k.Outcome == Written:
			want = true
		case k.Detached && command.Lasting:
			want = true // its caller was told that it lasts, whatever became of its link
		}
	}
	return want, true
}

// back is when a client that was asked at a time of the world could begin.
func (c *Client) back(t time.Duration) time.Duration {
	for _, a := range c.Absences {
		if a.From <= t && a.To > t {
			t = a.To
		}
	}
	return t
}
