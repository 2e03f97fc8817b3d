package plan

import (
	"errors"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

var errCountedLine = errors.New("counted bytes come behind a field whose end only reading it shows")

// part is a piece of the current line, since its beginning or its last counted
// bytes: just one of literal text, a number of bytes, a field that the literal
// text after it ends, counted text, and a field that ends in another way.
type part struct {
	lit   string
	fixed int
	ended bool
	sign  bool // … and may begin with a sign, which then is no part of that text
	text  []*model.Op
	other bool
}

// loose reports whether the part's length is not known.
func (p part) loose() bool { return p.ended || p.other || p.text != nil }

// partOf is what a field is to a decoder that only looks for literal text.
func partOf(op *model.Op, at []*model.Op) part {
	t := op.Field.Type
	switch {
	case op.Count != nil && t.Kind == model.Text:
		return part{text: at}
	case (t.Kind == model.Text || t.Kind == model.Digits || t.Kind == model.Hex || t.Kind == model.Padded) && t.Width > 0:
		return part{fixed: t.Width}
	case endsAtText(t):
		return part{ended: true, sign: signed(t)}
	}
	return part{other: true}
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

// signed reports whether a value of t may begin with a sign.
func signed(t *model.Type) bool {
	switch t.Kind {
	case model.Int, model.Decimal, model.Float:
		return true
	case model.Enum:
		return signed(t.Elem)
	}
	return false
}

// leadTo adds the steps for what is on the line before counted bytes, and gives
// what is fixed just before them.
func (w *walker) leadTo() (lead int, ok bool) {
	for i, p := range w.parts {
		switch {
		case p.other:
			return 0, false
		case p.text != nil:
			w.add(wire.Step{Kind: wire.StepBytes, Lead: lead}, counted{Count: Count{Template: w.template, At: p.text}})
			lead = 0
		case p.ended && (i+1 == len(w.parts) || w.parts[i+1].lit == ""):
			return 0, false
		case p.ended:
			if p.sign && strings.ContainsAny(w.parts[i+1].lit[:1], "+-") {
				lead++
			}
			w.add(wire.Step{Kind: wire.StepTo, Lead: lead, Lit: w.parts[i+1].lit}, counted{})
			lead = -len(w.parts[i+1].lit) // it is part of the step
		default:
			lead += p.fixed + len(p.lit)
		}
	}
	return lead, true
}
