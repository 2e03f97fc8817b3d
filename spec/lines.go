package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// lineCheck walks along the lines of a template and finds what the decoder
// could not cut: it takes whole lines, and what they count.
type lineCheck struct {
	c *compiler
	// line counts from 0; loose says that something of unknown length came on
	// this line; started, that anything did.
	line           int
	loose, started bool
	listed         bool // a list has just ended: its lines are complete
	item           bool // of a list, where the first line is like others
}

// lines checks where counted fields and lists stand.
func (c *compiler) lines(ops []*model.Op) {
	l := &lineCheck{c: c}
	for _, op := range ops {
		l.op(op)
	}
}

func (l *lineCheck) fail(op *model.Op, rule, hint, format string, args ...any) {
	l.c.broken = true
	l.c.v.failAt(op.Pos, rule, hint, format, args...)
}

func (l *lineCheck) op(op *model.Op) {
	if l.listed && op.Kind != model.OpBreak {
		l.fail(op, "list-endless", "", "a list without a separator stands alone on its line")
	}
	switch op.Kind {
	case model.OpBreak:
		l.line++
		l.loose, l.started, l.listed = false, false, false
		return
	case model.OpLit, model.OpBody, model.OpBodyEnd:
	case model.OpField:
		l.field(op)
	case model.OpOptional:
		for _, inner := range op.Body {
			l.inside(inner)
		}
		l.loose = true
	default:
		l.loose = true
	}
	l.started = true
}

func (l *lineCheck) field(op *model.Op) {
	t := op.Field.Type
	switch {
	case t.Kind == model.Layout && t.Body != nil:
		for _, inner := range t.Body.Ops {
			l.nested(op, inner)
		}
	case t.Kind == model.List && t.Sep == "":
		l.list(op)
	case op.Count != nil || t.Kind == model.Bytes && t.Width > 0:
		l.counted(op)
	case t.Kind == model.Bytes:
		l.fail(op, "count-unresolved", "write {#"+op.Field.Name+"} before it, or bytes(n)", "nothing says how long %s is", op.Field.Name)
	case t.Width > 0:
	default:
		if t.Kind == model.List && (l.line > 0 || l.item) && cutByCount(t.Elem) {
			l.fail(op, "not-yet", "count the items, each on lines of its own",
				"a list with separators of items that hold counted bytes is not supported by this version")
		}
		l.loose = true
	}
}

// cutByCount reports whether a value holds bytes that are counted, among which
// the decoder must not look for a line's end.
func cutByCount(t *model.Type) bool {
	switch {
	case t.Kind == model.List:
		return cutByCount(t.Elem)
	case t.Kind != model.Layout || t.Body == nil:
		return t.Kind == model.Bytes
	}
	return anyOp(t.Body.Ops, func(op *model.Op) bool {
		return op.Kind == model.OpField && (op.Count != nil && op.Field.Type.Kind != model.Text || cutByCount(op.Field.Type))
	})
}

func anyOp(ops []*model.Op, is func(*model.Op) bool) bool {
	return slices.ContainsFunc(ops, func(op *model.Op) bool { return is(op) || anyOp(op.Body, is) })
}

// nested goes through a layout inside the template; what it finds is said
// about the field that uses it.
func (l *lineCheck) nested(use, op *model.Op) {
	at := *op
	at.Pos = use.Pos
	l.op(&at)
}

// counted checks a field that may hold line ends.
func (l *lineCheck) counted(op *model.Op) {
	switch {
	case l.line == 0 && !l.item:
		l.fail(op, "not-yet", "put it on a line of its own", "counted bytes on the first line are not supported by this version")
	case l.loose:
		l.fail(op, "not-yet", "put it at the line's beginning", "counted bytes behind fields on the same line are not supported by this version")
	}
}

// list checks a list without a separator.
func (l *lineCheck) list(op *model.Op) {
	elem := op.Field.Type.Elem
	switch {
	case l.started:
		l.fail(op, "list-endless", "write list(T,' ') for items on one line", "a list without a separator stands alone on its line")
	case op.Count == nil:
		l.fail(op, "not-yet", "write {#"+op.Field.Name+"} on a line before it", "a list of lines without a count is not supported by this version")
	case l.line == 0 && !l.item:
		l.fail(op, "list-endless", "", "a counted list cannot be the first line")
	case elem.Kind != model.Layout:
		l.fail(op, "not-yet", "make the item a layout", "a list of lines of another type than a layout is not supported by this version")
	default:
		items := &lineCheck{c: l.c, item: true}
		for _, inner := range elem.Body.Ops {
			items.nested(op, inner)
		}
	}
	l.listed = true
}

// inside checks an op of an optional part.
func (l *lineCheck) inside(op *model.Op) {
	switch op.Kind {
	case model.OpOptional:
		for _, inner := range op.Body {
			l.inside(inner)
		}
	case model.OpField:
		t := op.Field.Type
		if op.Count != nil || cutByCount(t) || t.Kind == model.List && t.Sep == "" || linesOf(t) > 1 {
			l.fail(op, "not-yet", "", "%s cannot be in an optional part in this version", op.Field.Name)
		}
	}
}
