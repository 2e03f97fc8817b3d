package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
)

// TestStructsWithSecretsHideThem: in every generated package, a struct with a
// secret field has the methods by which package fmt prints it, and the field is
// not in its JSON.
func TestStructsWithSecretsHideThem(t *testing.T) {
	packages := map[string][]generator.File{}
	for name, data := range vendors(t) {
		packages[name] = generate(t, name, data)
	}
	for _, g := range goldens(t) {
		packages[g.name] = g.files
	}
	found := 0
	for name, files := range packages {
		methods, secret := secretStructs(t, files)
		for _, s := range secret {
			found++
			require.True(t, methods[s+".String"], "%s: %s prints its secret with %%v", name, s)
			require.True(t, methods[s+".GoString"], "%s: %s prints its secret with %%#v", name, s)
		}
	}
	require.GreaterOrEqual(t, found, 8)
}

// secretStructs are the structs with a field called as secrets are in the test
// documents, and the methods of all types.
func secretStructs(t *testing.T, files []generator.File) (methods map[string]bool, secret []string) {
	t.Helper()
	methods = map[string]bool{}
	for _, f := range files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv != nil {
					if id, ok := n.Recv.List[0].Type.(*ast.Ident); ok { // values and pointers have it
						methods[id.Name+"."+n.Name.Name] = true
					}
				}
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok && holdsSecret(t, s) {
					secret = append(secret, n.Name.Name)
				}
			}
			return true
		})
	}
	return methods, secret
}

func holdsSecret(t *testing.T, s *ast.StructType) bool {
	holds := false
	for _, f := range s.Fields.List {
		if len(f.Names) == 0 {
			continue
		}
		switch f.Names[0].Name {
		case "Secret", "Pass", "Password", "Token":
			if f.Tag != nil && !strings.Contains(f.Tag.Value, `json:"-"`) {
				t.Logf("%s is not secret here", f.Names[0].Name)
				continue
			}
			holds = true
		}
	}
	return holds
}
