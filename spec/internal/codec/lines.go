package codec

import "github.com/linewright/linewright/spec/model"

// lines reads a list of lines without a count, or pairs, until the line that ends
// them.
func (p *parser) lines(op *model.Op, path string) any {
	elem := op.Field.Type.Elem
	if op.ToEnd() {
		p.r.ToEnd()
	}
	if op.Field.Type.Kind == model.PairsOf {
		return p.pairs(op.Field.Type, path, op.Until)
	}
	items := []any{}
	for p.another(op.Until) {
		var v any
		if at := itemPath(path, len(items)); standsOnLines(elem) {
			v = p.pairs(elem, at, op.Until) // with its line breaks
		} else {
			v = p.value(elem, at, nil)
			p.r.Break()
		}
		if p.stopped() {
			return nil
		}
		items = append(items, v)
	}
	return items
}

// another reports whether an item comes next.
func (p *parser) another(end *model.Line) bool {
	if end.Items {
		return p.r.AtItem(end.Skip, end.Text)
	}
	return !p.r.AtLine(end.Text, end.Whole)
}

// lines writes a list of lines without a count, or pairs; no line may look like
// the one that ends them.
func (a *appender) lines(op *model.Op, path string, v any) {
	elem := op.Field.Type.Elem
	if op.ToEnd() {
		a.w.ToEnd()
		defer a.w.EndTail()
	}
	if op.Field.Type.Kind == model.PairsOf {
		a.pairs(op.Field.Type, path, op.Until, v)
		return
	}
	items, ok := typed[[]any](a, path, v)
	if !ok {
		return
	}
	for i, item := range items {
		at := itemPath(path, i)
		if item == nil {
			a.w.Fail(at, isMissing)
			return
		}
		if standsOnLines(elem) {
			a.pairs(elem, at, op.Until, item)
			continue
		}
		mark := a.w.Mark()
		a.value(elem, at, nil, item)
		if op.Until.Items {
			a.w.Break()
			continue
		}
		a.w.EndItem(at, mark, op.Until.Text, op.Until.Whole)
	}
}
