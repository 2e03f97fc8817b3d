package spec

import (
	"fmt"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// lowerReplies resolves what commands say about others and about their
// replies: echo, lasting, delivers.
func (w *lowering) lowerReplies() {
	w.commands.all(func(d *commandDecl) {
		if !d.tmpl.ok {
			return
		}
		if !d.echo.absent() {
			w.echo(d)
		}
		if !d.lasting.absent() {
			w.lasting(d)
		}
		if !d.delivers.absent() {
			w.deliver(d)
		}
	})
}

// echo reads the fields that a reply repeats. A reply has all of them or none.
func (w *lowering) echo(d *commandDecl) {
	if d.echo.Kind == document.List && len(d.echo.Items) == 0 {
		d.echo.fail("empty", "leave echo out", "a list without fields")
	}
	if len(d.echo.Items) > maxEcho {
		d.echo.fail("too-much", "", "%d fields; at most %d are compared", len(d.echo.Items), maxEcho)
		return
	}
	d.echo.oneOrEach(func(v value) {
		if !v.nameScalar("the name of a field") {
			return
		}
		f := findField(v, v.Pos, d.tmpl.Fields, "command "+d.name, v.Value)
		if f == nil {
			return
		}
		if fieldOf(d.c.Echo, f.Name) != nil {
			v.fail("duplicate-name", "", "field %s is named twice", f.Name)
			return
		}
		d.c.Echo = append(d.c.Echo, f)
		w.echoed(d, v, f)
	})
	for _, m := range d.replies {
		n := 0
		for _, f := range d.c.Echo {
			if fieldOf(m.m.Template.Fields, f.Name) != nil {
				n++
			}
		}
		if m.tmpl.ok && n > 0 && n < len(d.c.Echo) {
			d.echo.fail("echo-partial", "", "reply %s has some of the echoed fields, but not all", m.name)
		}
	}
}

// echoed checks that the replies have the field, in the same type.
func (w *lowering) echoed(d *commandDecl, v value, f *model.Field) {
	found := false
	for _, m := range d.awaited() {
		other := fieldOf(m.m.Template.Fields, f.Name)
		found = found || other != nil || !m.tmpl.ok
		if other != nil && !sameKey(f, other) {
			v.fail("type-mismatch", "", "%s", unlike(f, "the command", other, "message "+m.name))
			if keyKind(f.Type) == "" {
				return // the same for every message
			}
		}
	}
	if !found && d.ok {
		v.fail("echo-missing", "", "no reply of %s has a field %s", d.name, f.Name)
	}
}

// sameKey reports whether equal values of two fields have equal keys.
func sameKey(a, b *model.Field) bool {
	return a.Optional == b.Optional && keysAlike(keyKind(a.Type), keyKind(b.Type))
}

// keysAlike reports whether values of two kinds have equal keys where they are
// equal: JSON values have the key of what they mean.
func keysAlike(a, b model.Kind) bool {
	if a == model.JSONRaw {
		a, b = b, a
	}
	switch a {
	case "":
		return false
	case model.Text, model.Int, model.Uint, model.Decimal, model.Bool:
		return b == a || b == model.JSONRaw
	}
	return b == a
}

// unlike says why the values of two fields cannot be compared.
func unlike(a *model.Field, inA string, b *model.Field, inB string) string {
	switch {
	case keyKind(a.Type) == "":
		return fmt.Sprintf("%s has several parts and cannot be compared", a.Name)
	case keyKind(b.Type) == "":
		return fmt.Sprintf("%s of %s has several parts and cannot be compared", b.Name, inB)
	case a.Optional != b.Optional:
		if b.Optional {
			inA, inB = inB, inA
		}
		return fmt.Sprintf("%s is optional in %s, but not in %s", a.Name, inA, inB)
	default:
		return fmt.Sprintf("%s is %s in %s and %s in %s", a.Name, kindName(a.Type), inA, kindName(b.Type), inB)
	}
}

// keyKind is how a value becomes a key; empty: it does not.
func keyKind(t *model.Type) model.Kind {
	switch t = scalarOf(t); {
	case t == nil:
		return ""
	case t.Scale != "":
		return model.Decimal
	case t.Kind == model.Padded:
		return keyKind(t.Elem)
	case t.Kind == model.Enum && t.Elem != nil:
		return keyKind(t.Elem)
	case t.Kind == model.Enum || isText(t):
		return model.Text
	case t.Kind == model.Digits || t.Kind == model.Hex:
		return model.Uint
	case t.Kind == model.HexBytes || t.Kind == model.Base64:
		return model.Bytes
	}
	return t.Kind
}

// lasting reads the key by which calls are remembered, and what undoes them: where
// nothing does, each replaces the one with its key.
func (w *lowering) lasting(d *commandDecl) {
	v := d.lasting
	if v.Kind == document.Scalar {
		w.latest(d)
		return
	}
	if v.Kind == document.Map && v.Get("key") == nil {
		v.fail("lasting-unkeyed", "as in {key: subject, undone_by: unsubscribe}; or write latest, where each call replaces the one before",
			"lasting needs the field that tells one call from another")
		return
	}
	l := &model.Lasting{Command: d.c}
	v.mapping("lasting, as in {key: subject, undone_by: unsubscribe}",
		need("key", func(v value) {
			if v.nameScalar("the name of a field") {
				l.Key = findField(v, v.Pos, d.tmpl.Fields, "command "+d.name, v.Value)
			}
		}),
		may("undone_by", func(v value) { w.undone(d, l, v) }),
	)
	if l.Key == nil || l.UndoneBy == nil && v.Get("undone_by") != nil {
		return
	}
	if l.Key.Optional || keyKind(l.Key.Type) == "" {
		v.find("key").fail("lasting-unkeyed", "", "%s cannot be the key: it may be absent, or holds several values", l.Key.Name)
	}
	d.c.Lasting = l
}

// latest is what lasts where each call replaces the one before: there is no key,
// and nothing undoes it.
func (w *lowering) latest(d *commandDecl) {
	latest := ""
	word(&latest, "latest")(d.lasting)
	if latest != "" {
		d.c.Lasting = &model.Lasting{Command: d.c}
	}
}

func (w *lowering) undone(d *commandDecl, l *model.Lasting, v value) {
	w.commands.refer(v, func(u *commandDecl) {
		if u == d {
			v.fail("lasting-undone", "", "%s cannot undo itself", d.name)
			return
		}
		l.UndoneBy = u.c
		u.used = true
		if l.Key == nil || !u.tmpl.ok {
			return
		}
		switch f := fieldOf(u.tmpl.Fields, l.Key.Name); {
		case f == nil:
			v.fail("lasting-undone", "", "%s has no field %s, the key of what it undoes", u.name, l.Key.Name)
		case !sameKey(f, l.Key):
			v.fail("type-mismatch", "", "%s", unlike(l.Key, d.name, f, u.name))
		case u.c.Undoes != nil:
			v.fail("lasting-undone", "", "%s undoes %s already", u.name, u.c.Undoes.Command.Name)
		default:
			u.c.Undoes = l
			w.undoable(d, u, l.Key.Name, v)
		}
	})
}

// undoable complains where the Close of a subscription would have to know more than
// its key.
func (w *lowering) undoable(d, u *commandDecl, key string, v value) {
	if d.delivers.absent() {
		return
	}
	for _, f := range u.c.Template.Fields {
		if f.Name != key && !f.Optional && !f.HasDefault && f.Set == nil && f != u.c.ID {
			v.fail("lasting-undone", "make it optional, or give it in its set", "the end of a subscription sends %s, and nobody knows its %s then", u.name, f.Name)
		}
	}
}

// deliver reads which events belong to a lasting call.
func (w *lowering) deliver(d *commandDecl) {
	if d.c.Lasting == nil {
		if d.lasting.absent() {
			d.delivers.fail("delivers-lasting", "add lasting: {key: …, undone_by: …}", "only a lasting command delivers events")
		}
		return
	}
	if d.c.Lasting.Key == nil {
		d.delivers.fail("delivers-lasting", "write lasting: {key: …, undone_by: …}", "what has no key cannot tell which events belong to it")
		return
	}
	if d.c.Lasting.UndoneBy == nil {
		d.delivers.fail("delivers-lasting", "add undone_by to lasting", "nothing ends what %s began: a subscription could not be closed", d.name)
		return
	}
	if len(d.each) > 0 {
		d.find("each").fail("each-delivers", "let the events be delivered", "%s returns a subscription: nobody gets what comes before its reply", d.name)
	}
	d.delivers.entries("a map from events to the field that names the call", func(e entry) {
		m, ok := w.messages.find(e.value, e.keyPos, e.name)
		if !ok || !e.nameScalar("the name of a field") || !m.tmpl.ok {
			return
		}
		f := findField(e.value, e.Pos, m.tmpl.Fields, "message "+m.name, e.Value)
		switch {
		case f == nil:
		case m.m.Event == "false":
			e.failAt(e.keyPos, "delivers-event", "write event: true in the message", "%s is no event", m.name)
		case !sameKey(f, d.c.Lasting.Key):
			e.fail("type-mismatch", "", "%s of %s is %s, the key %s is %s", f.Name, m.name, kindName(f.Type),
				d.c.Lasting.Key.Name, kindName(d.c.Lasting.Key.Type))
		default:
			d.c.Delivers = append(d.c.Delivers, model.Deliver{Message: m.m, Field: f})
		}
	})
}
