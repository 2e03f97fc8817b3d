package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// A map of the document is read with a table of its keys:
//
//	v.mapping(
//		need("send", template(&c.Template)),
//		may("timeout", duration(&c.Timeout)),
//	)
//
// What the table does not know is a finding with a guess of what was meant;
// what it needs and does not find is one, too.

// reader reads a value into what it was made for, and complains about what is
// wrong with it.
type reader func(value)

// key is one row of a key table.
type key struct {
	name     string
	required bool
	refused  bool // it is another's: read says why it cannot stand here
	read     reader
}

// need is a key that must be there.
func need(name string, read reader) key { return key{name: name, required: true, read: read} }

// may is a key that need not be there.
func may(name string, read reader) key { return key{name: name, read: read} }

// refuse is a key of the language that something else has.
func refuse(name, rule, hint, format string, args ...any) key {
	return key{name: name, refused: true, read: func(v value) { v.fail(rule, hint, format, args...) }}
}

// mapping reads a map by its key table. It reports whether the value is a map,
// not whether all in it is well. The keys are read in the table's order.
func (v value) mapping(want string, keys ...key) bool {
	if !v.is(document.Map, want) {
		return false
	}
	if v.in.watch != nil {
		v.in.watch(v.path, keys)
	}
	v.unknownKeys(keys)
	for _, k := range keys {
		e := v.Get(k.name)
		switch {
		case e != nil:
			k.read(v.child(e.Value, document.Step(k.name)))
		case k.required:
			v.fail("missing-key", "", "%s is missing", k.name)
		}
	}
	return true
}

// unknownKeys complains about keys that are not in the table. One that was
// probably meant for another is read as that, so that the slip is not followed
// by all that depends on the key.
func (v value) unknownKeys(keys []key) {
	var names []string
	for _, k := range keys {
		if !k.refused {
			names = append(names, k.name)
		}
	}
	for _, e := range v.Keys {
		if slices.ContainsFunc(keys, func(k key) bool { return k.name == e.Key }) {
			continue
		}
		meant := Nearest(e.Key, names)
		hint := "known keys: " + strings.Join(names, ", ")
		if meant != "" {
			hint = "did you mean " + meant + "?"
		}
		v.child(e.Value, document.Step(e.Key)).failAt(e.Pos, "unknown-key", hint, "unknown key %s", quoteName(e.Key))
		if meant != "" && v.Get(meant) == nil {
			e.Key = meant
		}
	}
}

// described adds the keys of everything that has a name to the thing's own.
func described(n *model.Named, keys ...key) []key {
	return documented(n, append(keys, may("go_name", goName(&n.GoName)))...)
}

// documented is described for what is not named in Go.
func documented(n *model.Named, keys ...key) []key {
	return append(keys,
		may("doc", text(&n.Doc)),
		may("ref", text(&n.Ref)),
		may("since", text(&n.Since)),
		may("deprecated", text(&n.Deprecated)),
	)
}
