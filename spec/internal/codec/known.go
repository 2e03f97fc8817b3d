package codec

import "github.com/linewright/linewright/spec/model"

// Known is a byte of a template: what is known of it are the bits set in Mask.
type Known struct{ Value, Mask byte }

// KnownBytes are the bytes that ops begin with, as far as their sizes are known;
// a count of the frame that has no fixed width is left out.
func KnownBytes(ops []*model.Op) []Known {
	k := &knowing{}
	for _, op := range ops {
		n := model.Bits(op)
		switch {
		case op.Kind == model.OpLit:
			for i := range len(op.Lit) {
				k.add(uint64(op.Lit[i]), 0xff, 8)
			}
		case op.Kind == model.OpConst:
			k.add(op.Value, 1<<n-1, n)
		case op.Kind == model.OpSize && n < 0:
		case n < 0:
			return k.bytes
		default:
			for ; n > 0; n -= 8 {
				k.add(0, 0, min(n, 8))
			}
		}
	}
	return k.bytes
}

// knowing collects bits.
type knowing struct {
	bytes []Known
	bits  int // of the last byte
}

func (k *knowing) add(value, mask uint64, n int) {
	for n--; n >= 0; n-- {
		if k.bits == 0 {
			k.bytes = append(k.bytes, Known{})
		}
		last := &k.bytes[len(k.bytes)-1]
		last.Value |= byte(value>>n&1) << (7 - k.bits)
		last.Mask |= byte(mask>>n&1) << (7 - k.bits)
		k.bits = (k.bits + 1) % 8
	}
}

// Leading are the bytes that are known as a whole, up to the first that is not.
func Leading(bytes []Known) string {
	var out []byte
	for _, b := range bytes {
		if b.Mask != 0xff {
			break
		}
		out = append(out, b.Value)
	}
	return string(out)
}
