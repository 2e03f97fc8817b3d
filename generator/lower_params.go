package generator

import (
	"slices"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// params is the struct Params; nil where the spec has no parameters.
func (l *lowering) params() []emit.Decl {
	if len(l.p.Params) == 0 {
		return nil
	}
	d := &emit.Params{Struct: emit.Struct{
		Name: "Params", Owner: l.names.pkg, Recv: "p",
		Doc: emit.Doc{emit.Text("Params are what the server wants to know of a client.")},
	}}
	if slices.ContainsFunc(l.p.Params, func(f *model.Field) bool { return f.Secret }) {
		d.Struct.Doc = append(d.Struct.Doc, emit.Text("Secrets are left out of its text and of its JSON, in both directions: set them in code. Do not keep it in an unexported field of a struct that you print: package fmt then reads the fields themselves."))
	}
	for _, f := range l.p.Params {
		given := *f
		given.HasDefault = false // a parameter is not sent or left out by itself
		doc := fieldDoc(&given)
		switch {
		case f.HasDefault && !isZero(f):
			doc = append(doc, emit.Text("Its zero value means the default, "+f.Default+"."))
		case f.Optional:
			doc = append(doc, emit.Text("Its zero value means that there is none."))
		}
		d.Struct.Fields = append(d.Struct.Fields, emit.StructField{
			Name: l.names.fields[f], Spec: f.Name, Type: l.goType(f.Type), Secret: f.Secret, Doc: doc,
		})
		d.Fields = append(d.Fields, l.param(f))
	}
	return []emit.Decl{d}
}

func (l *lowering) param(f *model.Field) emit.ParamField {
	field := l.field(f, nil)
	field.Optional = false // the zero value is absent
	if f.Type.Kind == model.Bytes && f.Type.Width == 0 {
		field.Value = l.counted(f, nil, "")
	}
	out := emit.ParamField{
		Field: field, Optional: f.Optional,
		Expr: l.variable("p."+l.names.fields[f], f.Type),
	}
	if f.HasDefault && !isZero(f) {
		u := &use{l: l, where: "parameters." + f.Name, pos: f.Pos}
		out.Default = u.constant(f.Default, f.Type)
	}
	return out
}

// isZero reports whether a parameter's default is what Go gives it anyhow.
func isZero(f *model.Field) bool {
	switch f.Type.Kind {
	case model.Uint, model.Int:
		return f.Default == "0"
	case model.Text, model.Bytes:
		return f.Default == ""
	default:
		return false
	}
}
