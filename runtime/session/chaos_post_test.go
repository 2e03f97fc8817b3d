package session_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/runtime/internal/plantest"
	"github.com/linewright/linewright/runtime/session"
)

// postOffice is what a device that takes letters has been told on its link.
type postOffice struct {
	lines []string // that it has not answered
	open  string   // the sender of a letter that is neither taken nor forgotten
	blind bool     // some of what was sent has not been seen
}

// honestPost is mostly the answer to the next command.
func (c *chaos) honestPost() string {
	c.readPost()
	o := &c.office
	if len(o.lines) == 0 || c.rnd.IntN(12) == 0 {
		return ""
	}
	line := o.lines[0]
	o.lines = o.lines[1:]
	if c.rnd.IntN(6) == 0 && (strings.HasPrefix(line, "FROM") || strings.HasPrefix(line, "TO")) {
		return []string{"NO\n", "LATER\n"}[c.rnd.IntN(2)]
	}
	switch line {
	case "TEXT":
		return "GO\n"
	case "PING":
		return "PONG\n"
	case "COUNT":
		return "COUNT 1\n"
	}
	return "OK\n"
}

// readPost looks at what was sent: between the beginning of a letter and its end, or what
// undoes it, there is nothing of others.
func (c *chaos) readPost() {
	o := &c.office
	for line := range strings.Lines(c.sent()) {
		line = strings.TrimSuffix(line, "\n")
		o.lines = append(o.lines, line)
		sender, isFrom := strings.CutPrefix(line, "FROM ")
		switch {
		case line == "RESET" || strings.HasPrefix(line, "hi "):
			o.open = ""
		case o.blind || c.plan.Sequences[0].Undo == nil:
		case line == "COUNT":
			require.Empty(c.t, o.open, "between the commands of a letter")
		case isFrom:
			require.Contains(c.t, []string{"", sender}, o.open, "between the commands of another letter")
			o.open = sender
		}
	}
}

func (c *chaos) post() *session.Call {
	if c.rnd.IntN(2) == 0 {
		return plantest.Count(c.plan)
	}
	l := &plantest.Letter{From: fmt.Sprint(c.owned), Text: "hi " + fmt.Sprint(c.owned)}
	for i := range c.rnd.IntN(3) {
		l.To = append(l.To, fmt.Sprint(i))
	}
	if c.rnd.IntN(16) == 0 {
		l.Text = "two\nlines"
	}
	return plantest.Send(c.plan, l)
}

// postPlans are those of a post office.
func postPlans() []func() *session.Plan {
	kind := plantest.Also(func(p *session.Plan) { p.Match = session.MatchKind })
	return []func() *session.Plan{
		func() *session.Plan { return plantest.Post() },
		func() *session.Plan { return plantest.Post(plantest.InFlight(3), plantest.Swallow()) },
		func() *session.Plan { return plantest.Post(kind, plantest.Swallow()) },
		func() *session.Plan {
			return plantest.Post(kind, paced(gap(time.Second), "to", "count"), paced(settle(time.Second), "from"), plantest.Logout("reset", "RESET\n"))
		},
		func() *session.Plan { return plantest.Post(plantest.PerCommand()) },
		func() *session.Plan {
			return plantest.Post(plantest.Also(func(p *session.Plan) {
				p.Sequences[0].Undo = nil
				to := &p.Commands[plantest.Command(p, "to")]
				to.Replies, to.Errors = nil, nil
			}))
		},
	}
}
