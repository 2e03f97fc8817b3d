package spec

import (
	"sort"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// lowerOneOf reads {one_of: {name: template}}: each form becomes a layout of its
// own, and a field that is there where the value has that form.
func (w *lowering) lowerOneOf(d *typeDecl) {
	t := d.typ
	t.Kind = model.OneOf
	t.Body = &model.Template{}
	d.body = &compiled{v: d.value, ok: true}
	if d.Get("depth") != nil {
		t.Depth = minDepth // it is said where it is no number
	}
	d.mapping("a type", described(&t.Named,
		may("depth", integer(&t.Depth, minDepth, maxDepth)),
		need("one_of", func(v value) { w.forms(d, v) }),
	)...)
	d.body.Template = *t.Body
	d.ops = countOps(w, t.Body.Ops)
	if d.depth = 1 + w.layoutDepth(t.Body.Ops); d.depth > maxLayoutDepth || len(t.Body.Fields) > maxFields {
		d.value.fail("template-large", "", "more than %d forms, or layouts nested more than %d deep", maxFields, maxLayoutDepth)
	}
}

func (w *lowering) forms(d *typeDecl, v value) {
	t := d.typ
	v.named(snake, "a map from names to templates", func(e entry) {
		if len(t.Body.Ops) > maxFields {
			return // it will be said
		}
		named, template, ok := readForm(e)
		if !ok {
			return
		}
		form := w.form(d, e, named, template)
		if form == nil {
			return
		}
		f := &model.Field{Named: named, Type: form, Optional: true}
		t.Body.Ops = append(t.Body.Ops, &model.Op{Kind: model.OpField, Field: f, Pos: e.Pos})
		t.Body.Fields = append(t.Body.Fields, f)
	})
	if v.Kind == document.Map && len(v.Keys) < 2 {
		v.fail("empty", "write a layout", "one_of with fewer than two forms")
	}
}

// orderForms finds out what the forms of a type begin with, now that all types are
// known.
func (w *lowering) orderForms(d *typeDecl) {
	t := d.typ
	if t.Kind != model.OneOf || !d.ok {
		return
	}
	by := map[string]string{}
	d.ok = w.clean(func() {
		for i, f := range t.Body.Fields {
			text, _ := leading(f.Type.Body.Ops)
			if other, alike := by[text]; alike {
				d.find("one_of").find(f.Name).fail("one-of-alike", "begin each form with different text", "%s begins as %s does", f.Name, other)
			}
			by[text] = f.Name
			t.Leads, t.Order = append(t.Leads, text), append(t.Order, i)
		}
	})
	sort.SliceStable(t.Order, func(i, j int) bool { return len(t.Leads[t.Order[i]]) > len(t.Leads[t.Order[j]]) })
}

// readForm reads a form: a template, or a map of it and what people read. It
// reports whether there is a template.
func readForm(e entry) (named model.Named, template value, ok bool) {
	named = model.Named{Name: e.name, Pos: e.keyPos}
	if e.Kind != document.Map {
		return named, e.value, true
	}
	e.mapping(`a form, as in {layout: "@{x:uint8}", doc: what it is}`, described(&named, need("layout", func(v value) { template, ok = v, true }))...)
	return named, template, ok
}

// formType names the layout of a form after the type and the form; it means what
// the form does.
func formType(d *typeDecl, named model.Named) *model.Type {
	named.Name, named.GoName = d.name+pascalName(named.Name), ""
	return &model.Type{Named: named, Kind: model.Layout}
}

// form compiles a form as a layout; nil after a complaint.
func (w *lowering) form(d *typeDecl, e entry, named model.Named, template value) *model.Type {
	form := formType(d, named)
	body := w.compile(template, true, nil)
	form.Body = &body.Template
	switch {
	case !body.ok:
		return nil
	case len(body.Ops) == 0:
		e.fail("layout-empty", "", "a form that is nothing on the wire")
		return nil
	case w.types.byName[form.Name] != nil:
		e.failAt(e.keyPos, "duplicate-name", "give one of them another name", "there is a type %s besides", form.Name)
		return nil
	}
	inner := &typeDecl{entry: e, typ: form, state: finished, ok: true, body: body}
	inner.ops, inner.depth = countOps(w, body.Ops), 1+w.layoutDepth(body.Ops)
	w.types.byName[form.Name] = inner
	w.layouts = append(w.layouts, inner)
	w.p.Types = append(w.p.Types, form)
	return form
}

// pascalName is snake_case in PascalCase.
func pascalName(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}
