package model

// Bits is how many bits op has in every frame; -1: that differs.
func Bits(op *Op) int {
	switch op.Kind {
	case OpLit:
		return 8 * len(op.Lit)
	case OpFlag:
		return 1
	case OpBody, OpBodyEnd:
		return 0
	case OpOptional, OpPayload, OpBreak, OpObject:
		return -1
	case OpField:
		if op.Count != nil || op.Rest {
			return -1
		}
	}
	return TypeBits(op.Field.Type)
}

// TypeBits is how many bits every value of t has; -1: that differs.
func TypeBits(t *Type) int {
	switch t.Kind {
	case Int, Uint, Float:
		if t.Binary != "" && t.Binary != Varint {
			return t.Bits
		}
	case Text, Bytes, Digits, Hex, Padded:
		if t.Width > 0 {
			return 8 * t.Width
		}
	case Enum:
		return TypeBits(t.Elem)
	case Layout:
		if t.Body != nil {
			return sum(t.Body.Ops)
		}
	}
	return -1
}

// sum is the bits of all ops; -1 where one has none that are known.
func sum(ops []*Op) (bits int) {
	for _, op := range ops {
		n := Bits(op)
		if n < 0 {
			return -1
		}
		bits += n
	}
	return bits
}
