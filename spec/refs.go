package spec

import (
	"maps"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// dotted is a path as it is written.
func dotted(e *template.Ref) string {
	parts := make([]string, len(e.Path))
	for i, n := range e.Path {
		parts[i] = n.Text
	}
	return strings.Join(parts, ".")
}

// ref resolves a parameter, or a field of a received message.
func (s *scope) ref(v value, e *template.Ref, f *model.Field, whole bool) *model.Expr {
	name := e.Path[0].Text
	pos := v.At(e.Offset)
	if d := s.w.params.byName[name]; d != nil && len(e.Path) == 1 {
		return s.param(v, pos, d, f, whole)
	}
	if l := s.w.lets[name]; l != nil && len(e.Path) == 1 {
		return s.letRef(v, pos, l, f)
	}
	if s.w.messages.byName[name] == nil {
		names := slices.Concat(s.w.params.names, s.w.messages.names, slices.Sorted(maps.Keys(s.w.lets)))
		v.failAt(pos, "unknown-name", v.in.guess(name, names), "there is no parameter and no message %s", quoteName(name))
		return nil
	}
	d := s.w.messages.byName[name]
	if len(e.Path) == 1 {
		v.failAt(pos, "bad-value", "write "+name+" and a field's name, as in "+name+".field", "%s is a message, not a value", name)
		return nil
	}
	path := s.path(v, d, e.Path[1:])
	if path == nil {
		return nil
	}
	if slices.ContainsFunc(path, isSecret) {
		s.leaks(v, pos, f, dotted(e))
	}
	s.present(v, pos, d, path)
	if d != s.request {
		d.m.Captured = true
	}
	return &model.Expr{Kind: model.ExprCaptured, Message: d.m, Path: path, Type: path[len(path)-1].Type, Pos: pos}
}

// path follows names into a message's fields; nil after a complaint.
func (s *scope) path(v value, d *messageDecl, names []template.Name) []*model.Field {
	if !d.tmpl.ok {
		return nil // it has findings of its own
	}
	var out []*model.Field
	fields, owner := d.tmpl.Fields, "message "+d.name
	for _, n := range names {
		f := findField(v, v.At(n.Offset), fields, owner, n.Text)
		if f == nil {
			return nil
		}
		out = append(out, f)
		fields, owner = fieldsOf(f.Type), f.Name
	}
	if last := out[len(out)-1]; scalarOf(last.Type) == nil {
		v.failAt(v.At(names[0].Offset), "bad-value", "", "%s holds several values", last.Name)
		return nil
	}
	return out
}

// fieldsOf are the fields inside a value; a layout with one field is that field.
func fieldsOf(t *model.Type) []*model.Field {
	switch t.Kind {
	case model.Layout:
		if t.Body == nil {
			return nil
		}
		if f := t.Single(); f != nil {
			return fieldsOf(f.Type)
		}
		return t.Body.Fields
	case model.PairsOf, model.OneOf:
		if t.Depth > 0 {
			return nil // how deep a value is, nobody knows
		}
		return t.Body.Fields
	case model.JSON:
		return memberFields(t.Members)
	}
	return nil
}

func memberFields(members []*model.Member) []*model.Field {
	var out []*model.Field
	for _, m := range members {
		if m.Field != nil {
			out = append(out, m.Field)
		}
		out = append(out, memberFields(m.Inside())...)
	}
	return out
}

// param resolves a parameter as f's value or part of it.
func (s *scope) param(v value, pos model.Pos, d *paramDecl, f *model.Field, whole bool) *model.Expr {
	d.used = true
	if d.field.Secret {
		s.leaks(v, pos, f, d.name)
	}
	guarded := slices.ContainsFunc(s.when, func(c *model.Cond) bool { return !c.Not && c.Param == d.field })
	if d.field.Optional && !guarded && !(whole && (f.Optional || f.HasDefault)) {
		v.failAt(pos, "capture-absent", "add when: "+d.name+" to the step, or make the field optional",
			"parameter %s may be absent, and %s needs a value", d.name, f.Name)
	}
	return &model.Expr{Kind: model.ExprParam, Param: d.field, Type: d.field.Type, Pos: pos}
}

func isSecret(f *model.Field) bool { return f.Secret }

// leaks complains where a secret is told by a field that is none.
func (s *scope) leaks(v value, pos model.Pos, f *model.Field, secret string) {
	if !f.Secret && !s.hidden {
		v.failAt(pos, "secret-leak", "make it "+f.Name+":secret(…) in the template",
			"secret %s goes into %s, which is not secret and will be logged", secret, f.Name)
	}
}

// setPresent is present for what a command's set captures.
func (s *scope) setPresent(v value, e *model.Expr) {
	if e.Kind == model.ExprCaptured {
		s.present(v, v.Pos, s.w.messages.byName[e.Message.Name], e.Path)
	}
	for _, arg := range e.Args {
		s.setPresent(v, arg)
	}
}

// present complains where a captured value may not be there.
func (s *scope) present(v value, pos model.Pos, d *messageDecl, path []*model.Field) {
	guarded := false
	guards := func(c *model.Cond, i int, f *model.Field) bool {
		return !c.Not && c.Message == d.m && len(c.Path) > i && c.Path[i] == f
	}
	for _, c := range s.when {
		guarded = guarded || !c.Not && c.Message == d.m
	}
	optional := false
	for i, f := range path {
		if f.Optional && !slices.ContainsFunc(s.when, func(c *model.Cond) bool { return guards(c, i, f) }) {
			optional = true
		}
	}
	switch {
	case s.set:
	case d != s.request && !s.came[d] && !guarded:
		v.failAt(pos, "capture-absent", "add when: "+d.name+" to the step", "message %s may not have come by then", d.name)
	case optional:
		v.failAt(pos, "capture-absent", "add when: "+d.name+"."+path[len(path)-1].Name+" to the step",
			"%s of %s may be absent", path[len(path)-1].Name, d.name)
	}
}
