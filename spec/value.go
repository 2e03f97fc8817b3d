package spec

import (
	"fmt"
	"regexp"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/language"
	"github.com/linewright/linewright/spec/model"
)

// value is a node of the document, with what is needed to complain about it.
type value struct {
	*document.Node
	path string // $.liveness.probe.every
	in   *loader
}

// fail adds a finding at the value. Message and hint are lower case, without
// a full stop; an empty hint is left out.
func (v value) fail(rule, hint, format string, args ...any) {
	v.failAt(v.Pos, rule, hint, format, args...)
}

// failAt adds a finding about the value at another place: a key's, or one
// within the scalar, as in v.failAt(v.At(offset), …).
func (v value) failAt(pos model.Pos, rule, hint, format string, args ...any) {
	v.in.findings.Add(pos, rule, v.path, fmt.Sprintf(format, args...), hint)
}

// child is the value of a key or an item of v.
func (v value) child(n *document.Node, step string) value {
	return value{Node: n, path: v.path + step, in: v.in}
}

// is reports whether the value is of that kind, and complains if not. want
// says what belongs there, as in "a duration, as in 10s".
func (v value) is(kind document.Kind, want string) bool {
	if v.Kind == kind {
		return true
	}
	switch v.Kind {
	case document.Refused:
	case document.Null:
		v.fail("empty", "", "nothing is written here: want %s", want)
	default:
		v.fail("kind", "", "%s where %s is wanted", v.describe(), want)
	}
	return false
}

// describe is the value in a message: its kind, or a scalar's short text.
func (v value) describe() string {
	if v.Kind == document.Scalar && len(v.Value) <= 40 {
		return fmt.Sprintf("%q", v.Value)
	}
	return v.Kind.String()
}

// find is the value under these keys or, where the document does not have it,
// the nearest one above: the place to complain about a value that may be a
// default.
func (v value) find(names ...string) value {
	for _, name := range names {
		e := v.Get(name)
		if e == nil {
			break
		}
		v = v.child(e.Value, document.Step(name))
	}
	return v
}

// each calls read for every item of a list, in order.
func (v value) each(want string, read func(value)) {
	if !v.is(document.List, want) {
		return
	}
	for i, item := range v.Items {
		read(v.child(item, fmt.Sprintf("[%d]", i)))
	}
}

// oneOrEach calls read for the value itself or, if it is a list, for each item.
func (v value) oneOrEach(read func(value)) {
	if v.Kind == document.List {
		v.each("", read)
		return
	}
	read(v)
}

// entry is a key of a map whose keys the document chooses.
type entry struct {
	name   string
	keyPos model.Pos
	value
}

// entries calls read for every key of a map, in the document's order, whatever
// the keys are.
func (v value) entries(want string, read func(entry)) {
	if !v.is(document.Map, want) {
		return
	}
	for _, e := range v.Keys {
		read(entry{name: e.Key, keyPos: e.Pos, value: v.child(e.Value, document.Step(e.Key))})
	}
}

// The forms of names.
var (
	snake  = nameForm{language.SnakeForm, "snake_case, as in heartbeat_ack"}
	pascal = nameForm{language.PascalForm, "PascalCase, as in ServerInfo"}
)

// nameForm is how names of one sort are written.
type nameForm struct {
	form *regexp.Regexp
	want string
}

// maxName bounds a name: it goes into identifiers and messages.
const maxName = language.MaxName

// named is entries for maps from names to things: what is not of that form is
// a finding, but is read all the same.
func (v value) named(form nameForm, want string, read func(entry)) {
	v.entries(want, func(e entry) {
		switch {
		case len(e.name) > maxName:
			e.failAt(e.keyPos, "name", "", "a name of %d characters; at most %d are allowed", len(e.name), maxName)
		case !form.form.MatchString(e.name):
			e.failAt(e.keyPos, "name", "", "%q is not a name here: want %s", e.name, form.want)
		}
		read(e)
	})
}
