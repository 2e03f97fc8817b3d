package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/linewright/linewright"

// root is the module's folder, from this package's.
var root = filepath.Join("..", "..", "..")

// file is one Go file of the module.
type file struct {
	path      string // slash-separated, from the root
	folder    string // of path
	syntax    *ast.File
	set       *token.FileSet
	lines     int
	test      bool
	generated bool
}

// tree parses every Go file of the module once; nested modules and testdata
// are not part of it.
var tree = sync.OnceValues(func() ([]*file, error) {
	var files []*file
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return enter(path, entry.Name())
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		parsed, err := parse(path)
		files = append(files, parsed)
		return err
	})
	return files, err
})

func goFiles(t *testing.T) []*file {
	t.Helper()
	files, err := tree()
	require.NoError(t, err)
	require.Greater(t, len(files), 5, "the module's files were not found")
	return files
}

// enter skips the folders that the go command skips, and nested modules.
func enter(path, name string) error {
	if path == root {
		return nil
	}
	if name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

func parse(path string) (*file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	relative, err := filepath.Rel(root, path)
	if err != nil {
		return nil, err
	}
	relative = filepath.ToSlash(relative)
	return &file{
		path:      relative,
		folder:    folderOf(relative),
		syntax:    syntax,
		set:       set,
		lines:     strings.Count(string(text), "\n"),
		test:      strings.HasSuffix(relative, "_test.go"),
		generated: ast.IsGenerated(syntax),
	}, nil
}

func folderOf(path string) string {
	folder, _ := filepath.Split(path)
	return strings.TrimSuffix(folder, "/")
}

// imports are the import paths of f.
func (f *file) imports() []string {
	var paths []string
	for _, spec := range f.syntax.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// uses gives the places where f says name of the package with import path.
func (f *file) uses(path string, names ...string) []token.Position {
	local := ""
	for _, spec := range f.syntax.Imports {
		if spec.Path.Value == strconv.Quote(path) {
			local = path[strings.LastIndex(path, "/")+1:]
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	var places []token.Position
	ast.Inspect(f.syntax, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok || local == "" {
			return true
		}
		if x, ok := selector.X.(*ast.Ident); ok && x.Name == local {
			for _, name := range names {
				if selector.Sel.Name == name {
					places = append(places, f.set.Position(node.Pos()))
				}
			}
		}
		return true
	})
	return places
}
