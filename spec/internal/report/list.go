package report

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/model"
)

const (
	// maxFindings bounds what one document can make us print: a hostile one
	// has a mistake in each of 200,000 nodes.
	maxFindings = 1000
	// maxSource is the longest source line shown whole, in runes; of longer
	// ones the part around the place is shown.
	maxSource = 160
)

// List collects the findings of one document.
type List struct {
	file     string
	data     []byte
	findings []Finding
	added    int
	left     int // out, as there are enough of earlier places
}

// NewList makes a list for the document data, which file names. The list keeps
// data to quote from.
func NewList(file string, data []byte) *List {
	return &List{file: file, data: data}
}

// Add appends a finding at pos. The list fills in file and source.
func (l *List) Add(pos model.Pos, rule, path, message, hint string) {
	l.added++
	l.findings = append(l.findings, Finding{
		File: l.file, Line: pos.Line, Col: pos.Col,
		Rule: rule, Path: path, Message: message, Hint: hint,
	})
	if len(l.findings) >= 8*maxFindings {
		l.cut()
	}
}

// Len is how many findings were added.
func (l *List) Len() int { return l.added }

// cut sorts the findings, each once, and keeps the first.
func (l *List) cut() {
	slices.SortStableFunc(l.findings, compare)
	l.findings = slices.CompactFunc(l.findings, func(a, b Finding) bool { return compare(a, b) == 0 })
	if more := len(l.findings) - maxFindings; more > 0 {
		clear(l.findings[maxFindings:])
		l.findings = l.findings[:maxFindings]
		l.left += more
	}
}

// Sorted gives the findings by line, column and rule, each once. Of more than
// 1000 only the first are given, and a last one that says so.
func (l *List) Sorted() []Finding {
	l.cut()
	sorted := slices.Clone(l.findings)
	if l.left > 0 {
		last := sorted[maxFindings-1]
		sorted = append(sorted, Finding{
			File: l.file, Line: last.Line, Col: last.Col, Rule: "more-findings",
			Message: fmt.Sprintf("%d more findings are not shown", l.left),
		})
	}
	l.quote(sorted)
	return sorted
}

// compare orders findings; equal ones say the same about the same place.
func compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Hint, b.Hint),
	)
}

// quote fills in the source lines of sorted findings in one pass over the
// document.
func (l *List) quote(sorted []Finding) {
	rest, line := l.data, 1
	for i := range sorted {
		f := &sorted[i]
		for f.Line > line {
			_, after, found := bytes.Cut(rest, []byte{'\n'})
			if !found {
				return
			}
			rest, line = after, line+1
		}
		if f.Line == line {
			text, _, _ := bytes.Cut(rest, []byte{'\n'})
			f.Source, f.Caret = clip(bytes.TrimSuffix(text, []byte{'\r'}), f.Col)
		}
	}
}

// clip cuts the part around column col out of a long line, and says which of
// its columns col is.
func clip(line []byte, col int) (source string, caret int) {
	if len(line) <= maxSource {
		return string(line), col
	}
	// skip runes until the place is in the window's middle
	skip := max(0, col-maxSource/2)
	for range skip {
		_, size := utf8.DecodeRune(line)
		line = line[size:]
	}
	end := 0
	for range maxSource {
		_, size := utf8.DecodeRune(line[end:])
		end += size
	}
	return string(line[:end]), col - skip
}
