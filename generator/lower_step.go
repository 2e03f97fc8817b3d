package generator

import (
	"slices"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// let is the function that makes a value of the script.
func (l *lowering) let(name string, h plan.Hook) emit.Decl {
	u := &use{l: l, count: "v.Count()", where: "session", pos: h.Step.Pos}
	value, _ := u.as(h.Let.Value, &model.Type{Kind: model.Text})
	d := &emit.Let{Value: value}
	d.Name, d.Doc = name, emit.Doc{emit.Text(name + " makes the value " + h.Let.Name + ".")}
	d.Params, d.Counts, d.Sources = u.params, u.counts, u.origins()
	return d
}

// told is the function that reads an interval.
func (l *lowering) told(name string, h plan.Hook) emit.Decl {
	u := &use{l: l, count: "v.Count()", where: "liveness"}
	value, conds := u.as(h.Interval.From, &model.Type{Kind: model.Uint, Bits: 64})
	d := &emit.Told{Value: value, Conds: conds}
	d.Name, d.Doc = name, emit.Doc{emit.Text(name + " is the interval that this link has.")}
	d.Params, d.Sources = u.params, u.origins()
	return d
}

// linked reports whether a value of a caller's command is known only where a link
// is, or is a parameter.
func linked(e *model.Expr) bool {
	if e == nil {
		return false
	}
	switch e.Kind {
	case model.ExprParam, model.ExprCaptured, model.ExprLet:
		return true
	}
	return slices.ContainsFunc(e.Args, linked)
}

// late is the method that encodes a caller's command where the link is known; nil
// where all is known before.
func (l *lowering) late(c *model.Command) []emit.Decl {
	u := &use{l: l, count: "v.Count()", id: "v.ID", where: "commands." + c.Name, pos: c.Pos}
	e := &emit.EncodeMethod{}
	e.Request = l.requestName(c)
	for _, f := range c.Template.Fields {
		if linked(f.Set) {
			e.Sets = append(e.Sets, u.set(model.Assign{Path: []*model.Field{f}, Value: f.Set}))
		}
	}
	if len(e.Sets) == 0 || c.Private {
		return nil
	}
	e.Doc = emit.Doc{emit.Text("encode appends the frame, with what is known of the connection.")}
	e.Params, e.Counts, e.Sources = u.params, u.counts, u.origins()
	return []emit.Decl{e}
}

// encode is the function that writes a step's command.
func (l *lowering) encode(name string, h plan.Hook) emit.Decl {
	u := &use{l: l, count: "v.Count()", id: "v.ID", answered: h.Answers, where: "commands." + h.Command.Name, pos: h.Step.Pos}
	e := &emit.Encode{
		Name: name, Request: l.requestName(h.Command),
		Doc: emit.Doc{emit.Text(name + " writes the command " + h.Command.Name + ".")},
	}
	for _, f := range h.Command.Template.Fields {
		if f.Set != nil && !assigned(h.Step.With, f) {
			e.Sets = append(e.Sets, u.set(model.Assign{Path: []*model.Field{f}, Value: f.Set}))
		}
	}
	for _, a := range h.Step.With {
		e.Sets = append(e.Sets, u.set(a))
	}
	e.Sets = append(u.absent(h), e.Sets...)
	e.Params, e.Counts, e.Sources = u.params, u.counts, u.origins()
	if u.args {
		e.Args = l.requestName(h.Sequence)
	}
	return e
}

// absent are the defaults of fields to which a step gives nothing, or not always.
func (u *use) absent(h plan.Hook) []emit.Set {
	var list []emit.Set
	for _, f := range h.Command.Template.Fields {
		i := slices.IndexFunc(h.Step.With, func(a model.Assign) bool { return a.Path[0] == f })
		if f.HasDefault && (i < 0 || len(u.set(h.Step.With[i]).When) > 0) {
			list = append(list, emit.Set{Target: u.l.names.fields[f], Value: u.l.byDefault(f)})
		}
	}
	return list
}

func assigned(list []model.Assign, f *model.Field) bool {
	for _, a := range list {
		if len(a.Path) > 0 && a.Path[0] == f {
			return true
		}
	}
	return false
}

// set is one value of a step's command.
func (u *use) set(a model.Assign) emit.Set {
	last := a.Path[len(a.Path)-1]
	s := emit.Set{Optional: last.Optional}
	for i, f := range a.Path {
		s.Target += "." + u.l.names.fields[f]
		if f.Optional && i < len(a.Path)-1 {
			s.Opens = append(s.Opens, s.Target[1:])
			s.Target += ".Value"
		}
	}
	if a.Value.Kind == model.ExprArg || a.Value.Kind == model.ExprItem {
		return u.argument(a, last)
	}
	s.Target = s.Target[1:]
	value, conds := u.as(a.Value, last.Type)
	s.Value = value
	if last.Optional || last.HasDefault {
		s.When = conds
	}
	return s
}

// number is the function that reads a number from a field of a frame: which command
// a message answers, or how long a command is to be waited for.
func (l *lowering) number(name, of string, t *model.Template, f *model.Field) emit.Decl {
	path := "m." + l.names.fields[f]
	if f.Optional {
		path += ".Value"
	}
	single := f.Type
	for single.Single() != nil {
		single = single.Single().Type
	}
	value := l.variable(path, single)
	switch single.Kind {
	case model.Int, model.Uint, model.Digits, model.Hex:
		value = emit.Convert(value, emit.Named("uint64"))
	default:
		value = emit.ParseID(value)
	}
	return &emit.FrameNumber{Name: name, Excerpt: l.excerpt(of, t, f), Field: l.names.fields[f], Optional: f.Optional, Value: value}
}

// when is the function that tells whether a step is done; of several conditions
// each is one too.
func (l *lowering) when(name string, h plan.Hook) []emit.Decl {
	if len(h.Step.When) == 1 {
		return []emit.Decl{l.whenOne(name, h, h.Step.When[0])}
	}
	all := &emit.WhenAll{Name: name, Doc: emit.Doc{emit.Text(name + " reports whether the step is done.")}}
	list := []emit.Decl{all}
	for i, c := range h.Step.When {
		part := name + string(rune('A'+i))
		all.Parts = append(all.Parts, part)
		list = append(list, l.whenOne(part, h, c))
	}
	return list
}

func (l *lowering) whenOne(name string, h plan.Hook, c *model.Cond) emit.Decl {
	u := &use{l: l, count: "v.Count()", id: "v.ID", answered: h.Answers, where: "session", pos: h.Step.Pos}
	w := &emit.When{Name: name, Not: c.Not, Doc: emit.Doc{emit.Text(name + " reports whether the step is done.")}}
	w.Conds = u.present(c)
	w.Params, w.Sources = u.params, u.origins()
	return w
}

// present are the conditions that a named thing is there, and not zero.
func (u *use) present(c *model.Cond) []emit.Cond {
	switch {
	case c.TLS:
		return []emit.Cond{emit.Secure()}
	case c.Param != nil:
		u.params = true
		return u.nonZero("p."+u.l.names.fields[c.Param], c.Param.Type)
	case c.Message == nil:
		u.fail("a condition names nothing")
		return nil
	case len(c.Path) == 0:
		return []emit.Cond{emit.Came("message" + u.l.names.messages[c.Message])}
	}
	last := c.Path[len(c.Path)-1]
	path := u.path(c.Message, c.Path)
	if last.Optional {
		return append([]emit.Cond{emit.IsSet(path)}, u.nonZero(path+".Value", last.Type)...)
	}
	return u.nonZero(path, last.Type)
}

// nonZero is the condition that a value is not zero; a struct always is there.
func (u *use) nonZero(path string, t *model.Type) []emit.Cond {
	for t.Single() != nil {
		t = t.Single().Type
	}
	if t.Kind == model.Layout || t.Kind == model.PairsOf || t.Kind == model.OneOf || t.Kind == model.JSON {
		return nil
	}
	return []emit.Cond{emit.Present(u.l.variable(path, t))}
}
