package spec

import (
	"fmt"
	"strings"
)

// didYouMean is a hint that names the candidate nearest to what was written,
// or nothing where none is near.
func didYouMean(written string, candidates []string) string {
	limit := max(1, min(3, len(written)/3))
	best, nearest := "", limit+1
	for _, c := range candidates {
		if d := distance(strings.ToLower(written), strings.ToLower(c), nearest); d < nearest {
			best, nearest = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", best)
}

// distance is how many insertions, deletions, replacements and swaps of
// neighbours lead from a to b; it stops counting at limit.
func distance(a, b string, limit int) int {
	if diff := len(a) - len(b); diff >= limit || -diff >= limit {
		return limit
	}
	// rows i-2, i-1 and i of the table of distances between prefixes
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(limit, last[len(b)])
}

// quoteName is a name from the document in a message, short.
func quoteName(name string) string {
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "") + "…"
	}
	return fmt.Sprintf("%q", name)
}
