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
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/language"
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

// TestQuantitiesAreWhereTheyAre: where the table has a duration or a size, the
// loader reads one, and nowhere else.
func TestQuantitiesAreWhereTheyAre(t *testing.T) {
	tried := map[*language.Construct]map[string]bool{}
	for _, doc := range shown(t) {
		root, _ := yaml.Read(doc, report.NewList("", doc))
		require.NotNil(t, root)
		scalars(root, language.Root, func(c *language.Construct, key language.Key, n *yaml.Node) {
			if tried[c] == nil {
				tried[c] = map[string]bool{}
			}
			if tried[c][key.Name] {
				return
			}
			tried[c][key.Name] = true
			span := n.Written.Span
			wrong := string(doc[:span.From]) + "7x" + string(doc[span.To:])
			require.Equal(t, quantity(key), kindOf(wrong, n), "%s: %s\n%s", key.Name, n.Raw(), wrong)
		})
	}
	for _, c := range language.Constructs() {
		for _, k := range c.All() {
			if quantity(k) != "" {
				assert.True(t, tried[c][k.Name], "no example has %s of %s", k.Name, c.Name)
			}
		}
	}
}

// quantity is the sort of quantities that a key may hold, if any.
func quantity(k language.Key) language.Kind {
	for _, kind := range []language.Kind{language.Duration, language.Size} {
		if k.Form.Is(kind) {
			return kind
		}
	}
	return ""
}

// kindOf is what the loader wants where the document has 7x instead of n.
func kindOf(doc string, n *yaml.Node) language.Kind {
	_, findings := spec.LoadAnyway("", []byte(doc))
	here := func(rule string) bool {
		return slices.ContainsFunc(findings, func(f spec.Finding) bool {
			return f.Rule == rule && f.Line == n.Pos.Line && f.Col == n.Pos.Col && strings.Contains(f.Message, `"7x"`)
		})
	}
	switch {
	case here("duration"):
		return language.Duration
	case here("size"):
		return language.Size
	}
	return ""
}

// scalars calls f for the plain values of the language's own keys.
func scalars(n *yaml.Node, is *language.Form, f func(c *language.Construct, key language.Key, n *yaml.Node)) {
	of := is.Construct(n.Has)
	for _, e := range n.Keys {
		if key, ok := of.Key(e.Key); ok && e.Value.Kind == yaml.Scalar && e.Value.Style == yaml.Plain {
			f(of, key, e.Value)
		}
		scalars(e.Value, is.Value(of, e.Key), f)
	}
	for _, item := range n.Items {
		scalars(item, is.Items(), f)
	}
}

// TestTheOrderOfKeysMeansNothing: the other way round, the keys that the table
// orders say the same.
func TestTheOrderOfKeysMeansNothing(t *testing.T) {
	for _, doc := range shown(t) {
		was, before := spec.LoadAnyway("", doc)
		root, _ := yaml.Read(doc, report.NewList("", doc))
		var b strings.Builder
		backwards(&b, root, language.Root, "\n")
		is, after := spec.LoadAnyway("", []byte(b.String()))
		require.ElementsMatch(t, said(before), said(after), b.String())
		if len(said(before)) == 0 {
			require.True(t, reflect.DeepEqual(placeless(was), placeless(is)), b.String())
		}
	}
}

// backwards writes a document with the language's keys in the opposite order, each
// value on its line.
func backwards(b *strings.Builder, n *yaml.Node, is *language.Form, line string) {
	switch {
	case n.Kind == yaml.Map && len(n.Keys) > 0:
		entries, of := slices.Clone(n.Keys), is.Construct(n.Has)
		if of != nil {
			slices.Reverse(entries)
		}
		for _, e := range entries {
			b.WriteString(line + strconv.Quote(e.Key) + ":")
			backwards(b, e.Value, is.Value(of, e.Key), line+"  ")
		}
	case n.Kind == yaml.List && len(n.Items) > 0:
		for _, item := range n.Items {
			b.WriteString(line + "-")
			backwards(b, item, is.Items(), line+"  ")
		}
	case n.Kind == yaml.Scalar && n.Style != yaml.Plain:
		b.WriteString(" " + strconv.Quote(n.Value))
	case n.Kind == yaml.Scalar:
		b.WriteString(" " + n.Value)
	case n.Kind != yaml.Null:
		b.WriteString(" " + n.Raw())
	}
}
