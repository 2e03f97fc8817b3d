package generator

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// sequences are the methods of commands that are made of several, each with its
// arguments.
func (l *lowering) sequences() []emit.Decl {
	var list []emit.Decl
	for _, c := range l.p.Sequences {
		name := l.names.commands[c]
		if len(c.Template.Fields) > 0 {
			request := l.structOf(l.requestName(c), emit.Doc{emit.Text(l.requestName(c) + " are the arguments of [Client." + name + "].")}, c.Template.Fields)
			list = append(list, &request)
		}
		if v := variants(c); len(v) > 1 {
			list = append(list, l.union(c, v))
		}
		list = append(list, l.items(c)...)
		list = append(list, &emit.Method{
			Name: name, Doc: l.sequenceDoc(c), Command: "sequence" + name, Sequence: true,
			Request: l.parameters(c, ""), Result: l.sequenceResult(c),
		})
	}
	return list
}

// sequenceResult is the result of the last command. What is a reply to that may be an
// error to one before.
func (l *lowering) sequenceResult(c *model.Command) emit.Result {
	r := l.result(c)
	for i, m := range c.Replies {
		r.Cases[i].Maybe = r.Cases[i].Maybe || slices.Contains(c.Errors, m)
	}
	return r
}

// sequenceDoc is methodDoc for a command that is made of several.
func (l *lowering) sequenceDoc(c *model.Command) emit.Doc {
	d := emit.Doc{emit.Text(l.names.commands[c] + " sends several commands, and nothing of other callers between them:")}
	var lines []string
	for _, s := range c.Steps {
		if s.Do != nil {
			lines = append(lines, stepForm(s))
		}
	}
	d = append(d, emit.Code(strings.Join(lines, "\n")), emit.Text(l.answers(c)+" The first error ends it, and names its command."))
	if u := c.UndoneBy; u != nil {
		d = append(d, emit.Text("Where it has begun and does not reach its end, this is sent:"), wireForm(&u.Do.Template))
	}
	return append(d, l.about(c)...)
}

// stepForm is what a step sends, and how often.
func stepForm(s *model.Step) string {
	form := s.Do.Template.Source
	if s.Do.Template.Header != "" {
		form = strings.TrimSpace(s.Do.Template.Header + "\n" + form)
	}
	switch {
	case s.For != nil:
		form += "    (for each of " + s.For.Name + ")"
	case len(s.When) > 0:
		form += "    (not always)"
	}
	return form
}

// argument is the value of a step's field that the caller has given to the whole.
func (u *use) argument(a model.Assign, f *model.Field) emit.Set {
	u.args = true
	path := "args." + u.l.names.fields[a.Value.Param]
	s := emit.Set{Target: u.l.names.fields[f], Value: emit.Var(path, u.l.fieldType(f))}
	if a.Value.Kind == model.ExprItem {
		s.Optional, s.Value = f.Optional, emit.Var(path+"[v.Item]", u.l.goType(f.Type))
	}
	return s
}

// senders are who sends a private command: the session, or commands made of several.
func (l *lowering) senders(c *model.Command) string {
	var by []string
	for _, whole := range l.p.Sequences {
		if slices.ContainsFunc(slices.Concat(whole.Steps, []*model.Step{whole.UndoneBy}), func(s *model.Step) bool { return s != nil && s.Do == c }) {
			by = append(by, "[Client."+l.names.commands[whole]+"]")
		}
	}
	if len(by) == 0 {
		return "the session"
	}
	return strings.Join(by, " and ")
}
