package codec

import (
	"bytes"
	"slices"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Parse reads a frame, without its final terminator, by a template. The values
// share no memory with frame. The error is a [*wire.FieldError]; its Field is
// empty outside fields, and a path ("options.user") in nested ones.
func Parse(f *wire.Framing, t *model.Template, frame []byte) (Values, error) {
	p := newParser(f.Of(t.Frame), frame)
	values := p.template(t, "")
	p.end()
	if err := p.r.Err(); err != nil {
		return nil, err
	}
	return values, nil
}

// Check reports whether frame is valid by a template.
func Check(f *wire.Framing, t *model.Template, frame []byte) error {
	_, err := Parse(f, t, frame)
	return err
}

// parser reads one frame. After an error everything it does is void.
type parser struct {
	framing *wire.Framing
	r       wire.Reader
	place   Place // of the first error
	last    Place // what was read last
	// at is where to stop, for Measure: an op of the current template, then
	// one of its layout's; empty: nowhere. done: stopped there, with size.
	at   []*model.Op
	done bool
	size int
	told []told // by the keys of the pairs that were read last
	// outermost is the path of the value of a type that may hold itself.
	outermost string
	spans     *spans // nil: nobody asks for them
}

func newParser(f *wire.Framing, frame []byte) *parser {
	return &parser{framing: f, r: wire.NewReader(frame, f)}
}

// fields is one template's state while it is parsed.
type fields struct {
	path   string // of the field that holds the template; empty: a frame
	values Values
	at     int // the value that was set last
	// counts are the fields that a count has told the length of: in bytes,
	// or items of a list.
	counts numbers
	sizes  numbers // of lists whose items differ in size, in bytes
	flags  numbers // that nobody sees
	body   wire.Padding
}

// numbers are those of a few fields; a map for each of many small templates would
// take more memory than what they read.
type numbers []numbered

type numbered struct {
	field *model.Field
	n     int64
}

func (l *numbers) set(f *model.Field, n int64) {
	for i := range *l {
		if (*l)[i].field == f {
			(*l)[i].n = n
			return
		}
	}
	*l = append(*l, numbered{f, n})
}

// of is the number of a field, 0 where it has none.
func (l numbers) of(f *model.Field) int64 {
	n, _ := l.get(f)
	return n
}

func (l numbers) get(f *model.Field) (n int64, ok bool) {
	for i := range l {
		if l[i].field == f {
			return l[i].n, true
		}
	}
	return 0, false
}

// stopped reports whether there is nothing more to do: an error, or Measure's
// place is reached.
func (p *parser) stopped() bool { return p.done || p.r.Err() != nil }

// note keeps the place of the first error.
func (p *parser) note(at Place) {
	if p.r.Err() != nil && p.place.Kind == "" {
		if before := p.last; before.Kind != "" {
			at.After = &before
		}
		p.place = at
		at.After = nil
	}
	p.last = at
}

func (p *parser) end() {
	if p.r.Err() == nil {
		// The error, if there is one, sticks.
		_ = p.r.Done()
	}
	p.note(Place{Kind: PlaceEnd})
}

// template reads all of t's ops; every field of t is among the values.
func (p *parser) template(t *model.Template, path string) Values {
	s := &fields{path: path, values: make(Values, len(t.Fields))}
	for i, f := range t.Fields {
		s.values[i] = Item{Name: f.Name, Value: Default(f), Secret: f.Secret}
	}
	p.ops(s, t.Ops)
	return s.values
}

func (p *parser) ops(s *fields, ops []*model.Op) {
	for i, op := range ops {
		if p.stopped() {
			return
		}
		if op.Kind == model.OpBreak && ofList(ops, i) {
			continue // each item brings its own
		}
		p.op(s, op)
	}
}

func (p *parser) op(s *fields, op *model.Op) {
	switch op.Kind {
	case model.OpLit:
		p.r.Lit(op.Lit)
		p.note(Place{Kind: PlaceLiteral, Due: op.Lit})
	case model.OpBreak:
		p.r.Break()
		p.note(Place{Kind: PlaceLiteral, Due: p.framing.SendEnd})
	case model.OpField:
		p.field(s, op)
	case model.OpSame:
		p.same(s, op)
	case model.OpCount:
		p.count(s, op)
	case model.OpOptional:
		p.optional(s, op)
	case model.OpObject:
		p.frameObject(s, op)
	case model.OpConst:
		p.constant(op)
	case model.OpFlag:
		s.flags.set(op.Field, int64(p.r.Bits(s.name(op.Field), 1)))
		p.skipBits(1)
		p.note(Place{Kind: PlaceField, Path: s.name(op.Field)})
	case model.OpBody:
		s.body = p.r.Body()
	case model.OpBodyEnd:
		p.r.EndBody(s.body)
		p.note(Place{Kind: PlaceEnd})
	case model.OpSize:
		from := p.r.Offset()
		p.r.Size()
		p.span(from, s.name(op.Field), nil, PlaceLength)
		p.note(Place{Kind: PlaceLength})
	case model.OpSum:
		from := p.r.Offset()
		p.r.Sum()
		p.span(from, s.name(op.Field), nil, PlaceField)
		p.note(Place{Kind: PlaceField, Path: s.name(op.Field)})
	default:
		p.r.Fail("", "this version does not know "+string(op.Kind))
		p.note(Place{Kind: PlaceLiteral})
	}
}

func (p *parser) field(s *fields, op *model.Op) {
	if len(p.at) > 0 && p.at[0] == op {
		p.at = p.at[1:]
		if len(p.at) == 0 {
			p.measure(s, op)
			return
		}
	}
	path := s.name(op.Field)
	from := p.r.Offset()
	v := p.counted(s, op, path)
	if op.Count != nil || op.Rest {
		p.span(from, path, op.Field.Type, PlaceField)
	}
	p.note(Place{Kind: PlaceField, Path: path, Counted: op.Count != nil || len(op.Tells) > 0})
	if p.r.Err() != nil {
		return
	}
	s.set(op.Field, v)
	p.tells(s, op)
}

// counted reads a field whose extent a count gives, or any other.
func (p *parser) counted(s *fields, op *model.Op, path string) any {
	switch {
	case op.Until != nil:
		return p.lines(op, path)
	case op.Rest:
		return p.rest(op, path)
	case op.Count == nil:
		return p.value(op.Field.Type, path, op.Stops)
	}
	if op.Sized != nil {
		return p.sized(s, op, path)
	}
	n, ok := s.counts.get(op.Field)
	if !ok || n < 0 {
		p.r.Fail(path, "has no count")
		return nil
	}
	t := op.Field.Type
	switch {
	case t.Kind == model.List:
		return p.list(t, path, op.Stops, n)
	case t.Kind == model.Bytes:
		return p.constrained(t, path, bytes.Clone(p.r.Bytes(path, uint64(n))))
	case t.Kind == model.Text:
		return p.constrained(t, path, string(p.fixedText(path, n)))
	default:
		return p.within(p.r.Bytes(path, uint64(n)), t, path)
	}
}

// within reads a value that fills raw to its end.
func (p *parser) within(raw []byte, t *model.Type, path string) any {
	if p.r.Err() != nil {
		return nil
	}
	inner := newParser(p.framing, raw)
	if p.spans != nil {
		inner.spans = &spans{base: p.spans.base + p.r.Offset() - len(raw)}
		defer func() { p.spans.all = append(p.spans.all, inner.spans.all...) }()
	}
	v := inner.value(t, path, nil)
	if inner.r.Err() == nil {
		_ = inner.r.Done()
	}
	if err := inner.r.Err(); err != nil {
		p.r.Fail(path, reason(err))
		return nil
	}
	return v
}

// same compares what comes next with an earlier field's canonical form.
func (p *parser) same(s *fields, op *model.Op) {
	path, from := s.name(op.Field), p.r.Offset()
	defer func() { p.span(from, path, nil, PlaceField) }()
	v, ok := s.values.Get(op.Field.Name)
	if !ok {
		p.r.Fail(path, "is not there to be repeated")
	} else if again, err := appendValue(p.framing, op.Field.Type, path, v); err != nil {
		p.r.Fail(path, reason(err))
	} else {
		p.r.Same(path, again)
	}
	p.note(Place{Kind: PlaceField, Path: path})
}

func (s *fields) name(f *model.Field) string {
	if s.path == "" {
		return f.Name
	}
	return s.path + "." + f.Name
}

// set keeps a field's value; that of a "_" is dropped.
func (s *fields) set(f *model.Field, v any) {
	if i := s.values.index(f.Name, s.at); i >= 0 {
		s.values[i].Value = v
		s.at = i
	}
}

// ofList reports whether the break at i belongs to a list that stands on its
// lines, each item of which brings its own: a counted one after it or one that
// goes on to the frame's end, or before it one that goes on until the next line.
func ofList(ops []*model.Op, i int) bool {
	return i+1 < len(ops) && (ops[i+1].ToEnd() || ops[i+1].Count != nil && standsOnLines(ops[i+1].Field.Type)) || i > 0 && ops[i-1].Until != nil
}

func join(a, b []string) []string {
	if len(b) == 0 {
		return a
	}
	return append(slices.Clip(a), b...)
}
