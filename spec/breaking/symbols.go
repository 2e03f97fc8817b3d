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
// are else as they were, but for what else has another name.
func goRenames(old, now map[string]string, changes []Change) map[string]string {
	come := map[string]string{}
	for name := range now {
		if _, was := old[name]; !was {
			come[strings.ToLower(name)] = name
		}
	}
	to := map[string]string{}
	types, methods := goNames(changes)
	for name, was := range old {
		at := strings.LastIndex(name, ".") + 1
		names := methods
		if at == 0 {
			names = types
		}
		_, stays := now[name]
		is := come[strings.ToLower(name[:at])+inGo(name[at:], names)]
		if !stays && is != "" && inGo(was, types) == strings.ToLower(now[is]) {
			to[name] = is
		}
	}
	return to
}

// ofCommands is what stands behind a command's name in the names of its types.
var ofCommands = []string{"request", "reply", "item", "subscription", "event"}

// goNames are the new names in Go of what a document has renamed, in lower case: which
// letters are large is for the generator to say.
func goNames(changes []Change) (types, methods map[string]string) {
	types, methods = map[string]string{}, map[string]string{}
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }
	for _, c := range changes {
		old, now := plain(c.Old), plain(c.New)
		switch c.ID {
		case "message-renamed":
			types[old] = now
		case "command-renamed", "private-command-renamed":
			methods[old] = now
			for _, its := range ofCommands {
				types[old+its] = now + its
			}
		}
	}
	return types, methods
}

// identifiers are those of Go source; those of parameters and of other packages begin
// with a small letter.
var identifiers = regexp.MustCompile(`[a-z_]\w*(?:\.\w+)*|[A-Z]\w*`)

// inGo is Go source with new names, in lower case.
func inGo(source string, names map[string]string) string {
	return strings.ToLower(identifiers.ReplaceAllStringFunc(source, func(name string) string {
		if now := names[strings.ToLower(name)]; now != "" && name[0] <= 'Z' {
			return now
		}
		return name
	}))
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
