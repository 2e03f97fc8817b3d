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
		case s.Do != nil && (s.When == nil || last[0] == nil):
			last = []*model.Command{s.Do}
		case s.Do != nil:
			last = append(last, s.Do)
		case s.Expect != nil && s.When == nil:
			for _, c := range last {
				if scripted(p, c) && !slices.Contains(then[c], s.Expect) {
					then[c] = append(then[c], s.Expect)
				}
			}
		}
	}
	return then
}

// scripted reports whether only the session's script sends c; nil is its
// beginning.
func scripted(p *model.Protocol, c *model.Command) bool {
	probe := p.Liveness.Probe
	return c == nil || c.Private && (probe == nil || probe.Send.Do != c)
}
