package generator

import (
	"strconv"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// types are the declarations of the named types, in the spec's order.
func (l *lowering) types() []emit.Decl {
	var list []emit.Decl
	for _, t := range l.p.Types {
		switch {
		case t.Kind == model.Enum:
			list = append(list, l.enum(t))
		case t.Kind == model.JSON:
			list = append(list, l.object(t))
		case t.Kind == model.OneOf:
			list = append(list, l.oneOf(t)...)
		case t.Kind == model.PairsOf:
			list = append(list, l.pairs(t)...)
		case t.Kind == model.Layout:
			list = append(list, l.layout(t)...)
		case limited(t):
			list = append(list, l.limitedType(t))
		}
	}
	return list
}

func (l *lowering) enum(t *model.Type) emit.Decl {
	base, name := enumBase(t), l.names.types[t]
	extra := emit.NoExtra
	var args []emit.Arg
	if open(base) {
		extra, args = emit.Stops, []emit.Arg{{Param: "stops..."}}
	}
	what := "one of the values that the spec names"
	if t.Open {
		what = "one of the values that the spec names, or another that the server uses"
	}
	e := &emit.Enum{
		Name: name, Doc: typeDoc(name, what, t.Named), Go: l.goType(base),
		Base: l.enumScalar(t, args), Open: t.Open, Extra: extra,
	}
	e.Base.Go = l.goType(t)
	for i, v := range t.Values {
		doc := remarks(v.Named)
		e.Values = append(e.Values, emit.EnumValue{Name: l.names.enums[t][i], Spec: v.Name, Doc: doc, Wire: wireNumber(base, v.Wire)})
	}
	return e
}

// wireNumber is a wire form as a constant of Go: a number, or text.
func wireNumber(t *model.Type, text string) any {
	switch t.Kind {
	case model.Int:
		if n, err := strconv.ParseInt(text, 0, 64); err == nil {
			return n
		}
	case model.Uint:
		if n, err := strconv.ParseUint(text, 0, 64); err == nil {
			return n
		}
	case model.Digits:
		if n, err := strconv.ParseUint(text, 10, 64); err == nil {
			return n
		}
	case model.Hex:
		if n, err := strconv.ParseUint(text, 16, 64); err == nil {
			return n
		}
	case model.Float:
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
	}
	return text
}

func (l *lowering) layout(t *model.Type) []emit.Decl {
	name := l.names.types[t]
	codec := &emit.Layout{
		Name: name, Go: l.goType(t), Ops: l.ops(t.Body, t.Single() != nil),
		Doc: emit.Doc{emit.Text("append" + name + " writes the layout"), wireForm(t.Body)},
	}
	if t.Single() != nil {
		return []emit.Decl{codec}
	}
	if fields := l.aliased(t.Body.Fields); len(fields) > 0 && l.cloned[t] {
		codec.Alias, codec.Clone = true, fields
	}
	doc := append(emit.Doc{emit.Text(name + " is the layout"), wireForm(t.Body)}, remarks(t.Named)...)
	s := l.structOf(name, doc, t.Body.Fields)
	return []emit.Decl{&s, codec}
}

func (l *lowering) limitedType(t *model.Type) emit.Decl {
	name := l.names.types[t]
	d := &emit.Limited{
		Name: name, Go: l.goType(t), Counted: t.Kind == model.Bytes && t.Width == 0,
		Doc: emit.Doc{emit.Text("append" + name + " writes a value of type " + t.Name + ".")},
	}
	var args []emit.Arg
	if open(t) {
		d.Extra, args = emit.Stops, []emit.Arg{{Param: "stops...", ReadOnly: t.Kind == model.HexBytes || t.Kind == model.Base64}}
	}
	if t.Kind == model.Padded {
		d.Base = l.plain(t, nil)
	} else {
		d.Base = l.scalar(t, args)
	}
	if t.Range != nil {
		d.Limits = append(d.Limits, l.rangeLimit(t))
	}
	if t.Max > 0 {
		d.Limits = append(d.Limits, emit.Limit{Length: t.Max, Reason: "is longer than " + strconv.Itoa(t.Max) + " bytes"})
	}
	if t.Chars != "" {
		d.Limits = append(d.Limits, emit.Limit{Chars: charRanges(t.Chars), Reason: "holds a character that is not allowed"})
	}
	return d
}

func (l *lowering) rangeLimit(t *model.Type) emit.Limit {
	base := t
	for base.Kind == model.Padded {
		base = base.Elem
	}
	if t.Scale != "" {
		return scaledLimit(t)
	}
	limit := emit.Limit{Reason: "is not in " + t.Range.Min + ".." + t.Range.Max}
	limit.Min, limit.Max = l.bound(t, base, t.Range.Min), l.bound(t, base, t.Range.Max)
	return limit
}

// scaledLimit is the range of a scaled number, whose ends the model has as they
// are on the wire.
func scaledLimit(t *model.Type) emit.Limit {
	by, low, high := decimalOf(t.Scale), decimalOf(t.Range.Min), decimalOf(t.Range.Max)
	low, high = wire.ScaleInt(low.Coef, by), wire.ScaleInt(high.Coef, by)
	return emit.Limit{
		Min: decimalBound(low), Max: decimalBound(high),
		Reason: "is not in " + low.String() + ".." + high.String(),
	}
}

// bound is one end of a range; nil where it is open, or no value of the type
// is beyond it.
func (l *lowering) bound(t, base *model.Type, text string) *emit.Bound {
	if text == "" {
		return nil
	}
	switch base.Kind {
	case model.Decimal:
		d, err := wire.ParseDecimal(text)
		if err != nil {
			l.fail(t.Pos, "types."+t.Name, "its range ends at %s, which is no decimal number", text)
		}
		return &emit.Bound{Decimal: true, Coef: d.Coef, Scale: d.Scale}
	case model.Float:
		n, _ := strconv.ParseFloat(text, 64)
		return &emit.Bound{Number: n}
	case model.Int:
		n, _ := strconv.ParseInt(text, 0, 64)
		return &emit.Bound{Number: n}
	}
	n, _ := strconv.ParseUint(text, 0, 64)
	if n == 0 {
		if text == t.Range.Min {
			return nil // an unsigned number is never less
		}
	}
	return &emit.Bound{Number: n}
}

// charRanges reads "a-z0-9_": characters and ranges; a "-" at either end is
// itself.
func charRanges(set string) [][2]rune {
	var list [][2]rune
	runes := []rune(set)
	for i := 0; i < len(runes); i++ {
		if i+2 < len(runes) && runes[i+1] == '-' {
			list = append(list, [2]rune{runes[i], runes[i+2]})
			i += 2
			continue
		}
		list = append(list, [2]rune{runes[i], runes[i]})
	}
	return list
}
