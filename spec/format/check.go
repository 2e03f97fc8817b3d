package format

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/language"
)

// ErrLoss is why a document stays as it is: its canonical form would not say the
// same.
var ErrLoss = errors.New("the formatted document would not say the same, and was thrown away; please report this")

// reading is a document that was read.
type reading struct {
	text     []byte
	root     *document.Node
	comments []document.Span
}

// check compares a document with what it became.
func (r reading) check(formatted []byte, edits []edit) error {
	findings := report.NewList("", formatted)
	root, comments := document.Read(formatted, findings)
	if findings.Len() > 0 {
		f := findings.Sorted()[0]
		return fmt.Errorf("%w: %d:%d: %s", ErrLoss, f.Line, f.Col, f.Message)
	}
	now := reading{formatted, root, comments}
	switch {
	case !slices.Equal(r.said(), now.said()):
		return fmt.Errorf("%w: a comment", ErrLoss)
	case r.meaning() != now.meaning():
		return fmt.Errorf("%w: a value", ErrLoss)
	case r.weight(edits, nil) != now.weight(nil, edits):
		return fmt.Errorf("%w: some of its text", ErrLoss)
	}
	return nil
}

// said are the comments, sorted.
func (r reading) said() []string {
	said := make([]string, len(r.comments))
	for i, c := range r.comments {
		said[i] = strings.TrimRight(string(r.text[c.From:c.To]), " ")
	}
	slices.Sort(said)
	return said
}

// meaning is all that the document's values say, in a form in which equal documents
// are equal.
func (r reading) meaning() string {
	m := meaning{text: r.text, fixed: hasAlias(r.root)}
	m.node(r.root, language.Root)
	return m.String()
}

type meaning struct {
	strings.Builder
	text  []byte
	fixed bool
}

func (m *meaning) node(n *document.Node, is *language.Form) {
	if p := n.Written.Properties; p.To > 0 {
		fmt.Fprintf(m, "%s ", m.text[p.From:p.To])
	}
	switch n.Kind {
	case document.Null:
		m.WriteString("null")
	case document.Map:
		m.entries(n, is)
	case document.List:
		m.WriteString("[")
		for _, i := range n.Items {
			m.node(i, is.Items())
			m.WriteString(",")
		}
		m.WriteString("]")
	default:
		m.scalar(n, is)
	}
}

// entries are a map's, by name where their order means nothing.
func (m *meaning) entries(n *document.Node, is *language.Form) {
	entries, of := slices.Clone(n.Keys), is.Construct(n.Has)
	if of != nil && !m.fixed {
		slices.SortStableFunc(entries, func(a, b *document.Entry) int { return strings.Compare(a.Key, b.Key) })
	}
	m.WriteString("{")
	for _, e := range entries {
		w := e.Written()
		fmt.Fprintf(m, "%c%q:", style(m.text[w.From]), e.Key)
		m.node(e.Value, is.Value(of, e.Key))
		m.WriteString(",")
	}
	m.WriteString("}")
}

// scalar is a value with what its quotes may mean: they are there or not.
func (m *meaning) scalar(n *document.Node, is *language.Form) {
	quotes := style(m.text[n.Written.From])
	if n.Kind == document.Scalar && n.Style == document.Plain {
		if d, ok := duration(n.Value); ok && is.Is(language.Duration) {
			fmt.Fprintf(m, "%d ns", int64(d))
			return
		}
		if bytes, ok := size(n.Value); ok && is.Is(language.Size) {
			fmt.Fprintf(m, "%d bytes", bytes)
			return
		}
	}
	fmt.Fprintf(m, "%c%d%q", quotes, n.Kind, n.Value)
}

// style is what the first character of a scalar says about it.
func style(first byte) byte {
	switch first {
	case '"', '\'':
		return '"'
	case '|', '>':
		return first
	}
	return 'p'
}

// weight counts each byte of the text that is no part of YAML's own notation, with
// some texts less, and others more: whatever a reader may have missed weighs
// something.
func (r reading) weight(less, more []edit) (count [256]int) {
	add := func(text string, by int) {
		for i := range len(text) {
			if c := text[i]; !strings.ContainsRune(notation, rune(c)) {
				count[c] += by
			}
		}
	}
	add(string(r.text), 1)
	for _, e := range less {
		add(e.old, -1)
	}
	for _, e := range more {
		add(e.new, -1)
	}
	return count
}

// notation is what the same document may have more or less of.
const notation = " \n{}[],:-.|>+\"'\\"
