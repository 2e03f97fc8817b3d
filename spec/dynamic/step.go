package dynamic

import (
	"fmt"

	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/plan"
)

// encoder writes the command of a step.
func (p *Protocol) encoder(h *plan.Hook) func(dst []byte, v *session.Vars) ([]byte, error) {
	step, answer := h.Step, h.Answers
	if h.Let != nil {
		return p.letter(h.Let)
	}
	return func(dst []byte, v *session.Vars) ([]byte, error) {
		s := p.scriptScope(v, answer)
		given := Map{}
		for _, a := range step.With {
			if err := s.assign(given, a.Path, a.Value); err != nil {
				return dst, fmt.Errorf("%s: %w", step.Do.Name, err)
			}
		}
		values, err := s.complete(step.Do.Template.Fields, given)
		if err != nil {
			return dst, fmt.Errorf("%s: %w", step.Do.Name, err)
		}
		return codec.Append(dst, &p.plan.Framing, &step.Do.Template, values)
	}
}

// told reads an interval that the server tells.
func (p *Protocol) told(i *model.Interval) func(v *session.Vars) (uint64, bool) {
	return func(v *session.Vars) (uint64, bool) {
		r, err := p.scriptScope(v, nil).eval(i.From)
		n, ok := r.value.(uint64)
		return n, err == nil && ok
	}
}

// letter makes a value of the script.
func (p *Protocol) letter(l *model.Let) func(dst []byte, v *session.Vars) ([]byte, error) {
	return func(dst []byte, v *session.Vars) ([]byte, error) {
		text, ok, err := p.scriptScope(v, nil).text(l.Value)
		if err == nil && !ok {
			err = fmt.Errorf("%s: what it is made of is absent", l.Name)
		}
		return append(dst, text...), err
	}
}

// complete adds the fields that the spec sets by itself, and checks all.
func (s *scope) complete(fields []*model.Field, given Map) (Values, error) {
	for _, f := range fields {
		if f.Set != nil && given[f.Name] == nil {
			if err := s.assign(given, []*model.Field{f}, f.Set); err != nil {
				return nil, err
			}
		}
	}
	fillObjects(fields, given)
	return s.p.Record(fields, given)
}

// assign puts a value where path leads, making the maps on the way. An absent
// value is left out.
func (s *scope) assign(into Map, path []*model.Field, e *model.Expr) error {
	r, err := s.eval(e)
	if err != nil || r.value == nil {
		return err
	}
	last, v := path[len(path)-1], r.value
	if e.Kind != model.ExprArg && e.Kind != model.ExprItem { // those are of the field's type
		if v, err = s.convert(last.Type, r); err != nil {
			return fmt.Errorf("%s: %w", last.Name, err)
		}
	}
	for _, f := range path[:len(path)-1] {
		inner, ok := into[f.Name].(Map)
		if !ok {
			inner = Map{}
			into[f.Name] = inner
		}
		into = inner
	}
	into[last.Name] = v
	return nil
}

// convert makes a result one of type t: as it is, or by its text.
func (s *scope) convert(t *model.Type, r result) (any, error) {
	framing := &s.p.plan.Framing
	if v, err := codec.Convert(framing, t, r.value); err == nil && !wireForm(t, r.value) {
		return v, nil
	}
	if b, ok := r.value.(string); ok && wireForm(t, r.value) && r.t == nil {
		return codec.Convert(framing, t, []byte(b)) // raw bytes, of a function
	}
	text, err := codec.ToText(framing, r.t, r.value)
	if err != nil {
		return nil, err
	}
	return codec.FromText(framing, t, text)
}

// wireForm reports whether Convert would take v for the wire form of bytes.
func wireForm(t *model.Type, v any) bool {
	_, isText := v.(string)
	return isText && (t.Kind == model.HexBytes || t.Kind == model.Base64)
}

// fillObjects gives required objects that no value was assigned to, so that
// those of constants or optional members alone need none.
func fillObjects(fields []*model.Field, given Map) {
	for _, f := range fields {
		if f.Type.Kind != model.JSON || f.Optional && given[f.Name] == nil {
			continue
		}
		if given[f.Name] == nil {
			given[f.Name] = Map{}
		}
		if inner, ok := given[f.Name].(Map); ok {
			fillObjects(codec.FieldsOf(f.Type), inner)
		}
	}
}
