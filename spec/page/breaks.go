package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/breaking"
)

// broken is what breaks for one party.
type broken struct {
	Head    string
	Changes []change
}

// parties are in the order in which a protocol's owner asks.
var parties = []breaking.Party{breaking.Device, breaking.API, breaking.Clock}

// breaks answers what a change breaks, and for whom.
func (b *builder) breaks() answer {
	a := answer{Question: "What does this change break?", More: "changes", MoreText: "All changes"}
	if b.Review == nil {
		a.More, a.MoreText = "", ""
		a.Short = "This page compares with nothing."
		a.Points = []point{{Text: "Made with --against and the version that is in use, it would say here what breaks, and mark each change where it is."}}
		return a
	}
	document, ofGo := breaking.Split(b.Review.Changes)
	version := b.mustBecome()
	a.Short = version + breaksWords(document, ofGo)
	if version != "" && len(document)+len(ofGo) == 0 {
		a.Short = version + "Nothing else has changed."
	}
	left := breaking.Broken(document)
	for _, p := range parties {
		its := func(c breaking.Change) bool { return slices.Contains(c.For, p) }
		some := slices.DeleteFunc(slices.Clone(left), func(c breaking.Change) bool { return !its(c) })
		left = slices.DeleteFunc(left, its)
		if len(some) > 0 {
			a.Breaks = append(a.Breaks, broken{Head: "For " + p.Words(), Changes: alsoFor(p, b.changes(some))})
		}
	}
	if others := countWords(document); others != "" && len(breaking.Broken(document)) > 0 {
		a.Points = append(a.Points, point{Head: "besides", Text: others})
	}
	if n := len(breaking.Broken(ofGo)); n > 0 {
		names := map[bool]string{true: "one name", false: fmt.Sprintf("%d names", n)}[n == 1]
		a.Points = append(a.Points, point{Head: "for Go programs", Text: names + " of the generated package"})
	}
	return a
}

// mustBecome says what the version must be, where it is not.
func (b *builder) mustBecome() string {
	v := b.Review.Advice
	if v.Least == "" {
		return ""
	}
	text := fmt.Sprintf("Version %s must become %s or higher. ", v.New, v.Least)
	for _, c := range b.Review.Changes {
		if c.Kind == breaking.Version && c.Allowed != "" {
			text = fmt.Sprintf("Version %s should become %s, and may stay: %s. ", v.New, v.Least, c.Allowed)
		}
	}
	return text
}

func breaksWords(document, ofGo []breaking.Change) string {
	switch n := len(breaking.Broken(document)); {
	case len(document)+len(ofGo) == 0:
		return "Nothing breaks: nothing has changed."
	case n == 0 && len(document) == 0:
		return "Nothing breaks but for Go programs."
	case n == 0:
		return "Nothing breaks: the changes are " + countWords(document) + "."
	case len(document) == 1:
		return "The one change breaks something."
	default:
		return fmt.Sprintf("%d of %d changes break something.", n, len(document))
	}
}

// alsoFor says of changes that stand with one party whom else they break.
func alsoFor(p breaking.Party, changes []change) []change {
	for i, c := range changes {
		var others []string
		for _, other := range parties {
			if other != p && slices.Contains(c.For, other) {
				others = append(others, other.Words())
			}
		}
		if others != nil {
			changes[i].Message += " (and for " + strings.Join(others, " and ") + ")"
		}
	}
	return changes
}
