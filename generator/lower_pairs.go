package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// pairs are the struct and the functions of a type of keys with values.
func (l *lowering) pairs(t *model.Type) []emit.Decl {
	name := l.names.types[t]
	p := &emit.Pairs{
		Name: name, Go: l.goType(t), Doc: emit.Doc{emit.Text("append" + name + " writes the pairs, the others last.")},
		Between: t.Pairs.Between, Each: t.Pairs.Each, First: t.Pairs.First, AnyKey: t.Pairs.AnyKey, Stops: t.Pairs.Stops,
	}
	for i, op := range t.Body.Ops {
		k := emit.PairKey{Key: t.Pairs.Keys[i], Field: l.field(op.Field, op.Stops)}
		if elem := op.Field.Type.Elem; standsOnLines(op.Field.Type) {
			k.Item = &emit.List{Elem: l.value(elem, op.Stops), ElemGo: l.goType(elem)}
		}
		p.Keys = append(p.Keys, k)
	}
	for _, k := range t.Pairs.Counts {
		p.Counts = append(p.Counts, l.pairCount(k))
	}
	if t.Pairs.Others != nil {
		p.Others = l.names.fields[t.Pairs.Others]
	}
	if fields := l.aliased(t.Body.Fields); len(fields) > 0 && l.cloned[t] {
		p.Alias, p.Clone = true, fields
	}
	s := l.structOf(name, typeDoc(name, "keys with values, in any order", t.Named), t.Body.Fields)
	return []emit.Decl{&s, p}
}

// standsOnLines reports whether values of t stand alone on lines.
func standsOnLines(t *model.Type) bool {
	return t.Kind == model.List && t.Sep == "" || t.Kind == model.PairsOf && t.Pairs.Each == ""
}

// others reports whether t is the type of what keeps keys that nothing names.
func others(t *model.Type) bool {
	return t.Kind == model.List && t.Elem.Kind == model.Layout && t.Elem.Name == ""
}

// pairsValue is how pairs are written and read, until a line that ends them.
func (l *lowering) pairsValue(t *model.Type, until *model.Line) *emit.OfType {
	v := &emit.OfType{Name: l.names.types[t], Go: l.goType(t), Bare: true, Alias: aliases(t)}
	if until != nil {
		v.Args = []emit.Arg{{Value: until.Text}, {Value: until.Whole}}
	}
	return v
}

// lines is a value that goes on until the next line of the template.
func (l *lowering) lines(op *model.Op) emit.Value {
	t := op.Field.Type
	if t.Kind == model.PairsOf {
		return l.pairsValue(t, op.Until)
	}
	list := &emit.List{ElemGo: l.goType(t.Elem), Until: (*emit.Line)(op.Until)}
	if standsOnLines(t.Elem) {
		list.Elem, list.Records = l.pairsValue(t.Elem, op.Until), true
	} else {
		list.Elem = l.value(t.Elem, nil)
	}
	return list
}
