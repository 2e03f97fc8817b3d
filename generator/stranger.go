package generator

import (
	"errors"
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// strangers reports a Go file of dir that belongs to another package: beside
// it, nothing that is generated would compile.
func strangers(dir string, files []File) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) || len(files) == 0:
		return nil
	case err != nil:
		return err
	}
	want, err := packageOf(files[0].Name, files[0].Data)
	if err != nil {
		return err
	}
	for _, e := range entries {
		// Files that the build leaves out may be of any package.
		if built, err := build.Default.MatchFile(dir, e.Name()); err != nil || !built || !e.Type().IsRegular() || !theirs(e.Name()) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if have, err := packageOf(path, nil); err == nil && have != want {
			return fmt.Errorf("%s is of package %s: package %s needs a folder of its own", path, have, want)
		}
	}
	return nil
}

// theirs reports whether a file may be Go that somebody else wrote for the
// package itself.
func theirs(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, suffix)
}

// packageOf is the package clause of data, or of the file where there are none.
func packageOf(name string, data []byte) (string, error) {
	var source any
	if data != nil {
		source = data
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, source, parser.PackageClauseOnly)
	if err != nil {
		return "", err
	}
	return f.Name.Name, nil
}
