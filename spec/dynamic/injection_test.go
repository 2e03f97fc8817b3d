package dynamic_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/alone"
	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/report"
)

// hostile are strings that try to be more than text where they end up: in a
// comment, in a literal, in a struct's tag, in an import.
var hostile = []string{
	"*/ func init(){panic(1)} /*",
	"*/ func init(){{panic(1)}} /*", // the same for templates, where one brace is a field
	"\nfunc init(){{panic(1)}}\n//go:embed secret\n",
	"//go:generate rm -rf /",
	"\n//go:build ignore\n+build ignore\n//line evil.go:1",
	"\"); panic(1); w.Lit(\"",
	"\\\" + panic(1) //` + panic(1) + `",
	"\" xml:\"y\" x:\"`",
	"line\u2028//go:embed x\u2029//export X",
	"nul\x00 escape\x1b[2J bell\a c1\u009b31m",
	"\u202eturned \ufeff%d%n%s${{x} $(x) {{{{.}} %[1]*d",
	"import \"C\"",
}

// harmlessly is text of as many lines as s.
func harmlessly(s string) string { return lineOf.ReplaceAllString(s, "x") }

var lineOf = regexp.MustCompile("[^\n]+")

// TestNoStringOfADocumentIsCode puts hostile strings, one at a time, in each
// place of a document where there is a string: values and keys, alone or behind
// what is there. Each is refused, or the generated code is what it is with
// harmless text there: the same declarations, statements and imports, and
// comments that are nothing but comments.
func TestNoStringOfADocumentIsCode(t *testing.T) {
	alone.Skip(t)
	const path = "testdata/strings.yaml"
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	root := document.Load(data, report.NewList(path, data))
	require.NotNil(t, root)
	in := &injection{root: root, known: map[string]string{}}
	plain, ok := in.shape(t)
	require.True(t, ok, "written again, the document is another")
	require.Contains(t, plain, "test/commands_gen.go\n", "the fake is generated too")
	for i, at := range places(root) {
		in.wants = map[wanted]shaped{}
		_, alone := in.harmless(t, at, "x", false)
		_, behind := in.harmless(t, at, "x", true)
		for j, s := range hostile {
			keep := (i+j)%2 == 0
			// A place that takes no text, as a name's, is tried less.
			if keep && behind || !keep && alone || (i+j)%6 < 2 {
				in.try(t, at, s, keep, plain)
			}
		}
	}
	t.Logf("%d documents, %d of them generated", in.tried, in.generated)
	require.Greater(t, in.generated, 400, "next to nothing was generated")
}

// injection is a document that is changed in one place at a time.
type injection struct {
	root             *document.Node
	known            map[string]string // a file's shape, by its bytes
	wants            map[wanted]shaped // of the place
	tried, generated int
}

// wanted is harmless text, alone or behind what is there.
type wanted struct {
	text string
	keep bool
}

// shaped is what becomes of it.
type shaped struct {
	shape string
	ok    bool
}

// harmless is the shape with harmless text at a place.
func (in *injection) harmless(t *testing.T, at place, text string, keep bool) (string, bool) {
	t.Helper()
	key := wanted{text, keep}
	got, known := in.wants[key]
	if !known {
		got.shape, got.ok = in.with(t, at, text, keep)
		in.wants[key] = got
	}
	return got.shape, got.ok
}

func (in *injection) try(t *testing.T, at place, s string, keep bool, plain string) {
	t.Helper()
	in.tried++
	got, ok := in.with(t, at, s, keep)
	if !ok {
		return
	}
	in.generated++
	want, ok := in.harmless(t, at, harmlessly(s), keep)
	if !ok {
		want = plain
	}
	if strings.HasSuffix(at.path, ".chars") { // each range of characters is a comparison
		want, got = declarations(want), declarations(got)
	}
	require.Equal(t, want, got, "%q at %s", s, at.path)
}

// with is the shape with s at a place.
func (in *injection) with(t *testing.T, at place, s string, keep bool) (string, bool) {
	t.Helper()
	defer at.put(s, keep)()
	return in.shape(t)
}

// statement is what a function's body is made of, in a shape.
var statement = regexp.MustCompile(`\(BlockStmt.*`)

// declarations is a shape without what functions do.
func declarations(shape string) string { return statement.ReplaceAllString(shape, "") }

// place is a string of a document.
type place struct {
	path string
	node *document.Node  // a scalar; nil: a key
	key  *document.Entry // of the key
}

func places(n *document.Node) []place { return collect(n, "$", nil) }

func collect(n *document.Node, path string, list []place) []place {
	switch n.Kind {
	case document.Scalar:
		list = append(list, place{path: path, node: n})
	case document.Map:
		for _, e := range n.Keys {
			list = append(list, place{path: path + " key " + e.Key, key: e})
			list = collect(e.Value, path+"."+e.Key, list)
		}
	case document.List:
		for i, item := range n.Items {
			list = collect(item, fmt.Sprintf("%s[%d]", path, i), list)
		}
	}
	return list
}

// put writes s there, behind what is there where keep is set; undo puts it back.
func (p place) put(s string, keep bool) (undo func()) {
	if p.key != nil {
		was := p.key.Key
		p.key.Key = s
		if keep {
			p.key.Key = was + s
		}
		return func() { p.key.Key = was }
	}
	was := *p.node
	p.node.Value, p.node.Style = s, document.DoubleQuoted
	if keep {
		p.node.Value = was.Value + s
	}
	return func() { *p.node = was }
}

// bare are scalars that need no quotes in brackets.
var bare = regexp.MustCompile(`^[A-Za-z0-9_.%+-]+$`)

// write writes a document in brackets, with quotes wherever they change nothing.
func write(b *strings.Builder, n *document.Node) {
	switch n.Kind {
	case document.Scalar:
		if n.Style == document.Plain && bare.MatchString(n.Value) {
			b.WriteString(n.Value)
			return
		}
		fmt.Fprintf(b, "%q", n.Value)
	case document.Map:
		b.WriteString("{")
		for _, e := range n.Keys {
			fmt.Fprintf(b, "%q: ", e.Key)
			write(b, e.Value)
			b.WriteString(",\n")
		}
		b.WriteString("}")
	case document.List:
		b.WriteString("[")
		for _, item := range n.Items {
			write(b, item)
			b.WriteString(", ")
		}
		b.WriteString("]")
	}
}

// shape is what the document's generated code consists of, a declaration a line;
// it is not ok where the document is refused.
func (in *injection) shape(t *testing.T) (shape string, ok bool) {
	t.Helper()
	var b strings.Builder
	write(&b, in.root)
	p, findings := spec.Load("injected.yaml", []byte(b.String()+"\n"))
	if len(findings) > 0 {
		return "", false
	}
	files, problems := generator.Generate(p, generator.Options{Source: p.Title + ".yaml", ImportPath: "example.com/injected"})
	for _, problem := range problems {
		require.NotEqual(t, "internal", problem.Rule, "%s", problem)
	}
	for _, f := range files {
		if in.known[string(f.Data)] == "" {
			in.known[string(f.Data)] = shapeOfFile(t, f)
		}
		shape += f.Name + "\n" + in.known[string(f.Data)]
	}
	return shape, len(problems) == 0
}

// shapeOfFile is a file's syntax but for the values of literals; its comments
// must be plain.
func shapeOfFile(t *testing.T, file generator.File) string {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file.Name, file.Data, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	require.True(t, ast.IsGenerated(f))
	for _, group := range f.Comments {
		for _, c := range group.List {
			require.Regexp(t, `^//($| |\t)`, c.Text)
			require.NotRegexp(t, `^//\s*\+build`, c.Text)
			require.NotContains(t, c.Text, "\r")
		}
	}
	var b strings.Builder
	for _, d := range f.Decls {
		writeShape(&b, d)
		b.WriteByte('\n')
	}
	return strings.ReplaceAll(b.String(), "*ast.", "")
}

// writeShape writes a declaration without comments and values of literals.
func writeShape(b *strings.Builder, d ast.Decl) {
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil:
			b.WriteByte(')')
		case *ast.CommentGroup:
			return false
		case *ast.ImportSpec:
			fmt.Fprintf(b, "(import %s", n.Path.Value)
		case *ast.Ident:
			fmt.Fprintf(b, "(%s", n.Name)
		case *ast.BasicLit:
			fmt.Fprintf(b, "(%s", n.Kind)
		default:
			fmt.Fprintf(b, "(%T", n)
		}
		return true
	})
}
