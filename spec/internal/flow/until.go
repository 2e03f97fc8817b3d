package flow

import (
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// until finds the line that ends a list of lines without a count; rest is what
// follows it in its template, after what follows that (G4).
func (p *Pass) until(op *model.Op, rest []*model.Op, after next) {
	if op.ToEnd() {
		return
	}
	if len(rest) == 0 || rest[0].Kind != model.OpBreak {
		p.fail(op, RuleEndless, "write the line that ends it, {} for an empty one, or {#"+op.Field.Name+"} on a line before it",
			"nothing ends the lines of %s", op.Field.Name)
		return
	}
	line, more := opening(rest[1:])
	if more && after.key() != lineEnd.key() {
		line.Whole = false
	}
	if items, told := itemHead(op.Field.Type); told && !line.Whole && (line.Text == "" || items.Skip == 0 && begins(items.Text, line.Text)) {
		line = items
	}
	if line.Text == "" && !line.Whole && len(op.Tells) > 0 {
		k := op.Field.Type.Pairs.Counts[0]
		p.fail(op, RuleEndless, "write the key that always comes last in the template: "+k.Key+op.Field.Type.Pairs.Between+"{#"+k.Of+"}",
			"nothing tells the pairs of %s from the line that follows them", op.Field.Name)
		return
	}
	if line.Text == "" && !line.Whole {
		p.fail(op, RuleEndless, "begin that line, or the items, with text, or write {#"+op.Field.Name+"} on a line before the list",
			"nothing tells the lines of %s from the one that follows them", op.Field.Name)
		return
	}
	op.Until = &line
}

// opening is how the line begins that ops begin with; more: what follows ops may
// be on it too.
func opening(ops []*model.Op) (line model.Line, more bool) {
	for _, op := range ops {
		switch {
		case op.Kind == model.OpBreak || op.Kind == model.OpOptional && op.Body[0].Kind == model.OpBreak:
			line.Whole = true
			return line, false
		case op.Kind == model.OpLit:
			line.Text += op.Lit
		case op.Kind == model.OpField && op.Field.Type.Kind == model.Layout:
			inner, more := opening(op.Field.Type.Body.Ops)
			if line.Text += inner.Text; !more {
				line.Whole = inner.Whole
				return line, false
			}
		default:
			return line, false
		}
	}
	line.Whole = true
	return line, true
}

// itemHead is how the items of a list begin: with text, or with text behind
// fields of fixed width.
func itemHead(list *model.Type) (head model.Line, told bool) {
	if list.Kind != model.List || list.Elem.Kind != model.Layout {
		return head, false
	}
	head.Items = true
	for _, op := range list.Elem.Body.Ops {
		switch {
		case op.Kind == model.OpLit:
			head.Text += op.Lit
		case op.Kind == model.OpField && head.Text == "" && fixedText(op.Field.Type):
			head.Skip += op.Field.Type.Width
		default:
			return head, head.Text != ""
		}
	}
	return head, head.Text != ""
}

// begins reports whether text begins with start, and is longer.
func begins(text, start string) bool { return len(text) > len(start) && strings.HasPrefix(text, start) }

// fixedText reports whether all values of t take as many bytes of a line.
func fixedText(t *model.Type) bool {
	return t.Width > 0 && (t.Kind == model.Digits || t.Kind == model.Hex || t.Kind == model.Text)
}
