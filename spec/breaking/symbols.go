package breaking

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// Symbols compares what two generated packages export: Go source by name, as in
// "(*Client).Read" or "Reading.Channel".
func Symbols(old, now map[string]string) []Change {
	l := &list{}
	for name, was := range old {
		is, ok := now[name]
		switch {
		case !ok && part(name, old, now):
		case !ok:
			l.add(Breaking, "symbol-removed", name, model.Pos{}, was, "", "the generated package no longer has it", API)
		case was != is:
			l.add(Breaking, "symbol-changed", name, model.Pos{}, was, is, "is "+is+", and was "+was, API)
		}
	}
	for name, is := range now {
		if _, ok := old[name]; !ok && !part(name, now, old) {
			l.add(Compatible, "symbol-added", name, model.Pos{}, "", is, "the generated package has it, too")
		}
	}
	return l.sorted()
}

// part reports whether a field or a method is one of a type that the other package does
// not have: then the type says it all.
func part(name string, in, other map[string]string) bool {
	of, _, _ := strings.Cut(strings.TrimLeft(name, "(*"), ".")
	of = strings.TrimSuffix(of, ")")
	_, its := in[of]
	_, others := other[of]
	return of != name && its && !others
}

// Join is all changes in one order.
func Join(lists ...[]Change) []Change {
	l := &list{changes: slices.Concat(lists...)}
	return l.sorted()
}
