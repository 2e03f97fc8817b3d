package generator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
)

// TestStage: until the commit nothing has another name or other bytes, and without
// it nothing is left, folders neither.
func TestStage(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "new", "acme")
	files := []generator.File{file("a_gen.go", "package a\n"), file("atest/a_gen.go", "package atest\n")}

	s, err := generator.Stage(dir, files)
	require.NoError(t, err)
	require.NoFileExists(t, filepath.Join(dir, "a_gen.go"))
	s.Discard()
	require.NoDirExists(t, filepath.Join(root, "new"))

	s, err = generator.Stage(dir, files)
	require.NoError(t, err)
	require.NoError(t, s.Commit())
	s.Discard()
	require.Equal(t, map[string]string{"a_gen.go": head + "package a\n"}, content(t, dir))
	require.FileExists(t, filepath.Join(dir, "atest", "a_gen.go"))

	files[0] = file("a_gen.go", "package b\n")
	s, err = generator.Stage(dir, files)
	require.NoError(t, err)
	require.NotEqual(t, map[string]string{"a_gen.go": head + "package a\n"}, content(t, dir), "it is on disk")
	s.Discard()
	require.Equal(t, map[string]string{"a_gen.go": head + "package a\n"}, content(t, dir))
}

// TestStageLeavesNothingBehind where a later file cannot be written; the error names
// that file, not one that nobody knows.
func TestStageLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	name := strings.Repeat("a", 300) // file systems allow fewer
	_, err := generator.Stage(filepath.Join(dir, "new"), []generator.File{
		file("a_gen.go", ""), file("atest/a_gen.go", ""), file(name+"/z_gen.go", ""),
	})
	require.ErrorContains(t, err, "write "+filepath.Join(dir, "new", name, "z_gen.go")+": ")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries)
}
