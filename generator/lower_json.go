package generator

import (
	"strconv"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// object is a JSON object type.
func (l *lowering) object(t *model.Type) emit.Decl {
	name := l.names.types[t]
	fields := memberFields(t.Members)
	o := &emit.Object{Struct: l.structOf(name, typeDoc(name, "a JSON object", t.Named), visible(fields))}
	o.Members = l.members(t, t.Members, new(int))
	for _, f := range visible(fields) {
		if aliases(f.Type) && l.cloned[t] {
			o.Clone = append(o.Clone, &emit.Field{Name: f.Name, Go: l.names.fields[f], Optional: f.Optional, Value: emit.OwnOnly(l.jsonValue(t, f.Type))})
		}
	}
	return o
}

// frameObject is a frame that is a JSON object; the struct is that of its fields.
func (l *lowering) frameObject(op *model.Op) *emit.Frame {
	in := &model.Type{Named: model.Named{Pos: op.Pos}}
	return &emit.Frame{Members: l.members(in, op.Members, new(int))}
}

// visible leaves out the fields that nobody sees.
func visible(fields []*model.Field) []*model.Field {
	var list []*model.Field
	for _, f := range fields {
		if f.Name != ignored {
			list = append(list, f)
		}
	}
	return list
}

// members lowers members; nested numbers the variables for objects inside.
func (l *lowering) members(t *model.Type, members []*model.Member, nested *int) []emit.Member {
	var list []emit.Member
	for _, m := range members {
		switch {
		case m.Others:
			list = append(list, emit.Member{Key: m.Field.Name, Go: l.names.fields[m.Field], Others: append([]string{}, model.Keys(members)...)})
		case m.IsConst:
			list = append(list, emit.Constant(m.Key, m.Optional, m.Const))
		case m.Field != nil:
			out := emit.Member{Key: m.Key, Optional: m.Optional, Set: m.Field.Optional, Value: l.jsonValue(t, m.Field.Type), Default: l.byDefault(m.Field)}
			if m.Field.Name != ignored {
				out.Go = l.names.fields[m.Field]
			}
			list = append(list, out)
		default:
			*nested++
			out := emit.Member{Key: m.Key, Optional: m.Optional, Nested: true, Local: "o" + strconv.Itoa(*nested)}
			if m.Items != nil {
				out.Nested, out.Items, out.Local = false, true, "list"+strconv.Itoa(*nested)
			}
			out.Object = l.members(t, m.Inside(), nested)
			for _, f := range visible(memberFields(m.Inside())) {
				if f.Optional || f.HasDefault {
					out.Fields = append(out.Fields, &emit.Field{Go: l.names.fields[f], Default: l.byDefault(f)})
				}
			}
			list = append(list, out)
		}
	}
	return list
}

// jsonValue is how a value of a JSON object is written and read.
func (l *lowering) jsonValue(in, t *model.Type) *emit.JSONValue {
	v := &emit.JSONValue{Go: l.goType(t)}
	if limited(t) {
		v.Limits = l.names.types[t]
	}
	switch t.Kind {
	case model.Text:
		v.Method, v.Wire = "Text", emit.Named("string")
	case model.Bool:
		v.Method, v.Wire = "Bool", v.Go
	case model.Int:
		v.Method, v.Wire, v.Bits = "Int", emit.Named("int64"), bits(t)
	case model.Uint:
		v.Method, v.Wire, v.Bits = "Uint", emit.Named("uint64"), bits(t)
	case model.Decimal:
		v.Method, v.Wire = "Decimal", v.Go
	case model.Float:
		v.Method, v.Wire = "Float", v.Go
	case model.JSONRaw:
		v.Method, v.Wire = "Raw", emit.Bytes
	case model.JSON:
		v.Object = l.names.types[t]
	case model.List:
		v.List = l.jsonValue(in, t.Elem)
	case model.Enum:
		base := l.jsonValue(in, enumBase(t))
		v.Method, v.Wire, v.Bits, v.Closed, v.Clone = base.Method, base.Wire, base.Bits, !t.Open, base.Method == "Text"
	default:
		l.fail(in.Pos, "types."+in.Name, "there is no JSON form of %s", t.Kind)
	}
	return v
}
