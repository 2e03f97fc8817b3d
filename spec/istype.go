package spec

import (
	"strconv"

	"github.com/linewright/linewright/spec/model"
)

// lowerIs reads {is: T, scale: …, range: …, max: …, chars: …, unit: …}: T with a
// name and constraints.
func (w *lowering) lowerIs(d *typeDecl) {
	t := d.typ
	base := &model.Type{}
	var unit string
	d.mapping("a type", described(&t.Named,
		need("is", w.typeReader(&base, nil)),
		may("scale", func(v value) { scaleOf(base, t, v) }),
		may("range", func(v value) { rangeOf(base, t, v) }),
		may("max", func(v value) { maxOf(base, t, v) }),
		may("chars", func(v value) { charsOf(base, t, v) }),
		may("unit", text(&unit)),
	)...)
	switch {
	case base.Kind == "":
		return
	case structured(base):
		is := d.Get("is").Value
		d.child(is, ".is").fail("bad-type", "", "%s cannot be constrained: use its name", is.Value)
		return
	}
	of := *base
	of.Named, of.Unit = t.Named, unit
	if of.Unit == "" {
		of.Unit = base.Unit
	}
	if t.Range != nil {
		of.Range = t.Range
	}
	if t.Max > 0 {
		of.Max = t.Max
	}
	if t.Chars != "" {
		of.Chars = t.Chars
	}
	if t.Scale != "" {
		of.Scale = t.Scale
	}
	if *t = of; !scaleFits(t) {
		d.child(d.Get("is").Value, ".is").fail("scale-form", "use a narrower type, or give it a range",
			"the largest number of %s, scaled, is more than a decimal holds", t.Name)
	}
}

// structured reports whether t cannot be constrained at all, which is a finding
// of its own; or whether it is not known.
func structured(t *model.Type) bool {
	switch t.Kind {
	case "", model.Layout, model.PairsOf, model.OneOf, model.JSON, model.Enum, model.List:
		return true
	}
	return false
}

// isNumber reports whether t's values can be compared by size.
func isNumber(t *model.Type) bool {
	switch t.Kind {
	case model.Int, model.Uint, model.Decimal, model.Float, model.Digits, model.Hex:
		return true
	case model.Padded:
		return isNumber(t.Elem)
	}
	return false
}

func rangeOf(base, t *model.Type, v value) {
	switch {
	case structured(base):
	case !isNumber(base):
		v.fail("bad-type", "", "only numbers have a range")
	default:
		of := *base
		if t.Scale != "" {
			of.Scale = t.Scale
		}
		numberRange(&t.Range)(v)
		rangeFits(&of, t.Range, v)
		t.Range = v.in.rangeOnWire(&of, t.Range)
	}
}

// rangeFits complains about a bound that the type cannot have.
func rangeFits(base *model.Type, r *model.Range, v value) {
	if r == nil {
		return
	}
	for _, bound := range []string{r.Min, r.Max} {
		if err := boundError(base, bound, v.in); err != nil {
			v.fail("range-form", "", "%s: %v", bound, err)
			return
		}
	}
}

func boundError(base *model.Type, bound string, l *loader) error {
	if base.Scale != "" {
		_, err := l.unscaled(base, bound)
		return err
	}
	switch base.Kind {
	case model.Int, model.Uint, model.Digits:
		_, err := l.wireForm(base, bound)
		return err
	case model.Hex: // the bound is decimal
		n, err := strconv.ParseUint(bound, 10, 64)
		if err != nil {
			return numberError(err, "a number")
		}
		_, err = l.wireForm(base, strconv.FormatUint(n, 16))
		return err
	}
	return nil
}

func maxOf(base, t *model.Type, v value) {
	if structured(base) {
		return
	}
	switch base.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted, model.Bytes, model.HexBytes, model.Base64, model.JSONRaw:
		if base.Width > 0 {
			v.fail("bad-type", "", "it is always %d bytes long", base.Width)
			return
		}
		integer(&t.Max, 1, 1<<30)(v)
	default:
		v.fail("bad-type", "", "only text and bytes have a maximal length")
	}
}

func charsOf(base, t *model.Type, v value) {
	if structured(base) || !v.scalar(`characters and ranges, as in "a-z0-9_"`) || !v.notNull("text") {
		return
	}
	switch base.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted:
	default:
		v.fail("bad-type", "", "only text is made of characters")
		return
	}
	chars := []rune(v.Value)
	if len(chars) == 0 {
		v.fail("empty", "", "no characters are allowed")
	}
	for i := 1; i < len(chars)-1; i++ {
		if chars[i] == '-' && chars[i-1] > chars[i+1] {
			v.fail("range-form", "", "%q is empty", string(chars[i-1:i+2]))
		}
	}
	t.Chars = v.Value
}
