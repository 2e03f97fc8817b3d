package codec

import "github.com/linewright/linewright/spec/model"

// lines reads a list of lines without a count, until the line that ends it.
func (p *parser) lines(op *model.Op, path string) any {
	items := []any{}
	for !p.r.AtLine(op.Until.Text, op.Until.Whole) {
		v := p.value(op.Field.Type.Elem, itemPath(path, len(items)), nil)
		p.r.Break()
		if p.stopped() {
			return nil
		}
		items = append(items, v)
	}
	return items
}

// lines writes a list of lines without a count; no item may look like the line
// that ends it.
func (a *appender) lines(op *model.Op, path string, v any) {
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
		mark := a.w.Mark()
		a.value(op.Field.Type.Elem, at, nil, item)
		a.w.EndItem(at, mark, op.Until.Text, op.Until.Whole)
	}
}
