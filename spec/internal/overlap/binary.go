package overlap

import (
	"strconv"

	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// bitOps is how many of the ops are bits that fill bytes together; 0: the first
// is none.
func bitOps(ops []*model.Op) int {
	n := 0
	for n < len(ops) && isBits(ops[n]) {
		n++
	}
	return n
}

func isBits(op *model.Op) bool {
	switch {
	case op.Kind == model.OpConst || op.Kind == model.OpFlag:
		return true
	case op.Kind != model.OpField:
		return false
	}
	t := op.Field.Type
	return t.Binary == model.BitField || t.Kind == model.Enum && t.Elem.Binary == model.BitField
}

// bytesOf reads bytes of bits, of which some are known.
func (b *builder) bytesOf(from int, ops []*model.Op) int {
	for _, k := range codec.KnownBytes(ops) {
		var set byteset.Set
		for c := range 256 {
			if byte(c)&k.Mask == k.Value {
				set.Add(byte(c))
			}
		}
		from = b.one(from, set)
	}
	return from
}

// binary reads a number in binary form; of one byte, only what the type allows.
func (b *builder) binary(from int, t *model.Type) int {
	whole := byteset.Range(0, 0xff)
	bits := model.TypeBits(t)
	switch {
	case bits < 0:
		more := func(from int) int { return b.one(from, byteset.Range(0x80, 0xff)) }
		return b.one(b.times(from, 0, 9, more), byteset.Range(0, 0x7f))
	case bits == 8:
		return b.one(from, byteValues(t))
	}
	return b.times(from, bits/8, bits/8, func(from int) int { return b.one(from, whole) })
}

// byteValues are the values that a number of one byte may have.
func byteValues(t *model.Type) byteset.Set {
	set := byteset.Range(0, 0xff)
	switch {
	case t.Kind == model.Enum && t.Open:
		return set
	case t.Kind == model.Enum:
		set = byteset.Set{}
		for _, v := range t.Values {
			if n, err := strconv.ParseInt(v.Wire, 10, 16); err == nil {
				set.Add(byte(n))
			}
		}
	case t.Kind == model.Uint && t.Range != nil:
		low, err := strconv.ParseUint(t.Range.Min, 10, 8)
		high, err2 := strconv.ParseUint(t.Range.Max, 10, 8)
		if err == nil && err2 == nil {
			return byteset.Range(byte(low), byte(high))
		}
	}
	return set
}
