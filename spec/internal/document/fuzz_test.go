package document_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/stretchr/testify/require"
)

// seed adds documents that use every construct.
func seed(f *testing.F) {
	for _, s := range []string{
		"a: b\nc:\n  - d\n  - {e: [f, 'g', \"h\\n\"]}\n", "a: |\n  b\n\n   c\nd: >-\n  e\n  f\n", "- - a\n  - b: c\n    d:\n  -\n- e",
		"a: b\n  c\n\n  d\n", "a: &b *c\nd: !e f\n<<: *g", "---\na: 'it''s'\n...\n", "a: \"b\\\n  c\"\r\nd: e\r\n", "a: |2-\n   b\n", "{a, b: , \"c\":d}",
	} {
		f.Add(s)
	}
	paths, err := filepath.Glob("../../vendors/*.yaml")
	require.NoError(f, err)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(string(data))
	}
}

// FuzzLoad: no document panics or takes long; the findings are the same each
// time; every place of a scalar is in the document.
func FuzzLoad(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, source string) {
		began := time.Now()
		root, findings := load(t, source)
		require.Less(t, time.Since(began), time.Minute)
		again, findingsAgain := load(t, source)
		require.Equal(t, findings, findingsAgain)
		if root == nil {
			return
		}
		require.Equal(t, show(root), show(again))
		places(t, root, 0)
	})
}

// places checks that the places of a scalar's bytes never go back.
func places(t *testing.T, n *document.Node, depth int) {
	require.LessOrEqual(t, depth, 64)
	last := n.Pos
	for i := range len(n.Value) + 1 {
		p := n.At(i)
		require.False(t, p.Line < last.Line || p.Line == last.Line && p.Col < last.Col, "%q at %d", n.Value, i)
		last = p
		if i > 100 {
			break
		}
	}
	for _, i := range n.Items {
		places(t, i, depth+1)
	}
	for _, e := range n.Keys {
		places(t, e.Value, depth+1)
	}
}
