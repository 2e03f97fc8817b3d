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

// groups calls f for each kind that there is among the changes of a document.
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

// goHead is what the changes of the generated package are called.
const goHead = "For Go programs"

// Text writes changes for people. File is the new document's name.
func Text(w io.Writer, file string, changes []Change, a Advice) error {
	var b strings.Builder
	b.WriteString(headline(changes, a) + "\n")
	document, ofGo := Split(changes)
	groups(document, func(head string, some []Change) {
		fmt.Fprintf(&b, "%s\n", head)
		for _, c := range some {
			line(&b, place(file, c), c)
		}
	})
	if len(ofGo) > 0 {
		fmt.Fprintf(&b, "%s\n", goHead)
	}
	for _, c := range ofGo {
		line(&b, string(c.Kind)+": ", c)
	}
	if !Passes(changes) {
		b.WriteString("To allow a change, put its fingerprint and your reason into the list of --allow: --format markdown writes its lines.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// line is a change, and why it is allowed.
func line(b *strings.Builder, before string, c Change) {
	fmt.Fprintf(b, "  %s%s: %s%s [%s]\n", before, c.What(), c.Message, remarks(c), c.ID)
	if c.Allowed != "" {
		fmt.Fprintf(b, "    allowed: %s\n", c.Allowed)
	}
}

// headline is what the changes ask of the version, and whether that may be left.
func headline(changes []Change, a Advice) string {
	text := "Version: " + a.Words() + "."
	if a.Quiet() {
		text = "Nothing has changed."
	}
	for _, c := range changes {
		if c.Kind == Version && c.Allowed != "" {
			text += " Allowed: " + c.Allowed + "."
		}
	}
	return text
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
	if who := c.Whom(); who != "" && !c.OfGo() {
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

// Whom names those for whom a change breaks something.
func (c Change) Whom() string {
	var all []string
	for _, p := range c.For {
		all = append(all, p.Words())
	}
	return strings.Join(all, ", ")
}

// Words are what people call a party.
func (p Party) Words() string {
	return map[Party]string{API: "programs", Device: "devices", Clock: "who relies on the timing"}[p]
}

// Markdown writes changes as a comment of a pull request.
func Markdown(w io.Writer, file string, changes []Change, a Advice) error {
	var b strings.Builder
	document, ofGo := Split(changes)
	fmt.Fprintf(&b, "### `%s`: %s\n\n%s\n", cell(file), counted(document, ofGo), cell(headline(changes, a)))
	groups(document, func(head string, some []Change) {
		fmt.Fprintf(&b, "\n**%s**\n\n| what | change | for | rule |\n|---|---|---|---|\n", head)
		for _, c := range some {
			fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` |\n", cell(c.What()), told(c), c.Whom(), c.ID)
		}
	})
	if len(ofGo) > 0 {
		fold(&b, fmt.Sprintf("%s: %d", goHead, len(ofGo)), func() {
			b.WriteString("| what | change | kind | rule |\n|---|---|---|---|\n")
			for _, c := range ofGo {
				fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` |\n", cell(c.What()), told(c), c.Kind, c.ID)
			}
		})
	}
	allowable(&b, changes)
	_, err := io.WriteString(w, b.String())
	return err
}

// counted is how many changes break somebody.
func counted(document, ofGo []Change) string {
	text := fmt.Sprintf("%d breaking", len(Broken(document)))
	if n := len(Broken(ofGo)); n > 0 {
		text += fmt.Sprintf(", and %d for Go programs", n)
	}
	return text
}

// told is a change in a cell of a table.
func told(c Change) string {
	text := c.Message + bracketed(once(c))
	if c.Allowed != "" {
		text += " (allowed: " + c.Allowed + ")"
	}
	return cell(text)
}

// fold writes what is looked at by those who ask for it.
func fold(b *strings.Builder, summary string, inside func()) {
	fmt.Fprintf(b, "\n<details><summary>%s</summary>\n\n", summary)
	inside()
	b.WriteString("\n</details>\n")
}

// allowable are the lines of an allow-list for what is not allowed yet.
func allowable(b *strings.Builder, changes []Change) {
	if lines := AllowLines(changes); lines != "" {
		fold(b, "To allow these", func() { fmt.Fprintf(b, "```yaml\n%s```\n", lines) })
	}
}

// AllowLines are an allow-list of what is not allowed yet, without the reasons; empty: it
// would have no entries.
func AllowLines(changes []Change) string {
	if Passes(changes) {
		return ""
	}
	var b strings.Builder
	b.WriteString("allow:\n")
	for _, c := range changes {
		if c.Allowed == "" && (c.Kind == Breaking || c.Kind == Version) {
			fmt.Fprintf(&b, "  - {fingerprint: %s, reason: } # %s: %s\n", c.Fingerprint, c.What(), c.ID)
		}
	}
	return b.String()
}

// cell is text that stays in its cell.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "`", "'").Replace(s)
}

// GitHubActions writes changes as annotations of a workflow's run.
func GitHubActions(w io.Writer, file string, changes []Change) error {
	var b strings.Builder
	for _, c := range changes {
		level := "notice"
		switch {
		case c.Allowed == "" && (c.Kind == Breaking || c.Kind == Version):
			level = "error"
		case c.Kind == Timing, c.Kind == Breaking, c.Kind == Version:
			level = "warning"
		case c.Kind == Docs:
			continue
		}
		b.WriteString(report.Annotation{
			Level: level, File: file, Line: c.Line, Col: c.Col, Title: c.ID,
			Message: c.What() + ": " + c.Message + remarks(c),
		}.String())
	}
	_, err := io.WriteString(w, b.String())
	return err
}
