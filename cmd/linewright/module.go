package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// importPath is what a package in the folder dir, which need not exist yet, is
// imported as; empty where dir is in no Go module.
func importPath(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	root, mod, err := findModule(dir)
	if err != nil || root == "" {
		return "", err
	}
	return below(root, mod, dir)
}

// findModule finds the go.mod of the module that the folder dir is in, given as an
// absolute path, and its folder; root is empty where there is none.
func findModule(dir string) (root string, mod []byte, err error) {
	for root = dir; ; root = filepath.Dir(root) {
		data, err := readModule(filepath.Join(root, "go.mod"))
		switch {
		case err == nil:
			return root, data, nil
		case !errors.Is(err, fs.ErrNotExist) && !notAFolder(root):
			return "", nil, err
		case root == filepath.Dir(root):
			return "", nil, nil
		}
	}
}

// notAFolder reports whether something else is where a folder should be: what
// writes there will say so better.
func notAFolder(name string) bool {
	info, err := os.Stat(name)
	return err != nil || !info.IsDir()
}

// readModule reads a go.mod, which may be somebody else's: a device or a pipe of
// that name would never end.
func readModule(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no ordinary file", name)
	}
	return readFile(name, "file")
}

// below is the import path of dir in the module at root with that go.mod.
func below(root string, mod []byte, dir string) (string, error) {
	name := modfile.ModulePath(mod)
	if name == "" {
		return "", fmt.Errorf("%s names no module", filepath.Join(root, "go.mod"))
	}
	relative, err := filepath.Rel(root, dir)
	if err != nil {
		return "", err
	}
	imported := path.Join(name, filepath.ToSlash(relative))
	if err := module.CheckImportPath(imported); err != nil {
		return "", fmt.Errorf("nothing can import a package in %s: %w", dir, err)
	}
	return imported, nil
}
