package spec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// constants makes literals of constant bits that fill bytes, and joins literals.
func constants(ops []*model.Op) []*model.Op {
	var out []*model.Op
	for i := 0; i < len(ops); i++ {
		op := ops[i]
		if n, lit := constantBytes(ops[i:]); n > 0 {
			op = &model.Op{Kind: model.OpLit, Lit: lit, Pos: op.Pos}
			i += n - 1
		}
		if last := len(out) - 1; last >= 0 && op.Kind == model.OpLit && out[last].Kind == model.OpLit {
			joined := *out[last]
			joined.Lit += op.Lit
			out[last] = &joined
			continue
		}
		out = append(out, op)
		if !bitOp(op) {
			continue
		}
		for bits := opBits(op); bits%8 != 0 && i+1 < len(ops) && bitOp(ops[i+1]); { // the rest of the byte is no literal
			i++
			bits += opBits(ops[i])
			out = append(out, ops[i])
		}
	}
	return out
}

// constantBytes are constant bits that fill bytes: how many ops, and the bytes.
func constantBytes(ops []*model.Op) (n int, lit string) {
	w := wire.NewWriter(nil, &wire.Framing{Max: 1 << 20})
	bits := 0
	for i, op := range ops {
		if op.Kind != model.OpConst {
			break
		}
		w.Bits("", op.Value, op.Field.Type.Bits)
		if bits += op.Field.Type.Bits; bits%8 == 0 {
			b, _ := w.Done()
			return i + 1, string(b)
		}
	}
	return 0, ""
}

func bitOp(op *model.Op) bool {
	return op.Kind == model.OpFlag || op.Kind == model.OpConst || op.Kind == model.OpField && isBits(op.Field.Type)
}

func opBits(op *model.Op) int {
	if op.Kind == model.OpFlag {
		return 1
	}
	if op.Field.Type.Kind == model.Enum {
		return op.Field.Type.Elem.Bits
	}
	return op.Field.Type.Bits
}
