package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// aliased are the fields whose values alias a frame once they are read.
func (l *lowering) aliased(fields []*model.Field) []*emit.Field {
	var list []*emit.Field
	for _, f := range fields {
		if aliases(f.Type) {
			list = append(list, l.field(f, nil))
		}
	}
	return list
}

// aliases reports whether values of t that were read share memory with the
// frame, or with the struct that is read into again.
func aliases(t *model.Type) bool { return sharing{lists: true, seen: map[*model.Type]bool{}}.in(t) }

// framed reports whether they share memory with the frame.
func framed(t *model.Type) bool { return sharing{seen: map[*model.Type]bool{}}.in(t) }

// sharing finds what shares memory in the types that it has not seen; lists are
// such, or what is in them.
type sharing struct {
	lists bool
	seen  map[*model.Type]bool
}

func (s sharing) in(t *model.Type) bool {
	switch t.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted, model.Bytes, model.JSONRaw:
		return true
	case model.List:
		return s.lists || s.in(t.Elem)
	case model.Padded:
		return s.in(t.Elem)
	case model.Layout, model.PairsOf, model.OneOf, model.JSON:
		if s.seen[t] {
			return false
		}
		s.seen[t] = true
		return anyField(fieldsOf(t), s.in)
	}
	return false
}

func anyField(fields []*model.Field, is func(*model.Type) bool) bool {
	for _, f := range fields {
		if is(f.Type) {
			return true
		}
	}
	return false
}
