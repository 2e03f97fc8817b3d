package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// condition reads when and unless: parameters, messages, messages' fields or tls. A
// step is done where all of when are there, and none of unless is.
func (w *lowering) condition(when, unless value) (all []*model.Cond) {
	read := func(part value, not bool) {
		if part.absent() {
			return
		}
		if part.Kind == document.List && len(part.Items) == 0 {
			part.fail("empty", "leave it out", "a list without conditions")
		}
		part.oneOrEach(func(v value) {
			if c := w.cond(v, not); c != nil {
				all = append(all, c)
			}
		})
	}
	read(when, false)
	read(unless, true)
	return all
}

// cond resolves the name of a condition; nil after a complaint.
func (w *lowering) cond(v value, not bool) *model.Cond {
	if !v.nameScalar("a parameter, a message or a message's field") {
		return nil
	}
	first, rest, isPath := strings.Cut(v.Value, ".")
	if v.Value == ofTLS {
		return w.condTLS(v, not)
	}
	if d := w.params.byName[first]; d != nil && !isPath {
		d.used = true
		return &model.Cond{Not: not, Param: d.field}
	}
	d := w.messages.byName[first]
	if d == nil {
		names := append(append([]string{}, w.params.names...), w.messages.names...)
		v.fail("unknown-name", v.in.guess(first, names), "there is no parameter and no message %s", quoteName(first))
		return nil
	}
	c := &model.Cond{Not: not, Message: d.m}
	d.m.Captured = true
	if !isPath {
		return c
	}
	var names []template.Name
	offset := len(first) + 1
	for part := range strings.SplitSeq(rest, ".") {
		names = append(names, template.Name{Span: template.Span{Offset: offset, Len: len(part)}, Text: part})
		offset += len(part) + 1
	}
	c.Path = (&scope{w: w}).path(v, d, names)
	if c.Path == nil {
		return nil
	}
	return c
}
