package flow

import (
	"github.com/linewright/linewright/spec/internal/byteset"
	"github.com/linewright/linewright/spec/model"
)

var (
	digits    = byteset.Of("0123456789")
	signed    = digits.Or(byteset.Of("+-"))
	decimals  = signed.Or(byteset.Of("."))
	floats    = decimals.Or(byteset.Of("eEInfNa"))
	hexDigits = digits.Or(byteset.Of("abcdefABCDEF"))
	base64s   = digits.Or(byteset.Range('A', 'Z')).Or(byteset.Range('a', 'z')).Or(byteset.Of("+/="))
	wordBytes = byteset.Range(0x21, 0xff)
	anyByte   = byteset.Range(0, 0xff)
)

// alphabet holds every byte that a value of t may have.
func alphabet(t *model.Type) byteset.Set {
	if t.Binary != "" {
		return anyByte
	}
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
		return byteset.Of(t.Words[0] + t.Words[1])
	case model.Padded:
		return alphabet(t.Elem).Or(byteset.Range(t.Filler(), t.Filler()))
	case model.Enum:
		if t.Open {
			return alphabet(t.Elem)
		}
		var s byteset.Set
		for _, v := range t.Values {
			s = s.Or(byteset.Of(v.Wire))
		}
		return s
	case model.List:
		if t.Sep != "" {
			return alphabet(t.Elem).Or(byteset.Of(t.Sep))
		}
	}
	return anyByte
}

// first holds every byte that a value of t may begin with.
func first(t *model.Type) byteset.Set {
	switch t.Kind {
	case model.Bool:
		return byteset.Of(t.Words[0][:1] + t.Words[1][:1])
	case model.Quoted:
		return byteset.Of(`"`)
	case model.JSON:
		return byteset.Of("{")
	case model.Enum:
		if t.Open {
			return first(t.Elem)
		}
		var s byteset.Set
		for _, v := range t.Values {
			if v.Wire != "" {
				s.Add(v.Wire[0])
			}
		}
		return s
	case model.List:
		if t.Sep != "" {
			return first(t.Elem).Or(byteset.Of(t.Sep[:1]))
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
	if t.Binary != "" {
		return closed
	}
	switch t.Kind {
	case model.Text, model.Bytes:
		if t.Width > 0 {
			return closed
		}
		return open
	case model.Word, model.Dotted, model.HexBytes, model.Base64:
		return open
	case model.Int, model.Uint, model.Decimal, model.Float:
		return run
	case model.JSONRaw:
		return run
	case model.Quoted:
		if t.Flavour == "doubled" {
			return run
		}
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
func continues(t *model.Type) byteset.Set {
	switch t.Kind {
	case model.Quoted:
		return byteset.Of(`"`)
	case model.JSONRaw:
		return anyByte.Without(byteset.Of(" \t,:]}"))
	case model.Enum:
		return continues(t.Elem)
	case model.Int:
		return digits
	case model.Decimal:
		return digits.Or(byteset.Of("."))
	case model.Float:
		return digits.Or(byteset.Of(".eE"))
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
	case model.HexBytes, model.Base64, model.List, model.PairsOf, model.Dotted:
		return true
	case model.Enum:
		return t.Open && t.Elem.Kind == model.Text
	}
	return false
}

// mayBeBlank reports whether a value of t may be nothing but blanks.
func mayBeBlank(t *model.Type) bool {
	switch t.Kind {
	case model.Text, model.Bytes:
		return true
	case model.Enum, model.Padded, model.List:
		return mayBeBlank(t.Elem)
	}
	return false
}
