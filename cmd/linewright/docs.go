package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/page"
)

// docsCommand is `docs`.
type docsCommand struct {
	Output  string   `short:"o" placeholder:"FILE" help:"The page; of several documents, the folder of their pages. Default: standard output, or VENDOR.html beside the document where that is a terminal; - is standard output."`
	Against string   `placeholder:"FILE|REF:PATH" help:"Make it a review: mark what has changed since this version, as in breaking."`
	Allow   string   `placeholder:"FILE" help:"A list of changes that are allowed, each with its reason, as in breaking."`
	Clients int      `default:"1000" help:"How many clients come back at the same moment (1 to 1,000,000)."`
	Specs   []string `arg:"" name:"SPEC" help:"A document; - is standard input."`
}

var errAllowNothing = errors.New("--allow goes with --against: it is about what has changed")

var errOneReview = errors.New("--against: one document is compared with another; there are several")

// Validate is called by kong.
func (c *docsCommand) Validate() error {
	switch {
	case c.Clients < 1 || c.Clients > maxClients:
		return errClients
	case c.Against != "" && len(c.Specs) > 1:
		return errOneReview
	case c.Allow != "" && c.Against == "":
		return errAllowNothing
	case len(c.Specs) > 1 && (c.Output == "" || c.Output == stdin):
		return errors.New("several documents have several pages: say -o DIR")
	}
	return nil
}

// rendered is one document's page, not yet written.
type rendered struct {
	file string // stdin: standard output
	html []byte
}

// Run makes all pages before it writes the first.
func (c *docsCommand) Run(o *terminal) error {
	var pages []rendered
	sources := map[string]string{} // file → document
	failed := false
	for _, path := range c.Specs {
		p, err := c.one(o, path)
		if errors.Is(err, errFindings) {
			failed = true
			continue
		}
		if err != nil {
			return err
		}
		if other, taken := sources[p.file]; taken {
			return usageError{fmt.Errorf("%s and %s would both be written to %s", other, path, p.file)}
		}
		sources[p.file] = path
		pages = append(pages, p)
	}
	if failed {
		return errFindings
	}
	for _, p := range pages {
		if p.file != stdin && foreign(p.file, mark) {
			return foreignError(p.file)
		}
	}
	for _, p := range pages {
		if err := o.deliver(p); err != nil {
			return err
		}
	}
	return nil
}

// one makes one document's page.
func (c *docsCommand) one(o *terminal, path string) (rendered, error) {
	d, err := o.read(path)
	if err != nil {
		return rendered{}, err
	}
	p, findings := spec.Load(d.name, d.data)
	if len(findings) > 0 {
		return rendered{}, errors.Join(spec.WriteText(o.err, findings, false), errFindings)
	}
	in := page.Input{Protocol: p}
	if c.Against != "" {
		if in.Review, err = c.review(o, d, p); err != nil {
			return rendered{}, err
		}
	}
	in.Report = explain.Of(p, d.data, explain.Options{Clients: c.Clients})
	html, err := page.Render(in)
	return rendered{file: c.file(o, d, p.Name), html: html}, err
}

// review compares a document with the one before.
func (c *docsCommand) review(o *terminal, now document, after *model.Protocol) (*page.Review, error) {
	old, err := o.version(c.Against, now.path)
	if err != nil {
		return nil, err
	}
	allow, err := o.allowed(c.Allow)
	if err != nil {
		return nil, err
	}
	before, err := o.load(old)
	if err != nil {
		return nil, err
	}
	changes, advice, err := o.compare(old, before, now, after)
	if err != nil {
		return nil, err
	}
	allow(changes)
	return &page.Review{Against: c.Against, Changes: changes, Advice: advice}, nil
}

// file is where a document's page goes.
func (c *docsCommand) file(o *terminal, d document, vendor string) string {
	name := vendor + ".html"
	switch {
	case len(c.Specs) > 1:
		return filepath.Join(c.Output, name)
	case c.Output != "":
		return c.Output
	case d.path == stdin || !o.interactive:
		return stdin
	}
	return filepath.Join(filepath.Dir(d.path), name)
}

// deliver writes a page, as a whole or not at all.
func (o *terminal) deliver(p rendered) error {
	if p.file == stdin {
		_, err := o.out.Write(p.html)
		return err
	}
	if err := saveBelow(p.file, p.html); err != nil {
		return err
	}
	o.note("%s is written", p.file)
	return nil
}

// mark is in the head of each page.
const mark = `<meta name="generator" content="linewright">`
