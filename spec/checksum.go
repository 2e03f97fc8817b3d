package spec

import (
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// lowerSum reads {field, algorithm, over}, now that the layout is known.
func (w *lowering) lowerSum(d *frameDecl) {
	v := d.checksum
	s := &model.Sum{}
	var field, over value
	letters := "upper"
	v.mapping("a checksum, as in {field: crc, algorithm: CRC-16/MODBUS, over: start..payload}",
		need("field", later(&field)),
		need("algorithm", algorithm(&s.Algorithm)),
		need("over", later(&over)),
		may("letters", word(&letters, "upper", "lower")),
	)
	s.Lower = letters == "lower"
	if d.parsed == nil {
		v.fail("checksum-field", "add a layout with a field for it", "the frame has no layout: where is the checksum?")
		return
	}
	if s.Algorithm == "" || field.absent() || over.absent() || !field.nameScalar("the name of a field") || !over.scalar("a range, as in start..payload") {
		return
	}
	d.parsed.sum(s, field, over)
}

func algorithm(into *string) reader {
	return func(v value) {
		if !v.scalar("the name of a checksum") {
			return
		}
		if _, ok := wire.ChecksumNamed(v.Value); ok {
			*into = v.Value
			return
		}
		hint := didYouMean(strings.ToUpper(v.Value), wire.Checksums())
		if hint == "" {
			hint = didYouMean(v.Value, wire.Checksums())
		}
		v.fail("unknown-name", hint, "there is no checksum %s", quoteName(v.Value))
	}
}

// sumWidth complains about a field that cannot hold the checksum.
func (l *layoutDecl) sumWidth(s *model.Sum, field value) {
	c, _ := wire.ChecksumNamed(s.Algorithm)
	bits := 0
	switch t := s.Type; t.Kind {
	case model.Uint:
		if t.Binary == model.BigEndian || t.Binary == model.LittleEndian {
			bits = t.Bits
		}
	case model.Hex:
		bits = 4 * t.Width
	case model.Digits:
		most := uint64(1)
		for range t.Width {
			most *= 10
		}
		if most > 1<<c.Bits()-1 {
			bits = c.Bits()
		}
	}
	if bits < c.Bits() {
		field.fail("checksum-field", "", "%s has %d bits, which the field does not hold: want a number such as u%d, hex(%d) or digits(n)",
			s.Algorithm, c.Bits(), c.Bits(), c.Bits()/4)
	}
}

// spot is where an op of the layout begins or ends in the content: from its
// start, or from the end of a count of no fixed width which is left out then, or,
// negative, from the end of the content. It is not known inside a byte.
type spot struct {
	at     int
	behind bool // a count of no fixed width
	known  bool
}

// spots are where an op of the layout, or the payload, begins and ends.
func (l *layoutDecl) spots(name string) (from, to spot, found bool) {
	bits, behind := 0, false
	here := func() spot { return spot{bits / 8, behind, bits%8 == 0} }
	for _, op := range l.headOps {
		from = here()
		if n := model.Bits(op); n < 0 {
			behind = true
		} else {
			bits += n
		}
		if op.Field != nil && op.Field.Name == name && op != l.size {
			return from, here(), true
		}
	}
	from = here()
	tail, _ := l.fixed(l.tailOps)
	if bits, behind = -8*tail, false; name == payload {
		return from, here(), true
	}
	for _, op := range l.tailOps {
		from = here()
		bits += model.Bits(op)
		if op.Field != nil && op.Field.Name == name {
			return from, here(), true
		}
	}
	return spot{}, spot{}, false
}

// sum works out where the checksum is and what it is of.
func (l *layoutDecl) sum(s *model.Sum, field, over value) {
	p := l.d.f.Packet
	at, _, found := l.spots(field.Value)
	s.Type = l.sumType(field.Value)
	if !found || s.Type == nil {
		field.fail("checksum-field", "", "the layout has no field %s", quoteName(field.Value))
		return
	}
	first, last, isRange := strings.Cut(over.Value, "..")
	if !isRange {
		last = first
	}
	from, _, foundFrom := l.spots(first)
	if first == "start" {
		from, foundFrom = spot{known: true}, true
	}
	_, to, foundTo := l.spots(last)
	switch {
	case !foundFrom || !foundTo:
		over.fail("checksum-field", "name fields of the layout, payload or start: start..payload", "%s is no range of the layout", over.describe())
		return
	case first == field.Value || last == field.Value:
		over.fail("checksum-field", "", "a checksum cannot be of itself")
		return
	case !at.known || !from.known || !to.known:
		over.fail("checksum-field", "begin and end it with a whole byte", "%s begins or ends inside a byte", over.describe())
		return
	}
	s.At, s.From, s.To = at.at, from.at, to.at
	s.AtBehind, s.FromBehind, s.ToBehind = at.behind, from.behind, to.behind
	l.sumWidth(s, field)
	p.Sum = s
}

// sumType is the type of the checksum's field; nil where there is none.
func (l *layoutDecl) sumType(name string) *model.Type {
	for _, op := range append(l.headOps[:len(l.headOps):len(l.headOps)], l.tailOps...) {
		if op.Kind == model.OpSum && op.Field.Name == name {
			return op.Field.Type
		}
	}
	return nil
}
