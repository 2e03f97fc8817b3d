package generator

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// zero is what is sent for a field that nobody sees.
func (l *lowering) zero(t *model.Type) *emit.Expr {
	v, _ := l.zeroOf(t)
	return v
}

// zeroOf is a value's zero; plain: it is Go's, too.
func (l *lowering) zeroOf(t *model.Type) (v *emit.Expr, plain bool) {
	goType := l.goType(t)
	text := func(s string) (*emit.Expr, bool) { return emit.Literal(strconv.Quote(s), goType), s == "" }
	if t.Scale != "" {
		return emit.ConstDecimal(0, 0), true
	}
	switch t.Kind {
	case model.Int, model.Uint, model.Digits, model.Hex, model.Float:
		return emit.Literal("0", goType), true
	case model.Decimal:
		return emit.ConstDecimal(0, 0), true
	case model.Bool:
		return emit.Literal("false", goType), true
	case model.Bytes:
		return text(strings.Repeat("\x00", t.Width))
	case model.JSONRaw:
		return text("null")
	case model.HexBytes, model.Base64, model.List:
		return emit.Literal("nil", goType), true
	case model.Padded:
		return l.zeroOf(t.Elem)
	case model.Enum:
		if names := l.names.enums[t]; len(names) > 0 {
			return emit.Literal(names[0], goType), false
		}
		return text("")
	case model.Layout:
		if f := t.Single(); f != nil {
			return l.zeroOf(f.Type)
		}
		return l.zeroStruct(t)
	case model.JSON, model.PairsOf, model.OneOf:
		return l.zeroStruct(t)
	}
	return text(strings.Repeat(" ", t.Width))
}

// zeroStruct has what of its fields is not Go's zero, and the form
// that is zero of several.
func (l *lowering) zeroStruct(t *model.Type) (v *emit.Expr, plain bool) {
	var parts []emit.FieldValue
	for i, f := range fieldsOf(t) {
		if f.Optional && (t.Kind != model.OneOf || i != t.Zero) {
			continue // its zero may hold the type itself
		}
		switch v, plain := l.zeroOf(f.Type); {
		case l.held[f]:
			parts = append(parts, emit.FieldValue{Go: l.names.fields[f], Value: emit.New(v)})
		case t.Kind == model.OneOf:
			parts = append(parts, emit.FieldValue{Go: l.names.fields[f], Value: emit.Some(v)})
		case !plain:
			parts = append(parts, emit.FieldValue{Go: l.names.fields[f], Value: v})
		}
	}
	return emit.StructOf(l.goType(t), parts), len(parts) == 0
}

// fieldsOf are the fields of a struct.
func fieldsOf(t *model.Type) []*model.Field {
	if t.Kind == model.JSON {
		return visible(memberFields(t.Members))
	}
	return t.Body.Fields
}
