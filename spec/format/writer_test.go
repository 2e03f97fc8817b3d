package format

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/language"
)

// writer writes a tree in random styles, with comments everywhere: what people do
// to documents, and more.
type writer struct {
	strings.Builder
	r        *rand.Rand
	data     []byte // of the tree
	shuffled bool   // keys whose order means nothing
	comments bool
	wrapped  bool // text goes on over several lines
	brackets bool // block or flow as chance has it, not as it was
	said     []string
	closed   bool // the last text is a block, whose lines go on where they are indented
}

func (w *writer) one(in int) bool { return w.r.IntN(in) == 0 }

// document writes a whole document.
func (w *writer) document(root *document.Node) string {
	if w.one(8) {
		w.WriteString("\xef\xbb\xbf")
	}
	w.above(0)
	if w.one(4) {
		w.WriteString("---")
		w.endLine()
	}
	w.above(0)
	w.block(root, language.Root, 0)
	w.above(0)
	text := w.String()
	if w.one(4) {
		text = strings.TrimSuffix(text, "\n")
	}
	if w.one(4) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

// comment writes a comment that is like no other.
func (w *writer) comment() {
	c := "#"
	if !w.one(20) {
		c = fmt.Sprintf("#%sc%d%s", []string{" ", "", "  "}[w.r.IntN(3)], len(w.said), []string{"", " it's", ` "x`, ": y", " {", " # z", " é"}[w.r.IntN(7)])
	}
	w.said = append(w.said, c)
	w.WriteString(c + strings.Repeat(" ", w.r.IntN(2)))
}

// above writes comments and blank lines of their own, where something in column
// col comes next.
func (w *writer) above(col int) {
	for w.one(6) {
		if !w.closed {
			w.WriteString(strings.Repeat(" ", w.r.IntN(3)))
		}
		if !w.comments || w.one(2) {
			w.WriteString("\n")
			continue
		}
		deepest := col + 4
		if w.closed {
			deepest = col
		}
		w.WriteString("\n" + strings.Repeat(" ", w.r.IntN(deepest+1)))
		w.comment()
		w.WriteString("\n")
	}
}

// endLine ends a line, perhaps with a comment.
func (w *writer) endLine() {
	w.WriteString(strings.Repeat(" ", w.r.IntN(2)))
	if w.comments && w.one(6) {
		w.WriteString(" ")
		w.comment()
	}
	w.WriteString("\n")
}

func (w *writer) indent(n int) { w.WriteString(strings.Repeat(" ", n)) }

// entries are a map's, shuffled where that means nothing.
func (w *writer) entries(n *document.Node, is *language.Form) []*document.Entry {
	entries := slices.Clone(n.Keys)
	if w.shuffled && is.Construct(n.Has) != nil {
		w.r.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	}
	return entries
}

// block writes a map or list in lines of its own; the first one's indentation is
// written if the column is that of the line's text.
func (w *writer) block(n *document.Node, is *language.Form, col int) {
	for i, e := range w.entries(n, is) {
		if i > 0 {
			w.above(col)
			w.indent(col)
		}
		w.key(e)
		w.WriteString(strings.Repeat(" ", w.r.IntN(2)) + ":")
		w.value(e.Value, is.Value(is.Construct(n.Has), e.Key), col, col+1+w.r.IntN(4), false)
	}
	for i, item := range n.Items {
		if i > 0 {
			w.above(col)
			w.indent(col)
		}
		w.WriteString("-")
		w.value(item, is.Items(), col, col+2, true)
	}
}

func (w *writer) flows(n *document.Node) bool {
	if len(n.Keys)+len(n.Items) == 0 {
		return true
	}
	if w.brackets {
		return w.one(2) && fits(n)
	}
	return n.Flow()
}

// fits reports whether n can be in brackets.
func fits(n *document.Node) bool {
	for _, e := range n.Keys {
		if !fits(e.Value) {
			return false
		}
	}
	for _, i := range n.Items {
		if !fits(i) {
			return false
		}
	}
	if n.Kind == document.Scalar && n.Style == document.Plain {
		return !strings.ContainsAny(n.Value, "[]{},\n") && !strings.HasPrefix(n.Value, "?") && !strings.HasPrefix(n.Value, ":")
	}
	return n.Kind != document.Null && n.Style != document.Literal && n.Style != document.Folded
}

func (w *writer) value(n *document.Node, is *language.Form, col, deeper int, item bool) {
	w.closed = false
	if n.Kind != document.Map && n.Kind != document.List {
		w.scalar(n, col, deeper)
		return
	}
	if w.flows(n) {
		w.before(deeper)
		w.flow(n, is, deeper)
		w.endLine()
		return
	}
	if item && w.one(2) {
		w.WriteString(" ")
		w.block(n, is, col+2)
		return
	}
	w.endLine()
	if n.Kind == document.List && !item && w.one(3) {
		deeper = col
	}
	w.above(deeper)
	w.indent(deeper)
	w.block(n, is, deeper)
}

// before goes to where a value begins: behind its key, or below.
func (w *writer) before(deeper int) {
	if w.comments && w.one(8) {
		w.endLine()
		w.above(deeper)
		w.indent(deeper)
		return
	}
	w.WriteString(strings.Repeat(" ", 1+w.r.IntN(2)))
}

// between goes on within brackets.
func (w *writer) between(deeper int) {
	if !w.one(12) {
		w.WriteString(strings.Repeat(" ", w.r.IntN(2)))
		return
	}
	w.endLine()
	w.closed = false
	w.above(deeper)
	w.indent(deeper)
}

func (w *writer) flow(n *document.Node, is *language.Form, deeper int) {
	if n.Kind == document.Map {
		w.WriteString("{")
		w.between(deeper)
		for i, e := range w.entries(n, is) {
			if i > 0 {
				w.WriteString(",")
				w.between(deeper)
			}
			w.key(e)
			w.WriteString(": ")
			w.flowValue(e.Value, is.Value(is.Construct(n.Has), e.Key), deeper)
			w.between(deeper)
		}
		w.WriteString("}")
		return
	}
	w.WriteString("[")
	w.between(deeper)
	for i, item := range n.Items {
		if i > 0 {
			w.WriteString(",")
			w.between(deeper)
		}
		w.flowValue(item, is.Items(), deeper)
		w.between(deeper)
	}
	w.WriteString("]")
}

func (w *writer) flowValue(n *document.Node, is *language.Form, deeper int) {
	if n.Kind == document.Map || n.Kind == document.List {
		w.flow(n, is, deeper)
		return
	}
	if w.comments {
		w.between(deeper)
	}
	w.text(n)
}

// scalar writes a scalar behind a key or dash, and ends its line.
func (w *writer) scalar(n *document.Node, col, deeper int) {
	switch {
	case n.Kind == document.Null:
		w.endLine()
	case n.Style == document.Literal || n.Style == document.Folded:
		w.blockText(n, col, deeper)
	case n.Style == document.Plain && w.wrapped && w.one(3) && strings.Contains(n.Value, " ") && !strings.Contains(n.Value, "  ") && !strings.Contains(n.Value, " -") && !strings.Contains(n.Value, "\n"):
		words := strings.Split(n.Value, " ")
		at := 1 + w.r.IntN(len(words)-1)
		w.WriteString(" " + strings.Join(words[:at], " ") + strings.Repeat(" ", w.r.IntN(2)) + "\n")
		w.indent(deeper)
		w.WriteString(strings.Join(words[at:], " "))
		w.endLine()
	default:
		w.before(deeper)
		w.text(n)
		w.endLine()
	}
}

// blockText writes a literal or folded scalar as it was, but for the indentation.
func (w *writer) blockText(n *document.Node, col, deeper int) {
	lines, keep := n.BlockLines()
	w.WriteString(" " + map[document.Style]string{document.Literal: "|", document.Folded: ">"}[n.Style])
	if first := trimBlank(lines); w.one(4) || len(first) > 0 && first[0][0] == ' ' {
		deeper = col + 1 + w.r.IntN(4)
		fmt.Fprint(w, deeper-col)
	}
	if keep {
		w.WriteString("+")
	} else if !strings.HasSuffix(n.Value, "\n") {
		w.WriteString("-")
	}
	w.endLine()
	for _, line := range lines {
		if line != "" {
			w.indent(deeper)
		}
		w.WriteString(line + "\n")
	}
	w.closed = true
}

// text writes a scalar on one line.
func (w *writer) text(n *document.Node) {
	if n.Style == document.Plain && !strings.Contains(n.Value, "\n") {
		w.WriteString(n.Value)
		return
	}
	special := func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f }
	if raw := n.Raw(); n.Style == document.DoubleQuoted && strings.ContainsFunc(n.Value, special) {
		w.WriteString(raw) // escapes are the author's
		return
	}
	w.quoted(n.Value)
}

func (w *writer) quoted(text string) {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) && w.one(2) {
		w.WriteString("'" + strings.ReplaceAll(text, "'", "''") + "'")
		return
	}
	w.WriteString(`"`)
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			w.WriteString(`\` + string(r))
		case r == '\n':
			w.WriteString(`\n`)
		case r < ' ' || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(w, `\x%02x`, r)
		default:
			w.WriteRune(r)
		}
	}
	w.WriteString(`"`)
}

// key writes a map's key: in quotes if it was, which may mean something elsewhere.
func (w *writer) key(e *document.Entry) {
	if raw := w.data[e.Written().From:e.Written().To]; raw[0] != '"' && raw[0] != '\'' {
		w.Write(raw)
		return
	}
	w.quoted(e.Key)
}
