package schema_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/internal/samples"
	"github.com/linewright/linewright/spec/language"
)

// tokens are what tests put in the place of a value: of every sort, and some that
// editors and the loader could take for different things.
var tokens = []string{
	"zzz", `"zzz"`, "ping", "true", "false", "True", "yes", "null", "~", "0", "1", "12", "-3", "1.5", "1e3", "0x7e", "010", "3000000000",
	"10s", "1500ms", "0s", "1.5h", "900h", "4KiB", "0B", "8GiB", "50%", "101%", "0%", "1.0.0", "1.0", "1..3", "-1..2.5", "LF", "CR LF", "none",
	"text", "Foo", `"list(word,',')"`, `""`, `"{x:word}"`, `"{x"`, `"a b"`, `{}`, "[]", "[zzz]", "[ping, ping]", "{zzz: zzz}", "{a: {b: [1, null]}}", "[[a]]",
}

// tokenNode is a token as a node.
func tokenNode(t testing.TB, token string) *document.Node {
	source := []byte("x: " + token + "\n")
	root := document.Load(source, report.NewList("token.yaml", source))
	require.NotNil(t, root, token)
	return root.Keys[0].Value
}

// place is a key of a construct in some document.
type place struct {
	doc   int
	path  []int // entry or item numbers from the root
	key   language.Key
	where string // the construct and the key
}

// places visits the keys of a document that package language knows.
func places(doc int, tree *document.Node, add func(place)) {
	var visit func(n *document.Node, f *language.Form, path []int)
	visit = func(n *document.Node, f *language.Form, path []int) {
		if f == nil {
			return
		}
		for i, item := range n.Items {
			visit(item, f.Items(), append(slices.Clip(path), i))
		}
		c := f.Construct(n.Has)
		for i, e := range n.Keys {
			next := append(slices.Clip(path), i)
			if k, ok := c.Key(e.Key); ok {
				add(place{doc, next, k, c.Name + ": " + k.Name})
			}
			visit(e.Value, f.Value(c, e.Key), next)
		}
	}
	visit(tree, language.Root, nil)
}

// at follows a path, and gives what holds the last step.
func at(tree *document.Node, path []int) (around *document.Node, last int) {
	for _, i := range path[:len(path)-1] {
		if tree.Kind == document.List {
			tree = tree.Items[i]
		} else {
			tree = tree.Keys[i].Value
		}
	}
	return tree, path[len(path)-1]
}

// right are the documents that the loader accepts, as trees, the short ones first.
func right(t testing.TB, longest int) (trees []func() *document.Node) {
	docs := all(t)
	slices.SortStableFunc(docs, func(a, b samples.Document) int { return len(a.Text) - len(b.Text) })
	for _, doc := range docs {
		source := doc.Text
		findings, _, ok := loaded(source)
		missing := slices.DeleteFunc(findings, func(f spec.Finding) bool { return f.Rule == "vector-missing" })
		if !ok || len(missing) > 0 || len(source) > longest {
			continue
		}
		trees = append(trees, func() *document.Node {
			return document.Load([]byte(source), report.NewList("it.yaml", []byte(source)))
		})
	}
	return trees
}

// TestEveryKeyWithEveryValue puts each token into each key of the language, and
// holds the schema to the loader; and the loader's words and bounds to the language.
func TestEveryKeyWithEveryValue(t *testing.T) {
	s := compiled(t)
	trees := right(t, 1<<20)
	found := map[string][]place{}
	for i, tree := range trees {
		places(i, tree(), func(p place) {
			if len(found[p.where]) == 0 {
				found[p.where] = append(found[p.where], p)
			}
		})
	}
	for _, c := range language.Constructs() {
		for _, k := range c.Keys {
			where := c.Name + ": " + k.Name
			if !assert.NotEmpty(t, found[where], "no document has %s", where) {
				continue
			}
			held := wantOf(k.Form) == ""
			for _, p := range found[where] {
				for _, token := range tokens {
					tree := trees[p.doc]()
					around, last := at(tree, p.path)
					around.Keys[last].Value = tokenNode(t, token)
					var b strings.Builder
					write(&b, tree)
					findings, read, ok := loaded(b.String())
					if !ok {
						continue
					}
					agree(t, s, where+" is "+token+"\n"+b.String(), read, findings)
					held = held || token == "zzz" && slices.ContainsFunc(findings, func(f spec.Finding) bool { return strings.HasSuffix(f.Message, wantOf(k.Form)) })
				}
			}
			assert.True(t, held, "%s: the loader does not say %q", where, wantOf(k.Form))
		}
		if t.Failed() {
			t.FailNow()
		}
	}
}

// wantOf is what the loader says where something else stands for a value of that
// form; empty where it does not tell much.
func wantOf(f *language.Form) string {
	number := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	switch f.Kind {
	case language.Word:
		var words []string
		for _, w := range f.Words {
			words = append(words, w.Word)
		}
		list := words[len(words)-1]
		if rest := words[:len(words)-1]; len(rest) > 0 {
			list = strings.Join(rest, ", ") + " or " + list
		}
		return " where " + list + " is wanted"
	case language.Integer:
		if f.High == language.Current {
			return "" // other versions have a message of their own
		}
		return fmt.Sprintf(" where an integer from %s to %s is wanted", number(f.Low), number(f.High))
	case language.Bool:
		return " where true or false is wanted"
	case language.Duration:
		return " where a duration, as in 10s is wanted"
	case language.Size:
		return " where a size, as in 4KiB is wanted"
	case language.Percent:
		return " where a percentage from 0% to 100% is wanted"
	}
	return ""
}

// TestRandomChanges takes right documents, and deletes, renames and moves keys and
// values in them.
func TestRandomChanges(t *testing.T) {
	s := compiled(t)
	trees := right(t, 3000)
	r := rand.New(rand.NewPCG(11, 12))
	var names []string
	for _, c := range language.Constructs() {
		for _, k := range c.All() {
			names = append(names, k.Name)
		}
	}
	accepted, refused := 0, 0
	for range 2000 {
		tree := trees[r.IntN(len(trees))]()
		for range 1 + r.IntN(3) {
			change(t, r, tree, names)
		}
		var b strings.Builder
		write(&b, tree)
		findings, read, ok := loaded(b.String())
		switch {
		case !ok:
		case agree(t, s, b.String(), read, findings):
			accepted++
		default:
			refused++
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	t.Logf("%d changed documents are accepted by the schema, %d refused", accepted, refused)
	require.Greater(t, accepted, 200)
	require.Greater(t, refused, 900)
}

// change does one thing to a map or a list somewhere in a tree.
func change(t testing.TB, r *rand.Rand, tree *document.Node, names []string) {
	var holders []*document.Node
	var visit func(n *document.Node)
	visit = func(n *document.Node) {
		if len(n.Keys)+len(n.Items) > 0 {
			holders = append(holders, n)
		}
		for _, e := range n.Keys {
			visit(e.Value)
		}
		for _, item := range n.Items {
			visit(item)
		}
	}
	visit(tree)
	n := holders[r.IntN(len(holders))]
	token := tokenNode(t, tokens[r.IntN(len(tokens))])
	if n.Kind == document.List {
		i := r.IntN(len(n.Items))
		switch r.IntN(3) {
		case 0:
			n.Items = slices.Delete(n.Items, i, i+1)
		case 1:
			n.Items[i] = token
		case 2:
			n.Items = append(n.Items, token)
		}
		return
	}
	i := r.IntN(len(n.Keys))
	name := names[r.IntN(len(names))]
	switch r.IntN(6) {
	case 0:
		n.Keys = slices.Delete(n.Keys, i, i+1)
	case 1:
		n.Keys[i].Key += "x"
	case 2:
		if n.Get(name) == nil {
			n.Keys[i].Key = name
		}
	case 3:
		n.Keys[i].Value = token
	case 4:
		if n.Get(name) == nil {
			n.Keys = append(n.Keys, &document.Entry{Key: name, Value: token})
		}
	case 5:
		n.Keys[i].Value = n.Keys[r.IntN(len(n.Keys))].Value
	}
}
