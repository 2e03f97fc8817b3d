package codec

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// object reads a JSON object; members that the type does not have are ignored,
// null is absent.
func (p *parser) object(t *model.Type, path string) any {
	o, err := wire.ParseObject(p.r.JSON(path))
	if err != nil {
		p.r.Nest(path, err)
		return nil
	}
	values := readMembers(o, t.Members)
	if err := o.Err(); err != nil {
		p.r.Nest(path, err)
		return nil
	}
	return values
}

// frameObject reads a frame that is an object.
func (p *parser) frameObject(s *fields, op *model.Op) {
	from := p.r.Offset()
	o := p.r.Object()
	for _, it := range readMembers(o, op.Members) {
		if i := s.values.index(it.Name, s.at); i >= 0 && it.Value != nil {
			s.values[i].Value, s.at = it.Value, i
		}
	}
	p.r.Nest("", o.Err())
	if p.spans != nil {
		p.spans.members(p.r.Since(from), from, op.Members)
	}
	p.note(placeIn(op.Members, p.r.Err()))
}

// placeIn is where an object was refused: at a field, by its name, or at what
// the object fixes.
func placeIn(members []*model.Member, err error) Place {
	var bad *wire.FieldError
	if !errors.As(err, &bad) {
		return Place{Kind: PlaceLiteral}
	}
	rest := bad.Field
	for range strings.Count(rest, ".") + strings.Count(rest, "[") + 1 {
		m, behind := find(members, rest)
		switch {
		case m == nil:
			return Place{Kind: PlaceLiteral}
		case m.Field != nil:
			return Place{Kind: PlaceField, Path: m.Field.Name + behind}
		}
		members, rest = m.Inside(), strings.TrimPrefix(behind, ".")
	}
	return Place{Kind: PlaceLiteral}
}

// find is the member that a path of keys and indexes begins with, and the rest
// of the path.
func find(members []*model.Member, path string) (m *model.Member, rest string) {
	for i, m := range members {
		key := m.Key
		if strings.HasPrefix(path, "[") {
			key = "[" + strconv.Itoa(i) + "]"
		}
		rest, ok := strings.CutPrefix(path, key)
		if ok && !m.Others && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return m, rest
		}
	}
	return nil, ""
}

// readMembers gives the fields of members and of the objects inside them.
func readMembers(o *wire.Object, members []*model.Member) Values {
	out := Values{}
	for _, m := range members {
		switch {
		case m.Others:
			it := Item{Name: m.Field.Name}
			if raw := o.Others(model.Keys(members)...); raw != nil {
				it.Value = raw
			}
			out = append(out, it)
		case m.Optional && !o.Has(m.Key):
			out = append(out, absent(m)...)
		default:
			out = append(out, readMember(member{o, m.Key}, m)...)
		}
	}
	return out
}

// readMember gives the fields of a member that is there.
func readMember(s jsonSource, m *model.Member) Values {
	switch {
	case m.Items != nil:
		return readItems(s.List(), s, m.Items)
	case m.Object != nil:
		return readMembers(s.Object(), m.Object)
	case m.IsConst:
		s.Const(m.Const)
	case m.Field != nil:
		if v := readJSON(s, m.Field.Type); m.Field.Name != ignored {
			return Values{{Name: m.Field.Name, Value: v, Secret: m.Field.Secret}}
		}
	}
	return nil
}

// readItems gives the fields of a list's items, each of which has a meaning of
// its own.
func readItems(l *wire.List, in jsonSource, items []*model.Member) Values {
	out := Values{}
	l.Exactly(len(items))
	for i, m := range items {
		out = append(out, readMember(item{l, i, in}, m)...)
	}
	return out
}

// absent are the fields of a member that is not there.
func absent(m *model.Member) Values {
	var out Values
	for _, f := range memberFields([]*model.Member{m}) {
		if f.Name != ignored {
			out = append(out, Item{Name: f.Name, Secret: f.Secret})
		}
	}
	return out
}

// jsonSource is one value of a JSON object or array.
type jsonSource interface {
	Text() string
	Bool() bool
	Int(bits int) int64
	Uint(bits int) uint64
	Decimal() wire.Decimal
	Float() float64
	Raw() []byte
	Object() *wire.Object
	List() *wire.List
	Const(want any)
	Fail(reason string)
}

// readJSON reads one value of t.
func readJSON(s jsonSource, t *model.Type) any {
	v := readJSONValue(s, t)
	if why := violates(t, v); why != "" {
		s.Fail(why)
	}
	return v
}

func readJSONValue(s jsonSource, t *model.Type) any {
	switch t.Kind {
	case model.Text:
		return strings.Clone(s.Text())
	case model.Bool:
		return s.Bool()
	case model.Int:
		return s.Int(bits(t))
	case model.Uint:
		return s.Uint(bits(t))
	case model.Decimal:
		return s.Decimal()
	case model.Float:
		return s.Float()
	case model.JSONRaw:
		v, err := compact(s.Raw())
		if err != nil {
			s.Fail(reason(err))
		}
		return v
	case model.Enum:
		e, ok := enumOf(t, enumText(enumBase(t), readJSON(s, enumBase(t))))
		if !ok {
			s.Fail(notInEnum)
		}
		return e
	case model.JSON:
		return readMembers(s.Object(), t.Members)
	case model.List:
		list := s.List()
		items := make([]any, list.Len())
		for i := range items {
			items[i] = readJSON(item{list, i, s}, t.Elem)
		}
		return items
	default:
		s.Fail("this version has no JSON form of " + string(t.Kind))
		return nil
	}
}

// member is a value of an object.
type member struct {
	o   *wire.Object
	key string
}

func (m member) Text() string          { return m.o.Text(m.key) }
func (m member) Bool() bool            { return m.o.Bool(m.key) }
func (m member) Int(bits int) int64    { return m.o.Int(m.key, bits) }
func (m member) Uint(bits int) uint64  { return m.o.Uint(m.key, bits) }
func (m member) Decimal() wire.Decimal { return m.o.Decimal(m.key) }
func (m member) Float() float64        { return m.o.Float(m.key) }
func (m member) Raw() []byte           { return bytes.Clone(m.o.Raw(m.key)) }
func (m member) Const(want any)        { m.o.Const(m.key, want) }
func (m member) Object() *wire.Object  { return m.o.Object(m.key) }
func (m member) List() *wire.List      { return m.o.List(m.key) }
func (m member) Fail(reason string)    { m.o.Fail(m.key, reason) }

// item is a value of an array.
type item struct {
	l  *wire.List
	i  int
	in jsonSource
}

func (x item) Text() string          { return x.l.Text(x.i) }
func (x item) Bool() bool            { return x.l.Bool(x.i) }
func (x item) Int(bits int) int64    { return x.l.Int(x.i, bits) }
func (x item) Uint(bits int) uint64  { return x.l.Uint(x.i, bits) }
func (x item) Decimal() wire.Decimal { return x.l.Decimal(x.i) }
func (x item) Float() float64        { return x.l.Float(x.i) }
func (x item) Raw() []byte           { return x.l.Raw(x.i) }
func (x item) List() *wire.List      { return x.l.List(x.i) }
func (x item) Const(want any)        { x.l.Const(x.i, want) }
func (x item) Object() *wire.Object  { return x.l.Object(x.i) }
func (x item) Fail(reason string)    { x.in.Fail(reason) }
