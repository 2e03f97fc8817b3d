package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// object writes a JSON object, its members in the order of the type.
func (a *appender) object(t *model.Type, path string, v any) {
	values, ok := typed[Values](a, path, v)
	if !ok {
		return
	}
	o := wire.NewObject(nil)
	writeObject(&o, t, values)
	raw, err := o.Done()
	if err != nil {
		a.w.Nest(path, err)
		return
	}
	a.w.JSON(path, raw)
}

// frameObject writes a frame that is an object.
func (a *appender) frameObject(s *given, op *model.Op) {
	o := a.w.Object()
	writeMembers(&o, op.Members, &s.values)
	a.w.EndObject(&o)
}

func writeObject(o *wire.ObjectWriter, t *model.Type, v Values) {
	if name, ok := stranger(memberFields(t.Members), v); ok {
		o.Fail(name, "is not a field")
	}
	writeMembers(o, t.Members, &cursor{values: v})
}

func writeMembers(o *wire.ObjectWriter, members []*model.Member, v *cursor) {
	for _, m := range members {
		switch {
		case m.Others:
			writeOthers(o, m, model.Keys(members), v)
		case m.Inside() != nil:
			if m.Optional && !anyValue(memberFields(m.Inside()), v) {
				continue
			}
			if m.Items != nil {
				o.BeginList(m.Key)
			} else {
				o.Begin(m.Key)
			}
			writeMembers(o, m.Inside(), v)
			o.End()
		case m.IsConst:
			writeConst(o, m)
		case m.Field != nil:
			writeField(o, m, v)
		}
	}
}

// writeOthers writes the members that have no place of their own.
func writeOthers(o *wire.ObjectWriter, m *model.Member, known []string, v *cursor) {
	value, ok := v.get(m.Field.Name)
	if !ok {
		return
	}
	raw, isRaw := value.([]byte)
	if !isRaw {
		o.Fail(m.Field.Name, otherType)
		return
	}
	o.Others(m.Field.Name, raw, known...)
}

func anyValue(fields []*model.Field, v *cursor) bool {
	for _, f := range fields {
		if value, ok := v.get(f.Name); ok && says(f, value) {
			return true
		}
	}
	return false
}

func writeConst(o *wire.ObjectWriter, m *model.Member) {
	switch c := m.Const.(type) {
	case nil:
		o.Null(m.Key)
	case bool:
		o.Bool(m.Key, c)
	case int64:
		o.Int(m.Key, c, 64)
	case string:
		o.Text(m.Key, c)
	default:
		o.Fail(m.Key, "this version does not know such constants")
	}
}

func writeField(o *wire.ObjectWriter, m *model.Member, v *cursor) {
	value, ok := v.get(m.Field.Name)
	if m.Field.Name == ignored {
		value, ok = zero(m.Field.Type), !m.Optional
	}
	switch {
	case ok && m.Optional && !says(m.Field, value):
	case ok:
		writeJSON(o, m.Key, m.Field.Type, value)
	case !m.Optional:
		o.Fail(m.Key, isMissing)
	}
}

// writeJSON writes one value of t; the key does not count in lists.
func writeJSON(o *wire.ObjectWriter, key string, t *model.Type, value any) {
	if why := violates(t, value); why != "" {
		o.Fail(key, why)
		return
	}
	ok := false
	switch v := value.(type) {
	case string:
		if ok = t.Kind == model.Text; ok {
			o.Text(key, v)
		}
	case bool:
		if ok = t.Kind == model.Bool; ok {
			o.Bool(key, v)
		}
	case int64:
		if ok = t.Kind == model.Int; ok {
			o.Int(key, v, bits(t))
		}
	case uint64:
		if ok = t.Kind == model.Uint; ok {
			o.Uint(key, v, bits(t))
		}
	case wire.Decimal:
		if ok = t.Kind == model.Decimal; ok {
			o.Decimal(key, v)
		}
	case float64:
		if ok = t.Kind == model.Float; ok {
			o.Float(key, v)
		}
	case []byte:
		if ok = t.Kind == model.JSONRaw; ok {
			o.Raw(key, v)
		}
	default:
		ok = writeNested(o, key, t, value)
	}
	if !ok {
		o.Fail(key, otherType)
	}
}

// writeNested writes enums, lists and objects; false: v is not of type t.
func writeNested(o *wire.ObjectWriter, key string, t *model.Type, value any) bool {
	switch v := value.(type) {
	case Enum:
		if t.Kind == model.Enum {
			writeEnum(o, key, t, v)
		}
		return t.Kind == model.Enum
	case []any:
		if t.Kind != model.List {
			return false
		}
		o.BeginList(key)
		for _, item := range v {
			writeJSON(o, key, t.Elem, item)
		}
		o.End()
		return true
	case Values:
		if t.Kind != model.JSON {
			return false
		}
		o.Begin(key)
		writeObject(o, t, v)
		o.End()
		return true
	default:
		return false
	}
}

func writeEnum(o *wire.ObjectWriter, key string, t *model.Type, e Enum) {
	if _, known := enumOf(t, e.Wire); !known {
		o.Fail(key, notInEnum)
		return
	}
	base := enumBase(t)
	if base.Kind == model.Text {
		writeJSON(o, key, base, e.Wire)
		return
	}
	n, err := parseNumber(base, e.Wire)
	if err != nil {
		o.Fail(key, notInEnum)
		return
	}
	writeJSON(o, key, base, n)
}
