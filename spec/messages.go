package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// messageDecl is a message of the document.
type messageDecl struct {
	entry
	m    *model.Message
	tmpl *compiled
	ok   bool
	// tried: nothing is wrong with how its examples are written.
	tried bool
}

func (w *lowering) lowerMessages() {
	w.messages.all(func(d *messageDecl) {
		d.ok = w.clean(func() { w.lowerMessage(d) })
	})
}

func (w *lowering) lowerMessage(d *messageDecl) {
	m := d.m
	m.Event = "false"
	var rule, examples, fields, receive, header value
	var frame *frameDecl
	others := ""
	var in []int
	d.mapping("a message, as in {receive: \"OK\"}", described(&m.Named,
		may("others", word(&others, "ignore", "keep")),
		need("receive", later(&receive)),
		may("frame", w.frameName(&frame, "send")),
		may("event", word(&m.Event, "false", "true", "also", "state")),
		may("noise", boolean(&m.Noise)),
		may("none", boolean(&m.None)),
		may("error", later(&rule)),
		may("fields", later(&fields)),
		may("examples", later(&examples)),
		may("inside", boolean(&m.Inside)),
		may("header", later(&header)),
		may("in", w.inModes(&in)),
		may("enters", w.enters(&m.Enters)),
	)...)
	if d.Get("frame") == nil {
		frame = w.usualIn("send", in)
	}
	m.In = w.modesOf(d.value, frame, in)
	if frame == nil && len(w.frameDecls) > 0 {
		d.failAt(d.keyPos, "frame-use", "let a frame be used for both", "no frame is used to receive")
	}
	w.within(frame, func() { w.lowerReceived(d, receive, header, others, fields, rule, examples) })
}

// lowerReceived lowers what depends on the frame.
func (w *lowering) lowerReceived(d *messageDecl, receive, header value, others string, fields, rule, examples value) {
	m := d.m
	if !receive.absent() {
		d.tmpl = w.compileFrame(receive, others, header)
	}
	m.Template = d.tmpl.Template
	w.inherit(m.Template.Fields)
	w.describeFields(fields, m.Template.Fields, "message "+d.name)
	if !rule.absent() {
		m.Error = w.errorRule(rule, d)
	}
	d.tried = w.clean(func() { m.Examples = w.examples(examples) })
	switch f := w.frameModel(); {
	case d.tmpl.ok && len(d.tmpl.Ops) == 0 && f != nil && (f.Empty == "drop" || collapses(f)):
		d.find("receive").fail("frame-empty", map[bool]string{false: "write empty: frame"}[collapses(f)], "an empty frame is dropped: the message never comes")
	case m.Noise && m.Event != "false":
		d.find("noise").fail("noise-event", "", "noise is dropped, an event is delivered: a message is one of them")
	case m.Inside && d.tmpl.ok && manyLines(d.tmpl.Ops):
		d.find("inside").fail("inside-lines", "", "what comes inside a block is one line")
	case m.Inside && (m.Event != "false" || m.Noise):
		d.find("inside").fail("inside-event", "", "inside ends the block, and what has come of it is lost: an event cannot do that")
	case m.None && m.Error != nil:
		d.find("none").fail("none-error", "", "none means success without a value, error means failure: a message is one of them")
	}
}

// frameName reads which frame a message or command is in; not is the use of
// frames that it cannot be in.
func (w *lowering) frameName(into **frameDecl, not string) reader {
	*into = w.usual(not)
	return func(v value) {
		if !v.nameScalar("the name of a frame") || len(w.frameDecls) == 0 {
			return
		}
		var names []string
		for _, d := range w.frameDecls {
			if names = append(names, d.f.Name); d.f.Name != v.Value {
				continue
			}
			if *into = d; d.f.Use == not {
				v.fail("frame-use", "", "frame %s is only used to %s", d.f.Name, d.f.Use)
			}
			return
		}
		v.fail("unknown-name", didYouMean(v.Value, names), "there is no frame %s", quoteName(v.Value))
	}
}

// inherit gives fields of a frame's layout what the frame says about them. What a
// message or command says comes later, and counts more.
func (w *lowering) inherit(fields []*model.Field) {
	f := w.frameModel()
	if f == nil || f.Packet == nil {
		return
	}
	for _, general := range f.Packet.Layout.Fields {
		i := slices.IndexFunc(fields, func(f *model.Field) bool { return f.Name == general.Name })
		if i < 0 {
			continue
		}
		pos := fields[i].Pos
		fields[i].Named, fields[i].Unit = general.Named, general.Unit
		fields[i].Pos = pos
	}
}

// describeFields reads what a message, a command or a frame says about its fields.
func (w *lowering) describeFields(v value, fields []*model.Field, owner string) {
	if v.absent() {
		return
	}
	v.entries("a map of fields", func(e entry) {
		f := findField(e.value, e.keyPos, fields, owner, e.name)
		if f == nil {
			return
		}
		unit := f.Unit
		e.mapping("a field, as in {doc: what it means}", described(&f.Named,
			may("unit", text(&unit)),
			may("default", func(v value) { w.absence(f, v) }),
		)...)
		f.Unit = unit
	})
}

// errorRule reads what an error message means: one class, or {field, …}.
func (w *lowering) errorRule(v value, d *messageDecl) *model.ErrorRule {
	r := &model.ErrorRule{}
	if v.Kind != document.Map {
		word(&r.Class, "failed", "retry", "refused", "close")(v)
		return r
	}
	seen := map[string]bool{}
	cases := func(class string) key {
		return may(class, func(v value) { w.errorCase(r, class, v, seen) })
	}
	r.Else = "failed"
	known := v.mapping("failed, retry, refused, close, or {field: …}",
		need("field", func(v value) { r.Field = w.errorField(v, d) }),
		cases("ok"), cases("failed"), cases("retry"), cases("refused"), cases("close"),
		may("else", word(&r.Else, "failed", "ok", "retry", "refused", "close")),
	)
	if known && r.Field != nil && len(v.Keys) == 1 {
		v.fail("empty", "write failed, or say which values mean what", "no value of %s is given a meaning", r.Field.Name)
	}
	return r
}

// errorField reads the field that tells errors apart; nil after a complaint.
func (w *lowering) errorField(v value, d *messageDecl) *model.Field {
	if !v.nameScalar("the name of a field") || !d.tmpl.ok {
		return nil
	}
	f := findField(v, v.Pos, d.tmpl.Fields, "message "+d.name, v.Value)
	if f == nil {
		return nil
	}
	switch t := scalarOf(f.Type); {
	case t == nil:
		v.fail("bad-type", "", "%s holds several values: it cannot tell errors apart", f.Name)
		return nil
	case t.Scale != "":
		v.fail("bad-type", "use the number without scale", "%s is a decimal: it cannot tell errors apart", f.Name)
		return nil
	}
	return f
}

// errorCase reads the values of the rule's field that mean class; seen holds
// those that have a meaning already.
func (w *lowering) errorCase(r *model.ErrorRule, class string, v value, seen map[string]bool) {
	c := model.ErrorCase{Class: class}
	if v.Kind == document.List && len(v.Items) == 0 {
		v.fail("empty", "leave "+class+" out", "a list without values")
	}
	v.oneOrEach(func(v value) {
		if r.Field == nil || !v.constant("a value of the field", scalarOf(r.Field.Type)) {
			return
		}
		wire, err := w.wireForm(scalarOf(r.Field.Type), v.Value)
		switch {
		case err != nil:
			v.fail("bad-value", w.constantHint(err, v.Value), "%s: %v", v.describe(), err)
		case seen[wire]:
			v.fail("duplicate-value", "", "%s is listed twice", v.describe())
		default:
			seen[wire] = true
			c.Values = append(c.Values, wire)
		}
	})
	if len(c.Values) > 0 {
		r.Cases = append(r.Cases, c)
	}
}

// scalarOf is the type of the one value that a field holds: a layout with one
// field is that field. Nil for what holds several.
func scalarOf(t *model.Type) *model.Type {
	for t != nil {
		switch t.Kind {
		case model.Layout:
			f := t.Single()
			if f == nil {
				return nil
			}
			t = f.Type
		case model.List, model.JSON, model.PairsOf, model.OneOf:
			return nil
		default:
			return t
		}
	}
	return nil
}

// collapses reports whether nothing between two markers of f is no frame: where
// the same one begins and ends them.
func collapses(f *model.Frame) bool {
	return f.Packet != nil && f.Packet.Starts != "" && slices.Contains(f.Packet.Ends, f.Packet.Starts)
}
