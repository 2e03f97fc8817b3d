package check_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	module = "github.com/linewright/linewright/"
	own    = module + "runtime/simulate/check"
)

// TestSharesNoCode: of the module whose clients it judges, a checker uses types,
// fields, constants and error values, and calls nothing.
func TestSharesNoCode(t *testing.T) {
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	files := token.NewFileSet()
	var parsed []*ast.File
	for _, name := range names {
		if !strings.HasSuffix(name, "_test.go") {
			file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			parsed = append(parsed, file)
		}
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.ForCompiler(files, "source", nil)}
	_, err = config.Check(own, files, parsed, info)
	require.NoError(t, err)

	used := 0
	for ident, object := range info.Uses {
		if object.Pkg() == nil || object.Pkg().Path() == own || !strings.HasPrefix(object.Pkg().Path(), module) {
			continue
		}
		used++
		_, code := object.(*types.Func)
		require.False(t, code, "%v calls %v", files.Position(ident.Pos()), object)
	}
	require.Greater(t, used, 100)
}
