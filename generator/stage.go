package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Write makes the folder dir hold files, and gives what it did: it writes what
// is stale or missing, removes orphans, and touches nothing else. Each file is
// replaced as a whole or not at all; all new bytes are on disk before the first
// file is replaced, so that a full disk leaves the folder as it was.
func Write(dir string, files []File) ([]Difference, error) {
	s, err := Stage(dir, files)
	if err != nil {
		return nil, err
	}
	defer s.Discard()
	return s.differences, s.Commit()
}

// Staged is the first half of [Write]: all new bytes are on disk, beside where
// they will be, and nothing else has changed. It ends with Commit, Discard or
// both.
type Staged struct {
	dir         string
	differences []Difference
	beside      map[string]string // by the file's name, which it does not have yet
	made        []string          // folders, each behind the one that it is in
}

// Stage writes what is stale or missing beside where it will be. An error
// leaves nothing behind.
func Stage(dir string, files []File) (*Staged, error) {
	list, err := Compare(dir, files)
	if err != nil {
		return nil, err
	}
	s := &Staged{dir: dir, differences: list, beside: map[string]string{}}
	for _, d := range list {
		if d.Kind == Orphan {
			continue
		}
		i := slices.IndexFunc(files, func(f File) bool { return f.Name == d.Name })
		if err := s.add(files[i]); err != nil {
			s.Discard()
			return nil, fmt.Errorf("write %s: %w", place(dir, d.Name), reason(err))
		}
	}
	return s, nil
}

// Commit gives the files their names, and removes orphans.
func (s *Staged) Commit() error {
	for _, d := range s.differences {
		if err := s.commit(d); err != nil {
			return fmt.Errorf("write %s: %w", place(s.dir, d.Name), reason(err))
		}
	}
	s.made = nil
	return nil
}

// Discard takes away what was staged and not committed, folders too.
func (s *Staged) Discard() {
	for _, name := range s.beside {
		_ = os.Remove(name)
	}
	for _, folder := range slices.Backward(s.made) {
		_ = os.Remove(folder) // where others write to it meanwhile, it stays
	}
}

func (s *Staged) add(f File) error {
	folder := filepath.Dir(place(s.dir, f.Name))
	if err := s.folder(folder); err != nil {
		return err
	}
	temp, err := os.CreateTemp(folder, "."+path.Base(f.Name)+".*.tmp")
	if err != nil {
		return err
	}
	s.beside[f.Name] = temp.Name()
	_, err = temp.Write(f.Data)
	return errors.Join(err, temp.Chmod(0o644), temp.Sync(), temp.Close())
}

// folder makes a folder and those above it.
func (s *Staged) folder(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if above := filepath.Dir(dir); above != dir {
		if err := s.folder(above); err != nil {
			return err
		}
	}
	err := os.Mkdir(dir, 0o755)
	if info, statErr := os.Stat(dir); errors.Is(err, fs.ErrExist) && statErr == nil && info.IsDir() {
		return nil // somebody else has made it meanwhile
	}
	if err == nil {
		s.made = append(s.made, dir)
	}
	return err
}

func (s *Staged) commit(d Difference) error {
	name := place(s.dir, d.Name)
	if d.Kind != Orphan {
		if err := os.Rename(s.beside[d.Name], name); err != nil {
			return err
		}
		delete(s.beside, d.Name)
		return nil
	}
	if err := os.Remove(name); err != nil {
		return err
	}
	if path.Dir(d.Name) != "." {
		_ = os.Remove(filepath.Dir(name)) // where it was the folder's last file
	}
	return nil
}

// reason is err without the name of a file that the user does not know.
func reason(err error) error {
	if link := (*os.LinkError)(nil); errors.As(err, &link) {
		return link.Err
	}
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
