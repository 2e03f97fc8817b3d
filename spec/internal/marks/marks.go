// Package marks finds out by what members JSON messages are told apart: the
// marks of each ([Of], for the decoder), and what two messages have to do with
// each other ([Set]).
package marks

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// Of gives the marks of an object: one for each member that must be there, and
// for those inside it.
func Of(members []*model.Member) []wire.Mark {
	var list []wire.Mark
	walk(members, nil, func(m wire.Mark, _ *model.Member, required bool) {
		if required {
			list = append(list, m)
		}
	})
	return list
}

// walk calls yield for each member and those inside it, also of optional ones;
// what is in a list has no marks.
func walk(members []*model.Member, path []string, yield func(mark wire.Mark, m *model.Member, required bool)) {
	for _, m := range members {
		if m.Others {
			continue
		}
		at := append(path[:len(path):len(path)], m.Key)
		mark, inside := wire.Mark{Path: at, Kind: wire.MarkObject}, m.Object
		switch {
		case m.IsConst:
			mark.Kind, mark.Const = wire.MarkConst, constant(m.Const)
		case m.Items != nil:
			mark.Kind = wire.MarkList
		case m.Field != nil:
			mark.Kind, inside = kind(m.Field.Type), m.Field.Type.Members
		}
		yield(mark, m, !m.Optional)
		walk(inside, at, func(mark wire.Mark, inner *model.Member, required bool) {
			yield(mark, inner, required && !m.Optional)
		})
	}
}

// kind is what a value of t is in JSON.
func kind(t *model.Type) wire.MarkKind {
	switch t.Kind {
	case model.Text:
		return wire.MarkText
	case model.Int, model.Uint, model.Decimal, model.Float:
		return wire.MarkNumber
	case model.Bool:
		return wire.MarkBool
	case model.List:
		return wire.MarkList
	case model.JSON:
		return wire.MarkObject
	case model.Enum:
		if t.Elem != nil {
			return kind(t.Elem)
		}
		return wire.MarkText
	}
	return wire.MarkAny
}

// constant is a constant as servers write it.
func constant(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "null" // bools, integers and text have no errors
	}
	return strings.TrimSuffix(b.String(), "\n")
}
