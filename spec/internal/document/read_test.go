package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
)

// read gives the tree that Read sees, with what is written of each node, and the
// comments.
func read(t *testing.T, source string) (tree []string, comments []string) {
	t.Helper()
	findings := report.NewList("a.yaml", []byte(source))
	root, spans := document.Read([]byte(source), findings)
	require.Empty(t, findings.Sorted(), source)
	for _, s := range spans {
		comments = append(comments, source[s.From:s.To])
	}
	var walk func(path string, n *document.Node)
	walk = func(path string, n *document.Node) {
		properties := source[n.Written.Properties.From:n.Written.Properties.To]
		switch n.Kind {
		case document.Map, document.List:
			tree = append(tree, fmt.Sprintf("%s %v flow=%v %q", path, n.Kind, n.Flow(), properties))
		default:
			tree = append(tree, fmt.Sprintf("%s %v %q %q", path, n.Kind, n.Raw(), properties))
		}
		for _, e := range n.Keys {
			walk(path+"."+source[e.Written().From:e.Written().To], e.Value)
		}
		for i, item := range n.Items {
			walk(fmt.Sprintf("%s[%d]", path, i), item)
		}
	}
	walk("$", root)
	return tree, comments
}

// TestReadKeepsWhatIsWritten: what Load refuses is there, and where each value is.
func TestReadKeepsWhatIsWritten(t *testing.T) {
	tree, comments := read(t, strings.TrimPrefix(`
# first
a: &x !t  'b'   # beside
"c": [*x, {d: &y [e]}, f ] # list
g: &z # of g
  h: |-   # block
    # text
    i
  # below
  <<: *z
  h:
l: &n
m:
  - &o # of o
    p: q
  - !r # of r
`, "\n"))
	require.Equal(t, []string{"# first", "# beside", "# list", "# of g", "# block", "# below", "# of o", "# of r"}, comments)
	require.Equal(t, []string{
		`$ a map flow=false ""`,
		`$.a a value "'b'" "&x !t"`,
		`$."c" a list flow=true ""`,
		`$."c"[0] what was refused "*x" ""`,
		`$."c"[1] a map flow=true ""`,
		`$."c"[1].d a list flow=true "&y"`,
		`$."c"[1].d[0] a value "e" ""`,
		`$."c"[2] a value "f" ""`,
		`$.g a map flow=false "&z"`,
		`$.g.h a value "|-   # block\n    # text\n    i" ""`,
		`$.g.<< what was refused "*z" ""`,
		`$.g.h nothing "" ""`,
		`$.l nothing "" "&n"`,
		`$.m a list flow=false ""`,
		`$.m[0] a map flow=false "&o"`,
		`$.m[0].p a value "q" ""`,
		`$.m[1] nothing "" "!r"`,
	}, tree)
}

// TestReadRefusesWhatItCannotKeep: anchors and tags of keys.
func TestReadRefusesWhatItCannotKeep(t *testing.T) {
	for source, want := range map[string]string{
		"&a b: c\n":        "1:1 yaml-anchor",
		"- &a b: c\n":      "1:3 yaml-anchor",
		"a: b\n!t c: d\n":  "2:1 yaml-tag",
		"a: {!t b: c}\n":   "1:5 yaml-tag",
		"a: b\n---\nc: d":  "2:1 yaml-documents",
		"a: !\n  !\n":      "2:3 yaml-syntax",
		"? a\n: b\n":       "1:1 yaml-key",
		"a: b\n*c : d\n":   "2:1 yaml-syntax",
		"%YAML 1.2\n---\n": "1:1 yaml-directive",
	} {
		findings := report.NewList("a.yaml", []byte(source))
		_, _ = document.Read([]byte(source), findings)
		require.NotEmpty(t, findings.Sorted(), source)
		f := findings.Sorted()[0]
		require.Equal(t, want, fmt.Sprintf("%d:%d %s", f.Line, f.Col, f.Rule), source)
	}
}

// TestBlockLines: the lines of a block, and the empty ones that belong to it.
func TestBlockLines(t *testing.T) {
	for _, tt := range []struct {
		source, comment string
		lines           []string
		keep            bool
	}{
		{"a: |\n   b\n\n     c\n\nd: e\n", "", []string{"b", "", "  c"}, false},
		{"a: >- # why\n\n  b\n", "# why", []string{"", "b"}, false},
		{"a: |+\n  b\n\n\nd: e\n", "", []string{"b", "", ""}, true},
		{"a: |2\n   b\n", "", []string{" b"}, false},
		{"a: |\nd: e\n", "", nil, false},
	} {
		findings := report.NewList("a.yaml", []byte(tt.source))
		root, _ := document.Read([]byte(tt.source), findings)
		require.Empty(t, findings.Sorted())
		n := root.Get("a").Value
		lines, keep := n.BlockLines()
		require.Equal(t, tt.lines, lines, tt.source)
		require.Equal(t, tt.keep, keep, tt.source)
		require.Equal(t, tt.comment, n.HeaderComment(), tt.source)
	}
}
