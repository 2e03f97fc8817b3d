package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// replaceFile gives a file that is there other bytes, all of them or none: it is
// written beside the file and takes its place, with its mode and, where we may, its
// owner. A link stays one: what it leads to is replaced. A signal waits until that
// is done.
func replaceFile(path string, data []byte) error {
	return whole(path, func(context.Context) error { return replace(path, data) })
}

// saveFile is replaceFile for a file that need not be there. One that holds data
// already is left alone; what is no ordinary file, a pipe or a terminal, is just
// written to, and nobody waits for it.
func saveFile(path string, data []byte) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		if err := writeThrough(path, data); err != nil {
			return fmt.Errorf("write %s: %w", path, reason(err))
		}
		return nil
	}
	return whole(path, func(context.Context) error { return save(path, data) })
}

// whole lets something be written to its end; ctx ends with a signal.
func whole(path string, write func(ctx context.Context) error) error {
	ctx, stop := interruptible()
	defer stop()
	err := write(ctx)
	stop()
	if err != nil {
		return fmt.Errorf("write %s: %w", path, reason(err))
	}
	return interrupted(ctx)
}

func replace(path string, data []byte) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("is no ordinary file")
	}
	// who may not write the file may not replace it
	old, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err := old.Close(); err != nil {
		return err
	}
	return beside(target, data, info, os.Rename)
}

func save(path string, data []byte) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Lstat(path); err == nil {
			return errors.New("is a link to what is not there")
		}
		return beside(path, data, nil, os.Rename)
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("is a directory")
	case info.Size() != int64(len(data)):
		return replace(path, data)
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	return replace(path, data)
}

// beside writes a file beside path, with the mode and the owner of the one that it
// takes the place of, if there is one, and lets name give it its name.
func beside(path string, data []byte, old os.FileInfo, name func(temp, path string) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // where it was renamed, it is not there
	_, err = temp.Write(data)
	mode := fs.FileMode(0o644)
	if old != nil {
		keepOwner(temp, old)
		mode = old.Mode().Perm()
	}
	if err := errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return name(temp.Name(), path)
}

func writeThrough(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// foreign reports whether a file holds what somebody else has written: a mark that is
// at the beginning of all that the command writes is not there.
func foreign(path, mark string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return false // what is wrong with it, if anything, shows when it is written
	}
	f, err := os.Open(path)
	if err != nil {
		return true
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 1<<10))
	return err != nil || !strings.Contains(string(head), mark)
}

func foreignError(path string) error {
	return fmt.Errorf("%s was not made by this command, and is left as it is", path)
}
