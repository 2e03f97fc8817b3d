package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"

	"github.com/linewright/linewright/runtime/session"
)

// errors make errors of the messages that are such.
func (l *lowering) errors() []emit.Decl {
	var list []emit.Decl
	for _, m := range l.failing() {
		list = append(list, l.errorOf(m))
	}
	return list
}

// failing are the messages that may be a command's error, in the spec's order.
func (l *lowering) failing() []*model.Message {
	listed := map[*model.Message]bool{}
	for _, c := range l.p.Commands {
		for _, m := range c.Errors {
			listed[m] = true
		}
	}
	var list []*model.Message
	for _, m := range l.p.Messages {
		if m.Error != nil || listed[m] {
			list = append(list, m)
		}
	}
	return list
}

func (l *lowering) errorOf(m *model.Message) emit.Decl {
	e := &emit.Error{Type: l.names.messages[m], Title: l.p.Name + ": " + m.Name, Class: "ClassFailed"}
	for _, f := range m.Template.Fields {
		if verb := l.verb(f.Type); verb != "" && !f.Secret {
			e.Fields = append(e.Fields, emit.ErrorField{Name: f.Name, Go: l.names.fields[f], Verb: verb, Optional: f.Optional})
		}
	}
	switch {
	case m.Error == nil:
	case m.Error.Field == nil:
		e.Class = className(m.Error.Class)
	default:
		l.classes(e, m)
	}
	return e
}

// verb shows a field in an error's text; what the server sent as text is
// quoted. Types without a short form are left out.
func (l *lowering) verb(t *model.Type) string {
	switch t.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted:
		return "%q"
	case model.HexBytes, model.Base64, model.Bytes:
		return "%x"
	case model.Enum:
		if base := enumBase(t).Kind; base == model.Text || base == model.Word {
			return "%q"
		}
		return "%v"
	case model.Int, model.Uint, model.Decimal, model.Float, model.Digits, model.Hex, model.Bool:
		return "%v"
	case model.Padded:
		return l.verb(t.Elem)
	}
	return ""
}

// classes tells the class by a field's value. A value that is listed twice
// means its first class, as in the runtime's other codec.
func (l *lowering) classes(e *emit.Error, m *model.Message) {
	rule := m.Error
	by := &emit.ErrorField{Name: rule.Field.Name, Go: l.names.fields[rule.Field], Optional: rule.Field.Optional}
	e.By, e.Class, e.Else = by, "", className(rule.Else)
	u := &use{l: l, where: "messages." + m.Name + ".error", pos: m.Pos}
	seen := map[string]bool{}
	for _, c := range rule.Cases {
		out := emit.ErrorCase{Class: className(c.Class)}
		for _, v := range c.Values {
			if !seen[v] {
				seen[v] = true
				out.Values = append(out.Values, u.constant(v, rule.Field.Type))
			}
		}
		if len(out.Values) > 0 {
			e.Cases = append(e.Cases, out)
		}
	}
}

// className is the session's constant for a spec's word.
func className(word string) string {
	return map[session.Class]string{
		session.ClassNone: "ClassNone", session.ClassFailed: "ClassFailed", session.ClassRetry: "ClassRetry",
		session.ClassRefused: "ClassRefused", session.ClassClose: "ClassClose",
	}[plan.ClassOf(word)]
}
