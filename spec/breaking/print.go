package breaking

import (
	"fmt"
	"io"
	"strings"

	"github.com/linewright/linewright/spec/internal/report"
)

// heads are what the kinds are called, in their order.
var heads = []struct {
	kind Kind
	head string
}{
	{Breaking, "Breaking"},
	{Timing, "Other times, nothing broken"},
	{Compatible, "Compatible"},
	{Docs, "What people read"},
}

// groups calls f for each kind that there is.
func groups(changes []Change, f func(head string, some []Change)) {
	for _, h := range heads {
		var some []Change
		for _, c := range changes {
			if c.Kind == h.kind {
				some = append(some, c)
			}
		}
		if len(some) > 0 {
			f(h.head, some)
		}
	}
}

// Text writes changes for people. File is the new document's name.
func Text(w io.Writer, file string, changes []Change, a Advice) error {
	var b strings.Builder
	groups(changes, func(head string, some []Change) {
		fmt.Fprintf(&b, "%s\n", head)
		for _, c := range some {
			fmt.Fprintf(&b, "  %s%s: %s%s [%s %s]\n", place(file, c), c.Path, c.Message, remarks(c), c.ID, c.Fingerprint)
			if c.Allowed != "" {
				fmt.Fprintf(&b, "    allowed: %s\n", c.Allowed)
			}
		}
	})
	b.WriteString(a.text())
	_, err := io.WriteString(w, b.String())
	return err
}

func (a Advice) text() string {
	switch {
	case a.Needs == "none":
		return "Nothing has changed.\n"
	case a.Least != "":
		return fmt.Sprintf("Version: %s, and was %s; these changes need a %s one: %s or higher.\n", a.New, a.Old, a.Needs, a.Least)
	}
	return fmt.Sprintf("Version: %s, and was %s; these changes need a %s one.\n", a.New, a.Old, a.Needs)
}

func place(file string, c Change) string {
	if c.Line == 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d: ", file, c.Line, c.Col)
}

// remarks are what is to be said of a change besides, on one line.
func remarks(c Change) string {
	var all []string
	if who := whom(c); who != "" {
		all = append(all, "for "+who)
	}
	if was := once(c); was != "" {
		all = append(all, was)
	}
	return bracketed(strings.Join(all, "; "))
}

func bracketed(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// once says where a thing was that the new document has no longer.
func once(c Change) string {
	if c.OldLine == 0 {
		return ""
	}
	return fmt.Sprintf("line %d of the old document", c.OldLine)
}

// whom names those for whom a change breaks something.
func whom(c Change) string {
	words := map[Party]string{API: "programs", Device: "devices", Clock: "who relies on the timing"}
	var all []string
	for _, p := range c.For {
		all = append(all, words[p])
	}
	return strings.Join(all, ", ")
}

// Markdown writes changes as a comment of a pull request.
func Markdown(w io.Writer, file string, changes []Change, a Advice) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### `%s`: %d breaking\n\n", cell(file), len(Broken(changes)))
	groups(changes, func(head string, some []Change) {
		fmt.Fprintf(&b, "**%s**\n\n| what | change | for | rule |\n|---|---|---|---|\n", head)
		for _, c := range some {
			text := c.Message + bracketed(once(c))
			if c.Allowed != "" {
				text += " (allowed: " + c.Allowed + ")"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` %s |\n", cell(c.Path), cell(text), whom(c), c.ID, c.Fingerprint)
		}
		b.WriteString("\n")
	})
	b.WriteString(a.text())
	_, err := io.WriteString(w, b.String())
	return err
}

// cell is text that stays in its cell.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "`", "'").Replace(s)
}

// GitHubActions writes changes as annotations of a workflow's run.
func GitHubActions(w io.Writer, file string, changes []Change, a Advice) error {
	var b strings.Builder
	for _, c := range changes {
		level := "notice"
		switch {
		case c.Kind == Breaking && c.Allowed == "":
			level = "error"
		case c.Kind == Timing, c.Kind == Breaking:
			level = "warning"
		case c.Kind == Docs:
			continue
		}
		b.WriteString(report.Annotation{
			Level: level, File: file, Line: c.Line, Col: c.Col, Title: c.ID,
			Message: c.Path + ": " + c.Message + remarks(c) + " [" + c.Fingerprint + "]",
		}.String())
	}
	if a.Least != "" {
		b.WriteString(report.Annotation{Level: "notice", File: file, Title: "version", Message: strings.TrimSpace(a.text())}.String())
	}
	_, err := io.WriteString(w, b.String())
	return err
}
