package format

import (
	"slices"

	"github.com/linewright/linewright/spec/internal/document"
)

// sort puts the keys of a map of the language in their order, with their comments.
// A key that the language does not have stays behind the one before it.
func (b *builder) sort(n *node) {
	if n.kind != document.Map || n.of == nil || b.fixed || len(n.items) < 2 || ambiguous(n) {
		return
	}
	ranks := map[*item]int{}
	rank := -1
	for _, it := range n.items {
		if r := n.of.Rank(it.name); r >= 0 {
			rank = r
		}
		ranks[it] = rank
	}
	spread(n.items)
	slices.SortStableFunc(n.items, func(a, b *item) int { return ranks[a] - ranks[b] })
}

// ambiguous reports whether other YAML loaders look at the order of a map's keys:
// one is there twice, or is a merge.
func ambiguous(n *node) bool {
	seen := map[string]bool{}
	for _, it := range n.items {
		if seen[it.name] || it.name == "<<" {
			return true
		}
		seen[it.name] = true
	}
	return false
}

// spread gives the first of items that all have a blank line between them one as
// well: it may not stay the first.
func spread(items []*item) {
	for _, it := range items[1:] {
		if len(it.lead) == 0 || it.lead[0] != "" {
			return
		}
	}
	if first := items[0]; len(first.lead) == 0 || first.lead[0] != "" {
		first.lead = append([]string{""}, first.lead...)
	}
}
