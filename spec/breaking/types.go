package breaking

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// relation is what a type accepts, compared with what another did.
type relation struct {
	// lost and gained say what is accepted no more, and what is accepted now; both
	// are set where the two differ in kind.
	lost, gained []string
	// values are enum values that are new; closed: of an enum that had no others.
	values []string
	closed bool
}

func (r *relation) loses(format string, args ...any) {
	r.lost = append(r.lost, fmt.Sprintf(format, args...))
}

func (r *relation) gains(format string, args ...any) {
	r.gained = append(r.gained, fmt.Sprintf(format, args...))
}

func (r *relation) differs(format string, args ...any) {
	r.loses(format, args...)
	r.gains(format, args...)
}

// compareTypes compares what two types accept.
func compareTypes(old, now *model.Type) *relation {
	r := &relation{}
	r.types(old, now, map[*model.Type]bool{})
	return r
}

func (r *relation) types(old, now *model.Type, seen map[*model.Type]bool) {
	if seen[old] || canon(old) == canon(now) {
		return
	}
	seen[old] = true
	switch {
	case whole(old) && whole(now):
		r.numbers(old, now)
	case old.Kind == model.Word && now.Kind == model.Text && now.Width == 0:
		r.gains("blanks")
		r.lengths(old, now)
	case old.Kind == model.Text && now.Kind == model.Word && old.Width == 0:
		r.loses("blanks, and nothing at all")
		r.lengths(old, now)
	case old.Kind != now.Kind || old.Binary != now.Binary || old.Width != now.Width || old.Fill != now.Fill || old.Flavour != now.Flavour || old.Scale != now.Scale:
		r.differs("it is %s, and was %s", typeName(now), typeName(old))
	case old.Kind == model.Enum:
		r.enums(old, now)
	case old.Kind == model.Bool && old.Words != now.Words:
		r.differs("its words are %q, and were %q", now.Words, old.Words)
	case old.Kind == model.List:
		if old.Sep != now.Sep {
			r.differs("its items are separated by %q, and were by %q", now.Sep, old.Sep)
		}
		r.types(old.Elem, now.Elem, seen)
	case old.Kind == model.Padded:
		r.types(old.Elem, now.Elem, seen)
	case old.Body != nil || old.Members != nil:
		r.inside(old, now, seen)
	default:
		r.lengths(old, now)
	}
}

// whole reports whether t is a whole number in text.
func whole(t *model.Type) bool {
	return (t.Kind == model.Int || t.Kind == model.Uint) && t.Binary == "" && t.Scale == ""
}

// typeName is what a document calls a type.
func typeName(t *model.Type) string {
	if t.Name != "" {
		return t.Name
	}
	name := string(t.Kind)
	if (t.Kind == model.Int || t.Kind == model.Uint) && t.Bits > 0 {
		name += fmt.Sprint(t.Bits)
	}
	if t.Binary != "" {
		name += " (" + string(t.Binary) + ")"
	}
	if t.Width > 0 {
		name += fmt.Sprintf("(%d)", t.Width)
	}
	if t.Elem != nil && t.Kind != model.Enum {
		name += " of " + typeName(t.Elem)
	}
	return name
}

// interval is the numbers that t accepts.
func interval(t *model.Type) (low, high *big.Int) {
	one := big.NewInt(1)
	low, high = big.NewInt(0), new(big.Int).Sub(new(big.Int).Lsh(one, uint(t.Bits)), one)
	if t.Kind == model.Int {
		half := new(big.Int).Lsh(one, uint(t.Bits-1))
		low, high = new(big.Int).Neg(half), new(big.Int).Sub(half, one)
	}
	if t.Range != nil {
		if n, ok := new(big.Int).SetString(t.Range.Min, 10); ok {
			low = n
		}
		if n, ok := new(big.Int).SetString(t.Range.Max, 10); ok {
			high = n
		}
	}
	return low, high
}

func (r *relation) numbers(old, now *model.Type) {
	oldLow, oldHigh := interval(old)
	low, high := interval(now)
	text := fmt.Sprintf("%s to %s, and was %s to %s", low, high, oldLow, oldHigh)
	if low.Cmp(oldLow) > 0 || high.Cmp(oldHigh) < 0 {
		r.loses("its range is %s", text)
	}
	if low.Cmp(oldLow) < 0 || high.Cmp(oldHigh) > 0 {
		r.gains("its range is %s", text)
	}
}

func (r *relation) lengths(old, now *model.Type) {
	switch {
	case old.Max == now.Max:
	case now.Max != 0 && (old.Max == 0 || now.Max < old.Max):
		r.loses("it has at most %s bytes", quantity.Count(now.Max))
	default:
		r.gains("it may have more than %s bytes", quantity.Count(old.Max))
	}
	switch {
	case old.Chars == now.Chars:
	case now.Chars == "":
		r.gains("any characters")
	case old.Chars == "":
		r.loses("other characters than %s", now.Chars)
	default:
		r.differs("its characters are %s, and were %s", now.Chars, old.Chars)
	}
}

func (r *relation) enums(old, now *model.Type) {
	r.types(old.Elem, now.Elem, map[*model.Type]bool{})
	has := func(t *model.Type, v model.EnumValue) bool {
		return slices.ContainsFunc(t.Values, func(o model.EnumValue) bool { return o.Wire == v.Wire })
	}
	for _, v := range old.Values {
		if !has(now, v) && !now.Open {
			r.loses("the value %s (%s) is gone", v.Name, v.Wire)
		}
	}
	for _, v := range now.Values {
		if !has(old, v) {
			r.values = append(r.values, v.Name+" ("+v.Wire+")")
			r.closed = r.closed || !old.Open
		}
	}
	switch {
	case old.Open && !now.Open:
		r.loses("values that are not listed")
	case !old.Open && now.Open:
		r.gains("values that are not listed")
	}
}

// inside compares what layouts and objects hold, by name.
func (r *relation) inside(old, now *model.Type, seen map[*model.Type]bool) {
	names := func(t *model.Type) (all []string) {
		for _, f := range codec.FieldsOf(t) {
			all = append(all, f.Name)
		}
		return all
	}
	before, after := names(old), names(now)
	if old.Body != nil && now.Body != nil && shape(old.Body.Ops) != shape(now.Body.Ops) || !slices.Equal(before, after) {
		r.differs("it holds %s, and held %s", strings.Join(after, ", "), strings.Join(before, ", "))
		return
	}
	for i, f := range codec.FieldsOf(old) {
		r.types(f.Type, codec.FieldsOf(now)[i].Type, seen)
	}
}
