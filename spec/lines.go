package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// lineCheck walks along the lines of a template and finds what the decoder
// could not cut: it takes whole lines, and what they count.
type lineCheck struct {
	c       *compiler
	line    int  // counts from 0
	started bool // something has come on this line
	// Since the line's beginning or its last counted bytes: a field has come that
	// literal text must end next; or one whose end only reading it shows.
	open, hidden bool
	float        bool // … it is a float, which may have a sign inside
	listed       bool // a list has just ended: its lines are complete
	part         bool // … it was an optional part
	item         bool // of a list, where the first line is like others
}

// typeSet are types that something was done with.
type typeSet map[*model.Type]bool

func (s typeSet) add(t *model.Type) { s[t] = true }

// linesAlone checks a layout that no template has on a line of its own: as if
// one had nothing else.
func (w *lowering) linesAlone(d *typeDecl) {
	if d.typ.Kind != model.Layout || w.lined[d.typ] {
		return
	}
	c := &compiler{w: w, v: d.body.v, frame: w.frameOf()}
	if c.haveLines(d.body.Ops) {
		l := &lineCheck{c: c, item: true}
		for _, op := range d.body.Ops {
			l.op(op)
		}
	}
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
	if l.listed && op.Kind != model.OpBreak && op.Kind != model.OpBodyEnd && !hasOwnLines(op) {
		what := "a list without a separator, or pairs on lines, stand"
		if l.part {
			what = "an optional part over several lines stands"
		}
		l.fail(op, "list-endless", "", "%s alone there", what)
		l.listed = false // once is enough
	}
	switch l.part = false; op.Kind {
	case model.OpBreak:
		l.line++
		l.open, l.hidden, l.started, l.listed = false, false, false, false
		return
	case model.OpLit:
		l.hidden = l.hidden || l.open && l.float && strings.ContainsAny(op.Lit[:1], "+-")
		l.open = false
	case model.OpBody:
	case model.OpBodyEnd:
		l.listed = false
	case model.OpField:
		l.field(op)
	case model.OpOptional:
		if hasOwnLines(op) {
			l.ownLines(op)
			return
		}
		for _, inner := range op.Body {
			l.inside(inner)
		}
		l.hidden = true
	default: // counts, and the same value again
		if op.Field.Type.Width == 0 {
			l.before(op)
		}
	}
	l.started = true
}

func (l *lineCheck) field(op *model.Op) {
	t := op.Field.Type
	l.c.w.lined.add(t)
	switch {
	case op.Rest:
	case t.Kind == model.Dotted:
		l.fail(op, "bad-type", "write list(dotted)", "dotted is a line of a list of lines")
	case t.Kind == model.Layout && t.Body != nil:
		for _, inner := range t.Body.Ops {
			l.nested(op, inner)
		}
	case t.Kind == model.OneOf:
		l.oneOf(op)
	case standsOnLines(t):
		l.list(op)
	case op.Count != nil && t.Kind != model.List || t.Kind == model.Bytes && t.Width > 0:
		l.counted(op)
	case t.Kind == model.Bytes:
		l.fail(op, "count-unresolved", "write {#"+op.Field.Name+"} before it, or bytes(n)", "nothing says how long %s is", op.Field.Name)
	case t.Width > 0:
		l.hidden = l.hidden || l.open
	default:
		if t.Kind == model.List && cutByCount(t.Elem) {
			l.fail(op, "counted-place", "count the items, each on lines of its own",
				"items with separators hold counted bytes: a receiver looks for a line's end without reading what is on it")
		}
		l.before(op)
	}
}

// anyOp reports whether one of ops, or of their parts, is so.
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

// counted checks a field that may hold line ends: what is before it on its line
// must end at literal text, or be of a known length.
func (l *lineCheck) counted(op *model.Op) {
	if text := op.Field.Type.Kind == model.Text; (l.hidden || l.open) && text {
		l.hidden = true // it holds no line's end
		return
	}
	if (l.hidden || l.open) && !l.c.cutWhole() {
		l.fail(op, "counted-place", "put it at a line's beginning",
			"a receiver looks for counted bytes without reading what is before them on their line: no optional part, list, quoted text or the like can be there")
	}
	l.hidden, l.open = false, false
}

// before notes what comes before counted bytes on their line, where it has no
// known length: whether it ends where the literal text after it occurs.
func (l *lineCheck) before(op *model.Op) {
	switch t := op.Field.Type; {
	case l.open, !endsAtText(t):
		l.hidden = true
	default:
		l.open, l.float = true, t.Kind == model.Float || t.Kind == model.Enum && t.Elem.Kind == model.Float
	}
}

// endsAtText reports whether a value of t ends where the literal text that
// follows it first occurs.
func endsAtText(t *model.Type) bool {
	switch t.Kind {
	case model.Text, model.Word, model.HexBytes, model.Base64, model.Int, model.Uint, model.Decimal, model.Float, model.Digits, model.Hex:
		return true
	case model.Enum:
		return endsAtText(t.Elem)
	}
	return false
}

// list checks a list without a separator.
func (l *lineCheck) list(op *model.Op) {
	elem := op.Field.Type.Elem
	l.c.w.lined.add(elem)
	switch {
	case l.started && op.Field.Type.Kind == model.PairsOf:
		l.fail(op, "list-endless", "write each: for pairs on one line", "pairs without each: stand alone on their lines")
	case l.started:
		l.fail(op, "list-endless", "write list(T,' ') for items on one line", "a list without a separator stands alone on its line")
	case op.Field.Type.Kind == model.PairsOf:
	case elem.Kind == model.PairsOf:
		if elem.Pairs.Each == "" && len(elem.Pairs.First) == 0 {
			l.fail(op, "pairs-first", "add first: to type "+elem.Name, "nothing says which key opens a record of %s", op.Field.Name)
		}
		if op.Count != nil && elem.Pairs.Each == "" {
			l.fail(op, "pairs-first", "leave the count out", "a record of pairs on lines has no number of lines, so that records cannot be counted")
		}
	case op.Count != nil && l.line == 0 && !l.item:
		l.fail(op, "list-endless", "", "a counted list cannot be the first line")
	case elem.Kind == model.Bytes:
		l.fail(op, "list-endless", "make the item a layout", "an item of bytes alone may look like the line after it")
	case elem.Kind == model.OneOf:
		(&lineCheck{c: l.c, item: true}).nested(op, &model.Op{Kind: model.OpField, Field: &model.Field{Named: op.Field.Named, Type: elem}})
	case elem.Kind == model.Layout:
		items := &lineCheck{c: l.c, item: true}
		for _, inner := range elem.Body.Ops {
			items.nested(op, inner)
		}
	}
	l.listed = true
}

// oneOf checks a field of several forms. Where one takes more than its line, or
// holds counted bytes, the field is the whole line, and the lines after it that
// the form has.
func (l *lineCheck) oneOf(op *model.Op) {
	t := op.Field.Type
	if !takesLines(t) && !cutByCount(t) {
		l.hidden = true
		return
	}
	if l.started {
		l.fail(op, "one-of-line", "", "a form of %s takes more than its line: the field stands alone on its lines", t.Name)
		return
	}
	l.listed = true
	if l.c.forms[t] {
		return // types that hold each other are gone through once
	}
	if l.c.forms == nil {
		l.c.forms = typeSet{}
	}
	l.c.forms.add(t)
	for _, form := range t.Body.Fields {
		l.c.w.lined.add(form.Type)
		inner := &lineCheck{c: l.c, item: true}
		for _, o := range form.Type.Body.Ops {
			inner.nested(op, o)
		}
	}
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
		if t.Kind == model.Dotted {
			l.field(op)
			return
		}
		switch {
		case standsOnLines(t) || takesLines(t):
			l.fail(op, "optional-lines", `begin the part with its line break, as in {?\nLIST\n{items:list(Item)}\nEND}`,
				"%s takes lines of its own, in an optional part that begins in the middle of one", op.Field.Name)
		case op.Count != nil && t.Kind == model.Bytes || cutByCount(t):
			l.fail(op, "counted-place", `give the part lines of its own, as in {?\nDATA {#data}\n{data:bytes}}, or make two messages`,
				"counted bytes in an optional part on a line with others: a receiver could not find them without reading what is before them")
		}
	}
}
