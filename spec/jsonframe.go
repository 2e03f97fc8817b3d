package spec

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// compileObject reads a frame that is a JSON object.
func (w *lowering) compileObject(v value, keep string, h *header) *compiled {
	out := &compiled{v: v}
	if f := w.frameOf(); f != nil {
		out.Frame = f.index
	}
	if f := w.frameModel(); f != nil && f.Content != "json" {
		v.fail("frame-content", "write content: json in the frame", "a JSON object, where frames hold text")
		return out
	}
	out.Source, out.Header = objectSource(v), h.source()
	out.ok = w.clean(func() {
		members, parts, _ := w.object(v, keep)
		c := &compiler{w: w, v: v, byName: map[string]*namedOp{}, frame: w.frameOf(), header: h}
		out.Ops = c.aroundObject(&model.Op{Kind: model.OpObject, Members: members, Pos: v.Pos}, memberFields(members))
		out.Fields, out.size = c.fields, len(out.Ops)+parts
		w.small(v, out.size)
	})
	return out
}

// aroundObject puts the frame's layout around a JSON object.
func (c *compiler) aroundObject(object *model.Op, members []*model.Field) []*model.Op {
	var head, tail []*model.Op
	l := (*layoutDecl)(nil)
	if c.frame != nil {
		l = c.frame.parsed
	}
	if l != nil {
		head = c.layoutNodes(l, l.head)
	}
	c.fields = append(c.fields, members...)
	if l != nil && len(l.tail) > 0 {
		head = append(head, &model.Op{Kind: model.OpBody})
		tail = append([]*model.Op{{Kind: model.OpBodyEnd}}, c.layoutNodes(l, l.tail)...)
	}
	for _, f := range members {
		if c.byName[f.Name] != nil {
			c.v.fail("duplicate-name", "give it another name", "field %s is in the frame's layout, too", quoteName(f.Name))
		}
	}
	c.header.unused(c)
	c.derive()
	return constants(append(append(head, object), tail...))
}

// textFrame checks a template where it may stand beside JSON objects.
func (w *lowering) textFrame(v value, t *compiled, keep string) {
	if keep != "" {
		v.fail("frame-content", "leave others out", "only a JSON object has other members, and this is text")
	}
	f := w.frameModel()
	if f == nil || f.Content != "json" || v.Kind != document.Scalar {
		return
	}
	text, _ := leading(t.Ops)
	switch {
	case len(f.Ends) == 0:
		v.fail("frame-content", "write a map of its members, or give the frame ends", "nothing ends a frame of text: each frame is a JSON object")
	case strings.HasPrefix(strings.TrimLeft(text, " \t"), "{"):
		v.fail("frame-content", "write a map of its members", "a frame that begins with a brace is read as a JSON object")
	}
}

// objectSource is an object of the document in the form of JSON, as generated
// documentation shows it.
func objectSource(v value) string {
	switch v.Kind {
	case document.Map:
		var parts []string
		for _, e := range v.Keys {
			parts = append(parts, strconv.Quote(e.Key)+": "+objectSource(v.child(e.Value, "")))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case document.List:
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, objectSource(v.child(item, "")))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	if v.Style == document.Plain && bareConst(v.Value) {
		return v.Value
	}
	return strconv.Quote(v.Value)
}

// object is the shortest form of a JSON object.
func (s *sizes) object(members []*model.Member) int {
	n, required := len("{}"), 0
	for _, m := range members {
		if m.Optional || m.Others {
			continue
		}
		required++
		n += len(strconv.Quote(m.Key)) + len(":") + s.member(m)
	}
	return n + max(0, required-1)
}

func (s *sizes) member(m *model.Member) int {
	switch {
	case m.Items != nil:
		n := len("[]") + max(0, len(m.Items)-1)
		for _, item := range m.Items {
			n += s.member(item)
		}
		return n
	case m.Object != nil:
		return s.object(m.Object)
	case m.IsConst:
		text, ok := m.Const.(string)
		if !ok {
			return 1
		}
		return len(text) + len(`""`)
	case m.Field != nil && m.Field.Type.Kind == model.Text:
		return len(`""`)
	}
	return 1
}
