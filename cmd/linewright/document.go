package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// stdin is the name that stands for standard input.
const stdin = "-"

// maxDocument is one byte more than any document may have: enough for the
// loader to see that there are too many, without reading the rest.
const maxDocument = 4<<20 + 1

// document is one SPEC of the command line, read.
type document struct {
	path string // as given
	name string // in findings
	data []byte
}

// read reads the document that path names.
func (o *terminal) read(path string) (document, error) {
	if path == stdin {
		if o.taken {
			return document{}, usageError{errors.New("standard input can be read only once")}
		}
		o.taken = true
		data, err := io.ReadAll(io.LimitReader(o.in, maxDocument))
		if err != nil {
			return document{}, fmt.Errorf("read standard input: %w", reason(err))
		}
		return document{path: path, name: "<stdin>", data: data}, nil
	}
	data, err := readFile(path, "document")
	if err != nil {
		return document{}, fmt.Errorf("read %s: %w", path, reason(err))
	}
	return document{path: path, name: path, data: data}, nil
}

// readSmall reads a file that is no document, and that nobody has so large.
func readSmall(path string) ([]byte, error) {
	data, err := readFile(path, "file")
	if err == nil && len(data) == maxDocument {
		err = fmt.Errorf("more than %d MiB", maxDocument>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, reason(err))
	}
	return data, nil
}

// readFile reads no more than maxDocument; what is what the file should be.
func readFile(path, what string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("is a directory, not a %s", what)
	}
	return io.ReadAll(io.LimitReader(f, maxDocument))
}

// open reads a document that is to be run. Its findings are printed, to standard
// error because the other is for what runs, and are the error.
func (o *terminal) open(path string) (*dynamic.Protocol, error) {
	d, err := o.read(path)
	if err != nil {
		return nil, err
	}
	protocol, findings := spec.Load(d.name, d.data)
	if len(findings) > 0 {
		if err := spec.WriteText(o.err, findings, false); err != nil {
			return nil, err
		}
		return nil, errFindings
	}
	return dynamic.Open(protocol)
}

// source is the document's file name for the head of generated files. It must
// not depend on the folder that the command ran in; what comes from standard
// input has none.
func (d document) source() string {
	if d.path == stdin {
		return ""
	}
	return filepath.Base(d.path)
}

// generate gives the files of the document's package, or all that keeps it from
// having one. importPath is that of the package; see [generator.Options].
func (d document) generate(p *model.Protocol, importPath string) ([]generator.File, []spec.Finding) {
	files, problems := generator.Generate(p, generator.Options{Source: d.source(), ImportPath: importPath})
	var findings []spec.Finding
	for _, p := range problems {
		findings = append(findings, spec.NewFinding(d.name, d.data, p.Pos, p.Rule, p.Path, p.Message, p.Hint))
		if p.Other != (model.Pos{}) {
			findings = append(findings, spec.NewFinding(d.name, d.data, p.Other, p.Rule, p.Path, "the other place of: "+p.Message, ""))
		}
	}
	return files, findings
}

// reason is err without the operation and path that the caller says itself.
func reason(err error) error {
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
