package codec

import (
	"math"
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// told is what a key of pairs says of a later field.
type told struct {
	n  int64
	ok bool
}

// countOf is the index of a key that counts; -1: it does not.
func countOf(t *model.Type, key string) int {
	return slices.IndexFunc(t.Pairs.Counts, func(k *model.PairCount) bool { return k.Key == key })
}

// tell reads the value of a key that counts; false: it is another key. It comes
// once, also where other keys that come again are kept: two lengths would leave
// open which one holds.
func (p *parser) tell(t *model.Type, path, key string) bool {
	i := countOf(t, key)
	if i < 0 {
		return false
	}
	k := t.Pairs.Counts[i]
	path = below(path, k.Of)
	if p.told[i].ok {
		p.r.Fail(path, "comes more than once")
		return true
	}
	v, _ := p.value(k.Op.Field.Type, path, nil).(uint64)
	// Too many is a frame too large, as with other counts.
	p.told[i] = told{n: int64(min(v, math.MaxInt64)), ok: true}
	return true
}

// allTold complains about a key that is missing; an optional one counts nothing.
func (p *parser) allTold(t *model.Type, path string) {
	for i, k := range t.Pairs.Counts {
		if !p.told[i].ok && !k.Optional {
			p.r.Fail(below(path, k.Of), isMissing)
		}
	}
}

// tells keeps what the pairs have said of later fields.
func (p *parser) tells(s *fields, op *model.Op) {
	for i, c := range op.Tells {
		s.counts.set(c.Terms[0].Field, p.told[i].n)
	}
}

// lengths are those of the fields that the pairs of op count.
func (a *appender) lengths(s *given, op *model.Op) {
	if len(op.Tells) == 0 {
		return
	}
	a.told = a.told[:0]
	for _, c := range op.Tells {
		a.told = append(a.told, a.length(s, c.Terms[0]))
	}
}

// counts writes the keys that count.
func (s *pairsOut) counts() {
	for i, k := range s.t.Pairs.Counts {
		n, path := s.told[i], below(s.path, k.Of)
		if n > 0 || !k.Optional {
			s.pair(path, func() { s.w.Lit(k.Key) }, func() { s.value(k.Op.Field.Type, path, nil, uint64(n)) })
		}
	}
}
