package main

import (
	"fmt"
	"strings"
)

// preface is what stands above the table in the documentation.
const preface = `# Faults that the tests notice

Each row is a mistake that was made on purpose, one at a time, in a copy of the runtime, and the first test that failed.
The diffs are in ` + "`cmd/internal/mutate/faults`" + `, one file an invariant. ` + "`make mutate`" + ` makes them all again and rewrites this
file; ` + "`make mutate FAULT=watchdog`" + ` only those of that name, and ` + "`BY=storm`" + ` asks what storms alone would catch. A test of
` + "`make test`" + ` keeps faults, code and table together.

`

// document is the file of the table.
func document(outcomes []outcome) string { return preface + render(outcomes) }

// render is the table, and what it comes to.
func render(outcomes []outcome) string {
	var b strings.Builder
	b.WriteString("| fault | invariant | caught by |\n|---|---|---|\n")
	caught := 0
	for _, o := range outcomes {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", o.name, o.invariant, o.result())
		if o.caught != "" {
			caught++
		}
	}
	fmt.Fprintf(&b, "\n%d faults, %d caught.\n", len(outcomes), caught)
	return b.String()
}

func allCaught(outcomes []outcome) bool {
	for _, o := range outcomes {
		if o.caught == "" {
			return false
		}
	}
	return true
}

// result is the last column.
func (o *outcome) result() string {
	switch {
	case o.err != nil:
		return "BROKEN FAULT"
	case o.caught == "":
		return "SURVIVED"
	}
	return "`" + o.caught + "`"
}

// line is one fault on the terminal.
func (o *outcome) line() string {
	if o.err != nil {
		return fmt.Sprintf("%s: %s: %v", o.name, o.result(), o.err)
	}
	return o.name + ": " + o.result()
}
