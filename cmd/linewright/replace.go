package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// errInterrupted: a signal came; what was being written is whole.
var errInterrupted = errors.New("interrupted")

// replaceFile gives a file that is there other bytes, all of them or none: it is
// written beside the file and takes its place, with its mode and, where we may, its
// owner. A link stays one: what it leads to is replaced. A signal waits until that
// is done.
func replaceFile(path string, data []byte) error {
	return replacing(path, func(_ context.Context, target string) error { return replaceTarget(target, data) })
}

// replacing is replaceFile with another way to write what path leads to; ctx ends
// with a signal.
func replacing(path string, write func(ctx context.Context, target string) error) error {
	ctx, stop := interruptible()
	defer stop()
	target, err := filepath.EvalSymlinks(path)
	if err == nil {
		err = write(ctx, target)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, reason(err))
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}

func replaceTarget(target string, data []byte) error {
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
	temp, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // where it was renamed, it is not there
	_, err = temp.Write(data)
	keepOwner(temp, info)
	if err := errors.Join(err, temp.Chmod(info.Mode().Perm()), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), target)
}
