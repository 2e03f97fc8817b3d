package spec

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// ofTLS is the condition that the link has TLS.
const ofTLS = "tls"

// condTLS is the condition tls; nil after a complaint.
func (w *lowering) condTLS(v value, not bool) *model.Cond {
	switch {
	case w.params.byName[ofTLS] != nil || w.messages.byName[ofTLS] != nil:
		v.fail("duplicate-name", "give it another name", "tls says whether the link has TLS, and there is a parameter or a message of that name")
		return nil
	case w.p.Endpoint.TLS == model.TLSNever:
		v.fail("tls-never", "write tls: optional in endpoint", "the endpoint has no TLS")
	case w.p.Endpoint.TLS == model.TLSAlways:
		v.fail("tls-fixed", "leave it out, or write tls: optional in endpoint", "every link has TLS: there is nothing to decide")
	}
	return &model.Cond{Not: not, TLS: true}
}

// inClear reports whether a step is only done where the link has no TLS.
func inClear(when []*model.Cond) bool {
	return slices.ContainsFunc(when, func(c *model.Cond) bool { return c.TLS && c.Not })
}

// aboutTLS reports whether a step depends on whether the link has TLS.
func aboutTLS(when []*model.Cond) bool {
	return slices.ContainsFunc(when, func(c *model.Cond) bool { return c.TLS })
}
