package architecture

import (
	"go/ast"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryCommandIsTested: what a generated client can be asked for is called in
// the tests of its package.
func TestEveryCommandIsTested(t *testing.T) {
	commands, called := map[string][]string{}, map[string][]string{}
	for _, f := range goFiles(t) {
		folder := strings.TrimPrefix(f.folder, "generated/")
		if folder == f.folder || strings.Contains(folder, "/") {
			continue
		}
		if strings.HasSuffix(f.path, "/commands_gen.go") {
			commands[folder] = f.clientMethods()
		}
		if f.test {
			called[folder] = append(called[folder], f.selected()...)
		}
	}
	require.Greater(t, len(commands), 15, "the vendors were not found")
	for vendor, methods := range commands {
		assert.NotEmpty(t, methods, vendor)
		for _, method := range methods {
			assert.True(t, slices.Contains(called[vendor], method), "no test of %s calls %s", vendor, method)
		}
	}
}

// clientMethods are the exported methods of the type Client in f.
func (f *file) clientMethods() (names []string) {
	for _, decl := range f.syntax.Decls {
		method, ok := decl.(*ast.FuncDecl)
		if !ok || method.Recv == nil || !method.Name.IsExported() {
			continue
		}
		if pointer, ok := method.Recv.List[0].Type.(*ast.StarExpr); ok && pointer.X.(*ast.Ident).Name == "Client" {
			names = append(names, method.Name.Name)
		}
	}
	return names
}

// selected are the names that f has behind a dot, but for those of packages.
func (f *file) selected() (names []string) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if of, ok := n.(*ast.SelectorExpr); ok {
			if from, ok := of.X.(*ast.Ident); !ok || !f.isImported(from.Name) {
				names = append(names, of.Sel.Name)
			}
		}
		return true
	})
	return names
}

// isImported reports whether name is that of a package in f.
func (f *file) isImported(name string) bool {
	return slices.ContainsFunc(f.imports(), func(path string) bool { return path == name || strings.HasSuffix(path, "/"+name) })
}
