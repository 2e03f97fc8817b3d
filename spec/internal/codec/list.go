package codec

import (
	"strconv"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// list reads a list: n items, or, where n is negative, as many as there are.
func (p *parser) list(t *model.Type, path string, stops []string, n int64) any {
	items := []any{}
	if n < 0 && t.Sep == "" {
		p.r.Fail(path, "has no count")
		return nil
	}
	if n == 0 || n < 0 && p.emptyHere(stops) {
		return items
	}
	inner := stops
	if t.Sep != "" {
		inner = join([]string{t.Sep}, stops)
	}
	for n < 0 || int64(len(items)) < n {
		switch {
		case t.Sep == "" && p.packed():
		case t.Sep == "":
			p.r.Break()
		case len(items) == 0:
		case n < 0 && !p.r.Has(t.Sep):
			return items
		default:
			p.r.Lit(t.Sep)
		}
		v := p.value(t.Elem, itemPath(path, len(items)), inner)
		if p.stopped() {
			return nil
		}
		items = append(items, v)
	}
	return items
}

// emptyHere reports whether a list without a count ends before it began.
func (p *parser) emptyHere(stops []string) bool {
	if p.r.AtBreak() {
		return true
	}
	for _, s := range stops {
		if p.r.Has(s) {
			return true
		}
	}
	return false
}

// packed reports whether items of a list without a separator come one behind the
// other, not on lines of their own.
func (p *parser) packed() bool { return packed(p.framing) }

func packed(f *wire.Framing) bool { return f.Packet != nil && len(f.Ends) == 0 }

func itemPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// list writes a list; counted: its receiver knows how many items come.
func (a *appender) list(t *model.Type, path string, stops []string, v any, counted bool) {
	items, ok := typed[[]any](a, path, v)
	if !ok {
		return
	}
	inner := stops
	if t.Sep != "" {
		inner = join([]string{t.Sep}, stops)
	}
	mark := a.w.Mark()
	for i, item := range items {
		switch {
		case t.Sep == "" && packed(a.framing):
		case t.Sep == "":
			a.w.Break()
		case i > 0:
			a.w.Lit(t.Sep)
		}
		if item == nil {
			a.w.Fail(itemPath(path, i), isMissing)
			return
		}
		a.value(t.Elem, itemPath(path, i), inner, item)
	}
	if !counted && len(items) == 1 && a.w.Mark() == mark {
		a.w.Fail(path, "has a single item that is written as nothing")
	}
}
