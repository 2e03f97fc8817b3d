package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/stretchr/testify/require"
)

// TestAt looks for the X of a scalar: its place in the document must be that of
// the only X there.
func TestAt(t *testing.T) {
	for name, source := range map[string]string{
		"plain":                    "a: bcXd",
		"plain, over lines":        "a: b\n  c\n\n  dXe\n",
		"plain, in brackets":       "a: [b, c dX, e]",
		"plain, in brackets, over": "a: [b, c\n   d eX, f]",
		"single":                   "a: 'it''s éX'",
		"single, over lines":       "a: 'it''s\n\n   cX'",
		"double":                   `a: "\x41\u00e9 \\ \U0001f600X\n"`,
		"double, over lines":       "a: \"b\\n  \n   c \\\n   dX\"",
		"literal":                  "a:\n  b: |\n    READ {é}\n    {cX:uint8}\n",
		"literal, blank lines":     "a: |\n\n\n  b\n\n  X\n",
		"literal, by hand":         "a: |2-\n    b\n   X\n",
		"literal, CRLF":            "a: |\r\n  b\r\n  cX\r\n",
		"folded":                   "a: >\n  b\n  c\n\n    d\n  eX\n",
		"in a list":                "- |\n  b\n  X\n",
	} {
		t.Run(name, func(t *testing.T) {
			root, findings := load(t, source)
			require.Empty(t, findings)
			n := withX(root)
			require.NotNil(t, n)
			before := source[:strings.Index(source, "X")]
			line := strings.Count(before, "\n") + 1
			col := len([]rune(before[strings.LastIndex(before, "\n")+1:])) + 1
			p := n.At(strings.Index(n.Value, "X"))
			require.Equal(t, fmt.Sprintf("%d:%d", line, col), fmt.Sprintf("%d:%d", p.Line, p.Col))
		})
	}
}

// withX finds the scalar with an X.
func withX(n *document.Node) *document.Node {
	if strings.Contains(n.Value, "X") {
		return n
	}
	for _, i := range n.Items {
		if found := withX(i); found != nil {
			return found
		}
	}
	for _, e := range n.Keys {
		if found := withX(e.Value); found != nil {
			return found
		}
	}
	return nil
}

func TestAtTheEdges(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		offset       int
		want         string
	}{
		{"behind plain text", "a: bc", 2, "1:6"},
		{"the closing quote", `a: "bc"`, 2, "1:7"},
		{"behind an escape", `a: "b\n"`, 2, "1:8"},
		{"the backslash of an escape", `a: "b\u00e9"`, 1, "1:6"},
		{"the second byte of an escape", `a: "b\u00e9"`, 2, "1:6"},
		{"behind its quotes", `a: "b"`, 99, "1:6"},
		{"between empty quotes", `a: ""`, 0, "1:5"},
		{"an empty literal", "a: |\nb: c", 0, "1:4"},
		{"a literal's break", "a: |\n  bc\n  d\n", 2, "2:5"},
		{"a literal's last break", "a: |\n  bc\n", 2, "2:5"},
		{"behind a literal", "a: |\n  bc\n", 3, "2:5"},
		{"no scalar", "a: [b]", 1, "1:4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root, findings := load(t, tt.source)
			require.Empty(t, findings)
			p := root.Keys[0].Value.At(tt.offset)
			require.Equal(t, tt.want, fmt.Sprintf("%d:%d", p.Line, p.Col))
		})
	}
}
