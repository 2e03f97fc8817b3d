package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// sized reads a list whose bytes are counted, and perhaps its items, which differ
// in size: they fill those bytes.
func (p *parser) sized(s *fields, op *model.Op, path string) any {
	t, items := op.Field.Type, []any{}
	size := s.sizes.of(op.Field)
	within := p.r.Within(path, uint64(size))
	n, counted := s.counts.get(op.Field)
	for counted && n > int64(len(items)) || !counted && p.r.Left(0) > 0 {
		v := p.value(t.Elem, itemPath(path, len(items)), nil)
		if p.stopped() {
			return nil
		}
		items = append(items, v)
	}
	p.r.EndWithin(path, within)
	return items
}

// apart gives the bytes of a list, which are counted before it; they are made once.
func (a *appender) apart(s *given, f *model.Field) []byte {
	if b, done := s.apart[f]; done {
		return b
	}
	path, v := s.name(f), s.value(f)
	b := a.w.Apart(func(w *wire.Writer) {
		inner := &appender{framing: a.framing, w: *w}
		inner.items(f.Type, path, v)
		*w = inner.w
	})
	if s.apart == nil {
		s.apart = map[*model.Field][]byte{}
	}
	s.apart[f] = b
	return b
}
