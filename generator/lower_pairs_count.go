package generator

import (
	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// pairCount is a key that tells the length of a field behind the pairs.
func (l *lowering) pairCount(k *model.PairCount) emit.PairCount {
	return emit.PairCount{
		Key: k.Key, Name: k.Of, Local: "n" + exported(k.Of), Optional: k.Optional, Value: l.countOf(k.Op.Field.Type),
	}
}

// countOf is a count of type t, as a uint64.
func (l *lowering) countOf(t *model.Type) *emit.Scalar {
	s := l.scalar(t, nil)
	s.Go = emit.Named("uint64")
	return s
}

// tells is a field of pairs, some of whose keys tell the lengths of later fields.
func (t *template) tells(op *model.Op) emit.Op {
	out := &emit.Tells{Field: t.field(op)}
	for _, c := range op.Tells {
		of := c.Terms[0].Field
		f := t.l.field(of, nil)
		if t.known[of] = true; t.bare {
			f.Go = ""
		}
		out.Lengths = append(out.Lengths, emit.Length{Field: f, Local: t.local(of)})
	}
	return out
}
