package codec

import (
	"slices"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Append appends the frame of a template, its end included, to dst. The error
// is a [*wire.FieldError] or [*wire.SizeError]; then nothing is appended.
// Values that the template does not have are refused; [Record] makes values out
// of what people give.
func Append(dst []byte, f *wire.Framing, t *model.Template, v Values) ([]byte, error) {
	f = f.Of(t.Frame)
	a := &appender{framing: f, w: wire.NewWriter(dst, f)}
	a.template(t, v, "")
	if t.Prompt {
		return a.w.Done()
	}
	return a.w.End()
}

// appendValue gives one value's wire form, without an end.
func appendValue(f *wire.Framing, t *model.Type, path string, v any) ([]byte, error) {
	a := &appender{framing: f, w: wire.NewWriter(nil, f)}
	a.value(t, path, nil, v)
	return a.w.Done()
}

// appender writes one frame. After an error everything it does is void.
type appender struct {
	framing *wire.Framing
	w       wire.Writer
	told    []int64 // lengths, for the keys of the pairs that come next
}

// given is one template's values while it is written.
type given struct {
	path   string // of the field that holds the template; empty: a frame
	values cursor
	parts  map[*model.Field][]*model.Op // by the flag that tells of them
	apart  map[*model.Field][]byte      // lists whose bytes are counted before them
}

func (a *appender) template(t *model.Template, v Values, path string) {
	if name, ok := stranger(t.Fields, v); ok {
		a.w.Fail(name, "is not a field")
	}
	a.ops(&given{path: path, values: cursor{values: v}}, t.Ops)
}

// stranger is the first of the values that is none of the fields.
func stranger(fields []*model.Field, v Values) (name string, ok bool) {
	for i, it := range v {
		if i < len(fields) && fields[i].Name == it.Name {
			continue // in their order, as they mostly are
		}
		if !slices.ContainsFunc(fields, func(f *model.Field) bool { return f.Name == it.Name }) {
			return it.Name, true
		}
	}
	return "", false
}

func (a *appender) ops(s *given, ops []*model.Op) {
	for i, op := range ops {
		switch op.Kind {
		case model.OpLit:
			a.w.Lit(op.Lit)
		case model.OpBreak:
			if !ofList(ops, i) {
				a.w.Break()
			}
		case model.OpField:
			a.field(s, op)
		case model.OpSame:
			a.same(s, op)
		case model.OpCount:
			a.count(s, op)
		case model.OpOptional:
			a.optional(s, op)
		case model.OpObject:
			a.frameObject(s, op)
		case model.OpConst:
			a.w.Const(op.Value, op.Field.Type.Bits)
		case model.OpFlag:
			s.tell(op)
			a.flag(s, op)
		case model.OpBody, model.OpBodyEnd:
		case model.OpSize:
			a.w.Size()
		case model.OpSum:
			a.w.Sum()
		default:
			a.w.Fail("", "this version does not know "+string(op.Kind))
		}
	}
}

func (a *appender) field(s *given, op *model.Op) {
	t, path := op.Field.Type, s.name(op.Field)
	v := s.value(op.Field)
	if v == nil {
		a.w.Fail(path, isMissing)
		return
	}
	a.lengths(s, op)
	switch {
	case op.Until != nil:
		a.lines(op, path, v)
	case op.Rest:
		a.restOf(t, path, v)
	case op.Sized != nil:
		a.w.Bytes(path, a.apart(s, op.Field))
	case op.Count == nil:
		a.value(t, path, op.Stops, v)
	case t.Kind == model.Bytes:
		if b, ok := typed[[]byte](a, path, v); ok && a.constrained(t, path, b) {
			a.w.Bytes(path, b)
		}
	case t.Kind == model.Text:
		if x, ok := typed[string](a, path, v); ok && a.constrained(t, path, x) {
			a.w.FixedText(path, x, len(x))
		}
	case t.Kind == model.List:
		a.list(t, path, op.Stops, v, true)
	default:
		a.value(t, path, nil, v)
	}
}

// same writes an earlier field's value again.
func (a *appender) same(s *given, op *model.Op) {
	path := s.name(op.Field)
	v := s.value(op.Field)
	if v == nil {
		a.w.Fail(path, isMissing)
		return
	}
	a.value(op.Field.Type, path, op.Stops, v)
}

func (s *given) name(f *model.Field) string {
	if s.path == "" {
		return f.Name
	}
	return s.path + "." + f.Name
}

// value is what is sent for a field; nil where it is absent.
func (s *given) value(f *model.Field) any {
	if f.Name == ignored {
		return zero(f.Type)
	}
	v, _ := s.values.get(f.Name)
	return v
}

// ignored is the name of the fields that nobody sees.
const ignored = "_"

// typed asserts a value's Go type.
func typed[T any](a *appender, path string, v any) (T, bool) {
	x, ok := v.(T)
	if !ok {
		a.w.Fail(path, otherType)
	}
	return x, ok
}
