package generator

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// private claims what only the package's own code sees: a verb before an
// exported name, as in appendUnit. Two of them may come together where the
// exported names do not, so it runs where those are in order, and names each
// culprit once.
func (n *names) private(p *model.Protocol) {
	if len(n.problems) > 0 {
		return
	}
	s := newScope("the package's own code", []string{"framing", "plan"})
	for _, t := range p.Types {
		n.claimAll(s, "types."+t.Name, t.Pos, behind(n.types[t], "append", "parse", "limits", "notIn", "clone", "read", "write"))
	}
	for _, m := range p.Messages {
		n.claimAll(s, "messages."+m.Name, m.Pos, behind(n.messages[m], "message", "check", "classify", "count", "fail", "id"))
	}
	for _, mode := range p.Modes {
		n.claimAll(s, "mode "+mode, p.Pos, behind(exported(mode), "mode"))
	}
	for _, c := range p.Commands {
		n.claimAll(s, "commands."+c.Name, c.Pos, n.privateOf(c))
	}
	for _, c := range p.Sequences {
		n.claimAll(s, "commands."+c.Name, c.Pos, behind(n.commands[c], "sequence", "itemsOf"))
	}
}

// privateOf are the names that a command brings along.
func (n *names) privateOf(c *model.Command) []string {
	name := n.commands[c]
	list := append(behind(name+"Request", "check", "count", "echo"), "command"+name, "itemsOf"+name)
	for _, m := range slices.Concat(c.Replies, c.Errors, c.Each) {
		list = append(list, "echo"+name+n.messages[m])
	}
	for _, d := range c.Delivers {
		list = append(list, "key"+name+n.messages[d.Message])
	}
	return list
}

func behind(name string, verbs ...string) []string {
	var list []string
	for _, verb := range verbs {
		list = append(list, verb+name)
	}
	return list
}

// claimAll takes names for one thing, and stops where one is taken.
func (n *names) claimAll(s *scope, path string, pos model.Pos, list []string) {
	for _, name := range list {
		if s.claims[name].what == path {
			continue // a message may be a reply and an error
		}
		before := len(n.problems)
		if n.claim(s, path, pos, name); len(n.problems) > before {
			return
		}
	}
}
