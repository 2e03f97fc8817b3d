package flow

import "github.com/linewright/linewright/spec/model"

// set is a set of bytes.
type set [4]uint64

func (s *set) add(c byte)     { s[c>>6] |= 1 << (c & 63) }
func (s set) has(c byte) bool { return s[c>>6]&(1<<(c&63)) != 0 }

func (s set) union(o set) set {
	for i := range s {
		s[i] |= o[i]
	}
	return s
}

func (s set) meets(o set) bool {
	for i := range s {
		if s[i]&o[i] != 0 {
			return true
		}
	}
	return false
}

func of(chars string) set {
	var s set
	for i := range len(chars) {
		s.add(chars[i])
	}
	return s
}

func from(low, high byte) set {
	var s set
	for c := int(low); c <= int(high); c++ {
		s.add(byte(c))
	}
	return s
}

var (
	digits    = of("0123456789")
	signed    = digits.union(of("+-"))
	decimals  = signed.union(of("."))
	floats    = decimals.union(of("eEInfNa"))
	hexDigits = digits.union(of("abcdefABCDEF"))
	base64s   = digits.union(from('A', 'Z')).union(from('a', 'z')).union(of("+/="))
	wordBytes = from(0x21, 0xff)
	anyByte   = from(0, 0xff)
)

// alphabet holds every byte that a value of t may have.
func alphabet(t *model.Type) set {
	switch t.Kind {
	case model.Int:
		return signed
	case model.Uint, model.Digits:
		return digits
	case model.Decimal:
		return decimals
	case model.Float:
		return floats
	case model.Hex, model.HexBytes:
		return hexDigits
	case model.Base64:
		return base64s
	case model.Word:
		return wordBytes
	case model.Bool:
		return of(t.Words[0] + t.Words[1])
	case model.Padded:
		return alphabet(t.Elem).union(of(" "))
	case model.Enum:
		if t.Open {
			return alphabet(t.Elem)
		}
		var s set
		for _, v := range t.Values {
			s = s.union(of(v.Wire))
		}
		return s
	case model.List:
		if t.Sep != "" {
			return alphabet(t.Elem).union(of(t.Sep))
		}
	}
	return anyByte
}

// first holds every byte that a value of t may begin with.
func first(t *model.Type) set {
	switch t.Kind {
	case model.Bool:
		return of(t.Words[0][:1] + t.Words[1][:1])
	case model.Quoted:
		return of(`"`)
	case model.JSON:
		return of("{")
	case model.Enum:
		if t.Open {
			return first(t.Elem)
		}
		var s set
		for _, v := range t.Values {
			if v.Wire != "" {
				s.add(v.Wire[0])
			}
		}
		return s
	case model.List:
		if t.Sep != "" {
			return first(t.Elem).union(of(t.Sep[:1]))
		}
	}
	return alphabet(t)
}

// class is how a value's end is found.
type class uint8

const (
	closed class = iota // it says itself, or has a known size
	open                // at the first stop or the line end
	run                 // at the first byte that is not of its alphabet
)

func classOf(op *model.Op) class {
	if op.Count != nil {
		return closed
	}
	return classOfType(op.Field.Type)
}

func classOfType(t *model.Type) class {
	switch t.Kind {
	case model.Text, model.Bytes:
		if t.Width > 0 {
			return closed
		}
		return open
	case model.Word, model.HexBytes, model.Base64:
		return open
	case model.Int, model.Uint, model.Decimal, model.Float:
		return run
	case model.JSONRaw:
		return run
	case model.Enum:
		return classOfType(t.Elem)
	case model.List:
		if t.Sep != "" {
			return open
		}
	}
	return closed
}

// continues holds the bytes that cannot follow a value of a run type, because
// they could belong to it.
func continues(t *model.Type) set {
	switch t.Kind {
	case model.JSONRaw:
		return floats
	case model.Enum:
		return continues(t.Elem)
	case model.Int:
		return digits
	case model.Decimal:
		return digits.union(of("."))
	case model.Float:
		return digits.union(of(".eE"))
	}
	return alphabet(t)
}

// mayBeEmpty reports whether a value of op may be no bytes at all.
func mayBeEmpty(op *model.Op) bool {
	t := op.Field.Type
	if op.Count != nil {
		return true
	}
	switch t.Kind {
	case model.Text, model.Bytes:
		return t.Width == 0
	case model.HexBytes, model.Base64, model.List:
		return true
	case model.Enum:
		return t.Open && t.Elem.Kind == model.Text
	}
	return false
}
