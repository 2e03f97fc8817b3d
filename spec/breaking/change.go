package breaking

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// Kind is how much a change matters.
type Kind string

// The kinds, the worst first.
const (
	Breaking   Kind = "breaking"
	Timing     Kind = "timing" // other times, and nothing is broken
	Compatible Kind = "compatible"
	Docs       Kind = "docs" // what people read
	// Version is that the document's version has not moved as far as the others ask.
	Version Kind = "version"
)

// Party is who has been promised something.
type Party string

// The parties.
const (
	API    Party = "api"    // programs that use the generated package
	Device Party = "device" // what is at the other end
	Clock  Party = "timing" // who relies on how soon something happens
)

// Change is one difference.
type Change struct {
	// ID is the stable id of the rule that found it.
	ID string `json:"id"`
	// Fingerprint is the same for the same change to the same thing, wherever in
	// the document it stands and however it is worded.
	Fingerprint string  `json:"fingerprint"`
	Kind        Kind    `json:"kind"`
	For         []Party `json:"for,omitempty"`
	// Path is that of the thing in the document's tree; of one in the generated
	// package, its Go name.
	Path    string `json:"path"`
	Message string `json:"message"`
	Old     string `json:"old,omitempty"`
	New     string `json:"new,omitempty"`
	// Line and Col are its place in the new document, or what it would be part of
	// there; 0: there is none.
	Line int `json:"line,omitempty"`
	Col  int `json:"col,omitempty"`
	// OldLine is where the old document has what the new one has no longer; 0: the
	// new one has it, or neither.
	OldLine int `json:"old_line,omitempty"`
	// Allowed is the reason of an allow-list.
	Allowed string `json:"allowed,omitempty"`
}

// list collects changes.
type list struct {
	changes []Change
	old     *model.Protocol
	now     *model.Protocol
	// names are what the new document calls messages and commands of the old one that
	// have another name there.
	names map[any]string
}

// add notes a change at a place in the new document.
func (l *list) add(kind Kind, id, path string, pos model.Pos, old, now, message string, parties ...Party) {
	sum := sha256.Sum256([]byte(strings.Join([]string{id, path, old, now}, "\x00")))
	l.changes = append(l.changes, Change{
		ID: id, Fingerprint: hex.EncodeToString(sum[:6]), Kind: kind, For: parties,
		Path: path, Message: message, Old: old, New: now, Line: pos.Line, Col: pos.Col,
	})
}

// sorted are the changes, the worst first, then by place.
func (l *list) sorted() []Change {
	order := []Kind{Version, Breaking, Timing, Compatible, Docs}
	slices.SortStableFunc(l.changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)),
			cmp.Compare(a.Path, b.Path), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Message, b.Message))
	})
	return l.changes
}

// OfGo reports whether a change is one of the generated Go package: what the document's
// own changes come to for those who program in Go.
func (c Change) OfGo() bool { return !strings.HasPrefix(c.Path, "$") }

// What is what a change is about, in the document or in the generated package; one of
// several that a fingerprint tells apart reads as the others.
func (c Change) What() string {
	what, _, _ := strings.Cut(c.Path, "#")
	return what
}

// Split parts the changes of the document from those of the generated Go package; that
// of the version is neither.
func Split(changes []Change) (document, ofGo []Change) {
	for _, c := range changes {
		switch {
		case c.Kind == Version:
		case c.OfGo():
			ofGo = append(ofGo, c)
		default:
			document = append(document, c)
		}
	}
	return document, ofGo
}

// Passes reports whether nobody is broken and the version has moved, but for what is
// allowed.
func Passes(changes []Change) bool {
	return !slices.ContainsFunc(changes, func(c Change) bool {
		return c.Allowed == "" && (c.Kind == Breaking || c.Kind == Version)
	})
}

// Broken are the changes that break somebody, and are not allowed.
func Broken(changes []Change) (broken []Change) {
	for _, c := range changes {
		if c.Kind == Breaking && c.Allowed == "" {
			broken = append(broken, c)
		}
	}
	return broken
}
