package breaking

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// canon is a part of a model as text that is the same where it means the same: without
// places and what people read, messages and commands by name.
func canon(v any) string { return named(v, nil) }

// named is canon by other names of messages and commands than their own.
func named(v any, names map[any]string) string {
	c := &canonical{within: map[any]bool{}, names: names}
	c.value(reflect.ValueOf(v))
	return c.b.String()
}

type canonical struct {
	b      strings.Builder
	within map[any]bool // types that are being written: some hold themselves
	names  map[any]string
	// shape leaves out what fields are: only where they are matters.
	shape bool
}

// shape is the form of a template alone: its literals, and where its fields are.
func shape(ops []*model.Op) string {
	c := &canonical{within: map[any]bool{}, shape: true}
	c.value(reflect.ValueOf(ops))
	return c.b.String()
}

// silent are the fields of structs that change nothing.
var silent = map[string]bool{
	"Pos": true, "Doc": true, "Ref": true, "Since": true, "Deprecated": true, "Source": true, "Examples": true, "GoName": true, "Zero": true, "Group": true,
}

func (c *canonical) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		c.pointer(v)
	case reflect.Struct:
		c.fields(v)
	case reflect.Slice, reflect.Array:
		c.b.WriteByte('[')
		for i := range v.Len() {
			c.value(v.Index(i))
			c.b.WriteByte(' ')
		}
		c.b.WriteByte(']')
	default:
		fmt.Fprintf(&c.b, "%#v", v)
	}
}

func (c *canonical) pointer(v reflect.Value) {
	if v.IsNil() {
		c.b.WriteString("-")
		return
	}
	switch p := v.Interface().(type) {
	case *model.Message:
		c.b.WriteString("message " + cmp.Or(c.names[p], p.Name))
		return
	case *model.Command:
		c.b.WriteString("command " + cmp.Or(c.names[p], p.Name))
		return
	case *model.Field:
		if c.shape {
			fmt.Fprintf(&c.b, "field %s %t", p.Name, p.Optional)
			return
		}
	case *model.Type:
		if c.within[p] {
			c.b.WriteString("type " + p.Name)
			return
		}
		c.within[p] = true
		defer delete(c.within, p)
	}
	c.value(v.Elem())
}

func (c *canonical) fields(v reflect.Value) {
	t := v.Type()
	c.b.WriteByte('{')
	for i := range t.NumField() {
		if silent[t.Field(i).Name] || v.Field(i).IsZero() {
			continue
		}
		if t.Field(i).Anonymous { // Named
			c.value(v.Field(i))
			continue
		}
		c.b.WriteString(t.Field(i).Name + ":")
		c.value(v.Field(i))
		c.b.WriteByte(' ')
	}
	c.b.WriteByte('}')
}
