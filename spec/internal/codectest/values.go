// Package codectest makes random values for templates, so that tests can
// compare what goes in with what comes out: start with [Values].
//
// The values are of the right types and mostly fit; now and then they hold what
// delimiters are made of, or are out of range, so that refusals are tried too.
package codectest

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// Values gives a value for each field, and for every other optional one; of those
// with a default, every other one has it.
func Values(r *rand.Rand, fields []*model.Field) codec.Values {
	out := make(codec.Values, 0, len(fields))
	for _, f := range fields {
		it := codec.Item{Name: f.Name, Secret: f.Secret}
		switch {
		case f.HasDefault && r.IntN(2) == 0:
			it.Value = codec.Default(f)
		case !f.Optional || r.IntN(2) == 0:
			it.Value = Value(r, f.Type)
		}
		out = append(out, it)
	}
	return out
}

// Value gives a value of type t.
func Value(r *rand.Rand, t *model.Type) any {
	if t.Scale != "" {
		return scaled(r, t)
	}
	switch t.Kind {
	case model.Int:
		return integer(r, t)
	case model.Uint:
		return uint64(integer(r, t)) & (math.MaxUint64 >> (64 - bits(t)))
	case model.Digits:
		return digits(r, t, 10)
	case model.Hex:
		return digits(r, t, 16)
	case model.Decimal:
		return decimal(r, t)
	case model.Float:
		if t.Bits == 32 {
			return float64(float32(float(r, t))) // what the wire holds
		}
		return float(r, t)
	case model.Bool:
		return r.IntN(2) == 0
	case model.Bytes, model.HexBytes, model.Base64:
		return []byte(text(r, t))
	case model.JSONRaw:
		return []byte([]string{"1", `"a\n"`, `{"a":[1,{"b":null}]}`, "[]"}[r.IntN(4)])
	case model.Enum:
		return enum(r, t)
	case model.Padded:
		return Value(r, t.Elem)
	case model.List:
		return list(r, t)
	case model.OneOf:
		return oneOf(r, t)
	case model.PairsOf:
		return pairs(r, t)
	case model.Layout, model.JSON:
		fields := codec.FieldsOf(t)
		if t.Single() != nil {
			return Value(r, fields[0].Type)
		}
		return Values(r, fields)
	default:
		return text(r, t)
	}
}

// pairs have, among the others, now and then a key that has a field.
func pairs(r *rand.Rand, t *model.Type) any {
	out := Values(r, t.Body.Fields)
	if opens := t.Pairs.First; len(opens) > 1 && r.IntN(16) > 0 {
		n := opens[r.IntN(len(opens))]
		for _, i := range opens {
			out[i].Value = nil
		}
		out[n].Value = Value(r, t.Body.Fields[n].Type)
	}
	if t.Pairs.Others == nil {
		return out
	}
	keys := slices.Clone(t.Pairs.Keys)
	for _, k := range t.Pairs.Counts {
		keys = append(keys, k.Key)
	}
	for _, pair := range out[len(out)-1].Value.([]any) {
		if r.IntN(4) == 0 {
			pair.(codec.Values)[0].Value = keys[r.IntN(len(keys))]
		}
	}
	return out
}

// oneOf has one form, seldom two or none.
func oneOf(r *rand.Rand, t *model.Type) any {
	var out codec.Values
	n := r.IntN(len(t.Body.Fields))
	if t.Depth > 0 && r.IntN(3) > 0 {
		n = t.Zero // else values would have no end
	}
	for i, f := range t.Body.Fields {
		it := codec.Item{Name: f.Name, Secret: f.Secret}
		if (i == n) != (r.IntN(32) == 0) {
			it.Value = Value(r, f.Type)
		}
		out = append(out, it)
	}
	return out
}

func bits(t *model.Type) int {
	if t.Bits == 0 {
		return 64
	}
	return t.Bits
}

// integer is small half of the time, and mostly in the type's range.
func integer(r *rand.Rand, t *model.Type) int64 {
	v := int64(r.Uint64()) >> (64 - 1 - r.IntN(bits(t)))
	if t.Range == nil || r.IntN(8) == 0 {
		return v
	}
	low, err := strconv.ParseInt(t.Range.Min, 0, 64)
	high, err2 := strconv.ParseInt(t.Range.Max, 0, 64)
	if err != nil || err2 != nil || high <= low {
		return max(v, low)
	}
	return low + r.Int64N(high-low+1)
}

// decimal is mostly in the type's range.
func decimal(r *rand.Rand, t *model.Type) wire.Decimal {
	v := wire.Decimal{Coef: int64(r.Uint64()) >> r.IntN(64), Scale: uint8(r.IntN(19))}
	if low, high, ok := bounds(t); ok && r.IntN(8) > 0 {
		v = wire.Decimal{Coef: int64((low + (high-low)*r.Float64()) * 100), Scale: 2}
	}
	return v
}

// scaled is seldom no multiple of the factor.
func scaled(r *rand.Rand, t *model.Type) any {
	by, _ := wire.ParseDecimal(t.Scale)
	if odd := decimal(r, &model.Type{}); r.IntN(16) == 0 {
		if _, ok := odd.Unscale(by); !ok {
			return odd
		}
	}
	raw := *t
	raw.Scale = ""
	switch n := Value(r, &raw).(type) {
	case int64:
		return wire.ScaleInt(n, by)
	case uint64:
		return wire.ScaleUint(n, by)
	}
	return by
}

// bounds are those of a range with both ends.
func bounds(t *model.Type) (low, high float64, ok bool) {
	if t.Range == nil {
		return 0, 0, false
	}
	low, err := strconv.ParseFloat(t.Range.Min, 64)
	high, err2 := strconv.ParseFloat(t.Range.Max, 64)
	return low, high, err == nil && err2 == nil
}

// digits is a number of at most as many digits as the type has, seldom of one
// more, and mostly in its range.
func digits(r *rand.Rand, t *model.Type, base uint64) uint64 {
	if low, high, ok := bounds(t); ok && r.IntN(8) > 0 {
		return uint64(low) + r.Uint64N(uint64(high-low)+1)
	}
	limit := uint64(1)
	for range min(t.Width, 15) {
		limit *= base
	}
	if r.IntN(16) == 0 {
		return limit
	}
	return r.Uint64N(limit)
}

func float(r *rand.Rand, t *model.Type) float64 {
	if low, high, ok := bounds(t); ok && r.IntN(8) > 0 {
		return low + (high-low)*r.Float64()
	}
	switch r.IntN(4) {
	case 0:
		return math.Float64frombits(r.Uint64())
	case 1:
		return float64(r.IntN(100))
	default:
		return r.NormFloat64() * 1000
	}
}

// enum is a known value, or, of an open text enum, sometimes an unknown one.
func enum(r *rand.Rand, t *model.Type) any {
	if t.Open && r.IntN(4) == 0 && (t.Elem == nil || t.Elem.Kind == model.Text || t.Elem.Kind == model.Word) {
		return codec.Enum{Wire: "x" + text(r, &model.Type{Kind: model.Word})}
	}
	v := t.Values[r.IntN(len(t.Values))]
	return codec.Enum{Name: v.Name, Wire: v.Wire}
}

func list(r *rand.Rand, t *model.Type) any {
	items := make([]any, r.IntN(4))
	for i := range items {
		items[i] = Value(r, t.Elem)
	}
	return items
}

const (
	harmless = "abcdefXYZ019._-"
	nasty    = "a ,;='\"\\\r\n\x00\xff]$"
)

// text is mostly harmless.
func text(r *rand.Rand, t *model.Type) string {
	n, from := r.IntN(7), harmless
	if t.Width > 0 {
		n = t.Width
	}
	if t.Kind == model.Word {
		n = max(n, 1)
	}
	switch {
	case r.IntN(5) == 0:
		from = nasty
	case t.Chars != "":
		return allowed(r, n, []rune(strings.ReplaceAll(t.Chars, "-", "")))
	}
	var b strings.Builder
	for range n {
		b.WriteByte(from[r.IntN(len(from))])
	}
	return b.String()
}

// allowed is text of these characters.
func allowed(r *rand.Rand, n int, from []rune) string {
	text := make([]rune, n)
	for i := range text {
		text[i] = from[r.IntN(len(from))]
	}
	return string(text)
}
