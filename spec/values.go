package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// given reads what a document gives field f: a value, or a list of them.
func (s *scope) given(v value, f *model.Field) *model.Expr {
	if v.Kind == document.List {
		return s.list(v, f)
	}
	return s.value(v, f)
}

// list reads a list of values, each of the type of the field's items; nil after a
// complaint.
func (s *scope) list(v value, f *model.Field) *model.Expr {
	t := f.Type
	for t.Single() != nil {
		t = t.Single().Type
	}
	if t.Kind != model.List {
		v.fail("type-mismatch", "write one value", "%s holds no list", f.Name)
		return nil
	}
	// An item has a place, and so it has a value.
	item := &model.Field{Named: f.Named, Type: t.Elem, Secret: f.Secret}
	out := &model.Expr{Kind: model.ExprList, Type: t, Pos: v.Pos}
	ok := s.w.clean(func() {
		v.each("a list of values", func(v value) { out.Args = append(out.Args, s.item(v, item)) })
	})
	// What has a finding elsewhere, such as a message's field, is nil without one here.
	if !ok || slices.Contains(out.Args, nil) || !s.fits(v, f, out) {
		return nil
	}
	return out
}

// item reads one item of a list: a value, or a map of the fields in it.
func (s *scope) item(v value, f *model.Field) *model.Expr {
	inside := fieldsOf(f.Type)
	if v.Kind != document.Map || len(inside) == 0 {
		return s.value(v, f)
	}
	a := &assigner{scope: s, at: v, command: f.Name, item: true}
	a.fields(inside, v, []*model.Field{f}, f.Name)
	out := &model.Expr{Kind: model.ExprRecord, Type: f.Type, Pos: v.Pos}
	for _, assign := range a.out {
		out.Paths, out.Args = append(out.Paths, assign.Path[1:]), append(out.Args, assign.Value)
	}
	return out
}

// fits complains about a list of constants that cannot be written.
func (s *scope) fits(v value, f *model.Field, list *model.Expr) bool {
	framing := s.w.framing()
	if framing == nil || list.Type.Sep == "" {
		return true
	}
	items := make([]any, len(list.Args))
	for i, item := range list.Args {
		if item.Kind != model.ExprConst {
			return true
		}
		value, err := codec.FromText(framing, item.Type, item.Const)
		if err != nil {
			return true // it has a finding
		}
		items[i] = value
	}
	err := codec.Writable(framing, list.Type, items)
	if err != nil {
		v.fail("bad-value", "", "the list for %s: %v", f.Name, err)
	}
	return err == nil
}
