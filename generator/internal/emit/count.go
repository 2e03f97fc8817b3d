package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"
)

// Count is a number of bytes or items that the receiver needs to know before.
//
//	w.Uint("keys", uint64(len(m.Keys)+1), 64)
//
//	nKeys := r.Uint("keys", 64)
//	if nKeys < 1 {
//		r.Fail("keys", "is less than the parts that it counts")
//	}
//	nKeys--
type Count struct {
	Name  string // in the spec, for errors
	Value *Scalar
	Sum   []Term
	// Local is the variable that tells the length of the one field that no
	// earlier count told; empty: this count must agree with earlier ones.
	Local string
	Item  int // bytes of an item, where Local is a list that is counted in bytes
	// Apart are lists that are written now, as their bytes are counted.
	Apart []*Apart
}

// Term is a summand of a count: a field's length, or a number.
type Term struct {
	Field *Field // nil: N
	N     int64
	Minus bool
	// Known is the variable with the field's length, where an earlier count
	// told it; the one that this count tells has none.
	Known string
	Item  int // bytes of an item: the count is of a list's bytes; 0: it is not
	// Encoded is the variable with a list's bytes, where these are counted, and items
	// differ in size.
	Encoded string
}

// write adds the terms up.
func (o *Count) write(g *jen.Group, c *codec) {
	for _, a := range o.Apart {
		a.write(g, c)
	}
	sum, minus := jen.Null(), false
	for i, t := range o.Sum {
		switch {
		case t.Minus:
			sum.Op("-")
			minus = true
		case i > 0:
			sum.Op("+")
		}
		sum.Add(t.length(c))
	}
	if !minus {
		o.Value.write(g, c.at(o.Name), jen.Uint64().Call(sum))
		return
	}
	g.If(jen.Id("n").Op(":=").Add(sum), jen.Id("n").Op("<").Lit(0)).Block(
		jen.Id("w").Dot("Fail").Call(jen.Lit(o.Name), jen.Lit("is not a length")),
	).Else().BlockFunc(func(g *jen.Group) {
		o.Value.write(g, c.at(o.Name), jen.Uint64().Call(jen.Id("n")))
	})
}

// length is len(m.Keys).
func (t Term) length(c *codec) *jen.Statement {
	switch {
	case t.Field == nil:
		return jen.Lit(int(t.N))
	case t.Encoded != "":
		return jen.Len(jen.Id(t.Encoded))
	}
	v := c.target(t.Field.Go)
	if t.Field.Optional {
		v = v.Dot("Value")
	}
	if t.Item > 1 {
		return jen.Len(v).Op("*").Lit(t.Item)
	}
	return jen.Len(v)
}

// read takes off what is known; what is left is the unknown field's length.
func (o *Count) read(g *jen.Group, c *codec) {
	e := o.Value.read(c.at(o.Name))
	if !o.Value.Go.Equal(Named("uint64")) {
		e = jen.Uint64().Call(e)
	}
	less, more := o.known()
	if o.Local != "" && c.used != nil && !c.used[o.Local] && less == nil && more == nil {
		o.Value.drop(g, c.at(o.Name))
		return
	}
	if o.Local == "" {
		g.If(e.Op("!=").Add(less)).Block(
			jen.Id("r").Dot("Fail").Call(jen.Lit(o.Name), jen.Lit("disagrees with the parts that it counts")),
		)
		return
	}
	g.Id(o.Local).Op(":=").Add(e)
	if less != nil {
		g.If(jen.Id(o.Local).Op("<").Add(less)).Block(
			jen.Id("r").Dot("Fail").Call(jen.Lit(o.Name), jen.Lit(lessThanParts)),
		)
		o.takeOff(g)
	}
	if more != nil {
		g.Id(o.Local).Op("+=").Add(more)
	}
	if o.Item > 1 {
		g.If(jen.Id(o.Local).Op("%").Lit(o.Item).Op("!=").Lit(0)).Block(
			jen.Id("r").Dot("Fail").Call(jen.Lit(o.Name), jen.Lit("has a count of bytes that is no number of whole items")),
		)
		g.Id(o.Local).Op("/=").Lit(o.Item)
	}
}

// takeOff leaves the unknown field's length.
func (o *Count) takeOff(g *jen.Group) {
	less, _ := o.known()
	if fmt.Sprintf("%#v", less) == "1" {
		g.Id(o.Local).Op("--")
		return
	}
	g.Id(o.Local).Op("-=").Add(less)
}

// known are the parts of the sum that the receiver knows: to be taken off, and
// to be put back; nil where there are none.
func (o *Count) known() (less, more *jen.Statement) {
	add := func(to **jen.Statement, v *jen.Statement) {
		if *to == nil {
			*to = v
			return
		}
		(*to).Op("+").Add(v)
	}
	for _, t := range o.Sum {
		var v *jen.Statement
		switch {
		case t.Known != "" && t.Item > 1:
			v = jen.Id(t.Known).Op("*").Lit(t.Item)
		case t.Known != "":
			v = jen.Id(t.Known)
		case t.Field == nil:
			v = jen.Lit(int(t.N))
		default:
			continue
		}
		if t.Minus {
			add(&more, v)
		} else {
			add(&less, v)
		}
	}
	return less, more
}

const lessThanParts = "is less than the parts that it counts"

// uses are the variables that reading ops needs.
func uses(ops []Op, used map[string]bool) {
	for _, op := range ops {
		switch op := op.(type) {
		case *Field:
			counted(op.Value, used)
		case *Skip:
			counted(op.Value, used)
		case *Optional:
			used[op.Decide.Local] = true
			uses(op.Body, used)
		case *Count:
			for _, t := range op.Sum {
				used[t.Known] = true
			}
		}
	}
}

func counted(v Value, used map[string]bool) {
	switch v := v.(type) {
	case *Scalar:
		for _, a := range v.Args {
			used[a.Count] = true
		}
	case *Checked:
		counted(v.Scalar, used)
	case *List:
		used[v.Count] = true
		used[v.Size] = true
	}
}
