package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/overlap"
	"github.com/linewright/linewright/spec/model"
)

// searchBudget bounds the search for overlaps, which a hostile document could
// make quadratic.
const searchBudget = 500_000

// checkDispatch looks for frames that are two messages at once (rule overlap),
// and for messages that are the beginning of others (G7). Sorted by their
// leading text, those that begin alike are found without trying all pairs.
func (w *lowering) checkDispatch() {
	c := &dispatch{lowering: w, left: searchBudget, shapes: map[*messageDecl]*overlap.Shape{}}
	c.groups()
	for _, d := range w.frameDecls {
		w.within(d, func() {
			if d.f.Packet != nil {
				c.packetOverlaps()
				c.checkItems()
				c.objects()
				return
			}
			c.lineOverlaps()
		})
	}
	c.checkForms()
}

// lineOverlaps does it for frames that are lines.
func (c *dispatch) lineOverlaps() {
	openings := c.openings()
	c.promptsBegin(openings)
	var around []*alike // the text of each begins with that of the one before it
	for _, o := range openings {
		for len(around) > 0 && !strings.HasPrefix(o.text, around[len(around)-1].text) {
			around = around[:len(around)-1]
		}
		if len(around) == 0 || around[len(around)-1].text != o.text {
			around = append(around, &alike{text: o.text})
		}
		own := around[len(around)-1]
		c.overlaps(o, own)
		for _, g := range around {
			c.beginnings(o, g)
		}
		own.add(o)
	}
	c.checkItems()
	c.objects()
}

// opening is a message, and how its frames begin.
type opening struct {
	*messageDecl
	text  string // literal text
	whole bool   // the first line is the text and nothing else
	long  bool   // there are more lines
}

// openings are those of messages without findings of their own, by their text.
func (c *dispatch) openings() []*opening {
	var out []*opening
	c.messages.all(func(d *messageDecl) {
		if model.Object(d.tmpl.Ops) == nil && d.ok && d.tmpl.ok && d.tmpl.Frame == c.frameOf().index && !c.layoutsBroken(d.tmpl.Ops) {
			o := &opening{messageDecl: d, long: manyLines(d.tmpl.Ops)}
			o.text, o.whole = leading(d.tmpl.Ops)
			out = append(out, o)
		}
	})
	slices.SortStableFunc(out, func(a, b *opening) int { return strings.Compare(a.text, b.text) })
	return out
}

// promptsBegin looks for prompts that are the beginning of another message: nobody
// would know whether more comes.
func (c *dispatch) promptsBegin(all []*opening) {
	for _, p := range all {
		if !p.m.Template.Prompt {
			continue
		}
		longer := p.m.Template
		rest := &model.Field{Named: model.Named{Name: "_"}, Type: &model.Type{Kind: model.Text}}
		longer.Ops = append(longer.Ops[:len(longer.Ops):len(longer.Ops)], &model.Op{Kind: model.OpField, Field: rest})
		shape := c.left.New(&longer, c.ends())
		for _, o := range all {
			alike := strings.HasPrefix(o.text, p.text) || strings.HasPrefix(p.text, o.text)
			if o == p || !alike || c.spent(o.messageDecl) || !c.meet(p.messageDecl, o.messageDecl) {
				continue
			}
			c.promptBegins(p.messageDecl, shape, o.messageDecl)
		}
	}
}

// promptBegins looks for a frame that is o, and begins with the prompt p, whose
// shape with more behind it is longer.
func (c *dispatch) promptBegins(p *messageDecl, longer *overlap.Shape, o *messageDecl) {
	for i := range overlap.Spellings {
		f, verdict := c.left.Shared(longer, c.shape(o), i)
		switch frame := c.frame(f); {
		case verdict == overlap.Unknown && i == 0:
			c.unknown(p, o)
			return
		case verdict != overlap.Found:
			return
		case c.fits(frame, o) && !(o.m.Template.Prompt && c.fits(frame, p)):
			o.find("receive").fail("beginning-of", "begin it with different text",
				"%q is message %s, and begins with the prompt %s: nobody knows whether more comes", frame, o.name, p.name)
			return
		}
	}
}

// alike are the messages so far that begin with the same text.
type alike struct {
	text      string
	all, long []*opening
}

func (g *alike) add(o *opening) {
	g.all = append(g.all, o)
	if o.long {
		g.long = append(g.long, o)
	}
}

// overlaps compares a message with others of the same text: none of them is
// more specific.
func (c *dispatch) overlaps(o *opening, same *alike) {
	for _, other := range same.all {
		if c.spent(o.messageDecl) || c.compare(other.messageDecl, o.messageDecl) {
			return // one other is enough to make the point
		}
	}
}

// beginnings compares a message with those of g: either may begin the other.
func (c *dispatch) beginnings(o *opening, g *alike) {
	others := g.long
	if o.long {
		others = g.all
	}
	for _, other := range others {
		if c.spent(o.messageDecl) {
			return
		}
		if o.whole && other.whole && o.text != other.text {
			continue
		}
		if o.long {
			c.begins(other.messageDecl, o.messageDecl)
		}
		if other.long {
			c.begins(o.messageDecl, other.messageDecl)
		}
	}
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
		if m.m.Unasked() || m.m.Noise || m.m.Answered {
			c.anytime[m] = true
		}
		if m.m.Greets {
			join(m) // 0: the greeting
		}
	})
	unordered := c.p.Replies.Match != "order"
	set = 1
	c.commands.all(func(d *commandDecl) {
		// A reply with an id is only ever compared with those of its command.
		if !unordered || c.p.Replies.InFlight == 1 || d.c.ID != nil {
			set++
		}
		for _, m := range d.awaited() {
			join(m)
		}
	})
	for _, p := range c.probes {
		if !unordered || p.d.c.ID != nil {
			continue
		}
		for _, m := range p.d.awaited() {
			c.anytime[m] = true // the probe does not wait for commands
		}
	}
}

// meet reports whether both may be valid at the same time.
func (c *dispatch) meet(a, b *messageDecl) bool {
	if !modesMeet(a.m.In, b.m.In) {
		return false
	}
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
		s = c.left.New(&d.m.Template, c.ends())
		c.shapes[d] = s
	}
	return s
}

// spent pays for a look at a pair, and reports once that there are too many
// messages to compare.
func (c *dispatch) spent(d *messageDecl) bool {
	c.left--
	if c.left.Spent() && !c.done {
		c.done = true
		d.failAt(d.keyPos, "overlap", "begin them with different text, or give them different constants",
			"too many messages begin alike: they cannot all be compared")
	}
	return c.done
}

// unknown reports that a search was given up.
func (c *dispatch) unknown(a, b *messageDecl) {
	if !c.spent(b) {
		b.find("receive").fail("overlap", "begin them with different text",
			"%s and %s begin alike, and are too large to be compared", b.name, a.name)
	}
}

// compare looks for a frame that is both messages; neither is more specific. It
// reports whether there was one.
func (c *dispatch) compare(a, b *messageDecl) bool {
	if !c.meet(a, b) {
		return false
	}
	for i := range overlap.Spellings {
		f, verdict := c.left.Shared(c.shape(a), c.shape(b), i)
		switch frame := c.frame(f); {
		case verdict == overlap.Unknown && i == 0:
			c.unknown(a, b)
			return true
		case verdict != overlap.Found:
			return false
		case c.fits(frame, a) && c.fits(frame, b):
			b.find("receive").fail("overlap", "begin them with different text, or let a field differ",
				"%q is %s as well as %s", frame, b.name, a.name)
			return true
		}
	}
	return false
}

// begins looks for a frame that is a, and might be the first lines of b.
func (c *dispatch) begins(a, b *messageDecl) {
	if a.m.Inside || !c.meet(a, b) {
		return // what may come inside a block is tested before its lines
	}
	for i := range overlap.Spellings {
		f, verdict := c.left.Beginning(c.shape(a), c.shape(b), i)
		switch frame := c.frame(f); {
		case verdict == overlap.Unknown && i == 0:
			c.unknown(a, b)
			return
		case verdict != overlap.Found:
			return
		case c.fits(frame, a):
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

// leading is the literal text that the first line begins with; whole: that is
// all of it.
func leading(ops []*model.Op) (text string, whole bool) {
	for _, op := range ops {
		switch {
		case op.Kind == model.OpLit:
			text += op.Lit
		case op.Kind == model.OpBreak || hasOwnLines(op):
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
		if op.Kind == model.OpBreak || hasOwnLines(op) || op.Kind == model.OpField && op.Field.Type.Kind == model.Layout && manyLines(op.Field.Type.Body.Ops) {
			return true
		}
	}
	return false
}
