// Package flow decides what a template leaves to be worked out: where each open
// field ends (Op.Stops), and how a receiver knows that an optional part is
// there (Op.Decide). It reports the templates for which there is no answer:
// parsers are straight lines, they try nothing twice.
//
// A [Pass] goes through every template of a protocol from its end to its
// beginning, carrying along what may come next ([next]). Layouts are shared by
// the templates that use them, so they come last, with what follows them there.
package flow
