package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// lowerVariants reads {one_of: {name: template}} of binary frames: a layout of which each value is
// one of several, told apart by the literals that they begin with. Each variant is
// a layout of its own, named after both.
func (w *lowering) lowerVariants(d *typeDecl, v value) {
	d.typ.Kind = model.Layout
	body := &compiled{v: v}
	choice := &model.Op{Kind: model.OpVariants, Pos: v.Pos}
	leads := map[string]string{}
	ok := w.clean(func() {
		v.named(snake, "a map from names to templates", func(e entry) {
			if len(choice.Body) > maxFields {
				return // it will be said
			}
			if op := w.variant(d, e, leads); op != nil {
				choice.Body = append(choice.Body, op)
				body.Fields = append(body.Fields, op.Field)
			}
		})
		if v.Kind == document.Map && len(v.Keys) < 2 {
			v.fail("empty", "write layout: for a single form", "one_of has at least two variants")
		}
	})
	body.Ops, body.Source, body.ok = []*model.Op{choice}, "one of "+strings.Join(fieldNames(body.Fields), ", "), ok
	d.body, d.typ.Body = body, &body.Template
	d.ops = countOps(w, body.Ops)
	d.depth = 1 + w.layoutDepth(body.Ops)
	if d.ops > maxOps || d.depth > maxLayoutDepth || len(body.Fields) > maxFields {
		v.fail("template-large", "", "with the types inside it written out, the type is too large")
	}
}

// variant makes the layout of a variant; nil after a complaint.
func (w *lowering) variant(d *typeDecl, e entry, leads map[string]string) *model.Op {
	named, template, ok := readForm(e)
	if !ok {
		return nil
	}
	typ := formType(d, named)
	name := typ.Name
	if w.types.byName[name] != nil {
		e.failAt(e.keyPos, "duplicate-name", "give one of them another name", "the variant is type %s, which there is already", name)
		return nil
	}
	inner := &typeDecl{entry: e, typ: typ, state: finished}
	inner.entry.name = name
	w.types.add(name, inner)
	w.p.Types = append(w.p.Types, inner.typ)
	inner.ok = w.clean(func() {
		inner.body = w.compile(template, true, nil)
		inner.typ.Body = &inner.body.Template
		inner.ops, inner.depth = countOps(w, inner.body.Ops), 1+w.layoutDepth(inner.body.Ops)
		if inner.body.ok {
			w.variantLead(e, inner.body, leads)
		}
	})
	w.layouts = append(w.layouts, inner)
	f := &model.Field{Named: named, Type: inner.typ, Optional: true}
	return &model.Op{Kind: model.OpField, Field: f, Pos: e.keyPos}
}

// variantLead complains about a variant that cannot be told from others.
func (w *lowering) variantLead(e entry, body *compiled, leads map[string]string) {
	if len(body.Ops) == 0 || body.Ops[0].Kind != model.OpLit {
		e.fail("variant-lead", "begin each variant with the bytes that tell it", "a variant begins with a literal")
		return
	}
	if len(body.Fields) == 1 && body.Fields[0].Optional {
		e.fail("not-yet", "", "a variant whose only field is optional is not supported by this version")
	}
	lead := body.Ops[0].Lit
	for other, name := range leads {
		if strings.HasPrefix(lead, other) || strings.HasPrefix(other, lead) {
			e.fail("variant-lead", "begin each variant with bytes of its own", "variants %s and %s cannot be told apart: they begin with %q and %q", name, e.name, other, lead)
			return
		}
	}
	leads[lead] = e.name
}
