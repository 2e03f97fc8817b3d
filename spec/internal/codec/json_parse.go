package codec

import (
	"bytes"
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

// readMembers gives the fields of members and of the objects inside them.
func readMembers(o *wire.Object, members []*model.Member) Values {
	out := Values{}
	for _, m := range members {
		here := !m.Optional || o.Has(m.Key)
		switch {
		case m.Object != nil && here:
			out = append(out, readMembers(o.Object(m.Key), m.Object)...)
		case m.Object != nil:
			out = append(out, absent(memberFields(m.Object))...)
		case m.IsConst && here:
			o.Const(m.Key, m.Const)
		case m.Field != nil && here:
			v := readJSON(member{o, m.Key}, m.Field.Type)
			if m.Field.Name != ignored {
				out = append(out, Item{Name: m.Field.Name, Value: v, Secret: m.Field.Secret})
			}
		case m.Field != nil:
			out = append(out, absent([]*model.Field{m.Field})...)
		}
	}
	return out
}

func absent(fields []*model.Field) Values {
	var out Values
	for _, f := range fields {
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
	Raw() []byte
	Object() *wire.Object
	List() *wire.List
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
func (m member) Raw() []byte           { return bytes.Clone(m.o.Raw(m.key)) }
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
func (x item) Raw() []byte           { return x.l.Raw(x.i) }
func (x item) Object() *wire.Object  { return x.l.Object(x.i) }
func (x item) Fail(reason string)    { x.in.Fail(reason) }

// List has nothing to read: an array directly inside another is not in the language.
func (x item) List() *wire.List {
	x.Fail("this version has no lists of lists")
	return &wire.List{}
}
