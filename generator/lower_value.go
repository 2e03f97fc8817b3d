package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// value is how a value of t is written and read where stops end it, if it is
// open.
func (l *lowering) value(t *model.Type, stops []string) emit.Value {
	switch {
	case t.Kind == model.Enum:
		return &emit.OfType{Name: l.names.types[t], Go: l.goType(t), Args: stopArgs(enumBase(t), stops), Inner: l.enumScalar(t, nil)}
	case t.Kind == model.JSON:
		return &emit.OfType{Name: l.names.types[t], Go: l.goType(t), Alias: aliases(t)}
	case t.Kind == model.Layout:
		return l.layoutValue(t)
	case t.Kind == model.OneOf:
		return &emit.OfType{Name: l.names.types[t], Go: l.goType(t), Bare: true, Alias: aliases(t)}
	case t.Kind == model.PairsOf:
		return l.pairsValue(t, nil)
	case others(t):
		return emit.Others{}
	case limited(t):
		return &emit.OfType{
			Name: l.names.types[t], Go: l.goType(t), Args: stopArgs(t, stops),
			Inner: l.plain(t, nil), Alias: aliases(t),
		}
	}
	return l.plain(t, stops)
}

func (l *lowering) layoutValue(t *model.Type) emit.Value {
	v := &emit.OfType{Name: l.names.types[t], Go: l.goType(t), Bare: true, Alias: aliases(t)}
	if f := t.Single(); f != nil {
		v.Inner = l.value(f.Type, nil)
	}
	return v
}

// enumScalar is what an enum's values are on the wire; nothing aliases, as a
// known value is a constant and another one is copied.
func (l *lowering) enumScalar(t *model.Type, args []emit.Arg) *emit.Scalar {
	s := l.scalar(enumBase(t), args)
	s.Alias = false
	return s
}

// plain is the value of a type without its name: a scalar, a list, padding.
func (l *lowering) plain(t *model.Type, stops []string) emit.Value {
	switch t.Kind {
	case model.List:
		return &emit.List{
			Elem: l.value(t.Elem, join(t.Sep, stops)), ElemGo: l.goType(t.Elem),
			Sep: t.Sep, Stops: stops, MayVanish: vanishes(t.Elem),
		}
	case model.Padded:
		return &emit.Padded{Elem: l.value(t.Elem, nil), Width: t.Width, Left: padsLeft(t.Elem), Fill: t.Filler()}
	}
	return l.scalar(t, stopArgs(t, stops))
}

// scalar is a value with methods of its own in package wire; args are stops,
// where it is open.
func (l *lowering) scalar(t *model.Type, args []emit.Arg) *emit.Scalar {
	s := l.unscaled(t, args)
	if t.Scale != "" {
		s.Factor, s.Key = decimalBound(decimalOf(t.Scale)), "Decimal"
	}
	return s
}

// decimalOf is a decimal number of the spec, which was read before.
func decimalOf(text string) wire.Decimal {
	d, _ := wire.ParseDecimal(text)
	return d
}

func decimalBound(d wire.Decimal) *emit.Bound {
	return &emit.Bound{Decimal: true, Coef: d.Coef, Scale: d.Scale}
}

// unscaled is scalar for the number that is on the wire.
func (l *lowering) unscaled(t *model.Type, args []emit.Arg) *emit.Scalar {
	text := emit.Named("string")
	s := &emit.Scalar{Go: l.goType(t), Args: args}
	set := func(method string, wire emit.Type, key string, alias bool, args ...emit.Arg) *emit.Scalar {
		s.Method, s.Wire, s.Key, s.Alias = method, wire, key, alias
		s.Args = append(args, s.Args...)
		return s
	}
	if t.Binary != "" {
		return l.binary(s, t)
	}
	switch t.Kind {
	case model.Text:
		if t.Width > 0 {
			return set("FixedText", text, "Text", true, emit.Lits(t.Width)...)
		}
		return set("Text", text, "Text", true)
	case model.Word:
		return set("Word", text, "Text", true)
	case model.Dotted:
		return set("Dotted", text, "Text", true)
	case model.Quoted:
		return set("Quoted", text, "Text", true, emit.Arg{Qual: quotes[t.Flavour]})
	case model.Int:
		return set("Int", emit.Named("int64"), "Int", false, emit.Lits(bits(t))...)
	case model.Digits, model.Hex:
		return set(map[model.Kind]string{model.Digits: "Digits", model.Hex: "Hex"}[t.Kind], emit.Named("uint64"), "Uint", false, emit.Lits(t.Width)...)
	case model.Decimal:
		return set("Decimal", emit.Decimal, "Decimal", false)
	case model.Float:
		return set("Float", emit.Named("float64"), "Float", false)
	case model.Bool:
		return set("Bool", emit.Named("bool"), "Bool", false, emit.Lits(t.Words[0], t.Words[1])...)
	case model.HexBytes:
		return set("HexBytes", emit.Bytes, "Bytes", false)
	case model.Base64:
		return set("Base64", emit.Bytes, "Bytes", false)
	case model.Bytes:
		return set("FixedBytes", emit.Bytes, "Bytes", true, emit.Lits(t.Width)...)
	case model.JSONRaw:
		return set("JSON", emit.Bytes, "JSON", true)
	}
	return set("Uint", emit.Named("uint64"), "Uint", false, emit.Lits(bits(t))...)
}

var quotes = map[string]string{"": "QuoteC", "c": "QuoteC", "json": "QuoteJSON", "doubled": "QuoteDoubled", "backslash": "QuoteBackslash"}

// stopArgs are the stops of an open type as arguments.
func stopArgs(t *model.Type, stops []string) []emit.Arg {
	if !open(t) {
		return nil
	}
	args := emit.Lits(stops...)
	for i := range args {
		args[i].ReadOnly = t.Kind == model.HexBytes || t.Kind == model.Base64
	}
	return args
}

// open reports whether values of t go on until something ends them.
func open(t *model.Type) bool {
	switch t.Kind {
	case model.Text:
		return t.Width == 0
	case model.Word, model.HexBytes, model.Base64:
		return true
	case model.Enum:
		return open(enumBase(t))
	}
	return false
}

// enumBase is the type that an enum's values are written as.
func enumBase(t *model.Type) *model.Type {
	if t.Elem != nil {
		return t.Elem
	}
	return &model.Type{Kind: model.Text}
}

// limited reports whether t is a built-in with limits, which has functions of
// its own.
func limited(t *model.Type) bool {
	return t.Name != "" && (t.Range != nil || t.Max > 0 || t.Chars != "")
}

func join(sep string, stops []string) []string {
	if sep == "" {
		return stops
	}
	return append([]string{sep}, stops...)
}

// padsLeft reports whether what fills up stands before the value, as with numbers.
func padsLeft(t *model.Type) bool {
	switch t.Kind {
	case model.Int, model.Uint, model.Digits, model.Hex, model.Decimal, model.Float:
		return true
	case model.Enum:
		return padsLeft(enumBase(t))
	}
	return false
}

// counted is the value of a field whose length a count gives, in a variable:
// the bytes of text and bytes, the items of a list.
func (l *lowering) counted(f *model.Field, stops []string, local string) emit.Value {
	t := f.Type
	s := l.scalar(t, nil)
	switch t.Kind {
	case model.List:
		return &emit.List{
			Elem: l.value(t.Elem, join(t.Sep, stops)), ElemGo: l.goType(t.Elem), Sep: t.Sep, Count: local, Packed: l.packed(),
		}
	case model.Bytes:
		s.Method, s.Args = "Bytes", []emit.Arg{{Count: local, ReadOnly: true}}
	case model.Text:
		s.Method, s.Writer, s.Args = "FixedText", "Text", []emit.Arg{{Count: local, AsInt: true, ReadOnly: true}}
	default:
		l.fail(f.Pos, f.Name, "a %s cannot be counted", t.Kind)
	}
	if limited(t) {
		return &emit.Checked{Scalar: s, Limits: l.names.types[t]}
	}
	return s
}
