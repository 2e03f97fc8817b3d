package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/linewright/linewright/cmd/internal/scaffold"
)

// createFiles writes new files into a folder, which it makes if it is not there: all
// of them, or none. What is in the way is named, and left as it is. A signal before
// the last file is in its place undoes it all.
func createFiles(dir string, files []scaffold.File) error {
	ctx, stop := interruptible()
	defer stop()
	if err := mayCreate(dir, files); err != nil {
		return err
	}
	c := &creation{}
	for _, f := range files {
		if err := c.add(ctx, filepath.Join(dir, filepath.FromSlash(f.Name)), f.Data); err != nil {
			c.undo()
			return err
		}
	}
	stop()
	return interrupted(ctx)
}

// mayHold complains about a folder that is something else, or below something else.
func mayHold(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return fmt.Errorf("%s is not a folder", dir)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write %s: %w", dir, reason(err))
	}
	return nil
}

// mayCreate names what is in the way.
func mayCreate(dir string, files []scaffold.File) error {
	if err := mayHold(dir); err != nil {
		return err
	}
	var taken []string
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if _, err := os.Lstat(name); err == nil {
			taken = append(taken, name)
		}
	}
	if len(taken) > 0 {
		return fmt.Errorf("nothing is written, because nothing is overwritten: %s", strings.Join(taken, ", "))
	}
	return nil
}

// saveBelow is saveFile in a folder that need not be there either; where nothing can
// be saved in it, it is not.
func saveBelow(path string, data []byte) error {
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); err == nil {
		return saveFile(path, data)
	}
	return whole(path, func(context.Context) error {
		c := &creation{}
		err := c.folder(dir)
		if err == nil {
			err = save(path, data)
		}
		if err != nil {
			c.undo()
		}
		return err
	})
}

// creation is what was made so far, folders too, the last one last.
type creation struct{ made []string }

func (c *creation) undo() {
	for i := len(c.made) - 1; i >= 0; i-- {
		_ = os.Remove(c.made[i]) // a folder that others wrote to stays
	}
}

// add writes a file beside its place, and gives it its name if nobody has it.
func (c *creation) add(ctx context.Context, name string, data []byte) error {
	if err := interrupted(ctx); err != nil {
		return fmt.Errorf("%w: nothing is written", err)
	}
	if err := c.folder(filepath.Dir(name)); err != nil {
		return fmt.Errorf("write %s: %w", name, reason(err))
	}
	if err := beside(name, data, nil, claim); err != nil {
		return fmt.Errorf("write %s: %w", name, reason(err))
	}
	c.made = append(c.made, name)
	return nil
}

// claim gives a file its name, unless somebody has taken it meanwhile. Where the
// file system has no links, the look before must do.
func claim(temp, name string) error {
	err := os.Link(temp, name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return fs.ErrExist
	}
	if _, err := os.Lstat(name); err == nil {
		return fs.ErrExist
	}
	return os.Rename(temp, name)
}

// folder makes a folder and those above it.
func (c *creation) folder(dir string) error {
	if info, err := os.Stat(dir); err == nil {
		if !info.IsDir() {
			return syscall.ENOTDIR
		}
		return nil
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := c.folder(parent); err != nil {
			return err
		}
	}
	err := os.Mkdir(dir, 0o755)
	if info, statErr := os.Stat(dir); errors.Is(err, fs.ErrExist) && statErr == nil && info.IsDir() {
		return nil // somebody else has made it meanwhile
	}
	if err == nil {
		c.made = append(c.made, dir)
	}
	return err
}
