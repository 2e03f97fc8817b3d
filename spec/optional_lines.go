package spec

import (
	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// ownLines complains about an optional part over several lines that does not stand
// on lines of its own: a receiver could not tell where the line goes on.
func (c *compiler) ownLines(n *template.Opt, op *model.Op) {
	if !takesLinesIn(op.Body) {
		return
	}
	switch {
	case op.Flag != nil && !c.binary():
		c.fail(n, "optional-lines", `let its first line begin with text of its own, as in {?\nNOTE {text:text}}, without the flag`,
			"a flag tells of an optional part over several lines: a receiver finds lines without reading what is on them")
	case !hasOwnLines(op):
		c.fail(n, "optional-lines", `begin it with its line break, as in {?\nNOTE {text:text}}`,
			"an optional part over several lines begins in the middle of one")
	case c.frame != nil && c.frame.f.Packet != nil:
		c.fail(n, "optional-lines", "make two messages", "optional lines are for frames that are lines")
	}
}

// hasOwnLines reports whether an optional part begins with a line break.
func hasOwnLines(op *model.Op) bool {
	return op.Kind == model.OpOptional && len(op.Body) > 0 && op.Body[0].Kind == model.OpBreak
}

// ownLines checks an optional part on lines of its own, as if it were an item of
// a list.
func (l *lineCheck) ownLines(op *model.Op) {
	part := &lineCheck{c: l.c, item: true}
	for _, inner := range op.Body[1:] {
		part.op(inner)
	}
	l.line++
	l.open, l.hidden, l.listed, l.part = false, false, true, true
}
