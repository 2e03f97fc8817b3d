package template

import "fmt"

// Error is one mistake in the parsed string.
type Error struct {
	Span
	Rule string // stable id of the lint rule that it breaks
	Msg  string // lower case, no full stop
	Hint string // what to write instead; may be empty
}

// Error implements error, for tests and messages without a place.
func (e *Error) Error() string { return e.Msg }

// The rules that parsing alone can find broken.
const (
	RuleSyntax = "tmpl-syntax" // not the notation at all
	RuleEscape = "tmpl-escape" // a control character that is not written by name
	RuleBlank  = "tmpl-blank"  // a blank that readers cannot see
)

// Limits of one string; a spec that meets them is generated or hostile.
const (
	maxDepth  = 16 // nested parts, types or calls
	maxErrors = 20
)

// errs collects the errors of one parse.
type errs struct {
	list  []*Error
	count int // also of those over the limit
}

func (e *errs) add(rule string, at Span, hint, format string, args ...any) {
	e.count++
	if len(e.list) < maxErrors {
		e.list = append(e.list, &Error{Span: at, Rule: rule, Msg: fmt.Sprintf(format, args...), Hint: hint})
	}
}

func (e *errs) syntax(at Span, hint, format string, args ...any) {
	e.add(RuleSyntax, at, hint, format, args...)
}
