package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const repository = "github.com/linewright/linewright"

// target is a fuzz target.
type target struct {
	name   string
	folder string   // of its package: slash-separated, from the root
	dir    string   // the same folder, for the system
	takes  []string // the types of its arguments
	covers []string // what its file is about: its own package, and those of the repository that it imports
}

// String is the target in short, such as "runtime/wire.FuzzText".
func (t target) String() string { return t.folder + "." + t.name }

// corpus is the folder of the committed corpus.
func (t target) corpus() string { return filepath.Join(t.dir, "testdata", "fuzz", t.name) }

// find finds the targets of the modules below root, in the order of their
// folders.
func find(root string) ([]target, error) {
	var targets []target
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if path != root && (entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".")) {
			return filepath.SkipDir
		}
		some, err := inFolder(root, path)
		targets = append(targets, some...)
		return err
	})
	return targets, err
}

// inFolder are the targets of the package in a folder.
func inFolder(root, dir string) ([]target, error) {
	relative, err := filepath.Rel(root, dir)
	if err != nil {
		return nil, err
	}
	files, err := testFiles(dir)
	if err != nil {
		return nil, err
	}
	functions := map[string]*ast.FuncType{} // of all files, as a target may be given one by name
	for _, file := range files {
		for _, f := range functionsOf(file) {
			functions[f.Name.Name] = f.Type
		}
	}
	var targets []target
	for _, file := range files {
		for _, f := range functionsOf(file) {
			if !strings.HasPrefix(f.Name.Name, "Fuzz") {
				continue
			}
			t := target{name: f.Name.Name, folder: filepath.ToSlash(relative), dir: dir}
			t.covers = about(file, t.folder)
			if t.takes = arguments(f, functions); t.takes == nil {
				return nil, fmt.Errorf("%v: no call of Fuzz with a function is in it", t)
			}
			targets = append(targets, t)
		}
	}
	return targets, nil
}

// testFiles are the test files in a folder.
func testFiles(dir string) (files []*ast.File, err error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, err
}

func functionsOf(file *ast.File) (functions []*ast.FuncDecl) {
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
			functions = append(functions, f)
		}
	}
	return functions
}

// about are the packages that a test file of a folder is about.
func about(file *ast.File, folder string) []string {
	packages := []string{repository + "/" + folder}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err == nil && strings.HasPrefix(path, repository+"/") && !slices.Contains(packages, path) {
			packages = append(packages, path)
		}
	}
	return packages
}

// arguments are the types that the function takes which f gives to Fuzz; nil
// where there is none.
func arguments(f *ast.FuncDecl, functions map[string]*ast.FuncType) (types []string) {
	ast.Inspect(f, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return true
		}
		if method, ok := call.Fun.(*ast.SelectorExpr); !ok || method.Sel.Name != "Fuzz" {
			return true
		}
		switch given := call.Args[0].(type) {
		case *ast.FuncLit:
			types = typesOf(given.Type)
		case *ast.Ident:
			types = typesOf(functions[given.Name])
		}
		return true
	})
	return types
}

// typesOf are the types of a function's parameters after the first.
func typesOf(f *ast.FuncType) (types []string) {
	if f == nil {
		return nil
	}
	for _, field := range f.Params.List {
		for range max(len(field.Names), 1) {
			types = append(types, typeName(field.Type))
		}
	}
	return types[1:]
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.ArrayType:
		return "[]" + typeName(e.Elt)
	case *ast.Ident:
		switch e.Name {
		case "uint8":
			return "byte"
		case "int32":
			return "rune"
		}
		return e.Name
	}
	return "?" // *testing.T
}
