package spec_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/format"
	"github.com/linewright/linewright/spec/language"
)

// readme is the language reference.
const readme = "README.md"

// block is a YAML example of it, and what is said about its mistakes.
type block struct {
	line     int // of the opening fence
	yaml     string
	findings string // of the text that follows; empty: there are none
}

var fences = regexp.MustCompile("(?ms)^```(yaml|text)\n(.*?)^```\n")

func blocks(t *testing.T) []block {
	t.Helper()
	data, err := os.ReadFile(readme)
	require.NoError(t, err)
	text := string(data)
	var out []block
	end := 0
	for _, at := range fences.FindAllStringSubmatchIndex(text, -1) {
		body := text[at[4]:at[5]]
		switch {
		case text[at[2]:at[3]] == "yaml":
			out = append(out, block{line: 1 + strings.Count(text[:at[0]], "\n"), yaml: body})
		case len(out) > 0 && strings.TrimSpace(text[end:at[0]]) == "":
			out[len(out)-1].findings = body
		}
		end = at[1]
	}
	require.NotEmpty(t, out)
	return out
}

// whole reports whether an example is a document, and not a part of one.
func (b block) whole() bool { return strings.Contains("\n"+b.yaml, "\nlinewright:") }

// document is the example with what else a document needs.
func (b block) document() (doc string, before int) {
	return document(b.yaml)
}

// TestReadmeExamples loads every example, or finds in it what the text behind it
// says: a whole document as it is, a part with the prelude of the other tests,
// and without the examples that messages need.
func TestReadmeExamples(t *testing.T) {
	for _, b := range blocks(t) {
		t.Run(fmt.Sprintf("line %d", b.line), func(t *testing.T) {
			doc, before := b.document()
			p, findings := spec.LoadAnyway(readme, []byte(doc))
			var out strings.Builder
			for _, f := range findings {
				if f.Rule == "vector-missing" && !b.whole() {
					continue
				}
				fmt.Fprintf(&out, "%d:%d: %s [%s]\n", f.Line-before, f.Col, f.Message, f.Rule)
				if f.Hint != "" {
					fmt.Fprintf(&out, "  hint: %s\n", f.Hint)
				}
			}
			require.Equal(t, b.findings, out.String(), "%s", doc)
			if b.findings == "" {
				_, err := dynamic.Open(p)
				require.NoError(t, err)
			}
		})
	}
}

// table is a generated part of the reference: its rows are the code's, what
// they say is written by hand.
type table struct {
	head string
	rows []row
}

// row is what the code says: the name, a second column if there is one, and what
// it means if the code says that, too.
type row struct{ name, more, text string }

var tables = regexp.MustCompile(`(?ms)^<!-- table: ([^\n]*?) -->\n(.*?)^<!-- end -->\n`)

// TestReadmeTables: the tables have the rows that the code has. With -update
// they get them, and what is new is left to be described.
func TestReadmeTables(t *testing.T) {
	data, err := os.ReadFile(readme)
	require.NoError(t, err)
	want := keyTables()
	want["types"] = table{head: "| type | a value is |\n|---|---|\n", rows: wordRows(language.Builtins)}
	want["functions"] = table{head: "| function | gives |\n|---|---|\n", rows: rows(spec.Functions())}
	want["rules"] = ruleTable()
	seen := map[string]bool{}
	out := tables.ReplaceAllStringFunc(string(data), func(part string) string {
		m := tables.FindStringSubmatch(part)
		seen[m[1]] = true
		w, ok := want[m[1]]
		require.True(t, ok, "no table of %q", m[1])
		body := w.head + w.render(described(m[2]))
		if !*update {
			require.Equal(t, body, m[2], "run the test with -update, and describe what is new")
			require.NotContains(t, body, undescribed, m[1])
		}
		return "<!-- table: " + m[1] + " -->\n" + body + "<!-- end -->\n"
	})
	for name := range want {
		require.True(t, seen[name], "the reference has no table of %q", name)
	}
	if *update {
		require.NoError(t, os.WriteFile(readme, []byte(out), 0o644))
	}
}

func rows(names []string) []row {
	var list []row
	for _, name := range names {
		list = append(list, row{name: name})
	}
	return list
}

// undescribed stands where nobody has written yet what a row means.
const undescribed = "| … |"

func (w table) render(texts map[string]string) string {
	var b strings.Builder
	for _, r := range w.rows {
		text := r.text
		if text == "" {
			text = texts[r.name]
		}
		if text == "" {
			text = "…"
		}
		more := ""
		if strings.Count(w.head, "|") > 6 { // three columns
			more = " " + r.more + " |"
		}
		fmt.Fprintf(&b, "| `%s` |%s %s |\n", r.name, more, text)
	}
	return b.String()
}

// described are the texts of a table's rows: their last column.
func described(body string) map[string]string {
	texts := map[string]string{}
	for line := range strings.Lines(body) {
		cells := strings.Split(strings.TrimSuffix(strings.TrimSpace(line), " |"), " | ")
		if name, ok := strings.CutPrefix(cells[0], "| `"); ok && len(cells) > 1 {
			texts[strings.TrimSuffix(name, "`")] = cells[len(cells)-1]
		}
	}
	return texts
}

// keyTables are the tables of the language's keys, without those of everything
// that has a name.
func keyTables() map[string]table {
	out := map[string]table{}
	for _, c := range language.Constructs() {
		w := table{head: "| key | | what it says |\n|---|---|---|\n"}
		for _, k := range c.Keys {
			text := k.Doc
			if k.Default != "" {
				text += " [" + k.Default + "]"
			}
			w.rows = append(w.rows, row{k.Name, required(k.Required), text})
		}
		out["keys of "+c.Name] = w
	}
	return out
}

func required(yes bool) string {
	if yes {
		return "required"
	}
	return ""
}

func wordRows(words []language.WordDoc) []row {
	var list []row
	for _, w := range words {
		list = append(list, row{name: w.Word, text: w.Doc})
	}
	return list
}

// TestTheReferenceIsInItsForm: what the reference shows is written as it says, but
// for examples of mistakes.
func TestTheReferenceIsInItsForm(t *testing.T) {
	for _, b := range blocks(t) {
		if b.findings != "" {
			continue
		}
		text, findings, err := format.Source(readme, []byte(b.yaml))
		require.NoError(t, err)
		require.Empty(t, findings)
		require.Equal(t, string(text), b.yaml, "line %d", b.line)
	}
}
