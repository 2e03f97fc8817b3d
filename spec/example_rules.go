package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// checkExamples parses every example, and asks for those that are missing: what
// nobody has tried is wrong.
func (w *lowering) checkExamples() {
	framing := w.framing()
	verify := func(v value, t *compiled, examples []*model.Example) {
		if framing == nil {
			return
		}
		for _, e := range examples {
			if !spend(&w.tried, t.size, v.find("examples"), "all examples together have too many fields; at most %d are tried", maxTried) {
				return
			}
			if p := codec.Verify(framing, &t.Template, e); p != nil {
				wrongPart(w.written[e], p).fail(p.Rule, "", "%s", p.Message)
			}
		}
	}
	w.messages.all(func(d *messageDecl) {
		if d.tmpl.ok && !w.layoutsBroken(d.tmpl.Ops) {
			if d.tried {
				d.vectors()
			}
			verify(d.value, d.tmpl, d.m.Examples)
		}
	})
	w.commands.all(func(d *commandDecl) {
		if d.tmpl.ok && !w.layoutsBroken(d.tmpl.Ops) {
			verify(d.value, d.tmpl, d.c.Examples)
		}
	})
}

// wrongPart is what a problem with the example v is about.
func wrongPart(v value, p *codec.Problem) value {
	switch {
	case p.Part == codec.PartWire && v.Get("hex") != nil:
		return v.find("hex")
	case p.Part == codec.PartIs:
		field, _, _ := strings.Cut(p.Field, "[")
		return v.find(append([]string{p.Part}, strings.Split(field, ".")...)...)
	}
	return v.find(p.Part)
}

// vectors complains where a message with fields lacks a good or a bad example.
func (d *messageDecl) vectors() {
	if !hasFields(d.tmpl.Ops) {
		return
	}
	good, bad := false, false
	for _, e := range d.m.Examples {
		good = good || e.Bad == ""
		bad = bad || e.Bad != ""
	}
	switch {
	case !good && !bad:
		d.failAt(d.keyPos, "vector-missing", `add examples: [{wire: "…", is: {…}}, {wire: "…", bad: …}]`,
			"message %s has no examples; it needs a good and a bad one", d.name)
	case !good:
		d.failAt(d.keyPos, "vector-missing", `add {wire: "…", is: {…}}`, "message %s has no good example", d.name)
	case !bad:
		d.failAt(d.keyPos, "vector-missing", `add {wire: "…", bad: …}, a frame that must be refused`, "message %s has no bad example", d.name)
	}
}

// layoutsBroken reports whether a layout in ops has findings of its own, which
// are found only after the templates that use it.
func (w *lowering) layoutsBroken(ops []*model.Op) bool { return w.brokenIn(ops, typeSet{}) }

func (w *lowering) brokenIn(ops []*model.Op, seen typeSet) bool {
	for _, op := range ops {
		if d := w.layoutIn(op); d != nil && !seen[d.typ] {
			seen.add(d.typ)
			if !d.ok || w.brokenIn(d.body.Ops, seen) {
				return true
			}
		}
		if w.brokenIn(op.Body, seen) {
			return true
		}
	}
	return false
}
