package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// importPath is what a package in the folder dir, which need not exist yet, is
// imported as; empty where dir is in no Go module.
func importPath(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for root := dir; ; root = filepath.Dir(root) {
		data, err := os.ReadFile(filepath.Join(root, "go.mod"))
		switch {
		case err == nil:
			return below(root, data, dir)
		case !errors.Is(err, fs.ErrNotExist) && !notAFolder(root):
			return "", err
		case root == filepath.Dir(root):
			return "", nil
		}
	}
}

// notAFolder reports whether something else is where a folder should be: what
// writes there will say so better.
func notAFolder(name string) bool {
	info, err := os.Stat(name)
	return err != nil || !info.IsDir()
}

// below is the import path of dir in the module at root with that go.mod.
func below(root string, mod []byte, dir string) (string, error) {
	module := modfile.ModulePath(mod)
	if module == "" {
		return "", fmt.Errorf("%s names no module", filepath.Join(root, "go.mod"))
	}
	relative, err := filepath.Rel(root, dir)
	if err != nil {
		return "", err
	}
	return path.Join(module, filepath.ToSlash(relative)), nil
}
