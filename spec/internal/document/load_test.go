package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
	"github.com/stretchr/testify/require"
)

// load reads a document; it gives the tree as text, and the findings as
// line:col rule.
func load(t testing.TB, source string) (*document.Node, []string) {
	t.Helper()
	l := report.NewList("test.yaml", []byte(source))
	root := document.Load([]byte(source), l)
	var findings []string
	for _, f := range l.Sorted() {
		require.NotEmpty(t, f.Message)
		findings = append(findings, fmt.Sprintf("%d:%d %s", f.Line, f.Col, f.Rule))
	}
	if root == nil {
		require.NotEmpty(t, findings, "no tree and no finding")
	}
	return root, findings
}

// show writes a tree in one line.
func show(n *document.Node) string {
	switch n.Kind {
	case document.Null:
		return "~"
	case document.Scalar:
		return fmt.Sprintf("%q", n.Value)
	case document.List:
		var items []string
		for _, i := range n.Items {
			items = append(items, show(i))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case document.Map:
		var entries []string
		for _, e := range n.Keys {
			entries = append(entries, fmt.Sprintf("%q: %s", e.Key, show(e.Value)))
		}
		return "{" + strings.Join(entries, ", ") + "}"
	}
	return "refused"
}

func TestAccepted(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"plain", "a: b c", `{"a": "b c"}`},
		{"nothing is coerced", "a: [010, 1.50, true, null, ~, 0x1f, yes, 2001-01-01]", `{"a": ["010", "1.50", "true", "null", "~", "0x1f", "yes", "2001-01-01"]}`},
		{"nothing", "a:\nb:\n  - \n  -\n", `{"a": ~, "b": [~, ~]}`},
		{"nested maps", "a:\n  b:\n    c: d\n  e: f\ng: h", `{"a": {"b": {"c": "d"}, "e": "f"}, "g": "h"}`},
		{"list in its key's column", "a:\n- b\n- c\nd: e", `{"a": ["b", "c"], "d": "e"}`},
		{"list, indented", "a:\n  - b: 1\n    c: 2\n  - d", `{"a": [{"b": "1", "c": "2"}, "d"]}`},
		{"list in list", "- - a\n  - b\n- c", `[["a", "b"], "c"]`},
		{"list item on the next line", "-\n  a: b\n-\n  - c", `[{"a": "b"}, ["c"]]`},
		{"brackets", `a: {b: c, "d": [e, 'f'], g: {}, h: [], i: , j, "k":l}`, `{"a": {"b": "c", "d": ["e", "f"], "g": {}, "h": [], "i": ~, "j": ~, "k": "l"}}`},
		{"brackets over lines", "a: {\n  b: c, # why\n  d: [e,\n    f,\n  ],\n}\n", `{"a": {"b": "c", "d": ["e", "f"]}}`},
		{"plain text in brackets over lines", "a: [b\n  c, d]", `{"a": ["b c", "d"]}`},
		{"colons and hashes in text", "a: b:c#d http://e/#f ::g", `{"a": "b:c#d http://e/#f ::g"}`},
		{"dashes and brackets in text", "a: -b\nc: --- d\ne: f[g]{h}, i", `{"a": "-b", "c": "--- d", "e": "f[g]{h}, i"}`},
		{"comments", "# one\na: b # two\n\n  # three\nc: 'd' # four\n#five", `{"a": "b", "c": "d"}`},
		{"plain over lines", "a: b\n  c\n\n  d\n", `{"a": "b c\nd"}`},
		{"single quotes", `a: 'it''s # "\n" {x}: '`, `{"a": "it's # \"\\n\" {x}: "}`},
		{"single quotes over lines", "a: 'b  \n   c\n\n  d'", `{"a": "b c\nd"}`},
		{"escapes", `a: "\0\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P\x41\u00e9\U0001f600"`, `{"a": "\x00\a\b\t\n\v\f\r\x1b \"/\\\u0085\u00a0\u2028\u2029Aé😀"}`},
		{"double quotes over lines", "a: \"b \\\n   c\\\n   \\ d  \n\n  e\"", `{"a": "b c d\ne"}`},
		{"literal", "a: |\n  b\n   c\n\n  d\n\ne: f", `{"a": "b\n c\n\nd\n", "e": "f"}`},
		{"literal, stripped", "a: |-\n  b\n\n", `{"a": "b"}`},
		{"literal, kept", "a: |+\n  b\n\n\nc: d", `{"a": "b\n\n\n", "c": "d"}`},
		{"literal, indented by hand", "a: |2\n    b\n   c\n", `{"a": "  b\n c\n"}`},
		{"literal, with a comment", "a: |- # why\n  b # no comment\n", `{"a": "b # no comment"}`},
		{"literal, empty", "a: |\nb: c", `{"a": "", "b": "c"}`},
		{"literal, blank lines first", "a: |\n\n\n  b\n", `{"a": "\n\nb\n"}`},
		{"literal that looks like YAML", "a: |\n  - &b *c\n  !d {e: [\n  ---\n", `{"a": "- &b *c\n!d {e: [\n---\n"}`},
		{"literal in a list", "- |\n b\n- c", `["b\n", "c"]`},
		{"literal at the end without a break", "a: |\n  b", `{"a": "b"}`},
		{"folded", "a: >\n  b\n  c\n\n  d\n    e\n  f\n", `{"a": "b c\nd\n  e\nf\n"}`},
		{"folded, stripped", "a: >-\n  b\n  c\n", `{"a": "b c"}`},
		{"CRLF", "a: b\r\nc: |\r\n  d\r\n  e\r\nf: 'g\r\n  h'\r\n", `{"a": "b", "c": "d\ne\n", "f": "g h"}`},
		{"a document start", "--- # spec\na: b\n", `{"a": "b"}`},
		{"comments before the document start", "# spec\n\n  # of a gadget\n---\na: b\n", `{"a": "b"}`},
		{"a document end", "a: b\n... # that is all\n\n# really\n", `{"a": "b"}`},
		{"a document end after a block", "---\na: |\n  b\n...", `{"a": "b\n"}`},
		{"beyond ASCII", "é: 温度 😀", `{"é": "温度 😀"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root, findings := load(t, tt.source)
			require.Empty(t, findings)
			require.Equal(t, tt.want, show(root))
		})
	}
}

func TestRefused(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"empty", "", "1:1 yaml-empty"},
		{"only comments", "# a\n\n  # b\n", "1:1 yaml-empty"},
		{"byte order mark", "\ufeffa: b", "1:1 yaml-bom"},
		{"invalid UTF-8", "a: b\nc: d\xffe", "2:5 yaml-utf8"},
		{"UTF-16", "\xff\xfea\x00", "1:1 yaml-utf8"},
		{"NUL", "a: \x00", "1:4 yaml-control"},
		{"escape", "a: é\x1b[2J", "1:5 yaml-control"},
		{"delete", "a: \x7f", "1:4 yaml-control"},
		{"C1", "a: \u0085", "1:4 yaml-control"},
		{"line separator", "a: b\u2028c: d", "1:5 yaml-control"},
		{"right to left", "a: b\u202ec", "1:5 yaml-control"},
		{"byte order mark inside", "a: b\ufeff", "1:5 yaml-control"},
		{"lone carriage return", "a: b\rc: d", "1:5 yaml-control"},
		{"tab as indentation", "a:\n\tb: c", "2:1 yaml-tab"},
		{"tab in text", "a: b\tc", "1:5 yaml-tab"},
		{"directive", "%YAML 1.2\n---\na: b", "1:1 yaml-directive"},
		{"second document", "a: b\n---\nc: d", "2:1 yaml-documents"},
		{"a document after the end", "a: b\n...\n# more\nc: d\n", "4:1 yaml-documents"},
		{"two ends", "a: b\n...\n...\n", "3:1 yaml-documents"},
		{"two starts", "# spec\n---\n---\na: b\n", "3:1 yaml-documents"},
		{"a start after a comment and content", "# spec\na: b\n---\n", "3:1 yaml-documents"},
		{"a start within brackets", "a: [b,\n---\nc]\n", "2:1 yaml-documents"},
		{"second document in a literal", "a: |\n b\n---\nc: d", "3:1 yaml-documents"},
		{"second document in quotes", "a: \"b\n--- c\"", "2:1 yaml-syntax"},
		{"complex key", "? a\n: b", "1:1 yaml-key"},
		{"complex key below a key", "a: b\n? c\n: d", "2:1 yaml-key"},
		{"complex key in brackets", "a: {? b : c}", "1:5 yaml-key"},
		{"list as a key in brackets", "{[a]: b}", "1:2 yaml-key"},
		{"list as a key", "[a]: b", "1:4 yaml-syntax"},
		{"no blank behind the colon", "a: b\nport:1234", "2:5 yaml-syntax"},
		{"no blank behind the colon in brackets", "a: {b:c}", "1:6 yaml-syntax"},
		{"two colons", "a: b: c", "1:5 yaml-syntax"},
		{"map below text", "a: b\n  c: d", "2:3 yaml-syntax"},
		{"list below text", "a: b\n  - c", "2:3 yaml-syntax"},
		{"indented too deep", "a: 'b'\n  c: d", "2:3 yaml-syntax"},
		{"indented between", "a:\n    b: c\n  d: e", "3:3 yaml-syntax"},
		{"list beside its key", "a: - b", "1:4 yaml-syntax"},
		{"list item among keys", "a: b\n- c", "2:1 yaml-syntax"},
		{"text among keys", "a: b\nc", "2:1 yaml-syntax"},
		{"text among items", "- a\nb", "2:1 yaml-syntax"},
		{"text after quotes", `a: "b" c`, "1:8 yaml-syntax"},
		{"text after brackets", "a: [b] c", "1:8 yaml-syntax"},
		{"comment without a blank", `a: "b"#c`, "1:7 yaml-syntax"},
		{"no closing quote", "a: b\nc: 'd\n", "2:4 yaml-syntax"},
		{"no closing bracket", "a: [b,\n  {c: d}\n", "1:4 yaml-syntax"},
		{"the wrong closing bracket", "a: [b}", "1:6 yaml-syntax"},
		{"a closing bracket alone", "a: ]", "1:4 yaml-syntax"},
		{"nothing between commas", "a: [b,,c]", "1:7 yaml-syntax"},
		{"key in a list", "a: [b: c]", "1:6 yaml-syntax"},
		{"template without quotes", "a: {receive: READ {x:word}}", "1:19 yaml-syntax"},
		{"unknown escape", `a: "b\qc"`, "1:6 yaml-syntax"},
		{"half an escape", `a: "\x4"`, "1:5 yaml-syntax"},
		{"escape of no character", `a: "\ud800"`, "1:5 yaml-syntax"},
		{"escape beyond Unicode", `a: "\UFFFFFFFF"`, "1:5 yaml-syntax"},
		{"escape at the end", `a: "\u00`, "1:4 yaml-syntax|1:5 yaml-syntax"},
		{"reserved", "a: @b\nc: `d`\ne: %f", "1:4 yaml-syntax|2:4 yaml-syntax|3:4 yaml-syntax"},
		{"literal with text beside it", "a: |b\n  c", "1:5 yaml-syntax"},
		{"literal that outdents", "a: |\n    b\n   c\n", "3:4 yaml-syntax"},
		{"literal with deep blank lines first", "a: |\n     \n  b\n", "3:3 yaml-syntax"},
		{"all at once", "a: &x b\nc: *x\nd: !!str e\n<<: {f: g}\na: h\ni: [*x, &y j]", "1:4 yaml-anchor|2:4 yaml-alias|3:4 yaml-tag|4:1 yaml-merge|5:1 duplicate-key|6:5 yaml-alias|6:9 yaml-anchor"},
		{"anchor of a map", "a: &x\n  b: c\nd: !m {e: f}", "1:4 yaml-anchor|3:4 yaml-tag"},
		{"anchor of a key", "&x a: b\n&y c: d", "1:1 yaml-anchor|2:1 yaml-anchor"},
		{"anchor of an item", "- &x a: b\n  c: d\n- &y\n  - e", "1:3 yaml-anchor|3:3 yaml-anchor"},
		{"duplicate keys in brackets", "a: {b: 1, 'b': 2, \"b\": 3}", "1:11 duplicate-key|1:19 duplicate-key"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := load(t, tt.source)
			require.Equal(t, tt.want, strings.Join(findings, "|"))
		})
	}
}

func TestDuplicateKeysSayBothPlaces(t *testing.T) {
	source := "a: 1\nb: 2\na: 3\n"
	l := report.NewList("test.yaml", []byte(source))
	root := document.Load([]byte(source), l)
	f := l.Sorted()
	require.Len(t, f, 1)
	require.Equal(t, `key "a" is here twice: first at 1:1`, f[0].Message)
	require.Equal(t, 3, f[0].Line)
	require.Equal(t, `{"a": "1", "b": "2"}`, show(root))
}

func TestDuplicateKeysOfLargeMaps(t *testing.T) {
	var b strings.Builder
	for i := range 100 {
		fmt.Fprintf(&b, "k%d: v\n", i)
	}
	b.WriteString("k3: v\nk40: v\nk99: v\nk99: v\n")
	_, findings := load(t, b.String())
	require.Equal(t, []string{"101:1 duplicate-key", "102:1 duplicate-key", "103:1 duplicate-key", "104:1 duplicate-key"}, findings)
}

func TestPlaces(t *testing.T) {
	root, findings := load(t, "a: b\nc:\n  - 'd'\n  - {é: [f], g: \"h\"}\ni: |\n  j\nk:\n")
	require.Empty(t, findings)
	place := func(n *document.Node) string { return fmt.Sprintf("%d:%d", n.Pos.Line, n.Pos.Col) }
	require.Equal(t, "1:1", place(root))
	require.Equal(t, "1:4", place(root.Get("a").Value))
	items := root.Get("c").Value
	require.Equal(t, "3:3", place(items))
	require.Equal(t, "3:5", place(items.Items[0]))
	require.Equal(t, "4:5", place(items.Items[1]))
	require.Equal(t, "4:9", place(items.Items[1].Get("é").Value))
	require.Equal(t, "4:10", place(items.Items[1].Get("é").Value.Items[0]))
	require.Equal(t, 14, items.Items[1].Get("g").Pos.Col)
	require.Equal(t, "4:17", place(items.Items[1].Get("g").Value))
	require.Equal(t, "5:4", place(root.Get("i").Value))
	require.Equal(t, "7:1", place(root.Get("k").Value))
	require.Nil(t, root.Get("z"))
}
