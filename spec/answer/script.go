package answer

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// Unasked are the messages that the server sends in the middle of the session's
// script, each once, by the command that they follow and that only the script
// sends; nil: they follow the greeting, or begin the connection. Of commands
// under a condition one is done and others are not: they follow each. What is
// sent under a condition, or begins what is encrypted, is not among them.
func Unasked(p *model.Protocol) map[*model.Command][]*model.Message {
	then := map[*model.Command][]*model.Message{}
	last := []*model.Command{nil}
	for _, s := range slices.Concat(p.Session.Login, p.Session.Ready) {
		switch {
		case s.StartTLS && last[0] == nil:
			last = []*model.Command{{}} // nobody handles it
		case s.Do != nil && (len(s.When) == 0 || last[0] == nil):
			last = []*model.Command{s.Do}
		case s.Do != nil:
			last = append(last, s.Do)
		case s.Expect != nil && (len(s.When) == 0 || unlessItself(p, s)):
			for _, c := range last {
				if scripted(p, c) && !slices.Contains(then[c], s.Expect) {
					then[c] = append(then[c], s.Expect)
				}
			}
		}
	}
	return then
}

// unlessItself reports whether a message is awaited unless it has come, and is not
// what the server greets with.
func unlessItself(p *model.Protocol, s *model.Step) bool {
	c := s.When[0]
	return len(s.When) == 1 && c.Not && c.Message == s.Expect && len(c.Path) == 0 &&
		len(p.Session.Greeting) > 0 && p.Session.Greeting[0] != s.Expect
}

// scripted reports whether only the session's script sends c; nil is its
// beginning.
func scripted(p *model.Protocol, c *model.Command) bool {
	probes := func(probe *model.Probe) bool { return probe.Send.Do == c }
	return c == nil || c.Private && !slices.ContainsFunc(p.Liveness.Probes(), probes)
}
