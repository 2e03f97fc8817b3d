package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/breaking"
)

// review is what the page says of changes.
type review struct {
	Against string
	Groups  []group
	Advice  breaking.Advice
}

// group is the changes of a kind.
type group struct {
	Kind    breaking.Kind
	Head    string
	Changes []change
}

// change is one of them; At is the id of the thing on the page.
type change struct {
	breaking.Change
	Shown string // its path, for people
	At    string
	Whom  string
}

// kinds are in the order in which they matter.
var kinds = []struct {
	kind breaking.Kind
	head string
	word string
}{
	{breaking.Breaking, "What breaks", ""},
	{breaking.Timing, "Other times, nothing broken", "about times"},
	{breaking.Compatible, "Compatible", "compatible"},
	{breaking.Docs, "What people read", "about what people read"},
}

// review lists the changes. It comes when all ids are known.
func (b *builder) review() *review {
	if b.Review == nil {
		return nil
	}
	r := &review{Against: b.Review.Against, Advice: b.Review.Advice}
	for _, k := range kinds {
		g := group{Kind: k.kind, Head: k.head}
		for _, c := range b.Review.Changes {
			if c.Kind == k.kind {
				g.Changes = append(g.Changes, change{Change: c, Shown: shown(c.Path), At: b.place(c.Path), Whom: whom(c)})
			}
		}
		if len(g.Changes) > 0 {
			r.Groups = append(r.Groups, g)
		}
	}
	return r
}

// mark puts each change to the thing that it is about.
func (b *builder) mark(changes []breaking.Change) {
	for _, c := range changes {
		if id := b.place(c.Path); id != "" {
			b.marked[id] = append(b.marked[id], c)
		}
	}
}

// homes are where the parts of a document are told of that have no id of their own.
var homes = map[string]string{
	"liveness": "noticing", "reconnect": "reconnecting", "session": "session", "answers": "session",
	"endpoint": "overview", "parameters": "overview", "frames": "overview", "stream": "overview", "vendor": "overview",
	"version": "overview", "replies": "settings", "unexpected": "settings", "timeouts": "settings",
	"messages": "messages", "commands": "commands", "types": "types",
}

// place is the id of the nearest thing on the page that a path is about; empty: it is
// about the generated package.
func (b *builder) place(path string) string {
	path, inDocument := strings.CutPrefix(path, "$")
	if !inDocument {
		return ""
	}
	path = strings.TrimPrefix(path, ".")
	for at := path; at != ""; {
		if b.ids[at] {
			return at
		}
		cut := strings.LastIndexAny(at, ".#")
		if cut < 0 {
			break
		}
		at = at[:cut]
	}
	first, _, _ := strings.Cut(path, ".")
	first, _, _ = strings.Cut(first, "#")
	if home := homes[first]; home != "" {
		return home
	}
	return "overview"
}

// worst is the worst kind among changes.
func worst(changes []breaking.Change) string {
	for _, k := range kinds {
		if slices.ContainsFunc(changes, func(c breaking.Change) bool { return c.Kind == k.kind }) {
			return string(k.kind)
		}
	}
	return ""
}

// countWords counts changes that break nothing by their kind.
func countWords(changes []breaking.Change) string {
	var all []string
	for _, k := range kinds[1:] {
		n := 0
		for _, c := range changes {
			if c.Kind == k.kind {
				n++
			}
		}
		if n > 0 {
			all = append(all, fmt.Sprintf("%d %s", n, k.word))
		}
	}
	return strings.Join(all, ", ")
}

// whom names those for whom a change breaks something.
func whom(c breaking.Change) string {
	if len(c.For) == 0 {
		return ""
	}
	words := map[breaking.Party]string{
		breaking.API: "programs", breaking.Device: "devices", breaking.Clock: "who relies on the timing",
	}
	var all []string
	for _, p := range c.For {
		all = append(all, words[p])
	}
	return strings.Join(all, ", ")
}

// shown is a path in the document without the sign of its root.
func shown(path string) string { return strings.TrimPrefix(path, "$.") }

// ref is a name on the page: its last part, and where it leads.
type ref struct{ ID, Text string }

func (b *builder) link(id string) ref {
	r := ref{ID: id, Text: id[strings.LastIndexByte(id, '.')+1:]}
	if !b.ids[id] {
		r.ID = ""
	}
	return r
}
