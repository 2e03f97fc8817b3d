package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

func (r typeRef) quoted(e *template.Type) (*model.Type, bool) {
	t := &model.Type{Kind: model.Quoted, Flavour: "c"}
	if !e.Parens {
		return t, true
	}
	flavours := []string{"c", "json", "doubled", "backslash"}
	ok := r.args(e, "quoted('c'), quoted('json'), quoted('doubled') or quoted('backslash')",
		len(e.Args) == 1 && e.Args[0].IsText && slices.Contains(flavours, e.Args[0].Text))
	if ok {
		t.Flavour = e.Args[0].Text
	}
	return t, ok
}

func (r typeRef) boolean(e *template.Type) (*model.Type, bool) {
	t := &model.Type{Kind: model.Bool}
	if r.json {
		return t, r.args(e, "bool, without words, in JSON", !e.Parens)
	}
	if !r.args(e, "bool('on','off')", len(e.Args) == 2 && e.Args[0].IsText && e.Args[1].IsText) {
		return nil, false
	}
	yes, no := e.Args[0].Text, e.Args[1].Text
	if strings.HasPrefix(yes, no) || strings.HasPrefix(no, yes) {
		r.fail(e, "bad-type", "", "one of %q and %q begins with the other", yes, no)
		return nil, false
	}
	t.Words = [2]string{yes, no}
	return t, r.w.holdsNoEnd(r.v, r.v.At(e.Offset), yes) && r.w.holdsNoEnd(r.v, r.v.At(e.Offset), no)
}

func (r typeRef) padded(e *template.Type) (*model.Type, bool) {
	form := "padded(T,n) or padded(T,n,'{NUL}')"
	if !r.args(e, form, len(e.Args) > 1 && len(e.Args) < 4 && e.Args[0].Type != nil && e.Args[1].IsNum) {
		return nil, false
	}
	elem, ok := r.inner(e.Args[0].Type)
	if !ok {
		return nil, false
	}
	switch elem.Kind {
	case model.Int, model.Uint, model.Decimal, model.Text, model.Word:
		if elem.Scale != "" {
			r.fail(e, "bad-type", "", "a number with a scale cannot be padded")
			return nil, false
		}
	default:
		r.fail(e, "bad-type", "", "only integers, decimal, text and word can be padded")
		return nil, false
	}
	n := e.Args[1].Num
	if n < 1 || n > maxWidth || elem.Width > 0 {
		r.fail(e, "bad-type", "", "width %d of padded: want 1 to %d, around a type without a width", n, maxWidth)
		return nil, false
	}
	t := &model.Type{Kind: model.Padded, Elem: elem, Width: n}
	if len(e.Args) < 3 {
		return t, true
	}
	if !r.args(e, form, e.Args[2].IsText) {
		return nil, false
	}
	t.Fill = e.Args[2].Text
	return t, r.fills(e, t)
}

// fills looks at what fills a padded value up: a byte that no number has.
func (r typeRef) fills(e *template.Type, t *model.Type) bool {
	switch {
	case len(t.Fill) != 1:
		r.fail(e, "bad-type", "", "one byte fills a padded value up, and %q is none", t.Fill)
	case isNumber(t) && strings.ContainsAny(t.Fill, "0123456789.+-"):
		r.fail(e, "bad-type", "write digits(n) where zeros stand before a number", "%q may be a part of the number", t.Fill)
	case r.w.holdsNoEnd(r.v, r.v.At(e.Offset), t.Fill):
		return true
	}
	return false
}

func (r typeRef) list(e *template.Type) (*model.Type, bool) {
	form := "list(T) or list(T,',')"
	if !r.args(e, form, len(e.Args) > 0 && len(e.Args) < 3 && e.Args[0].Type != nil) {
		return nil, false
	}
	elem, ok := r.inner(e.Args[0].Type)
	if !ok {
		return nil, false
	}
	t := &model.Type{Kind: model.List, Elem: elem}
	if len(e.Args) == 2 {
		if !r.args(e, form, e.Args[1].IsText && e.Args[1].Text != "") {
			return nil, false
		}
		t.Sep = e.Args[1].Text
		if !r.w.holdsNoEnd(r.v, r.v.At(e.Offset), t.Sep) {
			return nil, false
		}
	}
	switch {
	case r.json && t.Sep != "":
		r.fail(e, "bad-type", "write list(T)", "a list in JSON has no separator")
	case r.json:
		return t, true
	case elem.Kind == model.List && elem.Sep == "":
		r.fail(e, "list-endless", "make the item a layout that counts its items", "nothing ends a list inside another without a separator")
	case elem.Kind == model.Dotted && t.Sep != "":
		r.fail(e, "bad-type", "write list(dotted)", "a dotted line has no separator")
	case elem.Kind == model.PairsOf && t.Sep != "":
		r.fail(e, "bad-type", "write list(T), a record a line or more", "records of pairs cannot have a separator")
	case elem.Kind == model.Bytes && elem.Width == 0:
		r.fail(e, "count-unresolved", `make the item a layout: "{#data} {data:bytes}"`, "nothing says how long the items are")
	case t.Sep != "" && len(r.w.busy) == 0 && !r.oneLine(e, elem):
	default:
		if t.Sep != "" && len(r.w.busy) > 0 { // the item may not be complete
			r.w.await(func() { r.oneLine(e, elem) })
		}
		return t, true
	}
	return nil, false
}

// oneLine complains about items of several lines.
func (r typeRef) oneLine(e *template.Type, elem *model.Type) bool {
	if !takesLines(elem) {
		return true
	}
	r.fail(e, "list-endless", "write list(T), with a count before it", "items of several lines cannot have a separator")
	return false
}

// inner resolves a type inside another, where secret means nothing.
func (r typeRef) inner(e *template.Type) (*model.Type, bool) {
	t, secret, ok := r.resolve(e)
	if secret {
		r.fail(e, "bad-type", "write secret(…) around the whole type", "secret inside another type")
		return nil, false
	}
	return t, ok
}
