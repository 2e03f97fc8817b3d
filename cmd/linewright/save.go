package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// saveFile makes a file hold data, all of it or none: it is written beside the file
// and takes its place, with the mode of what was there. A file that holds data
// already is left alone. A link stays one: what it leads to is replaced. What is no
// ordinary file, a pipe or a terminal, is just written to. A signal waits until all
// is done.
func saveFile(path string, data []byte) error {
	ctx, stop := interruptible()
	defer stop()
	if err := save(path, data); err != nil {
		return fmt.Errorf("write %s: %w", path, reason(err))
	}
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	return nil
}

func save(path string, data []byte) error {
	mode := fs.FileMode(0o644)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return saveBeside(path, data, mode)
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("is a directory")
	case !info.Mode().IsRegular():
		return saveThrough(path, data)
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	// Who may not write a file may not replace it.
	old, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(old.Close(), saveBeside(target, data, info.Mode().Perm()))
}

// saveBeside writes a file beside path, and renames it.
func saveBeside(path string, data []byte, mode fs.FileMode) error {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // where it was renamed, it is not there
	_, err = temp.Write(data)
	if err := errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

func saveThrough(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
