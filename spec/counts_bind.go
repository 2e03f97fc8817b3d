package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// binding looks for the one thing that a count tells, among its terms.
type binding struct {
	c       *compiler
	p       *pendingCount
	unknown *model.Op
	bytes   bool // of unknown, its bytes are told, not its items
	agrees  bool // a term tells in bytes what is known in items, or the other way round
}

// add takes a term of the field of op; false: a complaint was made.
func (b *binding) add(op *model.Op, t model.Term) bool {
	switch {
	case told(op, t.Bytes):
		b.agrees = b.agrees || !slices.ContainsFunc(op.Count.Terms, func(o model.Term) bool { return o.Field == t.Field && o.Bytes == t.Bytes })
	case b.unknown == op:
		b.c.fail(b.p.node, "count-unresolved", "", "%s is counted twice", op.Field.Name)
		return false
	case b.unknown != nil:
		b.c.fail(b.p.node, "count-unresolved", "count one of them before", "the count does not tell %s from %s",
			b.unknown.Field.Name, op.Field.Name)
		return false
	default:
		b.unknown, b.bytes = op, t.Bytes
	}
	return true
}

// differs reports whether a field is a list of items that differ in size, whose
// bytes and items say nothing of each other.
func differs(op *model.Op) bool {
	t := op.Field.Type
	return t.Kind == model.List && model.TypeBits(t.Elem) < 0
}

// told reports whether an earlier count tells the field's bytes, or its items.
func told(op *model.Op, bytes bool) bool {
	switch {
	case !differs(op):
		return op.Count != nil
	case bytes:
		return op.Sized != nil
	}
	return op.Count != nil && op.Count != op.Sized
}

// tell binds the count to what it tells.
func (b *binding) tell() {
	op := b.p.op
	op.Field.Pos = b.c.at(b.p.node)
	switch u := b.unknown; {
	case u == nil && b.agrees:
		i := slices.IndexFunc(op.Terms, func(t model.Term) bool { return t.Field != nil && t.Field.Type.Kind == model.List })
		op.Field.Name = op.Terms[i].Field.Name
	case u == nil:
		b.c.fail(b.p.node, "count-unresolved", "", "the count says nothing that is not known before")
	case b.bytes && differs(u):
		if u.Sized = op; u.Count == nil {
			u.Count = op
		}
		op.Field.Name = u.Field.Name
	default:
		u.Count = op
		op.Field.Name = u.Field.Name
	}
}
