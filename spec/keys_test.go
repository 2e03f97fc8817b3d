package spec_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	yaml "github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/keys"
	"github.com/linewright/linewright/spec/internal/report"
)

// shown are the documents of the reference and of the vendors, and what these do
// not show.
func shown(t *testing.T) [][]byte {
	t.Helper()
	var all [][]byte
	for _, b := range blocks(t) {
		doc, _ := b.document()
		all = append(all, []byte(doc))
	}
	more, _ := document(`
frames: {packet: {content: binary, order: big, layout: "{id:u16} {payload}", size: 4B, max: 4B}}
commands: {ping: {send: "{x:u16}", reply: none, gap: 1s}}
`)
	all = append(all, []byte(more))
	paths, err := filepath.Glob("vendors/*.yaml")
	require.NoError(t, err)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		all = append(all, data)
	}
	return all
}

// TestEveryKeyHasItsPlace: what the loader knows is in the table of package keys,
// and nothing else.
func TestEveryKeyHasItsPlace(t *testing.T) {
	known := map[*keys.Construct]map[string]bool{}
	for _, doc := range shown(t) {
		spec.Keys(doc, func(path string, table []spec.Key) {
			c := at(t, path).Construct()
			if !assert.NotNil(t, c, "%s is no map of the language", path) {
				return
			}
			if known[c] == nil {
				known[c] = map[string]bool{}
			}
			for _, k := range table {
				known[c][k.Name] = true
				assert.GreaterOrEqual(t, c.Rank(k.Name), 0, "%s: %s has no place", path, k.Name)
			}
		})
	}
	constructs(keys.Document, func(v keys.Value) {
		for i, k := range v.Of.Keys {
			assert.True(t, known[v.Of][k.Name], "the loader does not know %s", k.Name)
			assert.Equal(t, i, v.Of.Rank(k.Name), "%s is there twice", k.Name)
		}
	})
}

// constructs calls f for each construct below v.
func constructs(v keys.Value, f func(keys.Value)) {
	if v.Of == nil {
		return
	}
	f(v)
	for _, k := range v.Of.Keys {
		constructs(k.Value, f)
	}
}

// at is what the language has at the path of a finding.
func at(t *testing.T, path string) keys.Value {
	t.Helper()
	v := keys.Document
	for _, m := range step.FindAllStringSubmatch(path, -1) {
		switch {
		case m[1] != "":
			v = v.At(m[1])
		case m[2] != "":
			key, err := strconv.Unquote(`"` + m[2] + `"`)
			require.NoError(t, err)
			v = v.At(key)
		}
	}
	return v
}

// TestQuantitiesAreWhereTheyAre: where the table has a duration or a size, the
// loader reads one, and nowhere else.
func TestQuantitiesAreWhereTheyAre(t *testing.T) {
	tried := map[*keys.Construct]map[string]bool{}
	for _, doc := range shown(t) {
		root, _ := yaml.Read(doc, report.NewList("", doc))
		require.NotNil(t, root)
		scalars(root, keys.Document, func(c *keys.Construct, key string, n *yaml.Node) {
			if tried[c] == nil {
				tried[c] = map[string]bool{}
			}
			if tried[c][key] {
				return
			}
			tried[c][key] = true
			span := n.Written.Span
			wrong := string(doc[:span.From]) + "7x" + string(doc[span.To:])
			require.Equal(t, c.Keys[c.Rank(key)].Value.Kind, kindOf(wrong, n), "%s: %s\n%s", key, n.Raw(), wrong)
		})
	}
	constructs(keys.Document, func(v keys.Value) {
		for _, k := range v.Of.Keys {
			if k.Value.Kind == keys.Duration || k.Value.Kind == keys.Size {
				assert.True(t, tried[v.Of][k.Name], "no example has %s", k.Name)
			}
		}
	})
}

// kindOf is what the loader wants where the document has 7x instead of n.
func kindOf(doc string, n *yaml.Node) keys.Kind {
	_, findings := spec.LoadAnyway("", []byte(doc))
	here := func(rule string) bool {
		return slices.ContainsFunc(findings, func(f spec.Finding) bool {
			return f.Rule == rule && f.Line == n.Pos.Line && f.Col == n.Pos.Col && strings.Contains(f.Message, `"7x"`)
		})
	}
	switch {
	case here("duration"):
		return keys.Duration
	case here("size"):
		return keys.Size
	}
	return keys.Any
}

// scalars calls f for the plain values of the language's own keys.
func scalars(n *yaml.Node, v keys.Value, f func(c *keys.Construct, key string, n *yaml.Node)) {
	for _, e := range n.Keys {
		c := v.Construct()
		if plain := e.Value.Kind == yaml.Scalar && e.Value.Style == yaml.Plain; plain && c != nil && c.Rank(e.Key) >= 0 {
			if kind := c.Keys[c.Rank(e.Key)].Value.Kind; kind != keys.Is && kind != keys.Names {
				f(c, e.Key, e.Value)
			}
		}
		scalars(e.Value, v.At(e.Key), f)
	}
	for _, item := range n.Items {
		scalars(item, v, f)
	}
}

// TestTheOrderOfKeysMeansNothing: the other way round, the keys that the table
// orders say the same.
func TestTheOrderOfKeysMeansNothing(t *testing.T) {
	for _, doc := range shown(t) {
		was, before := spec.LoadAnyway("", doc)
		root, _ := yaml.Read(doc, report.NewList("", doc))
		var b strings.Builder
		backwards(&b, root, keys.Document, "\n")
		is, after := spec.LoadAnyway("", []byte(b.String()))
		require.ElementsMatch(t, said(before), said(after), b.String())
		if len(said(before)) == 0 {
			require.True(t, reflect.DeepEqual(placeless(was), placeless(is)), b.String())
		}
	}
}

// backwards writes a document with the language's keys in the opposite order, each
// value on its line.
func backwards(b *strings.Builder, n *yaml.Node, v keys.Value, line string) {
	switch {
	case n.Kind == yaml.Map && len(n.Keys) > 0:
		entries := slices.Clone(n.Keys)
		if v.Construct() != nil {
			slices.Reverse(entries)
		}
		for _, e := range entries {
			b.WriteString(line + strconv.Quote(e.Key) + ":")
			backwards(b, e.Value, v.At(e.Key), line+"  ")
		}
	case n.Kind == yaml.List && len(n.Items) > 0:
		for _, item := range n.Items {
			b.WriteString(line + "-")
			backwards(b, item, v, line+"  ")
		}
	case n.Kind == yaml.Scalar && n.Style != yaml.Plain:
		b.WriteString(" " + strconv.Quote(n.Value))
	case n.Kind == yaml.Scalar:
		b.WriteString(" " + n.Value)
	case n.Kind != yaml.Null:
		b.WriteString(" " + n.Raw())
	}
}
