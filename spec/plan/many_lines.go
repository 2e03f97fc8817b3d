package plan

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// manyLines reports whether ops leave their line, or hold what may: counted
// bytes.
func manyLines(ops []*model.Op) bool { return many{}.ops(ops) }

func manyLinesType(t *model.Type) bool { return many{}.value(t) }

// many holds the types that were looked into.
type many map[*model.Type]bool

func (m many) ops(ops []*model.Op) bool {
	for _, op := range ops {
		switch op.Kind {
		case model.OpBreak:
			return true
		case model.OpOptional:
			if m.ops(op.Body) {
				return true
			}
		case model.OpField:
			if byBytes(op) || m.value(op.Field.Type) {
				return true
			}
		}
	}
	return false
}

func (m many) value(t *model.Type) bool {
	switch t.Kind {
	case model.Layout:
		return m.ops(t.Body.Ops)
	case model.PairsOf:
		return t.Pairs.Each == ""
	case model.OneOf:
		if m[t] {
			return false
		}
		m[t] = true
		return slices.ContainsFunc(t.Body.Fields, func(f *model.Field) bool { return m.value(f.Type) })
	case model.List:
		return t.Sep == "" || m.value(t.Elem)
	default:
		return false
	}
}
