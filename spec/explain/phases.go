package explain

import (
	"slices"
	"time"

	"github.com/linewright/linewright/spec/model"
)

// Phase is a part of a link's life, and what bounds it.
type Phase struct {
	Name  string  `json:"name"`
	Limit Seconds `json:"limit_s"`
	Why   string  `json:"why"`
}

// phases are those that a device which never answers can make last.
func phases(p *model.Protocol) []Phase {
	t := p.Timeouts
	all := []Phase{{"connect", Seconds(t.Connect), "each address: its name, the connection, TLS"}}
	if d := greetingTime(p); d > 0 {
		all = append(all, Phase{"greeting", Seconds(d), "from connected to greeted"})
	}
	if d := loginTime(p); d > 0 {
		all = append(all, Phase{"login", Seconds(d), "all steps of login and ready together"})
	}
	return append(all,
		Phase{"wait", Seconds(t.Ready), "timeouts.ready: what was not sent yet waits so long for the next link, and then fails: not sent; a repeat waits as long"},
		Phase{"reply", Seconds(t.Reply), "a command whose reply does not come, where it says nothing else"},
		Phase{"write", Seconds(t.Write), "what is sent must leave us within that"},
		Phase{"frame", Seconds(t.Frame), "from a frame's first byte to its last"},
	)
}

func greetingTime(p *model.Protocol) time.Duration {
	if len(p.Session.Greeting) == 0 {
		return 0
	}
	return p.Timeouts.Greeting
}

func loginTime(p *model.Protocol) time.Duration {
	if len(p.Session.Login)+len(p.Session.Ready) == 0 {
		return 0
	}
	return p.Timeouts.Login
}

// called are the commands that callers have.
func called(p *model.Protocol) (all []*model.Command) {
	for _, c := range p.Commands {
		if !c.Private && len(c.Replies) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// replyTime is how long the reply to a command may take; negative: as long as it likes.
func replyTime(p *model.Protocol, c *model.Command) time.Duration {
	if c.Timeout != 0 {
		return c.Timeout
	}
	return p.Timeouts.Reply
}

// replyTypical is the reply time in the middle of all commands'.
func replyTypical(p *model.Protocol) time.Duration {
	var all []time.Duration
	for _, c := range called(p) {
		if t := replyTime(p, c); t > 0 {
			all = append(all, t)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}
