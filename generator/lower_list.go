package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// items is a list of values.
func (u *use) items(e *model.Expr, t *model.Type) *emit.Expr {
	var items []*emit.Expr
	for _, arg := range e.Args {
		x, _ := u.as(arg, t.Elem)
		items = append(items, x)
	}
	return emit.ListOf(u.l.goType(t), items)
}

// record is a struct with the values that are given: each has a path to its field.
func (u *use) record(t *model.Type, paths [][]*model.Field, values []*model.Expr) *emit.Expr {
	for t.Single() != nil {
		t = t.Single().Type
	}
	var names []string
	var fields []*emit.Expr
	for i := 0; i < len(paths); {
		f, n := paths[i][0], i+1
		for n < len(paths) && paths[n][0] == f {
			n++
		}
		x := u.within(f, paths[i:n], values[i:n])
		names, fields, i = append(names, u.l.names.fields[f]), append(fields, x), n
	}
	return emit.Record(u.l.goType(t), names, fields)
}

// within is the value of a field of a record.
func (u *use) within(f *model.Field, paths [][]*model.Field, values []*model.Expr) *emit.Expr {
	if len(paths[0]) == 1 {
		x, _ := u.as(values[0], f.Type)
		if f.Optional {
			return emit.Some(x)
		}
		return x
	}
	var rest [][]*model.Field
	for _, path := range paths {
		rest = append(rest, path[1:])
	}
	x := u.record(f.Type, rest, values)
	if f.Optional {
		return emit.Some(x)
	}
	return x
}
