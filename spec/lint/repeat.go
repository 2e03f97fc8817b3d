package lint

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

func repeatRules() []Rule {
	return []Rule{{
		ID: "repeat-unsafe", Severity: report.Warning, check: repeatUnsafe,
		Purpose: "An idempotent command is sent once more where the link died and nobody knows whether it was carried out. One that " +
			"toggles, steps, adds or restarts does something else the second time. (Setting the same value twice does not.)",
		Bad: `
messages:
  ok: {receive: "OK"}
commands:
  toggle_pump: {send: "TOGGLE", reply: ok, idempotent: true, doc: Switches the pump on or off., ref: manual 3}
`,
		Good: `
messages:
  ok: {receive: "OK"}
commands:
  toggle_pump: {send: "TOGGLE", reply: ok, doc: Switches the pump on or off., ref: manual 3}
`,
	}, {
		ID: "repeat-unsaid", Severity: report.Info, check: repeatUnsaid,
		Purpose: "A command that only asks may be sent again: with idempotent: true its caller does not notice that the link died " +
			"meanwhile. Looked at are commands whose names begin as questions do, and whose replies have values.",
		Bad: `
messages:
  level:
    doc: How full the tank is.
    ref: manual 3
    receive: "LEVEL {percent:decimal}"
    fields: {percent: {doc: Of all that it holds.}}
    examples:
      - {wire: "LEVEL 71.5", is: {percent: 71.5}}
      - {wire: "LEVEL full", bad: percent}
commands:
  get_level: {send: "LEVEL", reply: level, doc: Asks how full the tank is., ref: manual 3}
`,
		Good: `
messages:
  level:
    doc: How full the tank is.
    ref: manual 3
    receive: "LEVEL {percent:decimal}"
    fields: {percent: {doc: Of all that it holds.}}
    examples:
      - {wire: "LEVEL 71.5", is: {percent: 71.5}}
      - {wire: "LEVEL full", bad: percent}
commands:
  get_level: {send: "LEVEL", reply: level, idempotent: true, doc: Asks how full the tank is., ref: manual 3}
`,
	}}
}

var (
	// changing are verbs of commands that do something else the second time; so do
	// stepping ones where they are the first word of a name or its last.
	changing = strings.Fields("toggle increment incr increase decrement decr decrease append prepend push pop reboot restart reset publish enqueue dequeue insert")
	stepping = strings.Fields("next previous prev skip step up down")
	asking   = strings.Fields("get list query read show status stat stats info describe fetch is has count")
)

func words(name string) []string { return strings.Split(name, "_") }

func repeatUnsafe(s *subject) {
	for _, c := range s.public() {
		all := words(c.Name)
		first, last := all[0], all[len(all)-1]
		if !c.Idempotent || slices.Contains(asking, first) {
			continue
		}
		verb := ""
		for _, w := range []string{first, last} {
			if slices.Contains(changing, w) || slices.Contains(stepping, w) {
				verb = w
			}
		}
		if verb != "" {
			s.say(at("commands", c.Name, "idempotent"), "leave idempotent out", "by its name, %s does something else when it is sent twice (%s)", c.Name, verb)
		}
	}
}

func repeatUnsaid(s *subject) {
	for _, c := range s.public() {
		changes := c.Idempotent || c.Lasting != nil || c.Undoes != nil || c.Closes || c.Enters > 0 || len(c.Steps) > 0 || len(c.Delivers) > 0
		if changes || s.p.Endpoint.PerCommand && len(c.Each) > 0 {
			continue
		}
		if slices.Contains(asking, words(c.Name)[0]) && !slices.ContainsFunc(words(c.Name), sets) && slices.ContainsFunc(c.Replies, hasValues) {
			s.say(at("commands", c.Name), "idempotent: true", "by its name, %s only asks, and it is not said that it may be sent twice", c.Name)
		}
	}
}

func sets(word string) bool { return slices.Contains([]string{"write", "set", "reset", "clear"}, word) }

func hasValues(m *model.Message) bool { return len(m.Template.Fields) > 0 }
