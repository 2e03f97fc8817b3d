package flow

import "github.com/linewright/linewright/spec/model"

// Binary does for templates of binary frames what Template does for lines:
// where an open field ends, and how a receiver knows that a part is there. A
// field may go on to the frame's end, where all that follows it has a fixed size.
// That is so where the frame has an end of its own, and in no layout, which other
// fields may follow.
func (p *Pass) Binary(ops []*model.Op, ends bool) []Problem {
	p.problems = nil
	tail := -1
	if ends {
		tail = 0
	}
	p.binary(ops, tail)
	return p.problems
}

// BinaryLayout does it for a layout, after the templates that use it: where all of
// them have the same behind it, one of its fields may go on to the frame's end.
func (p *Pass) BinaryLayout(t *model.Type) []Problem {
	p.problems = nil
	tail, used := p.tails[t]
	if !used {
		tail = -1
	}
	p.binary(t.Body.Ops, tail)
	return p.problems
}

// ends notes how many bits follow a layout, or each form of a type with several,
// at one place.
func (p *Pass) ends(t *model.Type, tail int) {
	if t.Kind == model.OneOf {
		for _, op := range t.Body.Ops {
			p.ends(op.Field.Type, tail)
		}
		return
	}
	if p.tails == nil {
		p.tails = map[*model.Type]int{}
	}
	if before, used := p.tails[t]; used && before != tail {
		tail = -1
	}
	p.tails[t] = tail
}

// binary goes through ops from the last to the first; tail is how many bits
// follow them in the frame, or -1.
func (p *Pass) binary(ops []*model.Op, tail int) {
	for i := len(ops) - 1; i >= 0; i-- {
		op := ops[i]
		var next *model.Op
		if i+1 < len(ops) {
			next = ops[i+1]
		}
		switch op.Kind {
		case model.OpField:
			p.binaryField(op, next, tail)
		case model.OpOptional:
			p.binary(op.Body, tail)
			p.binaryPart(op, tail)
		}
		if bits := model.Bits(op); bits < 0 || tail < 0 {
			tail = -1
		} else {
			tail += bits
		}
	}
}

func (p *Pass) binaryField(op, next *model.Op, tail int) {
	t := op.Field.Type
	isOpen := (t.Kind == model.Text || t.Kind == model.Bytes) && t.Width == 0 || t.Kind == model.List
	switch {
	case holdsOps(t):
		p.ends(t, tail)
	case t.Kind == model.List && holdsOps(t.Elem):
		p.ends(t.Elem, -1)
	}
	switch {
	case !isOpen || op.Count != nil:
	case t.Kind == model.Text && next != nil && next.Kind == model.OpLit:
		op.Stops = []string{next.Lit}
	case tail >= 0 && tail%8 == 0:
		op.Rest, op.Tail = true, tail/8
	default:
		p.fail(op, RuleRunsOn, "count it: {#"+op.Field.Name+":u8}", "nothing marks the end of %s", op.Field.Name)
	}
}

// holdsOps reports whether values of t are written by ops of its own.
func holdsOps(t *model.Type) bool { return t.Kind == model.Layout || t.Kind == model.OneOf }

func (p *Pass) binaryPart(op *model.Op, tail int) {
	switch {
	case op.Flag != nil:
		op.Decide = model.DecideFlag
	case tail >= 0 && tail%8 == 0:
		op.Decide, op.Tail = model.DecideLeft, tail/8
		if first := op.Body[0]; len(op.Body) == 1 && first.Kind == model.OpField && (first.Rest || first.Count != nil) {
			p.fail(op, RuleUndecidable, "leave the braces of the part out: the field may be empty",
				"an optional part that may be empty looks like one that is not there")
		}
	default:
		p.fail(op, RuleUndecidable, "let a flag tell whether it is there: {flag?…}",
			"nothing tells whether the part is there: what follows it has no fixed size")
	}
}
