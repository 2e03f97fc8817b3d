package codec

import (
	"strconv"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// FromText gives the value of type t that text stands for: a constant of a
// document, a parameter's default, an argument of a command line. Text and
// bytes are taken as they are, enums by name or wire form, bools by their words
// or true and false; everything else is the wire form. The error is a
// [*wire.FieldError] without the text, which may be a secret.
func FromText(f *wire.Framing, t *model.Type, text string) (any, error) {
	switch {
	case t.Scale != "":
		return convertScaled(t, model.Number(text))
	case t.Kind == model.Text, t.Kind == model.Word, t.Kind == model.Quoted, t.Kind == model.Dotted:
		return checked(t, text)
	case t.Kind == model.Bytes:
		return checked(t, []byte(text))
	case t.Kind == model.Padded:
		v, err := FromText(f, t.Elem, text)
		if err != nil {
			return nil, err
		}
		return checked(t, v)
	case t.Kind == model.Bool && (text == "true" || text == "false"):
		return text == "true", nil
	case t.Kind == model.Enum:
		return enumFrom(t, text)
	case t.Single() != nil:
		return FromText(f, t.Body.Fields[0].Type, text)
	case t.Binary != "":
		n, err := parseNumber(t, text)
		if err != nil {
			return nil, &wire.FieldError{Reason: "is not of type " + describe(t)}
		}
		return checked(t, n)
	}
	p := newParser(f, []byte(text))
	v := p.value(t, "", nil)
	if p.r.Err() == nil {
		_ = p.r.Done()
	}
	if err := p.r.Err(); err != nil {
		return nil, &wire.FieldError{Reason: "is not of type " + describe(t) + ": " + reason(err)}
	}
	return v, nil
}

// ToText is the text that a value stands for where texts are put together: the
// inverse of FromText where there is one.
func ToText(f *wire.Framing, t *model.Type, v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case []byte:
		if t == nil || t.Kind != model.HexBytes && t.Kind != model.Base64 {
			return string(v), nil
		}
	case Enum:
		return v.Wire, nil
	case wire.Decimal:
		return v.String(), nil
	}
	if t == nil || inner(t).Binary != "" {
		return plainText(v), nil
	}
	b, err := appendValue(f, inner(t), "", v)
	return string(b), err
}

// checked applies the type's constraints to a value.
func checked(t *model.Type, v any) (any, error) {
	if why := violates(t, v); why != "" {
		return nil, &wire.FieldError{Reason: why}
	}
	return v, nil
}

// enumFrom finds an enum's value by its name, else by its wire form.
func enumFrom(t *model.Type, text string) (any, error) {
	for _, v := range t.Values {
		if v.Name == text {
			return Enum{Name: v.Name, Wire: v.Wire}, nil
		}
	}
	base := enumBase(t)
	if base.Kind != model.Text && base.Kind != model.Word {
		n, err := parseNumber(base, text)
		if err != nil {
			return nil, &wire.FieldError{Reason: notInEnum}
		}
		text = enumText(base, n)
	}
	e, ok := enumOf(t, text)
	if !ok {
		return nil, &wire.FieldError{Reason: notInEnum}
	}
	return e, nil
}

// describe names a type as the language does.
func describe(t *model.Type) string {
	if t.Name != "" {
		return t.Name
	}
	switch t.Kind {
	case model.Int, model.Uint:
		return string(t.Kind) + strconv.Itoa(bits(t))
	case model.List:
		return "list of " + describe(t.Elem)
	case model.Padded:
		return describe(t.Elem)
	case model.JSON:
		return "JSON object"
	default:
		return string(t.Kind)
	}
}
