package breaking

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// Symbols compares what two generated packages export: Go source by name, as in
// "(*Client).Read" or "Reading.Channel". What the document's changes rename is renamed in
// Go, too.
func Symbols(old, now map[string]string, changes []Change) []Change {
	l := &list{}
	renames := goRenames(old, now, changes)
	for name, was := range old {
		is, ok := now[name]
		switch {
		case !ok && part(name, old, now):
		case renames[name] != "":
			l.add(Breaking, "symbol-renamed", name, model.Pos{}, name, renames[name], renamed(name, renames[name]), API)
		case !ok:
			l.add(Breaking, "symbol-removed", name, model.Pos{}, was, "", "the generated package no longer has it", API)
		case was != is:
			l.add(Breaking, "symbol-changed", name, model.Pos{}, was, is, "is "+is+", and was "+was, API)
		}
	}
	come := slices.Collect(maps.Values(renames))
	for name, is := range now {
		if _, ok := old[name]; !ok && !slices.Contains(come, name) && !part(name, now, old) {
			l.add(Compatible, "symbol-added", name, model.Pos{}, "", is, "the generated package has it, too")
		}
	}
	return l.sorted()
}

// goRenames are the symbols that have another name since what they are of has one, and
// are else as they were.
func goRenames(old, now map[string]string, changes []Change) map[string]string {
	to := map[string]string{}
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }
	for _, c := range changes {
		if !strings.HasSuffix(c.ID, "-renamed") {
			continue
		}
		begins := regexp.MustCompile(`\b` + regexp.QuoteMeta(plain(c.Old)))
		moved := func(s string) string { return begins.ReplaceAllLiteralString(strings.ToLower(s), plain(c.New)) }
		come := map[string]string{}
		for name := range now {
			if _, was := old[name]; !was {
				come[strings.ToLower(name)] = name
			}
		}
		for name, was := range old {
			if _, stays := now[name]; !stays {
				if is := come[moved(name)]; is != "" && moved(was) == strings.ToLower(now[is]) {
					to[name] = is
				}
			}
		}
	}
	return to
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
