package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// pairCount adds a key whose value is the length of a later field.
func (w *lowering) pairCount(p *model.Pairs, f *model.Field, key string, of value) {
	t := f.Type
	switch {
	case t == nil || !of.nameScalar("the name of a field"):
		return
	case f.Secret || t.Binary != "" || !counting(t):
		of.fail("bad-type", "use uint, digits(n) or hex(n)", "key %s counts, and its type is no number for that", quoteName(key))
		return
	case !snake.form.MatchString(of.Value) || len(of.Value) > maxName:
		of.fail("name", "", "%q is not the name of a field: want %s", of.Value, snake.want)
		return
	case slices.ContainsFunc(p.Counts, func(k *model.PairCount) bool { return k.Of == of.Value }):
		of.fail("count-unresolved", "", "%s is counted twice", of.Value)
		return
	}
	op := &model.Op{Kind: model.OpCount, Field: &model.Field{Named: model.Named{Name: of.Value}, Type: t, Derived: true}, Pos: of.Pos}
	p.Counts = append(p.Counts, &model.PairCount{Key: key, Of: of.Value, Op: op, Optional: f.Optional})
}

// tells binds the keys of a field of pairs that count to the fields behind it.
func (c *compiler) tells(op *model.Op, rest []*model.Op) {
	t := op.Field.Type
	if t.Kind == model.List {
		if t = t.Elem; t.Kind == model.PairsOf && len(t.Pairs.Counts) > 0 {
			c.tellsNot(op, "write the field into the template itself", "a record of a list has nothing behind it that its key "+quoteName(t.Pairs.Counts[0].Key)+" could count")
		}
		return
	}
	if t.Kind != model.PairsOf {
		return
	}
	if op.Field.Name == "_" && len(t.Pairs.Counts) > 0 {
		c.tellsNot(op, "give it a name", "a key of pairs that nobody needs counts")
		return
	}
	for _, k := range t.Pairs.Counts {
		i := slices.IndexFunc(rest, func(o *model.Op) bool { return o.Kind == model.OpField && o.Field.Name == k.Of })
		key := "key " + quoteName(k.Key) + " of " + op.Field.Name
		switch {
		case i < 0 && c.byName[k.Of] == nil:
			c.tellsNot(op, c.w.guess(k.Of, c.names()), "there is no field "+quoteName(k.Of)+", which "+key+" counts")
		case i < 0:
			c.tellsNot(op, "", "a count must come before its field, and in the same part: "+k.Of+" does not follow "+key)
		case !countable(rest[i].Field.Type):
			c.tellsNot(op, "", strings.Replace(notCountable, "%s", k.Of, 1))
		case rest[i].Count != nil:
			c.tellsNot(op, "", k.Of+" is counted twice")
		default:
			rest[i].Count = &model.Op{
				Kind: model.OpCount, Field: k.Op.Field, Pos: op.Pos,
				Terms: []model.Term{{Field: rest[i].Field}},
			}
			op.Tells = append(op.Tells, rest[i].Count)
		}
	}
}

func (c *compiler) tellsNot(op *model.Op, hint, message string) {
	c.broken = true
	c.v.failAt(op.Pos, "count-unresolved", hint, "%s", message)
}
