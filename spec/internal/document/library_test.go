package document_test

import (
	"slices"

	"github.com/goccy/go-yaml/ast"
	"github.com/linewright/linewright/spec/internal/document"
)

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
