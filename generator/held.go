package generator

import "github.com/linewright/linewright/spec/model"

// held are the forms of types that hold a value of their type, or of one that holds
// theirs, other than in a list: a Go struct cannot hold itself, but by a pointer.
func held(types []*model.Type) map[*model.Field]bool {
	out := map[*model.Field]bool{}
	for _, t := range types {
		if t.Kind != model.OneOf || t.Group == 0 {
			continue
		}
		for _, f := range t.Body.Fields {
			h := holding{group: t.Group, seen: map[*model.Type]bool{}}
			out[f] = h.in(f.Type)
		}
	}
	return out
}

// holding looks for a type of a group in the structs of others.
type holding struct {
	group int
	seen  map[*model.Type]bool
}

func (h holding) in(t *model.Type) bool {
	switch t.Kind {
	case model.OneOf, model.Layout, model.PairsOf:
		if t.Group == h.group {
			return true
		}
		if h.seen[t] {
			return false
		}
		h.seen[t] = true
		return anyField(t.Body.Fields, h.in)
	}
	return false
}
