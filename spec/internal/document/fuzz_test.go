package document_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
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
		require.Less(t, time.Since(began), time.Second)
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

// FuzzAgainstLibrary: what we and the library both accept, both read the same.
// Where the library is known to be wrong, quirk says so.
func FuzzAgainstLibrary(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 2000 || quirk(source) {
			return // its lexer is quadratic
		}
		root, findings := load(t, source)
		if len(findings) > 0 {
			return
		}
		file, err := parser.ParseBytes([]byte(source), 0)
		if err != nil || len(file.Docs) != 1 || file.Docs[0].Body == nil {
			return
		}
		if theirs, ok := convert(file.Docs[0].Body); ok {
			require.Equal(t, show(theirs), show(withNulls(root)))
		}
	})
}

// withNulls makes plain nulls Null nodes, as the library does.
func withNulls(n *document.Node) *document.Node {
	c := *n
	if c.Kind == document.Scalar && c.Style == document.Plain && slices.Contains([]string{"null", "Null", "NULL", "~"}, c.Value) {
		return &document.Node{}
	}
	c.Items = nil
	for _, i := range n.Items {
		c.Items = append(c.Items, withNulls(i))
	}
	c.Keys = nil
	for _, e := range n.Keys {
		c.Keys = append(c.Keys, &document.Entry{Key: e.Key, Value: withNulls(e.Value)})
	}
	return &c
}

// convert makes our tree of the library's; not ok where it holds what our
// documents do not.
func convert(n ast.Node) (*document.Node, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return convertMap(n.Values)
	case *ast.MappingValueNode:
		return convertMap([]*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		list := &document.Node{Kind: document.List}
		for _, v := range n.Values {
			item, ok := convert(v)
			if !ok {
				return nil, false
			}
			list.Items = append(list.Items, item)
		}
		return list, true
	case *ast.NullNode: // null, ~ and nothing are one to the library
		return &document.Node{}, true
	case *ast.StringNode:
		return &document.Node{Kind: document.Scalar, Value: n.Value}, true
	case *ast.LiteralNode:
		return &document.Node{Kind: document.Scalar, Value: n.Value.Value}, true
	case ast.ScalarNode:
		return &document.Node{Kind: document.Scalar, Value: n.GetToken().Value}, true
	}
	return nil, false
}

func convertMap(values []*ast.MappingValueNode) (*document.Node, bool) {
	m := &document.Node{Kind: document.Map}
	for _, v := range values {
		key, ok := convert(v.Key.(ast.Node))
		value, okValue := convert(v.Value)
		if !ok || !okValue {
			return nil, false
		}
		m.Keys = append(m.Keys, &document.Entry{Key: key.Value, Value: value})
	}
	return m, true
}

// quirk reports whether the library is known to misread source.
func quirk(source string) bool {
	return false
}
