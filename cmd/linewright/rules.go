package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/lint"
)

// rulesCommand is `rules`.
type rulesCommand struct {
	Format string   `enum:"text,json,markdown" default:"text" help:"How to print the rules: ${enum}."`
	IDs    []string `arg:"" optional:"" name:"ID" help:"Only these rules, with their examples."`
}

// Run lists the rules: those of lint, then those of the loader, which are errors.
func (c *rulesCommand) Run(o *terminal) error {
	rules := allRules()
	if len(c.IDs) > 0 {
		byID := map[string]lint.Rule{}
		for _, r := range rules {
			byID[r.ID] = r
		}
		rules = nil
		for _, id := range c.IDs {
			r, ok := byID[id]
			if !ok {
				return noRule(id, byID)
			}
			rules = append(rules, r)
		}
	}
	switch c.Format {
	case "json":
		out := json.NewEncoder(o.out)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		return out.Encode(rules)
	case "markdown":
		return markdownRules(o.out, rules)
	}
	return textRules(o.out, rules, len(c.IDs) > 0)
}

// noRule complains about an id, and guesses.
func noRule(id string, rules map[string]lint.Rule) error {
	hint := "linewright rules lists them"
	if near := spec.Nearest(id, slices.Sorted(maps.Keys(rules))); near != "" {
		hint = "did you mean " + near + "?"
	}
	return usageError{fmt.Errorf("there is no rule %s: %s", id, hint)}
}

// allRules are those of lint, and those of the loader.
func allRules() []lint.Rule {
	rules := lint.Rules()
	for _, r := range spec.Rules() {
		rules = append(rules, lint.Rule{ID: r.ID, Severity: "error", Purpose: sentence(r.Wrong) + " " + r.Why, Bad: r.Bad, Good: r.Good})
	}
	return rules
}

// sentence is a line of the reference as a sentence.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

func ruleTexts() (all []spec.RuleText) {
	for _, r := range allRules() {
		all = append(all, spec.RuleText{ID: r.ID, Severity: r.Severity, Purpose: r.Purpose})
	}
	return all
}

// shorthand says how to read what examples cannot show: see spec.Rule.
const shorthand = "‹E9› is a byte, ‹70×x› a text that is there 70 times, # 20 of these a line that is, numbered ‹n›.\n"

func textRules(w io.Writer, rules []lint.Rule, examples bool) error {
	var b strings.Builder
	for i, r := range rules {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s (%s)\n%s", r.ID, r.Severity, wrapped("  ", r.Purpose))
		if examples {
			fmt.Fprintf(&b, "\n  bad:\n%s\n  good:\n%s", indented(r.Bad), indented(r.Good))
		}
		if examples && strings.Contains(r.Bad, "‹") {
			b.WriteString("\n  " + shorthand)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// wrapped is text in lines of at most 100 characters.
func wrapped(indent, text string) string {
	var b strings.Builder
	line := indent
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > 100 && line != indent {
			b.WriteString(line + "\n")
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	return b.String() + line + "\n"
}

func indented(yaml string) string {
	var b strings.Builder
	for line := range strings.Lines(yaml) {
		b.WriteString("    " + line)
	}
	return b.String()
}

func markdownRules(w io.Writer, rules []lint.Rule) error {
	var b strings.Builder
	for _, r := range rules {
		fmt.Fprintf(&b, "### `%s`\n\n*%s.* %s\n\n", r.ID, r.Severity, r.Purpose)
		fmt.Fprintf(&b, "Bad:\n\n```yaml\n%s```\n\nGood:\n\n```yaml\n%s```\n\n", r.Bad, r.Good)
		if strings.Contains(r.Bad, "‹") {
			b.WriteString(shorthand + "\n")
		}
	}
	_, err := io.WriteString(w, strings.TrimSuffix(b.String(), "\n"))
	return err
}
