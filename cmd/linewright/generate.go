package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
)

// generateCommand is `generate`.
type generateCommand struct {
	Output string   `short:"o" placeholder:"DIR" help:"The package's folder; of several documents, the folder of their packages. Default: a folder named after the vendor, beside the document. In a Go module, the package's fake goes into a folder below it."`
	Check  bool     `help:"Write nothing; show what differs, and exit with 1 if anything does."`
	Specs  []string `arg:"" name:"SPEC" help:"A document; - is standard input."`
}

// generated is one document's package, not yet written.
type generated struct {
	dir    string
	module bool // it is in one
	files  []generator.File
}

// Run generates everything in memory and looks at every folder first: one bad
// document or folder, and nothing is written for any.
func (c *generateCommand) Run(o *terminal) error {
	packages, err := c.generate(o)
	if err != nil {
		return err
	}
	stale := false
	for _, p := range packages {
		if err := c.mayFollow(p.dir); err != nil {
			return err
		}
		differences, err := generator.Compare(p.dir, p.files)
		if err != nil {
			return err
		}
		if !p.module {
			o.note("%s is in no Go module: the fake, which would import it, is left out", p.dir)
		}
		if c.Check {
			o.differences(p.dir, differences)
			stale = stale || len(differences) > 0
		}
	}
	if stale {
		o.note("generate writes what is missing or stale, and removes orphans")
		return errFindings
	}
	if c.Check {
		return nil
	}
	return write(packages)
}

// write writes all packages or none: until the first file takes its place, a signal
// or an error undoes it all; from then on a signal waits.
func write(packages []generated) error {
	ctx, stop := interruptible()
	defer stop()
	var all []*generator.Staged
	defer func() {
		for _, s := range slices.Backward(all) {
			s.Discard()
		}
	}()
	for _, p := range packages {
		s, err := generator.Stage(p.dir, p.files)
		if err != nil {
			return err
		}
		all = append(all, s)
		if err := interrupted(ctx); err != nil {
			return fmt.Errorf("%w: nothing is written", err)
		}
	}
	for _, s := range all {
		if err := s.Commit(); err != nil {
			return err
		}
	}
	stop()
	return interrupted(ctx)
}

func (c *generateCommand) generate(o *terminal) ([]generated, error) {
	var packages []generated
	var findings []spec.Finding
	sources := map[string]string{} // folder → document
	for _, path := range c.Specs {
		d, err := o.read(path)
		if err != nil {
			return nil, err
		}
		p, found, err := c.one(d)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
		if len(found) > 0 {
			continue
		}
		if other, taken := sources[p.dir]; taken {
			return nil, usageError{fmt.Errorf("%s and %s would both be written to %s", other, path, p.dir)}
		}
		if path == stdin && c.Output == "" {
			return nil, usageError{fmt.Errorf("standard input has no folder beside it: say -o DIR")}
		}
		sources[p.dir] = path
		packages = append(packages, p)
	}
	if len(findings) > 0 {
		if err := o.findings("text", findings); err != nil {
			return nil, err
		}
		return nil, errFindings
	}
	return packages, nil
}

// one generates one document's package, and its fake where the package's folder
// is in a Go module: elsewhere nothing could import it.
func (c *generateCommand) one(d document) (generated, []spec.Finding, error) {
	protocol, findings := spec.Load(d.name, d.data)
	if len(findings) > 0 {
		return generated{}, findings, nil
	}
	dir := c.folder(d, protocol.Name)
	importPath, err := importPath(dir)
	if err != nil {
		return generated{}, nil, err
	}
	files, findings := d.generate(protocol, importPath)
	return generated{dir: dir, files: files, module: importPath != ""}, findings, nil
}

// folder is where a vendor's package goes. What the user does not say depends
// on where the document is, never on where the command runs.
func (c *generateCommand) folder(d document, vendor string) string {
	switch {
	case c.Output == "":
		return filepath.Join(filepath.Dir(d.path), vendor)
	case len(c.Specs) > 1:
		return filepath.Join(c.Output, vendor)
	default:
		return c.Output
	}
}

// mayFollow refuses a folder that is a link, unless the user named it: beside a
// document of somebody else's, it would lead wherever that person wants.
func (c *generateCommand) mayFollow(dir string) error {
	info, err := os.Lstat(dir)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 && dir != c.Output {
		return fmt.Errorf("%s is a link: write where it leads with -o DIR", dir)
	}
	return mayHold(dir)
}

// differences prints how a folder differs from what would be generated.
func (o *terminal) differences(dir string, list []generator.Difference) {
	for _, d := range list {
		fmt.Fprintf(o.out, "%s: %s\n%s", filepath.Join(dir, d.Name), d.Kind, d.Diff)
	}
}
