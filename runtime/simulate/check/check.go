package check

import (
	"fmt"
	"time"
)

// Violation is one thing that should not have happened.
type Violation struct {
	Rule   string
	Client int
	At     time.Duration // by the clock that the rule is about
	Text   string
}

// String is the violation on one line.
func (v Violation) String() string {
	return fmt.Sprintf("%s: client %d at %v: %s", v.Rule, v.Client, v.At, v.Text)
}

// Rule is something that holds in each history.
type Rule struct {
	Name string
	Doc  string // which invariant of the design, in short
	of   func(j *judge)
}

// Rules are all of them.
var Rules = []Rule{
	{"one link", "1, 5: at most one connection a client, closed as soon as it is given up", oneLink},
	{"states", "14: changes of state form a legal chain, in order", states},
	{"ends once", "7: every command ends once, and not after its context", endsOnce},
	{"waits", "7: no command waits for READY, nor for its reply, longer than the spec says", waits},
	{"reasons", "7: no command fails before its time, nor without a reason", reasons},
	{"fates", "7: no command executed twice unless idempotent; none not sent that the device saw", fates},
	{"hand-overs", "5: not sent and unknown mean what they say", handOvers},
	{"whole", "6: frames are whole, and never mixed", whole},
	{"replies", "8: no reply crossed", replies},
	{"sequences", "8: nothing of others comes between the commands of one that is made of several", sequences},
	{"ids", "8: no id names two commands of a link while the first may still be answered", ids},
	{"epochs", "8, 12: an answer was given, and an event sent, on the link that the client had then", epochs},
	{"events", "12, 14: what was received on a link that went on is delivered", events},
	{"bound", "2, 3, 18: a silent peer is given up exactly when the bound ends, and none before", watched(bound)},
	{"asked", "3: nobody is given up who was not asked as often as the spec says", asked},
	{"suspect", "3: suspect after half of the probes' time, no sooner, and before the end", suspect},
	{"deadlines", "6, 11: dials, greeting and login, writes and frames have theirs, and no less", deadlines},
	{"schedule", "9, 10: delays as the schedule has them, forgiven late; failover at once; the refused lane; giving up", schedule},
	{"refusals", "10: a certificate that is not accepted is a refusal", refusals},
	{"secrecy", "17: nothing in plain text where TLS was asked for, and nobody READY without it", secrecy},
	{"back", "9: once all trouble is over the client is READY again, stays so, and lets nobody wait", back},
	{"lasting", "19: what lasts is sent again, once, before waiting callers", lasting},
	{"memory", "16: queues, waiters and buffers have a bound", memory},
	{"closing", "15: nothing is left, and nothing happens, after the end", closing},
}

// watched is a rule about links that stay, and are watched.
func watched(of func(j *judge)) func(j *judge) {
	return func(j *judge) {
		if !j.Plan.PerCommand {
			of(j)
		}
	}
}

// judge is one rule at work on one client.
type judge struct {
	*Run
	c    *Client
	i    int
	rule string
	all  *[]Violation
}

func (j *judge) report(at time.Duration, format string, args ...any) {
	*j.all = append(*j.all, Violation{j.rule, j.i, at, fmt.Sprintf(format, args...)})
}

// History judges a run by all rules.
func History(r *Run) []Violation {
	var all []Violation
	for _, rule := range Rules {
		all = append(all, By(r, rule)...)
	}
	return all
}

// By judges a run by one rule.
func By(r *Run, rule Rule) []Violation {
	var all []Violation
	for i, c := range r.Clients {
		rule.of(&judge{Run: r, c: c, i: i, rule: rule.Name, all: &all})
	}
	return all
}
