package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

var flavours = map[string]wire.Quote{
	"": wire.QuoteC, "c": wire.QuoteC, "json": wire.QuoteJSON, "doubled": wire.QuoteDoubled, "backslash": wire.QuoteBackslash,
}

// Writable reports why a value of t could never be written, whatever follows it;
// nil: it can. The error is a [*wire.FieldError] without the value.
func Writable(f *wire.Framing, t *model.Type, v any) error {
	b, isBytes := v.([]byte)
	if isBytes && t.Kind == model.Bytes && t.Width == 0 { // its count comes with the template
		_, err := checked(t, b)
		return err
	}
	_, err := appendValue(f, t, "", v)
	return err
}

// value writes one value of t. Open types must not hold one of stops.
func (a *appender) value(t *model.Type, path string, stops []string, v any) {
	switch t.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted:
		if s, ok := typed[string](a, path, v); ok && a.constrained(t, path, s) {
			a.text(t, path, stops, s)
		}
	case model.Int, model.Uint, model.Digits, model.Hex, model.Decimal, model.Float:
		a.number(t, path, v)
	case model.Bool:
		if b, ok := typed[bool](a, path, v); ok {
			a.w.Bool(path, b, t.Words[0], t.Words[1])
		}
	case model.HexBytes, model.Base64, model.Bytes, model.JSONRaw:
		if b, ok := typed[[]byte](a, path, v); ok && a.constrained(t, path, b) {
			a.bytes(t, path, b)
		}
	case model.Enum:
		a.enum(t, path, stops, v)
	case model.Padded:
		a.padded(t, path, v)
	case model.List:
		a.list(t, path, stops, v, false)
	case model.Layout:
		a.layout(t, path, v)
	case model.OneOf:
		a.oneOf(t, path, v)
	case model.PairsOf:
		a.pairs(t, path, nil, v)
	case model.JSON:
		a.object(t, path, v)
	default:
		a.w.Fail(path, "this version does not know "+string(t.Kind))
	}
}

func (a *appender) text(t *model.Type, path string, stops []string, s string) {
	switch {
	case t.Kind == model.Quoted:
		a.w.Quoted(path, s, flavours[t.Flavour])
	case t.Kind == model.Dotted:
		a.w.Dotted(path, s)
	case t.Kind == model.Word:
		a.w.Word(path, s, stops...)
	case t.Width > 0:
		a.w.FixedText(path, s, t.Width)
	default:
		a.w.Text(path, s, stops...)
	}
}

func (a *appender) number(t *model.Type, path string, v any) {
	if !a.constrained(t, path, v) {
		return
	}
	v = a.unscaled(t, path, v)
	if t.Binary != "" {
		a.binary(t, path, v)
		return
	}
	switch t.Kind {
	case model.Int:
		if x, ok := typed[int64](a, path, v); ok {
			a.w.Int(path, x, bits(t))
		}
	case model.Decimal:
		if x, ok := typed[wire.Decimal](a, path, v); ok {
			a.w.Decimal(path, x)
		}
	case model.Float:
		if x, ok := typed[float64](a, path, v); ok {
			a.w.Float(path, x)
		}
	default:
		if x, ok := typed[uint64](a, path, v); ok {
			a.unsigned(t, path, x)
		}
	}
}

func (a *appender) unsigned(t *model.Type, path string, v uint64) {
	switch t.Kind {
	case model.Digits:
		a.w.Digits(path, v, t.Width)
	case model.Hex:
		a.w.Hex(path, v, t.Width)
	default:
		a.w.Uint(path, v, bits(t))
	}
}

func (a *appender) bytes(t *model.Type, path string, b []byte) {
	switch t.Kind {
	case model.HexBytes:
		a.w.HexBytes(path, b)
	case model.Base64:
		a.w.Base64(path, b)
	case model.JSONRaw:
		a.w.JSON(path, b)
	default:
		a.w.FixedBytes(path, b, t.Width)
	}
}

// enum writes a value's wire form in the type that carries the enum.
func (a *appender) enum(t *model.Type, path string, stops []string, v any) {
	e, ok := typed[Enum](a, path, v)
	if !ok {
		return
	}
	if _, known := enumOf(t, e.Wire); !known {
		a.w.Fail(path, notInEnum)
		return
	}
	base := enumBase(t)
	carried, err := FromText(a.framing, base, e.Wire)
	if err != nil {
		a.w.Fail(path, reason(err))
		return
	}
	a.value(base, path, stops, carried)
}

// padded writes a value in exactly Width characters.
func (a *appender) padded(t *model.Type, path string, v any) {
	if !a.constrained(t, path, v) {
		return
	}
	mark := a.w.Mark()
	a.value(t.Elem, path, nil, v)
	a.w.Pad(path, mark, t.Width, padsLeft(t.Elem), t.Filler())
}

func (a *appender) layout(t *model.Type, path string, v any) {
	if t.Single() != nil {
		v = Values{{Name: t.Body.Fields[0].Name, Value: v}}
	}
	if values, ok := typed[Values](a, path, v); ok {
		a.template(t.Body, values, path)
	}
}
