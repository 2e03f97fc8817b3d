package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// typeDecl is a type of the document.
type typeDecl struct {
	entry
	typ   *model.Type
	state declState
	ok    bool
	body  *compiled // of a layout
	// ops are a layout's, or a JSON type's members, those of the types inside
	// it counted each time; depth is how deep layouts are nested in it.
	ops, depth int
	circle     int // of the types that hold each other, from 1; 0: it is in none
}

type declState uint8

const (
	untouched declState = iota
	busy
	finished
)

func (w *lowering) lowerTypes() {
	w.types.all(w.lowerType)
	for _, l := range w.later {
		l.d.ok = w.clean(l.check) && l.d.ok
	}
	w.findCircles()
	w.types.all(w.orderForms)
}

// late is a check of a type that wants all types.
type late struct {
	d     *typeDecl
	check func()
}

// await puts off a check of the type that is being lowered.
func (w *lowering) await(check func()) {
	w.later = append(w.later, late{w.busy[len(w.busy)-1], check})
}

// lowerType lowers a type, and first those that it uses.
func (w *lowering) lowerType(d *typeDecl) {
	switch d.state {
	case finished:
		return
	case busy:
		w.holdsItself(d)
		return
	}
	d.state = busy
	w.busy = append(w.busy, d)
	d.ok = w.clean(func() { w.lowerTypeBody(d) }) && d.typ.Kind != ""
	w.busy = w.busy[:len(w.busy)-1]
	d.state = finished
	if d.typ.Kind == "" {
		d.typ.Kind = model.Text // for what goes on in spite of it
	}
	if d.body != nil && d.typ.Kind != model.OneOf {
		w.layouts = append(w.layouts, d)
	}
}

// the ways to make a type; a type has exactly one of these keys.
var typeKinds = []string{"enum", "is", "layout", "json", "one_of", "pairs"}

func (w *lowering) lowerTypeBody(d *typeDecl) {
	if !d.is(document.Map, "a type") {
		return
	}
	kind := ""
	for _, k := range typeKinds {
		if e := d.Get(k); e != nil {
			if kind != "" {
				d.failAt(e.Pos, "type-kind", "", "a type is either %s or %s", kind, k)
				return
			}
			kind = k
		}
	}
	t := d.typ
	switch kind {
	case "enum":
		w.lowerEnum(d)
	case "is":
		w.lowerIs(d)
	case "layout":
		d.mapping("a type", described(&t.Named, need("layout", func(v value) { w.lowerLayout(d, v) }))...)
	case "json":
		t.Kind = model.JSON
		keep := ""
		d.mapping("a type", described(&t.Named,
			may("others", word(&keep, "ignore", "keep")),
			need("json", func(v value) { w.lowerJSON(d, v, keep) }))...)
	case "pairs":
		w.lowerPairs(d)
	case "one_of":
		w.lowerOneOf(d)
	default:
		hint := "one of " + strings.Join(typeKinds, ", ")
		for _, e := range d.Keys {
			if guess := didYouMean(e.Key, typeKinds); guess != "" {
				hint = guess
			}
		}
		d.failAt(d.keyPos, "type-kind", hint, "type %s does not say what it is", d.name)
	}
}

func (w *lowering) lowerLayout(d *typeDecl, v value) {
	d.typ.Kind = model.Layout
	d.body = w.compile(v, true, nil)
	d.typ.Body = &d.body.Template
	d.ops = countOps(w, d.body.Ops)
	if len(d.body.Fields) == 0 && d.body.ok {
		v.fail("layout-empty", "", "a layout without a field holds nothing")
	}
	if d.depth = 1 + w.layoutDepth(d.body.Ops); d.depth > maxLayoutDepth {
		v.fail("template-large", "", "layouts nested more than %d deep", maxLayoutDepth)
	}
}

// lowerJSON lowers a JSON object. It is bounded as layouts are: each type holds
// those inside it as often as it names them.
func (w *lowering) lowerJSON(d *typeDecl, v value, keep string) {
	d.typ.Members, d.ops, d.depth = w.object(v, keep)
}

// object reads a JSON object, and gives how many parts it has and how deep its
// types nest.
func (w *lowering) object(v value, keep string) (members []*model.Member, parts, depth int) {
	seen := map[string]bool{}
	members = w.others(w.members(v, seen, 0), v, keep, seen)
	parts, depth = countMembers(w, members), w.objectDepth(members)
	if parts > maxOps || depth > maxLayoutDepth {
		v.fail("template-large", "", "with the types inside it written out, the object has %d members, %d types deep: at most %d and %d are allowed",
			parts, depth, maxOps, maxLayoutDepth)
	}
	return members, parts, depth
}

// objectDepth is how deep JSON types are nested in an object, itself included.
func (w *lowering) objectDepth(members []*model.Member) int {
	depth := 1
	for _, m := range members {
		depth = max(depth, w.objectDepth(m.Inside()))
		if m.Field == nil {
			continue
		}
		t := m.Field.Type
		for t.Kind == model.List {
			t = t.Elem
		}
		if inner := w.types.byName[t.Name]; t.Kind == model.JSON && inner != nil {
			depth = max(depth, 1+inner.depth)
		}
	}
	return depth
}

// countOps counts ops with those of their types, as often as they are used.
func countOps(w *lowering, ops []*model.Op) int {
	n := 0
	for _, op := range ops {
		n += 1 + countOps(w, op.Body)
		if op.Kind == model.OpField {
			n += w.partsOf(op.Field.Type)
		}
		n = min(n, 2*maxAllOps)
	}
	return n
}

// countMembers counts members with those of their types.
func countMembers(w *lowering, members []*model.Member) int {
	n := 0
	for _, m := range members {
		n += 1 + countMembers(w, m.Inside())
		if m.Field != nil {
			n += w.partsOf(m.Field.Type)
		}
		n = min(n, 2*maxAllOps)
	}
	return n
}

// partsOf is how many parts a type adds to what holds it, or to an item of it.
func (w *lowering) partsOf(t *model.Type) int {
	for t.Kind == model.List {
		t = t.Elem
	}
	if d := w.types.byName[t.Name]; d != nil {
		return d.ops
	}
	return 0
}

func (w *lowering) layoutDepth(ops []*model.Op) int {
	depth := 0
	for _, op := range ops {
		depth = max(depth, w.layoutDepth(op.Body))
		if inner := w.layoutIn(op); inner != nil {
			depth = max(depth, inner.depth)
		}
	}
	return depth
}

// layoutIn is the layout that op's field, or its items, are of; nil for others.
func (w *lowering) layoutIn(op *model.Op) *typeDecl {
	if op.Kind != model.OpField {
		return nil
	}
	t := op.Field.Type
	for t.Kind == model.List {
		t = t.Elem
	}
	if t.Kind != model.Layout && t.Kind != model.PairsOf && t.Kind != model.OneOf {
		return nil
	}
	return w.types.byName[t.Name]
}

// lowerLayouts works out where layouts end, now that all their uses are known.
func (w *lowering) lowerLayouts() {
	for i := len(w.layouts) - 1; i >= 0; i-- {
		d := w.layouts[i]
		if d.ok && d.circle > 0 {
			w.flowAround(d)
		}
		if !d.ok {
			continue
		}
		d.ok = w.clean(func() {
			if f := w.frameOf(); f != nil && f.f.Content == "binary" {
				w.report(d.body.v, w.flow.BinaryLayout(d.typ))
				return
			}
			if w.clean(func() { w.linesAlone(d) }) {
				w.report(d.body.v, w.flow.Type(d.typ))
			}
		})
	}
}

// typeReader reads a type expression.
func (w *lowering) typeReader(into **model.Type, secret *bool) reader {
	return func(v value) {
		if !v.expression("a type") || !w.inCharset(v) {
			return
		}
		e, errs := template.ParseType(v.Value)
		if w.syntax(v, errs); e == nil {
			return
		}
		t, isSecret, ok := typeRef{w: w, v: v}.resolve(e)
		if isSecret && secret == nil {
			v.fail("bad-type", "write secret(…) where the type is used", "secret is no part of a type's definition")
			return
		}
		if isSecret {
			*secret = true
		}
		if ok {
			*into = t
		}
	}
}
