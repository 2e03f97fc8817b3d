package generator

import (
	"fmt"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// lowering turns a model, whose names are resolved, into declarations.
type lowering struct {
	p        *model.Protocol
	names    *names
	problems []Problem
	faked    bool // there is a package with a fake
	// optional, decimal and pair tell which aliases the package needs.
	optional, decimal, pair bool
	// cloned are the types that an event's Clone copies.
	cloned map[*model.Type]bool
	frame  *model.Frame // that of the template that is lowered
	// held are the forms that hold the type itself, not in a list: pointers in Go.
	held map[*model.Field]bool
}

func newLowering(p *model.Protocol, n *names) *lowering {
	l := &lowering{p: p, names: n, cloned: map[*model.Type]bool{}, held: held(p.Types)}
	for _, m := range p.Messages {
		if isEvent(m) {
			l.clones(m.Template.Fields)
		}
	}
	return l
}

// clones notes the types of fields that are copied, and of what is in them.
func (l *lowering) clones(fields []*model.Field) {
	for _, f := range fields {
		for t := f.Type; t != nil && !l.cloned[t]; t = t.Elem {
			l.cloned[t] = true
			if t.Body != nil {
				l.clones(t.Body.Fields)
			}
			l.clones(memberFields(t.Members))
		}
	}
}

// fail reports a defect: what the loader lets pass can be generated.
func (l *lowering) fail(pos model.Pos, path, format string, args ...any) {
	l.problems = append(l.problems, Problem{
		Rule: "internal", Pos: pos, Path: path, Message: fmt.Sprintf(format, args...),
	})
}

// goType is the Go type of t's values.
func (l *lowering) goType(t *model.Type) emit.Type {
	if t.Scale != "" {
		l.decimal = true
		return emit.Decimal
	}
	switch t.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted:
		return emit.Named("string")
	case model.Int:
		return emit.Named(fmt.Sprintf("int%d", width(t)))
	case model.Uint:
		return emit.Named(fmt.Sprintf("uint%d", width(t)))
	case model.Digits, model.Hex:
		return emit.Named("uint64")
	case model.Float:
		if t.Bits == 32 {
			return emit.Named("float32")
		}
		return emit.Named("float64")
	case model.Bool:
		return emit.Named("bool")
	case model.Decimal:
		l.decimal = true
		return emit.Decimal
	case model.HexBytes, model.Base64, model.Bytes:
		return emit.Bytes
	case model.JSONRaw:
		return emit.Raw
	case model.Padded:
		return l.goType(t.Elem)
	case model.List:
		return emit.SliceOf(l.goType(t.Elem))
	case model.Layout:
		if t.Name == "" {
			l.pair = true
			return emit.Pair
		}
		if f := t.Single(); f != nil {
			return l.goType(f.Type)
		}
	}
	out := emit.Named(l.names.types[t])
	out.Text = t.Kind == model.Enum && l.goType(enumBase(t)).Name == "string"
	return out
}

// fieldType is the Go type of a field, Optional where it may be absent.
func (l *lowering) fieldType(f *model.Field) emit.Type {
	t := l.goType(f.Type)
	if f.Optional {
		l.optional = true
		return emit.OptionalOf(t)
	}
	return t
}

// bits is an integer's width on the wire; the language's plain uint has 64.
func bits(t *model.Type) int {
	if t.Bits == 0 {
		return 64
	}
	return t.Bits
}

// width is the Go type's: the next that holds all bits.
func width(t *model.Type) int {
	for _, w := range []int{8, 16, 32} {
		if bits(t) <= w {
			return w
		}
	}
	return 64
}

// structOf is the struct with fields.
func (l *lowering) structOf(name string, doc emit.Doc, fields []*model.Field) emit.Struct {
	s := emit.Struct{Name: name, Doc: doc, Owner: l.names.pkg}
	for _, f := range fields {
		if f.Optional && !l.held[f] {
			l.optional = true
		}
		s.Fields = append(s.Fields, emit.StructField{
			Name: l.names.fields[f], Spec: f.Name, Type: l.goType(f.Type),
			Optional: f.Optional && !l.held[f], Pointer: l.held[f], Secret: f.Secret, Doc: fieldDoc(f),
		})
	}
	return s
}

// field is a field as its codec and copies see it, without a count.
func (l *lowering) field(f *model.Field, stops []string) *emit.Field {
	return &emit.Field{
		Name: f.Name, Go: l.names.fields[f], Optional: f.Optional && !l.held[f], Pointer: l.held[f],
		Type: l.goType(f.Type), Value: l.value(f.Type, stops), Default: l.byDefault(f),
	}
}

// byDefault is what the absence of a field means; nil: nothing.
func (l *lowering) byDefault(f *model.Field) *emit.Expr {
	if !f.HasDefault {
		return nil
	}
	u := &use{l: l, where: f.Name, pos: f.Pos}
	return u.constant(f.Default, f.Type)
}
