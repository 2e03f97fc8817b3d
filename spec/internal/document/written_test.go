package document_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/parser"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/stretchr/testify/require"
)

// FuzzWritten makes a random tree, writes it down in random styles, and reads
// it back: we must read that tree, and the library must, too.
func FuzzWritten(f *testing.F) {
	for i := range uint64(200) {
		f.Add(i)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		w := writer{r: rand.New(rand.NewPCG(seed, 1))}
		tree := w.node(4)
		for tree.Kind != document.Map {
			tree = w.node(4)
		}
		w.block(tree, 0)
		source := w.String()
		root, findings := load(t, source)
		require.Empty(t, findings, source)
		require.Equal(t, show(tree), show(root), source)

		file, err := parser.ParseBytes([]byte(source), 0)
		require.NoError(t, err, source)
		theirs, ok := convert(file.Docs[0].Body)
		require.True(t, ok)
		require.Equal(t, show(theirs), show(withNulls(root)), source)
	})
}

// writer writes YAML.
type writer struct {
	strings.Builder
	r *rand.Rand
}

func (w *writer) pick(n int) bool { return w.r.IntN(n) == 0 }

// node makes a random tree.
func (w *writer) node(depth int) *document.Node {
	kinds := 6
	if depth == 0 {
		kinds = 4
	}
	switch w.r.IntN(kinds) {
	case 0:
		return &document.Node{}
	case 4:
		m := &document.Node{Kind: document.Map}
		for i := range 1 + w.r.IntN(4) {
			m.Keys = append(m.Keys, &document.Entry{Key: fmt.Sprint(w.text(1), i), Value: w.node(depth - 1)})
		}
		return m
	case 5:
		l := &document.Node{Kind: document.List}
		for range 1 + w.r.IntN(4) {
			l.Items = append(l.Items, w.node(depth-1))
		}
		return l
	}
	return &document.Node{Kind: document.Scalar, Value: w.text(1 + w.r.IntN(3))}
}

// text makes a text of up to so many lines.
func (w *writer) text(lines int) string {
	pieces := []string{"a", "READ", "{x:uint8}", "21.50", "0x1f", "it's", `"q"`, `\n`, "é", "温度", "a:b", "x#y", "-", "[", "~", "true", "null"}
	var all []string
	for range lines {
		var words []string
		for range 1 + w.r.IntN(3) {
			words = append(words, pieces[w.r.IntN(len(pieces))])
		}
		all = append(all, strings.Join(words, " "))
	}
	return strings.Join(all, "\n")
}

// end ends a line, perhaps with a comment or empty lines.
func (w *writer) end() {
	if w.pick(8) {
		w.WriteString(" # a comment: 'x' \"y\" {")
	}
	w.WriteString("\n")
	for w.pick(8) {
		w.WriteString("\n")
	}
}

func (w *writer) indent(n int) { w.WriteString(strings.Repeat(" ", n)) }

// block writes a map or list in block style; the first line's indentation is
// written.
func (w *writer) block(n *document.Node, col int) {
	for i, e := range n.Keys {
		if i > 0 {
			w.indent(col)
		}
		w.inline(e.Key)
		w.WriteString(":")
		deeper := col + 1 + w.r.IntN(3)
		if e.Value.Kind == document.List && w.pick(3) && !nullItem(e.Value) {
			deeper = col // the library takes the next key for an empty last item's value
		}
		w.value(e.Value, col, deeper, false)
	}
	for i, item := range n.Items {
		if i > 0 {
			w.indent(col)
		}
		w.WriteString("-")
		w.value(item, col, col+2, true)
	}
}

// value writes what follows a colon or a dash in column col.
func (w *writer) value(n *document.Node, col, deeper int, item bool) {
	switch {
	case n.Kind == document.Null:
		w.end()
	case n.Kind == document.Scalar:
		w.WriteString(" ")
		w.scalar(n.Value, col)
	case w.pick(3) && !nullItem(n):
		w.WriteString(" ")
		w.flow(n)
		w.end()
	case item && w.pick(2):
		w.WriteString(" ")
		w.block(n, col+2)
	default:
		w.end()
		w.indent(deeper)
		w.block(n, deeper)
	}
}

// nullItem reports whether a list holds nothing somewhere, which brackets cannot
// show.
func nullItem(n *document.Node) bool {
	found := false
	for _, i := range n.Items {
		found = found || i.Kind == document.Null || nullItem(i)
	}
	for _, e := range n.Keys {
		found = found || nullItem(e.Value)
	}
	return found
}

func (w *writer) flow(n *document.Node) {
	switch n.Kind {
	case document.Scalar:
		w.inline(n.Value)
	case document.Map:
		w.WriteString("{")
		for i, e := range n.Keys {
			if i > 0 {
				w.WriteString(", ")
			}
			w.inline(e.Key)
			w.WriteString(": ")
			w.flow(e.Value)
		}
		w.WriteString("}")
	case document.List:
		w.WriteString("[")
		for i, item := range n.Items {
			if i > 0 {
				w.WriteString(", ")
			}
			w.flow(item)
		}
		w.WriteString("]")
	}
}

// scalar writes a block map's or list's scalar, and ends its line.
func (w *writer) scalar(text string, col int) {
	if !strings.Contains(text, "\n") || w.pick(3) {
		w.inline(text)
		w.end()
		return
	}
	w.WriteString("|-\n")
	deeper := col + 1 + w.r.IntN(4)
	for line := range strings.SplitSeq(text, "\n") {
		w.indent(deeper)
		w.WriteString(line + "\n")
	}
}

var plainSafe = regexp.MustCompile(`^[A-Za-z0-9é温][A-Za-z0-9é温度 .]*$`)

var doubled = strings.NewReplacer(`é`, `\u00e9`, `温`, `\U00006e29`, `"`, `\"`, `\`, `\\`, "\n", `\n`)

// inline writes text on one line.
func (w *writer) inline(text string) {
	switch {
	case plainSafe.MatchString(text) && w.pick(2):
		w.WriteString(text)
	case !strings.Contains(text, "\n") && w.pick(2):
		w.WriteString("'" + strings.ReplaceAll(text, "'", "''") + "'")
	default:
		w.WriteString(`"` + doubled.Replace(text) + `"`)
	}
}
