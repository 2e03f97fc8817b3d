package spec

import (
	"fmt"
	"strings"
)

// maxGuesses bounds how many candidates are looked at for one document: one
// with thousands of unknown names among thousands of known ones gets hints for
// the first of them.
const maxGuesses = 200_000

// guess is didYouMean among names that the document gives, however many.
func (l *loader) guess(written string, candidates []string) string {
	return didYouMeanThis(l.meant(written, candidates))
}

// meant is Nearest among such names.
func (l *loader) meant(written string, candidates []string) string {
	l.guesses += len(candidates)
	if l.guesses > maxGuesses {
		return ""
	}
	return Nearest(written, candidates)
}

// didYouMean is a hint that names the candidate nearest to what was written,
// or nothing where none is near.
func didYouMean(written string, candidates []string) string {
	return didYouMeanThis(Nearest(written, candidates))
}

func didYouMeanThis(name string) string {
	if name == "" {
		return ""
	}
	return "did you mean " + name + "?"
}

// Nearest is the candidate nearest to what was written; empty where none is near.
func Nearest(written string, candidates []string) string {
	if len(written) > maxName {
		return ""
	}
	lower := strings.ToLower(written)
	limit := max(1, min(3, len(written)/3)) + 1
	best, least := "", limit
	for _, c := range candidates {
		if d := distance(lower, strings.ToLower(c), least); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is how many insertions, deletions, replacements and swaps of
// neighbours lead from a to b. It stops counting at limit, which also is the
// distance to what is too long to be a name.
func distance(a, b string, limit int) int {
	if diff := len(a) - len(b); diff >= limit || -diff >= limit || len(b) > maxName {
		return limit
	}
	// rows i-2, i-1 and i of the table of distances between prefixes
	var before, last, row [maxName + 1]int
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit // a swap takes back no more than one
		}
		before, last = last, row
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
