package main

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"strings"
)

// faultFiles hold one invariant each, in the order of the table.
//
//go:embed faults/*.md
var faultFiles embed.FS

// fault is one mistake: lines of one file, and what they become.
type fault struct {
	name      string
	invariant string // its number in the design, or what stands in for it
	file      string // slash-separated, from the module's folder
	hunks     []hunk
}

// hunk is one place. Both texts are whole lines.
type hunk struct{ old, new string }

// faults are all of them, in the order of their files.
func faults() ([]fault, error) {
	files, err := faultFiles.ReadDir("faults")
	if err != nil {
		return nil, err
	}
	var all []fault
	for _, file := range files {
		text, err := faultFiles.ReadFile(path.Join("faults", file.Name()))
		if err != nil {
			return nil, err
		}
		some, err := parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("faults/%s: %w", file.Name(), err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// section is one fault as it is written: its name, why it is one, its file, and
// a diff.
var section = regexp.MustCompile("^## ([a-z0-9-]+)\n\n(?s:.+?)\n\n`([a-z0-9_/.]+)`\n\n```diff\n((?s:.*?))```\n*$")

// parse reads a file: a title with the invariant, and sections.
func parse(text string) ([]fault, error) {
	parts := strings.Split(strings.ReplaceAll(text, "\n## ", "\x00## "), "\x00")
	title, ok := strings.CutPrefix(strings.SplitN(parts[0], "\n", 2)[0], "# ")
	if !ok || len(parts) < 2 {
		return nil, fmt.Errorf("want a title and faults")
	}
	var some []fault
	for _, part := range parts[1:] {
		m := section.FindStringSubmatch(part)
		if m == nil {
			first, _, _ := strings.Cut(part, "\n")
			return nil, fmt.Errorf("%s: want a line of why, a file and a diff", first)
		}
		hunks, err := parseDiff(m[3])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m[1], err)
		}
		some = append(some, fault{name: m[1], invariant: numberOf(title), file: m[2], hunks: hunks})
	}
	return some, nil
}

// numberOf is "2" of "2. Only input is life"; a title without one is its own.
func numberOf(title string) string {
	number, _, _ := strings.Cut(title, ". ")
	return number
}

// parseDiff reads lines that begin with a blank, a minus or a plus; "@@" stands
// between two places.
func parseDiff(text string) ([]hunk, error) {
	var hunks []hunk
	for place := range strings.SplitSeq(text, "@@\n") {
		var h hunk
		for line := range strings.Lines(place) {
			switch rest := line[1:]; line[0] {
			case ' ':
				h.old, h.new = h.old+rest, h.new+rest
			case '-':
				h.old += rest
			case '+':
				h.new += rest
			case '\n': // editors take blanks from the ends of lines
				h.old, h.new = h.old+line, h.new+line
			default:
				return nil, fmt.Errorf("a line of the diff begins with %q", line[0])
			}
		}
		if h.old == "" || h.old == h.new {
			return nil, fmt.Errorf("a place has no old lines, or changes nothing")
		}
		hunks = append(hunks, h)
	}
	return hunks, nil
}

// apply makes the fault in its file's text. Each place must be there once: else
// the code has moved on, and the fault has to follow it.
func (f *fault) apply(text string) (string, error) {
	text = "\n" + text
	for i, h := range f.hunks {
		at := strings.Index(text, "\n"+h.old) + 1
		if at == 0 {
			return "", fmt.Errorf("%s: place %d is not in %s:\n%s", f.name, i+1, f.file, h.old)
		}
		if strings.Contains(text[at:], "\n"+h.old) {
			return "", fmt.Errorf("%s: place %d is twice in %s:\n%s", f.name, i+1, f.file, h.old)
		}
		text = text[:at] + h.new + text[at+len(h.old):]
	}
	return text[1:], nil
}
