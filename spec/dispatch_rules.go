package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/overlap"
	"github.com/linewright/linewright/spec/model"
)

// searchBudget bounds the search for overlaps, which a hostile document could
// make quadratic.
const searchBudget = 1_000_000

// checkDispatch looks for frames that are two messages at once (rule overlap),
// and for messages that are the beginning of others (G7).
func (w *lowering) checkDispatch() {
	c := &dispatch{lowering: w, left: searchBudget, shapes: map[*messageDecl]*overlap.Shape{}}
	c.groups()
	byPrefix := map[string][]*messageDecl{}
	var before, longer []*messageDecl
	w.messages.all(func(d *messageDecl) {
		if !d.ok || !d.tmpl.ok || w.layoutsBroken(d.tmpl.Ops) {
			return
		}
		prefix, _ := leading(d.tmpl.Ops)
		for _, other := range byPrefix[prefix] {
			if c.compare(other, d) {
				break // one other is enough to make the point
			}
		}
		byPrefix[prefix] = append(byPrefix[prefix], d)
		for _, other := range longer {
			c.begins(d, other)
		}
		if manyLines(d.tmpl.Ops) {
			for _, other := range before {
				c.begins(other, d)
			}
			longer = append(longer, d)
		}
		before = append(before, d)
	})
}

// dispatch is one search for overlaps.
type dispatch struct {
	*lowering
	left   overlap.Budget
	shapes map[*messageDecl]*overlap.Shape
	// anytime messages may come whatever is awaited; the sets of a message are
	// those that wait for it.
	anytime map[*messageDecl]bool
	sets    map[*messageDecl][]int
	done    bool // the budget's end was reported
}

// groups finds out which messages can be valid at the same time.
func (c *dispatch) groups() {
	c.anytime, c.sets = map[*messageDecl]bool{}, map[*messageDecl][]int{}
	set := 0
	join := func(m *messageDecl) { c.sets[m] = append(c.sets[m], set) }
	c.messages.all(func(m *messageDecl) {
		if m.m.Event != "false" || m.m.Noise || m.m.Answered {
			c.anytime[m] = true
		}
		if m.m.Greets {
			join(m) // 0: the greeting
		}
	})
	together := c.p.Replies.Match == "kind" && c.p.Replies.InFlight > 1
	set = 1
	c.commands.all(func(d *commandDecl) {
		if !together {
			set++
		}
		for _, m := range d.awaited() {
			join(m)
		}
	})
	if c.probed != nil && c.p.Replies.Match == "kind" {
		for _, m := range c.probed.awaited() {
			c.anytime[m] = true // the probe does not wait for commands
		}
	}
}

// meet reports whether both may be valid at the same time.
func (c *dispatch) meet(a, b *messageDecl) bool {
	if c.anytime[a] || c.anytime[b] {
		return true
	}
	x, y := c.sets[a], c.sets[b] // both ascend
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] == y[0]:
			return true
		case x[0] < y[0]:
			x = x[1:]
		default:
			y = y[1:]
		}
	}
	return false
}

func (c *dispatch) shape(d *messageDecl) *overlap.Shape {
	s := c.shapes[d]
	if s == nil {
		s = overlap.New(&d.m.Template, c.ends())
		c.shapes[d] = s
	}
	return s
}

// spent reports once that there are too many messages to compare.
func (c *dispatch) spent(d *messageDecl) bool {
	c.left--
	if c.left.Spent() && !c.done {
		c.done = true
		d.failAt(d.keyPos, "overlap", "begin them with different text", "too many messages begin alike: they cannot all be compared")
	}
	return c.done
}

// compare looks for a frame that is both messages; neither is more specific. It
// reports whether there was one.
func (c *dispatch) compare(a, b *messageDecl) bool {
	if c.spent(b) || !c.meet(a, b) {
		return false
	}
	for i := range overlap.Spellings {
		f, ok := c.left.Shared(c.shape(a), c.shape(b), i)
		if !ok {
			return false
		}
		if frame := c.frame(f); c.fits(frame, a) && c.fits(frame, b) {
			b.find("receive").fail("overlap", "begin them with different text, or let a field differ",
				"%q is %s as well as %s", frame, b.name, a.name)
			return true
		}
	}
	return false
}

// begins looks for a frame that is a, and might be the first lines of b.
func (c *dispatch) begins(a, b *messageDecl) {
	if a == b || c.spent(b) || !alike(a.tmpl.Ops, b.tmpl.Ops) || !c.meet(a, b) {
		return
	}
	for i := range overlap.Spellings {
		f, ok := c.left.Beginning(c.shape(a), c.shape(b), i)
		if !ok {
			return
		}
		if frame := c.frame(f); c.fits(frame, a) {
			b.find("receive").fail("beginning-of", "",
				"%q is message %s and the beginning of %s: nobody knows whether more lines come", frame, a.name, b.name)
			return
		}
	}
}

func (c *dispatch) frame(f overlap.Frame) string { return strings.Join(f.Lines, c.sendEnd()) }

// fits reports whether the message's parser takes the frame.
func (c *dispatch) fits(frame string, d *messageDecl) bool {
	framing := c.framing()
	return framing == nil || codec.Check(framing, &d.m.Template, []byte(frame)) == nil
}

// alike reports whether two first lines may begin alike.
func alike(a, b []*model.Op) bool {
	x, wholeX := leading(a)
	y, wholeY := leading(b)
	if wholeX && wholeY {
		return x == y
	}
	return strings.HasPrefix(x, y) || strings.HasPrefix(y, x)
}

// leading is the literal text that the first line begins with; whole: that is
// all of it.
func leading(ops []*model.Op) (text string, whole bool) {
	for _, op := range ops {
		switch {
		case op.Kind == model.OpLit:
			text += op.Lit
		case op.Kind == model.OpBreak:
			return text, true
		case op.Kind == model.OpField && op.Field.Type.Kind == model.Layout:
			inner, all := leading(op.Field.Type.Body.Ops)
			if text += inner; !all || manyLines(op.Field.Type.Body.Ops) {
				return text, all
			}
		default:
			return text, false
		}
	}
	return text, true
}

// manyLines reports whether ops go over several lines.
func manyLines(ops []*model.Op) bool {
	for _, op := range ops {
		if op.Kind == model.OpBreak || op.Kind == model.OpField && op.Field.Type.Kind == model.Layout && manyLines(op.Field.Type.Body.Ops) {
			return true
		}
	}
	return false
}
