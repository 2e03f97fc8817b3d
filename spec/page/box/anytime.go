package box

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// anytime reports whether a message may come unasked: a session awaits it at all times.
func anytime(p *model.Protocol, m *model.Message) bool {
	return m.Unasked() || m.Noise || slices.ContainsFunc(p.Answers, func(a *model.Answer) bool { return a.Message == m })
}

// awaits are the messages, by their numbers, that a session waits for at once, in addition to
// those: the greeting, a step's, a command's replies. No two lists are the same.
func awaits(p *model.Protocol) (all [][]int) {
	add := func(messages ...*model.Message) {
		var list []int
		for _, m := range messages {
			list = append(list, slices.Index(p.Messages, m))
		}
		slices.Sort(list)
		list = slices.Compact(list)
		same := func(other []int) bool { return slices.Equal(other, list) }
		if len(list) > 0 && !slices.ContainsFunc(all, same) {
			all = append(all, list)
		}
	}
	add(p.Session.Greeting...)
	for _, s := range slices.Concat(p.Session.Login, p.Session.Ready) {
		if s.Expect != nil {
			add(s.Expect)
		}
	}
	for _, c := range p.Commands {
		add(slices.Concat(c.Replies, c.Errors, c.Each)...)
	}
	return all
}
