package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

func namingRules() []Rule {
	return []Rule{{
		ID: "name-stutters", Severity: report.Warning, check: nameStutters,
		Purpose: "A name does not repeat the name of what it is in. In Go the vendor is the package, a message the type of its fields, and " +
			"an enum's type part of its values' names: gauge.GaugeLevel, Level.LevelPercent, UnitUnitBar. go_name names it otherwise there.",
		Bad: `
messages:
  gauge_broken: {receive: "BROKEN", event: true, doc: It must be repaired., ref: manual 5}
`,
		Good: `
messages:
  broken: {receive: "BROKEN", event: true, doc: It must be repaired., ref: manual 5}
`,
	}, {
		ID: "verbs-mixed", Severity: report.Info, check: verbsMixed,
		Purpose: "Commands that do the same to other things have the same verb: who knows get_level looks for get_name, not for fetch_name. " +
			"Where the manual has other words, and the commands are sent with them, their names may follow.",
		Bad: `
messages:
  ok: {receive: "OK"}
commands:
  set_low: {send: "L 1", reply: ok, doc: "Sets the lower limit.", ref: manual 3}
  set_high: {send: "L 2", reply: ok, doc: "Sets the upper limit.", ref: manual 3}
  change_name: {send: "L 3", reply: ok, doc: "Sets the name.", ref: manual 3}
`,
		Good: `
messages:
  ok: {receive: "OK"}
commands:
  set_low: {send: "L 1", reply: ok, doc: "Sets the lower limit.", ref: manual 3}
  set_high: {send: "L 2", reply: ok, doc: "Sets the upper limit.", ref: manual 3}
  set_name: {send: "L 3", reply: ok, doc: "Sets the name.", ref: manual 3}
`,
	}}
}

func nameStutters(s *subject) {
	inVendor := func(n model.Named, p path) {
		if n.GoName == "" && repeats(n.Name, s.p.Name) {
			s.say(p, "go_name, or a shorter name", "the package is called %s, too", s.p.Name)
		}
	}
	for _, t := range s.p.Types {
		inVendor(t.Named, at("types", t.Name))
		for _, v := range t.Values {
			if v.GoName == "" && repeats(v.Name, t.Name) {
				s.say(at("types", t.Name, "enum", v.Name), "go_name, or a shorter name", "the type is called %s, too", t.Name)
			}
		}
	}
	for _, m := range s.p.Messages {
		inVendor(m.Named, at("messages", m.Name))
		for _, f := range m.Template.Fields {
			if f.GoName == "" && repeats(f.Name, m.Name) {
				s.say(at("messages", m.Name, "fields", f.Name), "go_name, or a shorter name", "field %s repeats the message's name", f.Name)
			}
		}
	}
	for _, c := range s.public() {
		inVendor(c.Named, at("commands", c.Name))
	}
}

// repeats reports whether a name begins with another, and goes on.
func repeats(name, of string) bool {
	a, b := words(snakeOf(name)), words(snakeOf(of))
	return len(a) > len(b) && slices.Equal(a[:len(b)], b)
}

// snakeOf is a PascalCase name as others are written.
func snakeOf(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' && !(name[i-1] >= 'A' && name[i-1] <= 'Z') {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// alike are verbs that mean the same.
var alike = [][]string{
	{"get", "fetch", "retrieve", "query"},
	{"set", "change", "assign"},
	{"delete", "remove", "erase"},
	{"create", "make", "new"},
}

func verbsMixed(s *subject) {
	for _, group := range alike {
		by := map[string][]*model.Command{}
		for _, c := range s.public() {
			verb := words(c.Name)[0]
			if slices.Contains(group, verb) && len(words(c.Name)) > 1 && !strings.Contains(strings.ToLower(c.Template.Source), verb) {
				by[verb] = append(by[verb], c)
			}
		}
		if len(by) < 2 {
			continue
		}
		verbs := slices.SortedFunc(slices.Values(group), func(a, b string) int { return cmp.Compare(len(by[b]), len(by[a])) })
		for _, rare := range verbs[1:] {
			for _, c := range by[rare] {
				s.say(at("commands", c.Name), "", "most commands that do the same begin with %s", verbs[0])
			}
		}
	}
}
