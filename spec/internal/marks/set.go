package marks

import (
	"encoding/json"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Set is what the frames of one JSON message must have, and may.
type Set struct {
	members []*model.Member
	needs   map[string]wire.Mark // by path
	knows   map[string]bool
}

// New makes the set of an object.
func New(members []*model.Member) *Set {
	s := &Set{members: members, needs: map[string]wire.Mark{}, knows: map[string]bool{}}
	walk(members, nil, func(m wire.Mark, _ *model.Member, required bool) {
		at := strings.Join(m.Path, "\x00")
		s.knows[at] = true
		if required {
			s.needs[at] = m
		}
	})
	return s
}

// Size is how many marks there are to be compared.
func (s *Set) Size() int { return 1 + len(s.knows) }

// Constants gives the constants that the frames must have, as JSON, by the path
// that leads to them.
func (s *Set) Constants(yield func(path, value string) bool) {
	for at, m := range s.needs {
		if m.Kind == wire.MarkConst && !yield(at, m.Const) {
			return
		}
	}
}

// Apart reports whether no frame is both: a member differs in them.
func (s *Set) Apart(other *Set) bool {
	for at, m := range s.needs {
		if o, ok := other.needs[at]; ok && !m.Allows(o) {
			return true
		}
	}
	return false
}

// Ordered reports whether one of the two is more specific: its frames are the
// other's, too, and not the other way round.
func (s *Set) Ordered(other *Set) bool { return s.implies(other) != other.implies(s) }

func (s *Set) implies(other *Set) bool {
	for at, o := range other.needs {
		if m, ok := s.needs[at]; !ok || !m.Implies(o) {
			return false
		}
	}
	return true
}

// Told reports whether each must have a member that the other does not know, so
// that a frame with both is neither in a server that keeps to its manual.
func (s *Set) Told(other *Set) bool { return s.own(other) && other.own(s) }

func (s *Set) own(other *Set) bool {
	for at := range s.needs {
		if !other.knows[at] {
			return true
		}
	}
	return false
}

// Shared writes a frame that has what both must have. Whether it is both is for
// their parsers to say.
func (s *Set) Shared(other *Set) string {
	frame := map[string]any{}
	fill(frame, s.members, nil)
	fill(frame, other.members, s.members)
	b, err := json.Marshal(frame)
	if err != nil {
		return ""
	}
	return string(b)
}

// fill puts the members that must be there into an object; those that another
// message has put there stay as they are where both allow it.
func fill(into map[string]any, members, before []*model.Member) {
	for _, m := range members {
		if m.Optional || m.Others {
			continue
		}
		earlier := named(before, m.Key)
		inside, isObject := objectIn(m)
		switch have, there := into[m.Key].(map[string]any); {
		case isObject && there && earlier != nil:
			old, _ := objectIn(earlier)
			fill(have, inside, old)
		case earlier == nil || more(m, earlier):
			into[m.Key] = sample(m, earlier)
		}
	}
}

func named(members []*model.Member, key string) *model.Member {
	for _, m := range members {
		if m.Key == key && !m.Others && !m.Optional {
			return m
		}
	}
	return nil
}

// objectIn are the members inside a member that is an object.
func objectIn(m *model.Member) (members []*model.Member, ok bool) {
	switch {
	case m.Object != nil:
		return m.Object, true
	case m.Field != nil && m.Field.Type.Kind == model.JSON:
		return m.Field.Type.Members, true
	}
	return nil, false
}

// more reports whether m says more of its value than another member does.
func more(m, other *model.Member) bool {
	if other.Field == nil {
		return false
	}
	return m.Field == nil || other.Field.Type.Kind == model.JSONRaw ||
		m.Field.Type.Kind == model.Enum && !m.Field.Type.Open
}

// sample is a value of a member, one that earlier has too if it can be found.
func sample(m, earlier *model.Member) any {
	switch {
	case m.IsConst:
		return m.Const
	case m.Items != nil:
		items := make([]any, len(m.Items))
		for i, item := range m.Items {
			items[i] = sample(item, nil)
		}
		return items
	case m.Object != nil:
		inside := map[string]any{}
		fill(inside, m.Object, nil)
		return inside
	case earlier != nil && earlier.Field != nil:
		return sampleOf(m.Field.Type, earlier.Field.Type)
	}
	return sampleOf(m.Field.Type, nil)
}

func sampleOf(t, also *model.Type) any {
	switch t.Kind {
	case model.Bool:
		return false
	case model.List:
		return []any{}
	case model.JSONRaw:
		return 0
	case model.JSON:
		inside := map[string]any{}
		fill(inside, t.Members, nil)
		return inside
	case model.Enum:
		return enumValue(t, also)
	case model.Int, model.Uint, model.Decimal, model.Float:
		if t.Range != nil && t.Range.Min != "" {
			return json.Number(t.Range.Min)
		}
		return 0
	}
	return ""
}

// enumValue is a value of both enums, else the first.
func enumValue(t, also *model.Type) any {
	wire := t.Values[0].Wire
	if also != nil && also.Kind == model.Enum {
		for _, v := range t.Values {
			if hasValue(also, v.Wire) {
				wire = v.Wire
				break
			}
		}
	}
	if t.Elem != nil && t.Elem.Kind != model.Text {
		return json.Number(wire)
	}
	return wire
}

func hasValue(t *model.Type, wire string) bool {
	for _, v := range t.Values {
		if v.Wire == wire {
			return true
		}
	}
	return false
}
