package lint

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/model"
)

func documentationRules() []Rule {
	return []Rule{{
		ID: "doc-missing", Severity: report.Info, check: docMissing,
		Purpose: "What callers see says what it is: parameters, types, commands, events, and messages with values. The text goes into the " +
			"generated package, and is what a reviewer compares with the manual. What the session alone sends explains itself.",
		Bad: `
messages:
  broken: {receive: "BROKEN", event: true, ref: manual 5}
`,
		Good: `
messages:
  broken: {receive: "BROKEN", event: true, doc: It must be repaired., ref: manual 5}
`,
	}, {
		ID: "doc-field", Severity: report.Info, check: docField,
		Purpose: "A message that is explained explains its fields, too: by a doc or a unit of their own, or by a type that has a doc.",
		Bad: `
messages:
  level:
    doc: How full the tank is.
    ref: manual 3
    receive: "LEVEL {v1:decimal}"
    event: true
    examples: [{wire: "LEVEL 71.5", is: {v1: 71.5}}, {wire: "LEVEL full", bad: v1}]
`,
		Good: `
messages:
  level:
    doc: How full the tank is.
    ref: manual 3
    receive: "LEVEL {v1:decimal}"
    event: true
    fields: {v1: {doc: Of the volume., unit: percent}}
    examples: [{wire: "LEVEL 71.5", is: {v1: 71.5}}, {wire: "LEVEL full", bad: v1}]
`,
	}, {
		ID: "ref-missing", Severity: report.Info, check: refMissing,
		Purpose: "A document that says where the manual has something says it of every command and event: what has no ref was perhaps only " +
			"guessed. One without any ref has been written otherwise, and is left alone.",
		Bad: `
messages:
  broken: {receive: "BROKEN", event: true, doc: It must be repaired.}
  mended: {receive: "MENDED", event: true, doc: It has been., ref: manual 5}
`,
		Good: `
messages:
  broken: {receive: "BROKEN", event: true, doc: It must be repaired., ref: manual 5}
  mended: {receive: "MENDED", event: true, doc: It has been., ref: manual 5}
`,
	}, {
		ID: "ref-unknown", Severity: report.Warning, check: refUnknown,
		Purpose: "A ref begins with the name of one of the sources; otherwise nobody knows which paper it means.",
		Bad: `
messages:
  broken: {receive: "BROKEN", event: true, doc: It must be repaired., ref: handbook 5}
`,
		Good: `
messages:
  broken: {receive: "BROKEN", event: true, doc: It must be repaired., ref: manual 5}
`,
	}, {
		ID: "source-unused", Severity: report.Info, check: sourceUnused,
		Purpose: "A source to which nothing refers, in a document that refers to others, may be left over.",
		Bad: `
sources: {manual: "Tank gauge, manual of 2026", addendum: "Addendum of 2027"}
`,
		Good: `
sources: {manual: "Tank gauge, manual of 2026"}
`,
	}, {
		ID: "unit-missing", Severity: report.Info, check: unitMissing,
		Purpose: "A number that measures something has a unit, or a name that says it (seconds, celsius). Nobody knows a timeout of 30.",
		Bad: `
messages:
  ok: {receive: "OK"}
commands:
  set_interval:
    doc: How often the level is sent.
    ref: manual 3
    send: "EVERY {interval:uint16}"
    reply: ok
    fields: {interval: {doc: Between two of them.}}
    examples: [{wire: "EVERY 60", is: {interval: 60}}]
`,
		Good: `
messages:
  ok: {receive: "OK"}
commands:
  set_interval:
    doc: How often the level is sent.
    ref: manual 3
    send: "EVERY {interval:uint16}"
    reply: ok
    fields: {interval: {doc: Between two of them., unit: s}}
    examples: [{wire: "EVERY 60", is: {interval: 60}}]
`,
	}}
}

// seen are the things that callers see, with what each is called.
func (s *subject) seen(f func(what string, n model.Named, p path)) {
	for _, p := range s.p.Params {
		f("parameter", p.Named, at("parameters", p.Name))
	}
	for _, t := range s.p.Types {
		f("type", t.Named, at("types", t.Name))
	}
	for _, m := range s.p.Messages {
		if m.Unasked() || len(m.Template.Fields) > 0 {
			f("message", m.Named, at("messages", m.Name))
		}
	}
	for _, c := range s.public() {
		f("command", c.Named, at("commands", c.Name))
	}
}

func docMissing(s *subject) {
	s.seen(func(what string, n model.Named, p path) {
		if n.Doc == "" {
			s.say(p, "doc: what it is", "nothing says what the %s %s is", what, n.Name)
		}
	})
}

func docField(s *subject) {
	for _, m := range s.p.Messages {
		s.undocumented(m.Doc, m.Template.Fields, m.ID, at("messages", m.Name))
	}
	for _, c := range s.public() {
		s.undocumented(c.Doc, c.Template.Fields, c.ID, at("commands", c.Name))
	}
}

func (s *subject) undocumented(doc string, fields []*model.Field, id *model.Field, p path) {
	var bare []string
	for _, f := range fields {
		t := f.Type
		if t.Kind == model.List && t.Elem != nil {
			t = t.Elem
		}
		own := f == id || f.Set != nil || f.Derived // the client's own affair
		if !own && f.Doc == "" && f.Unit == "" && t.Doc == "" {
			bare = append(bare, f.Name)
		}
	}
	// one field is what the message is about, where it has its own doc and no number for a name
	if doc != "" && len(bare) > 0 && (len(fields) > 1 || strings.ContainsAny(bare[0], "0123456789")) {
		s.say(append(p, "fields"), "fields: {"+bare[0]+": {doc: …}}", "nothing says what %s is", strings.Join(bare, ", "))
	}
}

// refs are all that the document says.
func (s *subject) refs(f func(ref string, p path)) {
	all := func(n model.Named, p path) {
		if n.Ref != "" {
			f(n.Ref, append(p, "ref"))
		}
	}
	all(s.p.Named, at())
	for _, frame := range s.p.Frames {
		all(frame.Named, at("frames", frame.Name))
	}
	for _, p := range s.p.Params {
		all(p.Named, at("parameters", p.Name))
	}
	for _, t := range s.p.Types {
		all(t.Named, at("types", t.Name))
	}
	for _, m := range s.p.Messages {
		all(m.Named, at("messages", m.Name))
		for _, field := range m.Template.Fields {
			all(field.Named, at("messages", m.Name, "fields", field.Name))
		}
	}
	for _, c := range s.commands() {
		all(c.Named, at("commands", c.Name))
		for _, field := range c.Template.Fields {
			all(field.Named, at("commands", c.Name, "fields", field.Name))
		}
	}
}

// source is the id of the one that a ref begins with; empty: none.
func (s *subject) source(ref string) string {
	for _, source := range s.p.Sources {
		if rest, ok := strings.CutPrefix(ref, source.ID); ok && (rest == "" || !wordByte(rest[0])) {
			return source.ID
		}
	}
	return ""
}

func refMissing(s *subject) {
	any := false
	s.refs(func(_ string, p path) { any = any || p[0] == "messages" || p[0] == "commands" })
	if !any {
		return
	}
	s.seen(func(what string, n model.Named, p path) {
		event := slices.ContainsFunc(s.p.Messages, func(m *model.Message) bool { return m.Unasked() && m.Name == n.Name })
		if n.Ref == "" && (what == "command" && len(s.steps(n.Name)) == 0 || what == "message" && event) {
			s.say(p, "ref: "+s.p.Sources[0].ID+" …", "nothing says where the %s %s is from", what, n.Name)
		}
	})
}

// steps are those of a command that is made of several: it is no paper's.
func (s *subject) steps(name string) []*model.Step {
	for _, c := range s.p.Sequences {
		if c.Name == name {
			return c.Steps
		}
	}
	return nil
}

func refUnknown(s *subject) {
	s.refs(func(ref string, p path) {
		if s.source(ref) == "" {
			s.say(p, "begin it with the name of a source", "%s is in none of the sources", quote(ref))
		}
	})
}

func sourceUnused(s *subject) {
	used := map[string]bool{}
	s.refs(func(ref string, _ path) { used[s.source(ref)] = true })
	for _, source := range s.p.Sources {
		if len(used) > 0 && !used[source.ID] {
			s.say(at("sources", source.ID), "", "nothing refers to %s", source.ID)
		}
	}
}

// measured are last words of names that measure something, and do not say in what.
var measured = strings.Fields("temperature voltage current power frequency duration delay interval timeout uptime elapsed distance weight pressure humidity speed latency energy")

func unitMissing(s *subject) {
	look := func(fields []*model.Field, p path) {
		for _, f := range fields {
			all := words(f.Name)
			number := f.Type.Kind == model.Int || f.Type.Kind == model.Uint || f.Type.Kind == model.Decimal || f.Type.Kind == model.Float
			if number && f.Unit == "" && f.Type.Unit == "" && slices.Contains(measured, all[len(all)-1]) {
				s.say(append(slices.Clone(p), f.Name), "fields: {"+f.Name+": {unit: …}}", "nothing says in what %s is measured", f.Name)
			}
		}
	}
	for _, m := range s.p.Messages {
		look(m.Template.Fields, at("messages", m.Name, "fields"))
	}
	for _, c := range s.commands() {
		look(c.Template.Fields, at("commands", c.Name, "fields"))
	}
}
