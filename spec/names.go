package spec

import "github.com/linewright/linewright/spec/model"

// table is what a document calls by name, in its order.
type table[T any] struct {
	what   string // "message"
	names  []string
	byName map[string]T
	// apart are names of the same section for what cannot stand where these can, and
	// complains about it.
	apart map[string]func(v value, pos model.Pos)
}

func newTable[T any](what string) *table[T] {
	return &table[T]{what: what, byName: map[string]T{}}
}

func (t *table[T]) add(name string, thing T) {
	t.names = append(t.names, name)
	t.byName[name] = thing
}

// all calls f for everything in the table.
func (t *table[T]) all(f func(T)) {
	for _, name := range t.names {
		f(t.byName[name])
	}
}

// find looks up a name that is written at pos of v, and complains where there
// is none.
func (t *table[T]) find(v value, pos model.Pos, name string) (T, bool) {
	thing, ok := t.byName[name]
	if complain := t.apart[name]; complain != nil {
		complain(v, pos)
	} else if !ok {
		v.failAt(pos, "unknown-name", v.in.guess(name, t.names), "there is no %s %s", t.what, quoteName(name))
	}
	return thing, ok
}

// refer reads a scalar as the name of a thing in the table.
func (t *table[T]) refer(v value, f func(T)) {
	if !v.nameScalar("the name of a " + t.what) {
		return
	}
	if thing, ok := t.find(v, v.Pos, v.Value); ok {
		f(thing)
	}
}

// referEach is refer for one name or a list of them; a name that comes twice is
// a finding.
func (t *table[T]) referEach(v value, f func(value, T)) {
	seen := map[string]bool{}
	v.oneOrEach(func(v value) {
		t.refer(v, func(thing T) {
			if seen[v.Value] {
				v.fail("duplicate-name", "", "%s %s is named twice", t.what, quoteName(v.Value))
				return
			}
			seen[v.Value] = true
			f(v, thing)
		})
	})
}

// fieldOf finds a field that the template's user sees.
func fieldOf(fields []*model.Field, name string) *model.Field {
	for _, f := range fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// findField is fieldOf with a complaint about the name at pos.
func findField(v value, pos model.Pos, fields []*model.Field, owner, name string) *model.Field {
	f := fieldOf(fields, name)
	if f == nil {
		v.failAt(pos, "unknown-name", v.in.guess(name, fieldNames(fields)), "%s has no field %s", owner, quoteName(name))
	}
	return f
}

func fieldNames(fields []*model.Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}
