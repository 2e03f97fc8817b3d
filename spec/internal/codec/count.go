package codec

import (
	"math"

	"github.com/linewright/linewright/spec/model"
)

// count reads a count and keeps what it says of the one field that is not
// known yet (G5).
func (p *parser) count(s *fields, op *model.Op) {
	path := s.name(op.Field)
	v := p.value(op.Field.Type, path, op.Stops)
	if n, isUint := v.(uint64); isUint && len(p.at) > 0 {
		// For Measure, too many is a frame too large, not another message.
		v = min(n, math.MaxInt64)
	}
	p.note(Place{Kind: PlaceField, Path: path, Counted: true})
	if p.r.Err() != nil {
		return
	}
	s.solve(p, op, path, v)
	p.note(Place{Kind: PlaceLength, Path: path, Counted: true})
}

// solve finds the unknown term of a count.
func (s *fields) solve(p *parser, op *model.Op, path string, v any) {
	n, ok := integer(v)
	var unknown model.Term
	for _, t := range op.Terms {
		size, known := s.told(t)
		switch {
		case known && t.Minus:
			n, ok = add(n, size, ok)
		case known:
			n, ok = add(n, -size, ok)
		default:
			unknown = t
		}
	}
	switch {
	case !ok:
		p.r.Fail(path, "is more than a frame can hold")
	case unknown.Field == nil && n != 0:
		p.r.Fail(path, "disagrees with the parts that it counts")
	case n < 0:
		p.r.Fail(path, "is less than the parts that it counts")
	case unknown.Field == nil:
	case !unknown.Bytes:
		s.counts.set(unknown.Field, n)
	case unknown.Item == 0:
		s.sizes.set(unknown.Field, n)
	case n%int64(unknown.Item) != 0:
		p.r.Fail(path, notWhole)
	default:
		s.counts.set(unknown.Field, n/int64(unknown.Item))
	}
}

// told is what is known of a term so far.
func (s *fields) told(t model.Term) (n int64, known bool) {
	switch {
	case t.Field == nil:
		return t.N, true
	case t.Bytes && t.Item == 0:
		return s.sizes.get(t.Field)
	}
	if n, known = s.counts.get(t.Field); t.Bytes {
		n *= int64(t.Item)
	}
	return n, known
}

const notWhole = "has a count of bytes that is no number of whole items"

// integer is a count's value; ok is false where it is no number that fits.
func integer(v any) (n int64, ok bool) {
	switch v := v.(type) {
	case uint64:
		return int64(v), v <= math.MaxInt64
	case int64:
		return v, true
	default:
		return 0, false
	}
}

// add is a+b; ok stays true where it does not overflow.
func add(a, b int64, ok bool) (int64, bool) {
	sum := a + b
	return sum, ok && (b >= 0) == (sum >= a)
}

// count writes a count: the sum of its terms.
func (a *appender) count(s *given, op *model.Op) {
	path := s.name(op.Field)
	var n int64
	ok := true
	for _, t := range op.Terms {
		size := t.N
		if t.Field != nil {
			size = a.length(s, t)
		}
		if t.Minus {
			size = -size
		}
		n, ok = add(n, size, ok)
	}
	if !ok || n < 0 {
		a.w.Fail(path, "is not a length")
		return
	}
	if op.Field.Type.Kind == model.Int {
		a.value(op.Field.Type, path, op.Stops, n)
		return
	}
	a.value(op.Field.Type, path, op.Stops, uint64(n))
}

// length is what a term counts of the values: items of a list, else bytes.
func (a *appender) length(s *given, t model.Term) int64 {
	switch v := s.value(t.Field).(type) {
	case nil:
		return 0
	case []byte:
		if t.Field.Type.Kind == model.Bytes {
			return int64(len(v))
		}
	case string:
		if t.Field.Type.Kind == model.Text {
			return int64(len(v))
		}
	case []any:
		if t.Bytes {
			return int64(len(a.apart(s, t.Field)))
		}
		return int64(len(v))
	}
	b, err := appendValue(a.framing, t.Field.Type, s.name(t.Field), s.value(t.Field))
	if err != nil {
		a.w.Fail(s.name(t.Field), reason(err))
	}
	return int64(len(b))
}
