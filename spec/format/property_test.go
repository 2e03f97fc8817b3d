package format

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/linewright/linewright/spec/language"
)

// vendors are the checked-in documents.
func vendors(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("../vendors/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	all := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		all[filepath.Base(path)] = data
	}
	return all
}

// tree reads a document.
func tree(t testing.TB, data []byte) *document.Node {
	t.Helper()
	findings := report.NewList("tree.yaml", data)
	root, _ := document.Read(data, findings)
	require.Empty(t, findings.Sorted(), "%s", data)
	return root
}

// formatted is a document's canonical form, which must be its own.
func formatted(t testing.TB, data []byte) string {
	t.Helper()
	text, findings, err := Source("a.yaml", data)
	require.NoError(t, err, "%s", data)
	require.Empty(t, findings, "%s", data)
	again, findings, err := Source("a.yaml", text)
	require.NoError(t, err, "%s", text)
	require.Empty(t, findings, "%s", text)
	require.Equal(t, string(text), string(again), "%s", data)
	return string(text)
}

// rounds is how often a property is tried.
const rounds = 4

// TestTheFormIsCanonical: whatever a document's spacing, quotes, line ends and
// order of keys, it has the same form.
func TestTheFormIsCanonical(t *testing.T) {
	for name, data := range vendors(t) {
		want := unspaced(formatted(t, data))
		for seed := range uint64(rounds) {
			w := &writer{data: data, r: rand.New(rand.NewPCG(seed, 1)), shuffled: true}
			got := unspaced(formatted(t, []byte(w.document(tree(t, data)))))
			if strings.Contains(want, "# ") { // some have comments, which the writer leaves out
				want = got
				continue
			}
			require.Equal(t, want, got, "%s, seed %d", name, seed)
		}
	}
}

// unspaced is text without blank lines, which are the author's.
func unspaced(text string) string {
	for strings.Contains(text, "\n\n") {
		text = strings.ReplaceAll(text, "\n\n", "\n")
	}
	return text
}

// TestNothingIsLost: comments everywhere stay, and so do all values.
func TestNothingIsLost(t *testing.T) {
	for name, data := range vendors(t) {
		root := tree(t, data)
		for seed := range uint64(rounds) {
			w := &writer{data: data, r: rand.New(rand.NewPCG(seed, 2)), shuffled: true, comments: true, brackets: seed%2 == 0, wrapped: true}
			written := w.document(root)
			require.Equal(t, sorted(w.said), commentsOf(t, written), "the comments that were written are read")
			got := formatted(t, []byte(written))
			require.Equal(t, sorted(w.said), commentsOf(t, got), "%s, seed %d", name, seed)
			require.Equal(t, show(root, language.Root), show(tree(t, []byte(got)), language.Root), "%s, seed %d", name, seed)
		}
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// commentsOf are the comments that are read in a document.
func commentsOf(t *testing.T, doc string) (list []string) {
	t.Helper()
	text := normal([]byte(doc))
	_, spans := document.Read(text, report.NewList("", text))
	for _, s := range spans {
		list = append(list, strings.TrimRight(string(text[s.From:s.To]), " "))
	}
	return sorted(list)
}

// show is what a tree says, by path; durations and sizes as their units.
func show(n *document.Node, is *language.Form) []string {
	var lines []string
	var walk func(n *document.Node, is *language.Form, path string)
	walk = func(n *document.Node, is *language.Form, path string) {
		of := is.Construct(n.Has)
		for i, e := range n.Keys {
			at := fmt.Sprintf("%s.%s", path, e.Key)
			if of == nil {
				at = fmt.Sprintf("%s.%d:%s", path, i, e.Key)
			}
			walk(e.Value, is.Value(of, e.Key), at)
		}
		for i, item := range n.Items {
			walk(item, is.Items(), fmt.Sprintf("%s[%d]", path, i))
		}
		value := n.Value
		if d, err := time.ParseDuration(value); err == nil && is.Is(language.Duration) {
			value = d.String()
		}
		lines = append(lines, fmt.Sprintf("%s %d %d %q", path, n.Kind, min(n.Style, 1), value))
	}
	walk(n, is, "$")
	return sorted(lines)
}
