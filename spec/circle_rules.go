package spec

import (
	"github.com/linewright/linewright/spec/internal/flow"
	"github.com/linewright/linewright/spec/model"
)

// round looks at the types of one circle.
type round struct {
	*circles
	in   map[*typeDecl]bool
	ends map[*typeDecl]bool // a value need not hold another
}

// cycle gives a type that leads to itself; nil: none does.
func (r *round) cycle(members []*typeDecl, next func(*typeDecl) []*typeDecl) *typeDecl {
	state := map[*typeDecl]declState{}
	var visit func(*typeDecl) *typeDecl
	visit = func(d *typeDecl) *typeDecl {
		switch state[d] {
		case busy:
			return d
		case finished:
			return nil
		}
		state[d] = busy
		for _, held := range next(d) {
			if found := visit(held); r.in[held] && found != nil {
				return found
			}
		}
		state[d] = finished
		return nil
	}
	for _, d := range members {
		if found := visit(d); found != nil {
			return found
		}
	}
	return nil
}

// shallow are the types that d holds, but for those that say how deep.
func (r *round) shallow(d *typeDecl) []*typeDecl {
	var out []*typeDecl
	for _, held := range r.held(d) {
		if r.in[held] && held.typ.Depth == 0 {
			out = append(out, held)
		}
	}
	return out
}

// begins are the types that a value of d may begin with.
func (r *round) begins(d *typeDecl) []*typeDecl {
	if d.typ.Kind == model.PairsOf {
		return nil // it begins with a key
	}
	var out []*typeDecl
	add := func(ops []*model.Op) {
		for _, held := range r.inOps(ops, nil) {
			if r.in[held] {
				out = append(out, held)
			}
		}
	}
	if d.typ.Kind == model.OneOf {
		add(d.typ.Body.Ops)
		return out
	}
	f := r.frameOf()
	for i, op := range d.typ.Body.Ops {
		add(d.typ.Body.Ops[i : i+1])
		if flow.Solid(op, f != nil && f.f.Content == "binary") {
			break
		}
	}
	return out
}

// endless gives a type each value of which holds another of the circle; nil: all
// have an end. It finds the form of each type that has, whatever the others hold.
func (r *round) endless(members []*typeDecl) *typeDecl {
	for more := true; more; {
		more = false
		for _, d := range members {
			if !r.ends[d] && r.mayEnd(d) {
				r.ends[d], more = true, true
			}
		}
	}
	for _, d := range members {
		if !r.ends[d] {
			return d
		}
	}
	return nil
}

// mayEnd reports whether d has a value of what is known to have an end.
func (r *round) mayEnd(d *typeDecl) bool {
	t := d.typ
	if t.Kind == model.OneOf {
		for i, f := range t.Body.Fields {
			if r.hasEnd(f) {
				t.Zero = i
				return true
			}
		}
		return false
	}
	for _, f := range t.Body.Fields {
		if !f.Optional && !r.hasEnd(f) {
			return false
		}
	}
	return true
}

// hasEnd reports whether a value of the field need not hold another of the circle.
func (r *round) hasEnd(f *model.Field) bool {
	held := r.types.byName[f.Type.Name]
	return f.Type.Kind == model.List || held == nil || !r.in[held] || r.ends[held]
}
