package dynamic_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec/internal/alone"
)

// TestDifferential generates a package for each document, all in a module of their
// own, and compares it with the document's dynamic form: package dynamictest,
// in a function that is generated too, as it needs what is not exported. One test
// calls them all: each binary would be linked for seconds.
func TestDifferential(t *testing.T) {
	alone.Skip(t)
	if testing.Short() {
		t.Skip("compiles generated packages")
	}
	paths, err := filepath.Glob("../vendors/*.yaml")
	require.NoError(t, err)
	for _, pattern := range []string{"../plan/testdata/*.yaml", "testdata/*.yaml"} {
		more, err := filepath.Glob(pattern)
		require.NoError(t, err)
		paths = append(paths, more...)
	}
	module := newModule(t)
	var names []string
	for _, path := range paths {
		generate(t, module, path)
		names = append(names, strings.TrimSuffix(filepath.Base(path), ".yaml"))
	}
	compareAll(t, module, names)
}

// compareAll runs the comparisons of a module's packages.
func compareAll(t *testing.T, module string, names []string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(module, "all_test.go"), []byte(comparesAll(names)), 0o600))
	cmd := exec.Command("go", "test", "-vet=off", "-ldflags=-s -w", ".")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod -trimpath", "GOPROXY=off", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", short(out))
}

// newModule makes a module that uses this one as it is.
func newModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	const self = "github.com/linewright/linewright"
	text := strings.Replace(string(mod), "module "+self, "module differential", 1)
	text += fmt.Sprintf("\nrequire %s v0.0.0\n\nreplace %s => %s\n", self, self, root)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o600))
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.sum"), sum, 0o600))
	return dir
}

// generate writes a document's package, the document itself, and the test.
func generate(t *testing.T, module, path string) {
	t.Helper()
	p := load(t, path)
	files, problems := generator.Generate(p, generator.Options{Source: filepath.Base(path)})
	require.Empty(t, problems, path)
	dir := filepath.Join(module, strings.TrimSuffix(filepath.Base(path), ".yaml"))
	require.NoError(t, os.Mkdir(dir, 0o700))
	for _, f := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600))
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "spec.yaml"), data, 0o600))
	messages, commands := framesOf(t, files, "messages"), framesOf(t, files, "commands")
	require.Len(t, messages, len(p.Messages), path)
	require.Len(t, commands, len(p.Commands), path)
	compare := differential(strings.ReplaceAll(p.Name, "_", ""), messages, commands, argsOf(files), len(p.Params) > 0)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "compare.go"), []byte(compare), 0o600))
}

// framesOf are the types of a file that are frames, in the order of the source.
func framesOf(t *testing.T, files []generator.File, name string) []string {
	t.Helper()
	var types []string
	for _, f := range files {
		if f.Name != name+"_gen.go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Name.Name != "ParseFrame" {
				continue
			}
			star, ok := fn.Recv.List[0].Type.(*ast.StarExpr)
			require.True(t, ok)
			types = append(types, star.X.(*ast.Ident).Name)
		}
	}
	return types
}

// argsOf are the types of the arguments of commands that are made of several; empty where
// one has none.
func argsOf(files []generator.File) (types []string) {
	for _, f := range files {
		if f.Name == "commands_gen.go" {
			for _, m := range sequenceCall.FindAllSubmatch(f.Data, -1) {
				types = append(types, string(m[1]))
			}
		}
	}
	return types
}

var sequenceCall = regexp.MustCompile(`BeginSequence\(\w+, (?:&(\w+)\{|nil\))`)

func differential(name string, messages, commands, args []string, params bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, `package %s

import (
	_ "embed"
	"testing"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/dynamic/dynamictest"
)

//go:embed spec.yaml
var document []byte

func CompareWithDynamic(t *testing.T) {
	m, findings := spec.Load("spec.yaml", document)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	p, err := dynamic.Open(m)
	if err != nil {
		t.Fatal(err)
	}
	g := dynamictest.Generated{Plan: &plan}
`, name)
	if params {
		b.WriteString("\tg.Params = func() any { return new(Params) }\n")
	}
	listFrames(&b, "Messages", messages)
	listFrames(&b, "Commands", commands)
	for _, name := range args {
		if name != "" {
			name = "new(" + name + ")"
		} else {
			name = "nil"
		}
		fmt.Fprintf(&b, "\tg.Args = append(g.Args, func() any { return %s })\n", name)
	}
	b.WriteString("\tdynamictest.Compare(t, p, g)\n}\n")
	return b.String()
}

// comparesAll is the test of all packages.
func comparesAll(names []string) string {
	var imports, runs strings.Builder
	for i, name := range names {
		fmt.Fprintf(&imports, "\tp%d \"differential/%s\"\n", i, name)
		fmt.Fprintf(&runs, "\tt.Run(%q, p%d.CompareWithDynamic)\n", name, i)
	}
	return fmt.Sprintf("package differential\n\nimport (\n\t\"testing\"\n\n%s)\n\nfunc TestAll(t *testing.T) {\n%s}\n", &imports, &runs)
}

func listFrames(b *strings.Builder, field string, types []string) {
	for _, name := range types {
		fmt.Fprintf(b, "\tg.%s = append(g.%s, dynamictest.New[%s])\n", field, field, name)
	}
}

// short keeps the beginning of each package's output.
func short(out []byte) []byte {
	lines := bytes.SplitAfter(out, []byte("\n"))
	return bytes.Join(slices.Clip(lines[:min(len(lines), 120)]), nil)
}
