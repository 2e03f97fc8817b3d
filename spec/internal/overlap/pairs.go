package overlap

import (
	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

// pairs reads pairs on one line, or one line of others. That some keys must come
// and others only once does not matter here.
func (b *builder) pairs(from int, t *model.Type) int {
	if t.Pairs.Each == "" {
		return b.pair(from, t)
	}
	return b.maybe(from, func(from int) int {
		from = b.pair(from, t)
		return b.star(from, func(from int) int { return b.pair(b.lit(from, t.Pairs.Each), t) })
	})
}

// pair reads a key and its value.
func (b *builder) pair(from int, t *model.Type) int {
	var parts []func(int) int
	for i, op := range t.Body.Ops {
		parts = append(parts, func(from int) int {
			value := op.Field.Type
			if value.Kind == model.List && value.Sep == "" {
				value = value.Elem
			}
			return b.value(b.lit(from, t.Pairs.Keys[i]+t.Pairs.Between), value, op.Stops)
		})
	}
	for _, k := range t.Pairs.Counts {
		parts = append(parts, func(from int) int {
			return b.value(b.lit(from, k.Key+t.Pairs.Between), k.Op.Field.Type, nil)
		})
	}
	if t.Pairs.Others != nil {
		parts = append(parts, func(from int) int {
			stops := append([]string{t.Pairs.Between}, t.Pairs.Stops...)
			set := b.text()
			if !t.Pairs.AnyKey {
				set = set.And(byteset.Range(0x21, 0xff))
				from = b.one(from, set.Without(single(stops)))
			}
			from = b.lit(b.until(from, set, stops), t.Pairs.Between)
			return b.until(from, b.text(), t.Pairs.Stops)
		})
	}
	return b.any(from, parts...)
}
