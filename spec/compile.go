package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/flow"
	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// compiled is a template of the document, lowered as far as it goes alone.
type compiled struct {
	model.Template
	v    value
	ok   bool
	size int // in parts, those of types counted each time
}

// compileFrame reads what a message or a command is on the wire: a template, or
// a JSON object. keep is what becomes of members that the object does not name.
func (w *lowering) compileFrame(v value, keep string, header value) *compiled {
	h := w.header(header)
	if v.Kind == document.Map {
		return w.compileObject(v, keep, h)
	}
	if f := w.frameModel(); f != nil && f.Content == "json" && f.Packet != nil {
		v.fail("frame-content", "write a map of its members", "frames with something around a JSON object hold nothing else")
		return &compiled{v: v}
	}
	out := w.compile(v, false, h)
	out.ok = w.clean(func() { w.textFrame(v, out, keep) }) && out.ok
	w.finish(out)
	return out
}

// compile reads the template of a message, a command or a layout. What it
// returns is never nil.
func (w *lowering) compile(v value, layout bool, h *header) *compiled {
	out := &compiled{v: v}
	if f := w.frameOf(); f != nil && !layout {
		out.Frame = f.index
	}
	if !v.expression("a template") {
		return out
	}
	out.Source, out.Header = v.Value, h.source()
	if w.ops > maxAllOps {
		return out // that has been said
	}
	if !w.quotedTemplate(v) || !w.inCharset(v) {
		return out
	}
	out.ok = w.clean(func() {
		c := &compiler{w: w, v: v, byName: map[string]*namedOp{}, frame: w.frameOf(), header: h}
		parsed, errs := c.parse(v)
		w.syntax(v, errs)
		out.Ops = c.whole(parsed.Nodes, layout)
		out.Fields = c.fields
		out.Prompt = c.prompt
		if c.broken || len(errs) > 0 {
			return
		}
		out.ok = true
		if c.counts(out.Ops); c.broken {
			return
		}
		if len(out.Fields) > maxFields {
			v.fail("template-large", "", "%d fields; at most %d are allowed", len(out.Fields), maxFields)
			return
		}
		if layout && out.Prompt {
			v.fail("prompt-lines", "write it in the message", "a type cannot be a prompt")
			return
		}
		if f := w.frameModel(); out.Prompt && f != nil && f.Packet != nil {
			v.fail("prompt-lines", "", "only a line of text can be a prompt")
			return
		}
		out.size = countOps(w, out.Ops)
		switch small := w.small(v, out.size); {
		case c.binary():
			c.aligned(out.Ops)
		case small && !layout && c.haveLines(out.Ops):
			c.toEnd(out.Ops)
			c.lines(out.Ops)
		}
	}) && out.ok
	return out
}

// quotedTemplate complains about a template that is not in quotes.
func (w *lowering) quotedTemplate(v value) bool {
	if v.Style != document.Plain && v.Style != document.Folded {
		return true
	}
	v.fail("tmpl-unquoted", "quote it, or write it as a block with |", "a template must be quoted")
	return false
}

// small complains about templates that grow too large when their types are
// written out; what is done with them takes time for each op.
func (w *lowering) small(v value, ops int) bool {
	w.ops += ops
	if ops > maxOps || w.ops > maxAllOps {
		v.fail("template-large", "", "with its types written out, the template has %d parts: at most %d are allowed, and %d in all",
			ops, maxOps, maxAllOps)
		return false
	}
	return true
}

// syntax reports what the template's parser found.
func (w *lowering) syntax(v value, errs []*template.Error) {
	for _, e := range errs {
		v.failAt(v.At(e.Offset), e.Rule, e.Hint, "%s", e.Msg)
	}
}

// report reports what the flow of a template shows.
func (w *lowering) report(v value, problems []flow.Problem) {
	for _, p := range problems {
		v.failAt(p.Op.Pos, p.Rule, p.Hint, "%s", p.Msg)
	}
}

// finish works out the flow of a message's or command's template.
func (w *lowering) finish(c *compiled) {
	if c.ok {
		c.ok = w.clean(func() {
			if f := w.frameOf(); f != nil && f.f.Content == "binary" {
				w.report(c.v, w.flow.Binary(c.Ops, f.f.Packet.Extent != model.ExtentSelf))
				return
			}
			w.report(c.v, w.flow.Template(c.Ops))
		})
	}
}

// holdsNoEnd complains about literal text in which a line would end.
func (w *lowering) holdsNoEnd(v value, pos model.Pos, lit string) bool {
	for _, end := range w.ends() {
		if strings.Contains(lit, end) {
			v.failAt(pos, "tmpl-contains-end", "a line break in a template is the line's end", "%q contains %q, which ends a line", lit, end)
			return false
		}
	}
	return true
}

// ends are the line ends that can be in what is received or sent.
func (w *lowering) ends() []string {
	f := w.frameModel()
	if f != nil && f.Packet != nil && len(f.Ends) == 0 {
		return nil
	}
	if f != nil && len(f.Ends) > 0 {
		if f.SendEnd == "" {
			return f.Ends
		}
		return append([]string{f.SendEnd}, f.Ends...)
	}
	return []string{"\n"}
}

// sendEnd is how a line ends that is sent.
func (w *lowering) sendEnd() string {
	if f := w.frameModel(); f != nil && f.SendEnd != "" {
		return f.SendEnd
	}
	if ends := w.ends(); len(ends) > 0 {
		return ends[0]
	}
	return "\n"
}
