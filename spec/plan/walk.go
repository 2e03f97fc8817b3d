package plan

import (
	"errors"
	"slices"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// What the decoder cannot find the end of: it cuts the first line off before
// it counts, and a count is read from whole lines before it.
var (
	errOptionalLine = errors.New("an optional part cannot go over several lines")
	errListLine     = errors.New("a list without a separator stands alone on its lines, and is counted or ends before the next line")
)

// walker goes once through a template and notes how its lines fall.
type walker struct {
	template *model.Template // the root that counts are parsed by
	item     bool            // the template is an item of a StepTimes: its first line is a step too

	first string // first line's literal prefix
	whole bool   // … which is all of it
	block bool   // the first line is one of a list's
	steps []wire.Step
	// counts run parallel to steps; those of steps without a Count are zero.
	counts []counted
	err    error

	lines  int          // ended so far
	prefix string       // literal text since the line's beginning, or its last counted bytes
	open   bool         // something other than literal text followed
	parts  []part       // all since then
	nested *nestedTypes // of the shape
	// listed: a list's repetitions have just ended, their last line with them.
	listed bool
}

// counted is a step's count, and those of its body.
type counted struct {
	Count
	body  []counted
	cases [][]counted
}

// onFirst reports whether this is the message's first line.
func (w *walker) onFirst() bool { return w.lines == 0 && !w.item }

// literal reports whether the template is one line of literal text.
func (w *walker) literal() bool { return w.whole && len(w.steps) == 0 }

func (w *walker) walk(ops []*model.Op, at []*model.Op) {
	for _, op := range ops {
		if w.err != nil {
			return
		}
		w.op(op, at)
	}
}

func (w *walker) op(op *model.Op, at []*model.Op) {
	if w.listed && op.Kind != model.OpBreak && op.Decide != model.DecideLine {
		w.err = errListLine
		return
	}
	switch op.Kind {
	case model.OpLit:
		if !w.open {
			w.prefix += op.Lit
		}
		w.parts = append(w.parts, part{lit: op.Lit})
	case model.OpBreak:
		w.endLine()
	case model.OpField:
		w.field(op, at)
	case model.OpOptional:
		if op.Decide == model.DecideLine {
			w.maybe(op, at)
			return
		}
		if manyLines(op.Body) {
			w.err = errOptionalLine
		}
		w.put(part{other: true})
	default: // counts, and the same value again
		w.put(partOf(op, nil))
	}
}

func (w *walker) field(op *model.Op, at []*model.Op) {
	at = append(at[:len(at):len(at)], op)
	t := op.Field.Type
	switch {
	case byBytes(op), w.textBytes(op):
		w.bytes(at)
	case t.Kind == model.Layout:
		w.walk(t.Body.Ops, at)
	case op.Until != nil:
		w.until(op)
	case t.Kind == model.OneOf && manyLinesType(t):
		w.oneOf(t)
	case t.Kind == model.List && t.Sep == "":
		w.times(op, at)
	default:
		if t.Kind == model.List && manyLinesType(t.Elem) {
			w.err = errListLine
		}
		w.put(partOf(op, at))
	}
}

// put adds something other than literal text to the line.
func (w *walker) put(p part) {
	w.open = true
	w.parts = append(w.parts, p)
}

// textBytes reports whether op is counted text in a place where counted bytes
// could stand: it is cut by its count too, as counted bytes may follow it.
func (w *walker) textBytes(op *model.Op) bool {
	return op.Count != nil && op.Field.Type.Kind == model.Text && !w.onFirst() && !slices.ContainsFunc(w.parts, part.loose)
}

// byBytes reports whether a field's extent is a number of bytes, so that a line
// end inside it is data. Text never holds a line end.
func byBytes(op *model.Op) bool {
	t := op.Field.Type
	switch {
	case op.Count == nil:
		return t.Kind == model.Bytes && t.Width > 0
	case t.Kind == model.List:
		return countsBytes(op)
	default:
		return t.Kind != model.Text
	}
}

// countsBytes reports whether op's count is that of a list's bytes.
func countsBytes(op *model.Op) bool {
	for _, t := range op.Count.Terms {
		if t.Field == op.Field {
			return t.Bytes
		}
	}
	return false
}

// bytes begins a StepBytes; what is fixed before it on its line belongs to it,
// and what is not has steps of its own. The first line then has some, too.
func (w *walker) bytes(at []*model.Op) {
	if w.onFirst() && !w.block {
		w.block, w.first = true, w.prefix
	}
	lead, ok := w.leadTo()
	if !ok {
		w.err = errCountedLine
		return
	}
	w.add(wire.Step{Kind: wire.StepBytes, Lead: lead}, counted{Count: Count{Template: w.template, At: at}})
	w.prefix, w.open, w.parts = "", false, nil
}

// times adds the repetitions of a list's item.
func (w *walker) times(op *model.Op, at []*model.Op) {
	if op.Count == nil || w.onFirst() || w.prefix != "" || w.open {
		w.err = errListLine
		return
	}
	if body := w.items(op.Field.Type.Elem); body != nil {
		w.add(wire.Step{Kind: wire.StepTimes, Body: body.steps},
			counted{Count: Count{Template: w.template, At: at}, body: body.counts})
	}
}

// until adds the lines of a list that goes on until the next line.
func (w *walker) until(op *model.Op) {
	if w.prefix != "" || w.open {
		w.err = errListLine
		return
	}
	w.block = w.block || w.onFirst()
	item := op.Field.Type
	if item.Kind == model.List {
		item = item.Elem
	}
	if body := w.items(item); body != nil {
		step := wire.Step{Kind: wire.StepUntil, Lit: op.Until.Text, Whole: op.Until.Whole, Body: body.steps}
		if op.Until.Items {
			step = wire.Step{Kind: wire.StepWhile, Lit: op.Until.Text, Lead: op.Until.Skip, Body: body.steps}
		}
		w.add(step, counted{body: body.counts})
	}
}

// maybe adds the lines of an optional part, behind the end of the line before it.
func (w *walker) maybe(op *model.Op, at []*model.Op) {
	w.endLine()
	part := &walker{template: w.template, item: true}
	part.walk(op.Body[1:], at)
	part.endLine()
	if w.err = part.err; w.err != nil {
		return
	}
	w.add(wire.Step{Kind: wire.StepMaybe, Lit: op.Sep, Body: part.steps}, counted{body: part.counts})
	w.listed = true
}

// oneOf adds a branch for each form of a type that may take several lines.
func (w *walker) oneOf(t *model.Type) {
	if w.prefix != "" || w.open {
		w.err = errListLine
		return
	}
	w.block = w.block || w.onFirst()
	w.listed = true
	step, c := w.nested.step(t, func(form *model.Type) ([]wire.Step, []counted) {
		if inner := w.items(form); inner != nil {
			return inner.steps, inner.counts
		}
		return nil, nil
	})
	w.add(step, c)
}

// items goes through an item of a list that stands alone on its lines; nil after
// an error.
func (w *walker) items(elem *model.Type) *walker {
	item := &walker{item: true, nested: w.nested}
	if elem.Kind == model.Layout {
		item.template = elem.Body
		item.walk(elem.Body.Ops, nil)
	} else if elem.Kind == model.OneOf && manyLinesType(elem) {
		item.oneOf(elem)
	} else if elem.Kind == model.List && elem.Sep == "" || elem.Kind == model.Bytes {
		item.err = errListLine
	} else {
		item.put(part{other: true})
	}
	item.endLine()
	w.listed = true
	if w.err = item.err; w.err != nil {
		return nil
	}
	return item
}

// endLine ends the current line: the first is the shape's prefix, others are steps.
func (w *walker) endLine() {
	lit, whole := w.prefix, !w.open
	switch {
	case w.listed:
	case w.onFirst() && !w.block:
		w.first, w.whole = lit, whole
	default:
		w.add(wire.Step{Kind: wire.StepLine, Lit: lit}, counted{})
	}
	w.lines++
	w.prefix, w.open, w.parts, w.listed = "", false, nil, false
}

func (w *walker) add(s wire.Step, c counted) {
	w.steps = append(w.steps, s)
	w.counts = append(w.counts, c)
}
