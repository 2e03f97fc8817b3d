package flow

import (
	"maps"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// maxUses bounds what may follow types that hold each other, one with the other, and
// maxRounds how often they are gone through to find it.
const (
	maxUses   = 16
	maxRounds = 32
)

// Circle goes through layouts that hold each other until it is known what may follow
// each of them, inside of each other too. It is false where that are too many
// things.
func (p *Pass) Circle(types []*model.Type, binary bool) bool {
	for range maxRounds {
		uses, tails := p.countUses(types), maps.Clone(p.tails)
		for _, t := range types {
			p.around(t, binary)
		}
		p.problems = nil // each is said when the type is looked at by itself
		switch now := p.countUses(types); {
		case now > maxUses*len(types):
			return false
		case now == uses && maps.Equal(tails, p.tails):
			return true
		}
	}
	return false
}

func (p *Pass) countUses(types []*model.Type) (n int) {
	for _, t := range types {
		if u := p.uses[t]; u != nil {
			n += len(u.list)
		}
	}
	return n
}

// around notes what follows the types of a layout's fields.
func (p *Pass) around(t *model.Type, binary bool) {
	switch {
	case binary:
		if tail, used := p.tails[t]; used {
			p.binary(t.Body.Ops, tail)
		}
	case t.Kind == model.PairsOf:
		p.pairsType(t)
	case p.uses[t] != nil:
		for _, after := range slices.Clone(p.uses[t].list) {
			p.walk(t.Body.Ops, after, false)
		}
	}
}

// Solid reports whether an op is always something on the wire that does not depend
// on what follows: nothing behind it can be where it begins.
func Solid(op *model.Op, binary bool) bool {
	s := solid{binary: binary, seen: map[*model.Type]bool{}}
	return s.op(op)
}

type solid struct {
	binary bool
	seen   map[*model.Type]bool
}

func (s *solid) op(op *model.Op) bool {
	switch op.Kind {
	case model.OpLit:
		return s.binary && op.Lit != "" || strings.Trim(op.Lit, " \t") != ""
	case model.OpField:
		return op.Count == nil && s.value(op.Field.Type)
	case model.OpOptional, model.OpBody:
		return false
	}
	return true // breaks, counts, flags, the same value again
}

func (s *solid) value(t *model.Type) bool {
	switch t.Kind {
	case model.Int, model.Uint, model.Decimal, model.Float, model.Digits, model.Hex, model.Word, model.Quoted, model.Bool, model.JSON, model.JSONRaw:
		return true
	case model.Text, model.Bytes, model.Padded:
		return s.binary && t.Width > 0
	case model.Layout:
		return t.Body != nil && s.once(t, func() bool { return slices.ContainsFunc(t.Body.Ops, s.op) })
	case model.OneOf:
		return s.once(t, func() bool { return !slices.ContainsFunc(t.Body.Ops, func(form *model.Op) bool { return !s.op(form) }) })
	}
	return false
}

// once looks into a type that is not being looked into.
func (s *solid) once(t *model.Type, is func() bool) bool {
	if s.seen[t] {
		return false
	}
	s.seen[t] = true
	defer delete(s.seen, t)
	return is()
}
