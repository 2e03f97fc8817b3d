package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/cmd/internal/scaffold"
)

// names are the files and folders below a folder.
func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if name, _ := filepath.Rel(dir, path); name != "." {
			list = append(list, filepath.ToSlash(name))
		}
		return err
	}))
	return list
}

// TestCreationIsUndone: after a signal, or where a file is in the way that was not
// there before, what was made is taken away again, and nothing else.
func TestCreationIsUndone(t *testing.T) {
	ctx, stop := context.WithCancelCause(t.Context())
	dir := t.TempDir()
	c := &creation{}
	require.NoError(t, c.add(ctx, filepath.Join(dir, "a", "b", "one"), []byte("1")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a", "theirs"), []byte("2"), 0o600))
	require.Equal(t, []string{"a", "a/b", "a/b/one", "a/theirs"}, names(t, dir))

	require.ErrorIs(t, c.add(ctx, filepath.Join(dir, "a", "theirs"), []byte("3")), fs.ErrExist)
	stop(interruption{os.Interrupt})
	require.ErrorContains(t, c.add(ctx, filepath.Join(dir, "two"), []byte("4")), "interrupted: nothing is written")
	c.undo()
	require.Equal(t, []string{"a", "a/theirs"}, names(t, dir))
	data, err := os.ReadFile(filepath.Join(dir, "a", "theirs"))
	require.NoError(t, err)
	require.Equal(t, "2", string(data))
}

// TestCreateFilesNamesAllThatIsInTheWay: in one error, before anything is written.
func TestCreateFilesNamesAllThatIsInTheWay(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b"), nil, 0o600))
	require.NoError(t, os.Symlink("nowhere", filepath.Join(dir, "c")))
	err := createFiles(dir, []scaffold.File{{Name: "a"}, {Name: "b"}, {Name: "c"}})
	require.ErrorContains(t, err, filepath.Join(dir, "b")+", "+filepath.Join(dir, "c"))
	require.Equal(t, []string{"b", "c"}, names(t, dir))
}

// TestSaveFile: a file is replaced as a whole or stays; its mode does.
func TestSaveFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	require.NoError(t, saveFile(path, []byte("1")))
	require.NoError(t, os.Chmod(path, 0o600))
	before, err := os.Stat(path)
	require.NoError(t, err)
	require.NoError(t, saveFile(path, []byte("1")))
	same, err := os.Stat(path)
	require.NoError(t, err)
	require.True(t, os.SameFile(before, same), "nothing has changed")

	require.NoError(t, saveFile(path, []byte("2")))
	after, err := os.Stat(path)
	require.NoError(t, err)
	require.False(t, os.SameFile(before, after), "it is written beside, and takes the place")
	require.Equal(t, before.Mode(), after.Mode())
	require.Equal(t, []string{"file"}, names(t, dir))
	require.ErrorContains(t, saveFile(dir, nil), "is a directory")
}
