package storm

import (
	"bytes"
	"time"

	"github.com/linewright/linewright/runtime/device"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/runtime/simulate/check"
)

// seen is a device's history, as far as it is judged.
func seen(plan *session.Plan, fake *Fake, load *Workload, h device.History) []check.Seen {
	index := map[string]int{}
	for i, c := range plan.Commands {
		index[c.Name] = i
	}
	answers := answers{plan: plan, asked: map[line][]int{}, lossy: map[int]bool{}, doubled: fake.doubled.Load()}
	for _, r := range h {
		switch r.Kind {
		case device.Received, device.Unhandled:
			id, key := load.Know(r.Command, r.Frame)
			answers.came(check.Seen{At: r.At, Conn: r.Conn, Command: index[r.Command], ID: id, Key: key})
		case device.Replied:
			answers.went(r, index[r.Command], r.At)
		case device.Dropped:
			answers.went(r, index[r.Command], check.Unanswered)
			answers.lossy[r.Conn] = true
		case device.Unknown:
			answers.all = append(answers.all, check.Seen{At: r.At, Conn: r.Conn, Garbled: true})
		case device.Emitted:
			if load.KnowEvent != nil {
				answers.all = append(answers.all, check.Seen{At: r.At, Conn: r.Conn, Emitted: true, ID: load.KnowEvent(bytes.TrimRight(r.Frame, "\r\n"))})
			}
		}
	}
	return answers.told()
}

// line is where commands of a kind stand in line: the device answers each once,
// in their order.
type line struct{ conn, command int }

// answers finds the command that each answer is for.
type answers struct {
	plan    *session.Plan
	all     []check.Seen
	asked   map[line][]int // that are not answered, by their index
	lossy   map[int]bool   // connections on which an answer was lost
	doubled bool           // what echoes may have been answered twice
}

// came is one command.
func (a *answers) came(s check.Seen) {
	if len(a.plan.Commands[s.Command].Replies) > 0 {
		s.Answered = check.Unanswered
		at := line{s.Conn, s.Command}
		a.asked[at] = append(a.asked[at], len(a.all))
	}
	a.all = append(a.all, s)
}

// went is one answer, or one that was lost (or an event that was).
func (a *answers) went(r device.Record, command int, at time.Duration) {
	if r.Command == "" {
		return
	}
	who := line{r.Conn, command}
	if asked := a.asked[who]; len(asked) > 0 {
		a.all[asked[0]].Answered = at
		a.asked[who] = asked[1:]
	}
}

// told leaves out what cannot be told: which of two that echo was answered, and
// what a client must make of answers that echo nothing where one was lost.
func (a *answers) told() []check.Seen {
	for i := range a.all {
		s := &a.all[i]
		if s.Emitted || s.Garbled {
			continue
		}
		replies := a.plan.Commands[s.Command].Replies
		if len(replies) == 0 {
			continue
		}
		if echoes := replies[0].Key != nil; echoes && a.doubled || !echoes && a.lossy[s.Conn] {
			s.Answered = 0
		}
	}
	return a.all
}
