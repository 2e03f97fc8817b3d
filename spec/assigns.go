package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// assigns gives every field of a command its value: from with, else from the
// parameter of that name. at is what sends the command.
func (s *scope) assigns(at, with value, d *commandDecl) []model.Assign {
	if !d.tmpl.ok {
		return nil
	}
	if !spend(&s.w.assigns, d.tmpl.size, at, "all steps together send too many fields; at most %d are read", maxAssigns) {
		return nil
	}
	return s.assignsTo(&assigner{scope: s, at: at, command: d.name}, with, d)
}

func (s *scope) assignsTo(a *assigner, with value, d *commandDecl) []model.Assign {
	a.fields(d.tmpl.Fields, with, nil, "command "+d.name)
	return a.out
}

type assigner struct {
	*scope
	at      value
	command string
	out     []model.Assign
	// argument, if not nil, takes a field that nothing gives its value.
	argument func(f *model.Field)
	// item: the fields are in an item of a list, where no parameter that may be
	// absent is taken by itself.
	item bool
}

// fields walks along fields and, where they are objects, into them.
func (a *assigner) fields(fields []*model.Field, with value, path []*model.Field, owner string) {
	if !with.absent() {
		if !with.is(document.Map, "a map of fields to values") {
			return
		}
		for _, e := range with.Keys {
			if findField(with.child(e.Value, document.Step(e.Key)), e.Pos, fields, owner, e.Key) == nil {
				// A slip is read as what was meant, as in mapping.
				if meant := a.w.meant(e.Key, fieldNames(fields)); meant != "" && with.Get(meant) == nil {
					e.Key = meant
				}
			}
		}
	}
	for _, f := range fields {
		given := value{}
		if !with.absent() {
			if e := with.Get(f.Name); e != nil {
				given = with.child(e.Value, document.Step(e.Key))
			}
		}
		a.field(f, given, append(path[:len(path):len(path)], f))
	}
}

func (a *assigner) field(f *model.Field, given value, path []*model.Field) {
	inside := fieldsOf(f.Type)
	switch {
	case !given.absent() && len(inside) > 0 && given.Kind == document.Map:
		a.fields(inside, given, path, f.Name)
	case !given.absent():
		a.add(path, a.given(given, a.needed(secretAs(f, path))))
	case f.Set != nil:
		a.setPresent(a.at, f.Set)
	case a.argument != nil && len(path) == 1:
		a.argument(f)
	case f.Optional && (a.item || !a.bound(inside)):
	case len(inside) > 0:
		a.fields(inside, value{}, path, f.Name)
	default:
		a.byName(f, path)
	}
}

// bound reports whether each of fields that must be there has a parameter of its
// name: else the part with them is left out.
func (a *assigner) bound(fields []*model.Field) bool {
	return !slices.ContainsFunc(fields, func(f *model.Field) bool {
		inside := fieldsOf(f.Type)
		return !f.Optional && !f.HasDefault && (len(inside) > 0 && !a.bound(inside) || len(inside) == 0 && a.w.params.byName[f.Name] == nil)
	})
}

// secretAs is f, secret where one of the fields around it is.
func secretAs(f *model.Field, path []*model.Field) *model.Field {
	for _, outer := range path {
		if outer.Secret && !f.Secret {
			hidden := *f
			hidden.Secret = true
			return &hidden
		}
	}
	return f
}

// needed is f; in an item, what is given is there.
func (a *assigner) needed(f *model.Field) *model.Field {
	if !a.item || !f.Optional {
		return f
	}
	there := *f
	there.Optional = false
	return &there
}

// byName takes the parameter that is called like the field.
func (a *assigner) byName(f *model.Field, path []*model.Field) {
	d := a.w.params.byName[f.Name]
	if d == nil {
		if !f.Optional && !f.HasDefault {
			a.at.fail("unbound", "add it to with, or add a parameter of that name", "field %s of %s has no value", f.Name, a.command)
		}
		return
	}
	e := a.param(a.at, a.at.Pos, d, secretAs(f, path), true)
	if t := scalarOf(f.Type); t == nil || !assignable(e.Type, t) {
		a.at.fail("type-mismatch", "", "parameter %s does not fit field %s of %s", d.name, f.Name, a.command)
		return
	}
	a.add(path, e)
}

func (a *assigner) add(path []*model.Field, e *model.Expr) {
	if e != nil {
		a.out = append(a.out, model.Assign{Path: path, Value: e})
	}
}
