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
	covers []string // what it is about: its own package, and those of the repository that its folder imports
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
	files, err := goFiles(dir)
	if err != nil {
		return nil, err
	}
	functions := map[string]*ast.FuncDecl{}
	var targets []target
	for _, file := range files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv != nil {
				continue
			}
			functions[f.Name.Name] = f
			if strings.HasPrefix(f.Name.Name, "Fuzz") {
				targets = append(targets, target{name: f.Name.Name, folder: filepath.ToSlash(relative), dir: dir})
			}
		}
	}
	for i := range targets {
		t := &targets[i]
		t.covers = about(files, t.folder)
		if t.takes = arguments(functions[t.name], functions); t.takes == nil {
			return nil, fmt.Errorf("%v: no call of Fuzz with a function is in it", t)
		}
	}
	return targets, nil
}

// goFiles are the Go files in a folder, tests included.
func goFiles(dir string) (files []*ast.File, err error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, err
}

// about are the packages that the files of a folder are about.
func about(files []*ast.File, folder string) []string {
	packages := []string{repository + "/" + folder}
	for _, file := range files {
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err == nil && strings.HasPrefix(path, repository+"/") && !slices.Contains(packages, path) {
				packages = append(packages, path)
			}
		}
	}
	return packages
}

// arguments are the types that the function takes which f gives to Fuzz; nil
// where there is none.
func arguments(f *ast.FuncDecl, functions map[string]*ast.FuncDecl) (types []string) {
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
			if f := functions[given.Name]; f != nil {
				types = typesOf(f.Type)
			}
		}
		return true
	})
	return types
}

// typesOf are the types of a function's parameters after the first.
func typesOf(f *ast.FuncType) (types []string) {
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
