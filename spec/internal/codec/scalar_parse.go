package codec

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// value reads one value of t. Open types end at one of stops or at the line's end.
func (p *parser) value(t *model.Type, path string, stops []string) any {
	if p.spans == nil || t.Kind == model.Layout || t.Kind == model.OneOf || t.Kind == model.PairsOf || t.Kind == model.List {
		return p.read(t, path, stops)
	}
	from := p.r.Offset()
	v := p.read(t, path, stops)
	if t.Kind != model.Enum { // its base has noted it
		p.span(from, path, t, PlaceField)
	}
	return v
}

func (p *parser) read(t *model.Type, path string, stops []string) any {
	switch t.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted:
		return p.constrained(t, path, p.text(t, path, stops))
	case model.Int, model.Uint, model.Digits, model.Hex, model.Decimal, model.Float:
		return p.constrained(t, path, scaled(t, p.number(t, path)))
	case model.Bool:
		return p.r.Bool(path, t.Words[0], t.Words[1])
	case model.HexBytes:
		return p.constrained(t, path, p.r.HexBytes(path, stops...))
	case model.Base64:
		return p.constrained(t, path, p.r.Base64(path, stops...))
	case model.Bytes:
		return p.constrained(t, path, bytes.Clone(p.r.FixedBytes(path, t.Width)))
	case model.JSONRaw:
		return p.json(path)
	case model.Enum:
		return p.enum(t, path, stops)
	case model.Padded:
		return p.constrained(t, path, p.padded(t, path))
	case model.List:
		return p.list(t, path, stops, -1)
	case model.Layout:
		return unwrap(t, p.template(t.Body, path))
	case model.OneOf:
		return p.oneOf(t, path)
	case model.PairsOf:
		return p.pairs(t, path, nil)
	case model.JSON:
		return p.object(t, path)
	default:
		p.r.Fail(path, "this version does not know "+string(t.Kind))
		return nil
	}
}

func (p *parser) text(t *model.Type, path string, stops []string) string {
	switch {
	case t.Kind == model.Quoted:
		return strings.Clone(p.r.Quoted(path, flavours[t.Flavour]))
	case t.Kind == model.Dotted:
		return strings.Clone(p.r.Dotted(path))
	case t.Kind == model.Word:
		return strings.Clone(p.r.Word(path, stops...))
	case t.Width > 0:
		return p.fixedText(path, int64(t.Width))
	default:
		return strings.Clone(p.r.Text(path, stops...))
	}
}

// fixedText reads exactly n bytes of text; n may be more than any frame has.
func (p *parser) fixedText(path string, n int64) string {
	if int64(int(n)) != n {
		p.r.Fail(path, "is longer than a frame")
		return ""
	}
	return strings.Clone(p.r.FixedText(path, int(n)))
}

func (p *parser) number(t *model.Type, path string) any {
	if t.Binary != "" {
		return p.binary(t, path)
	}
	switch t.Kind {
	case model.Int:
		return p.r.Int(path, bits(t))
	case model.Uint:
		return p.r.Uint(path, bits(t))
	case model.Digits:
		return p.r.Digits(path, t.Width)
	case model.Hex:
		return p.r.Hex(path, t.Width)
	case model.Decimal:
		return p.r.Decimal(path)
	default:
		return p.r.Float(path)
	}
}

// bits is an integer's width; the language's plain uint is 64 bits wide.
func bits(t *model.Type) int {
	if t.Bits == 0 {
		return 64
	}
	return t.Bits
}

func (p *parser) json(path string) any {
	raw := p.r.JSON(path)
	if p.r.Err() != nil {
		return nil
	}
	v, err := compact(raw)
	if err != nil {
		p.r.Fail(path, reason(err))
	}
	return v
}

// enum reads the wire form and finds its name.
func (p *parser) enum(t *model.Type, path string, stops []string) any {
	v := p.value(enumBase(t), path, stops)
	if p.r.Err() != nil {
		return nil
	}
	e, ok := enumOf(t, enumText(enumBase(t), v))
	if !ok {
		p.r.Fail(path, notInEnum)
	}
	return e
}

// enumBase is the type that carries an enum on the wire (`as:`).
func enumBase(t *model.Type) *model.Type {
	if t.Elem != nil {
		return t.Elem
	}
	return textType
}

var textType = &model.Type{Kind: model.Text}

// enumOf finds a value by its wire text; ok is false where a closed enum does not have it.
func enumOf(t *model.Type, text string) (e Enum, ok bool) {
	for _, v := range t.Values {
		if v.Wire == text {
			return Enum{Name: v.Name, Wire: v.Wire}, true
		}
	}
	return Enum{Wire: text}, t.Open
}

// enumText is the canonical wire form of a value that carries an enum.
func enumText(base *model.Type, v any) string {
	n, ok := v.(uint64)
	if !ok || base.Width == 0 {
		return plainText(v)
	}
	format := "%0*d"
	if base.Kind == model.Hex {
		format = "%0*X"
	}
	return fmt.Sprintf(format, base.Width, n)
}

// plainText is a value as text, numbers in decimal.
func plainText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case uint64:
		return strconv.FormatUint(v, 10)
	case int64:
		return strconv.FormatInt(v, 10)
	default:
		return Show(v)
	}
}

// padded reads exactly Width characters, the value and what fills it up.
func (p *parser) padded(t *model.Type, path string) any {
	padding := p.r.Pad(path, t.Width, padsLeft(t.Elem), t.Filler())
	v := p.value(t.Elem, path, nil)
	p.r.Unpad(path, padding)
	return v
}

// padsLeft reports whether what fills up stands before the value, as with numbers.
func padsLeft(t *model.Type) bool {
	switch t.Kind {
	case model.Int, model.Uint, model.Digits, model.Hex, model.Decimal, model.Float:
		return true
	case model.Enum:
		return padsLeft(enumBase(t))
	default:
		return false
	}
}

// unwrap is the value of a layout: of its only field, or of all.
func unwrap(t *model.Type, v Values) any {
	if t.Single() != nil {
		return v[0].Value
	}
	return v
}
