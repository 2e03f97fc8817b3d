package overlap

import (
	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

var (
	digit  = byteset.Range('0', '9')
	hexa   = digit.Or(byteset.Of("abcdefABCDEF"))
	base64 = digit.Or(byteset.Range('a', 'z')).Or(byteset.Range('A', 'Z')).Or(byteset.Of("+/="))
)

// maxFixed is the longest fixed width that is spelt out; wider fields are taken
// for open ones.
const maxFixed = 256

// maxDigits is how many digits a number that is no integer has before and after
// its point.
const maxDigits = 20

// value reads a value of t that ends before the stops.
func (b *builder) value(from int, t *model.Type, stops []string) int {
	if t.Binary != "" || t.Kind == model.Enum && t.Elem.Binary != "" {
		return b.binary(from, t)
	}
	switch t.Kind {
	case model.Text, model.Bytes:
		return b.fixed(from, t.Width, b.text(), stops)
	case model.Dotted:
		return b.maybe(from, func(from int) int {
			dots := func(from int) int { return b.until(b.one(b.lit(from, "."), b.text()), b.text(), nil) }
			return b.any(from, dots, func(from int) int {
				return b.until(b.one(from, b.text().Without(byteset.Of("."))), b.text(), nil)
			})
		})
	case model.Word:
		set := b.text().And(byteset.Range(0x21, 0xff))
		return b.until(b.one(from, set.Without(single(stops))), set, stops)
	case model.Int, model.Uint, model.Decimal, model.Float, model.Digits, model.Hex:
		return b.number(from, t)
	case model.HexBytes:
		return b.star(from, func(from int) int { return b.one(b.one(from, hexa), hexa) })
	case model.Base64:
		return b.star(from, func(from int) int { return b.one(from, base64) })
	case model.Bool:
		return b.words(from, t.Words[:])
	case model.Padded:
		return b.padded(from, t)
	case model.Quoted:
		return b.quoted(from, t)
	case model.Enum:
		return b.enum(from, t, stops)
	case model.List:
		return b.list(from, t, stops)
	case model.Layout:
		return b.ops(from, t.Body.Ops)
	case model.OneOf:
		if b.within[t] {
			return b.anything(from) // how deep it goes, no such machine counts
		}
		if t.Depth > 0 {
			b.within[t] = true
			defer delete(b.within, t)
		}
		parts := make([]func(int) int, len(t.Body.Ops))
		for i, op := range t.Body.Ops {
			parts[i] = func(from int) int { return b.value(from, op.Field.Type, nil) }
		}
		return b.any(from, parts...)
	case model.PairsOf:
		return b.pairs(from, t)
	case model.JSON:
		return b.lit(b.until(b.lit(from, "{"), b.text(), nil), "}")
	}
	return b.until(b.one(from, b.text()), b.text(), nil) // any JSON
}

// single holds the stops of one byte: a value cannot begin with them.
func single(stops []string) byteset.Set {
	var s byteset.Set
	for _, stop := range stops {
		if len(stop) == 1 {
			s.Add(stop[0])
		}
	}
	return s
}

func (b *builder) fixed(from, width int, set byteset.Set, stops []string) int {
	if width == 0 || width > maxFixed {
		return b.until(from, set, stops)
	}
	return b.times(from, width, width, func(from int) int { return b.one(from, set) })
}

// number reads a number. Those that are no integers are read whatever their
// range.
func (b *builder) number(from int, t *model.Type) int {
	if low, high, ok := bounds(t); ok {
		to := b.add()
		switch t.Kind {
		case model.Digits:
			b.wide(from, to, low, high, t.Width, 10)
		case model.Hex:
			b.wide(from, to, low, high, t.Width, 16)
		default:
			return b.integer(from, low, high, t.Kind == model.Int)
		}
		return to
	}
	one := func(from int) int { return b.one(from, digit) }
	sign := func(from int) int { return b.one(from, byteset.Of("-")) }
	many := func(from int) int { return b.times(from, 1, maxDigits, one) }
	from = many(b.maybe(from, sign))
	from = b.maybe(from, func(from int) int { return many(b.lit(from, ".")) })
	if t.Kind == model.Float {
		from = b.maybe(from, func(from int) int {
			from = b.maybe(b.one(from, byteset.Of("eE")), func(from int) int { return b.one(from, byteset.Of("+-")) })
			return b.times(from, 1, 3, one)
		})
	}
	return from
}

func (b *builder) words(from int, words []string) int {
	parts := make([]func(int) int, len(words))
	for i, word := range words {
		parts[i] = func(from int) int { return b.lit(from, word) }
	}
	return b.any(from, parts...)
}

func (b *builder) enum(from int, t *model.Type, stops []string) int {
	if t.Open {
		return b.value(from, t.Elem, stops)
	}
	words := make([]string, len(t.Values))
	for i, v := range t.Values {
		words[i] = v.Wire
	}
	return b.words(from, words)
}

// quoted reads text in quotes, with its escapes.
func (b *builder) quoted(from int, t *model.Type) int {
	from = b.lit(from, `"`)
	plain := b.text().Without(byteset.Of(`"`))
	escape := func(from int) int { return b.lit(from, `""`) }
	if t.Flavour != "doubled" {
		plain = plain.Without(byteset.Of(`\`))
		escape = func(from int) int { return b.one(b.lit(from, `\`), b.text()) }
	}
	from = b.star(from, func(from int) int {
		return b.any(from, func(from int) int { return b.one(from, plain) }, escape)
	})
	return b.lit(from, `"`)
}

// list reads items with separators, or none.
func (b *builder) list(from int, t *model.Type, stops []string) int {
	if t.Sep == "" {
		return b.anything(from)
	}
	inner := append([]string{t.Sep}, stops...)
	return b.maybe(from, func(from int) int {
		from = b.value(from, t.Elem, inner)
		return b.star(from, func(from int) int { return b.value(b.lit(from, t.Sep), t.Elem, inner) })
	})
}
