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
	Advice  breaking.Advice
	Groups  []group
	Go      []change // of the generated package
	Allow   string   // an allow-list of what is not allowed yet
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
	Shown string // what it is about, for people
	At    string
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
	document, ofGo := breaking.Split(b.Review.Changes)
	r := &review{Against: b.Review.Against, Advice: b.Review.Advice, Go: b.changes(ofGo), Allow: breaking.AllowLines(b.Review.Changes)}
	for _, k := range kinds {
		some := slices.DeleteFunc(slices.Clone(document), func(c breaking.Change) bool { return c.Kind != k.kind })
		if len(some) > 0 {
			r.Groups = append(r.Groups, group{Kind: k.kind, Head: k.head, Changes: b.changes(some)})
		}
	}
	return r
}

func (b *builder) changes(some []breaking.Change) (all []change) {
	for _, c := range some {
		all = append(all, change{Change: c, Shown: strings.TrimPrefix(c.What(), "$."), At: b.thing(c)})
	}
	return all
}

// mark puts each change to the thing that it is about; that the version must move is said
// before all.
func (b *builder) mark(changes []breaking.Change) {
	for _, c := range changes {
		if id := b.thing(c); id != "" && c.Kind != breaking.Version {
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

// thing is the id of what a change is about; of what has another name now, by that.
func (b *builder) thing(c breaking.Change) string {
	path := c.Path
	if strings.HasSuffix(c.ID, "-renamed") && !c.OfGo() {
		path = strings.TrimSuffix(path, c.Old) + c.New
	}
	return b.place(path)
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

// ref is a name on the page: its last part, and where it leads.
type ref struct{ ID, Text string }

func (b *builder) link(id string) ref {
	r := ref{ID: id, Text: id[strings.LastIndexByte(id, '.')+1:]}
	if !b.ids[id] {
		r.ID = ""
	}
	return r
}
