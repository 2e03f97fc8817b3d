package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// oneOf are the struct and the functions of a type with several forms.
func (l *lowering) oneOf(t *model.Type) []emit.Decl {
	name := l.names.types[t]
	o := &emit.OneOf{Name: name, Go: l.goType(t), Depth: t.Depth, Group: t.Group, Doc: emit.Doc{emit.Text("append" + name + " writes the form that is set.")}}
	longer := map[int][]string{}
	var texts []string
	for _, i := range t.Order {
		longer[i] = texts[:len(texts):len(texts)]
		texts = append(texts, t.Leads[i])
		o.Read = append(o.Read, emit.Form{Lead: t.Leads[i], Field: l.field(t.Body.Fields[i], nil)})
	}
	for i, f := range t.Body.Fields {
		o.Write = append(o.Write, emit.Form{Longer: longer[i], Field: l.field(f, nil)})
	}
	if fields := l.aliased(t.Body.Fields); len(fields) > 0 && l.cloned[t] {
		o.Alias, o.Clone = true, fields
	}
	s := l.structOf(name, typeDoc(name, "one of several forms: just one of its fields is set", t.Named), t.Body.Fields)
	return []emit.Decl{&s, o}
}
