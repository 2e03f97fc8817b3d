package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestImportPath(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	write("plant/go.mod", "// A comment.\nmodule example.com/plant/v2 // another\n\ngo 1.26\n")
	write("plant/nested/go.mod", "module \"example.com/nested\"\n")
	write("broken/go.mod", "go 1.26\n")
	write("plant/file", "")
	for dir, want := range map[string]string{
		"plant":               "example.com/plant/v2",
		"plant/acme":          "example.com/plant/v2/acme",
		"plant/not/there/yet": "example.com/plant/v2/not/there/yet",
		"plant/nested/acme":   "example.com/nested/acme",
		"plant/x/../acme":     "example.com/plant/v2/acme",
		"plant/file/acme":     "example.com/plant/v2/file/acme", // writing will fail, and say why
		"elsewhere":           "",
	} {
		got, err := importPath(filepath.Join(root, filepath.FromSlash(dir)))
		require.NoError(t, err, dir)
		require.Equal(t, want, got, dir)
	}
	_, err := importPath(filepath.Join(root, "broken", "acme"))
	require.ErrorContains(t, err, "names no module")

	write("link/file", "")
	if err := os.Symlink(os.DevNull, filepath.Join(root, "link", "go.mod")); err == nil {
		_, err = importPath(filepath.Join(root, "link", "acme"))
		require.ErrorContains(t, err, "go.mod is no ordinary file", "another device may never end")
	}
	write("quoted/go.mod", "module \"example.com/a b\"\n")
	for _, dir := range []string{"plant/two words", "plant/\"", "quoted"} {
		_, err = importPath(filepath.Join(root, filepath.FromSlash(dir)))
		require.ErrorContains(t, err, "nothing can import a package in ", dir)
	}

	t.Chdir(filepath.Join(root, "plant"))
	got, err := importPath("acme")
	require.NoError(t, err)
	require.Equal(t, "example.com/plant/v2/acme", got)
}
