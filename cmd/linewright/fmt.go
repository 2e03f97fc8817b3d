package main

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/format"
)

// fmtCommand is `fmt`. Standard output holds only what was asked for: text, a diff,
// or names; so findings go to standard error.
type fmtCommand struct {
	Write bool     `short:"w" xor:"diff,check" help:"Write the documents in place."`
	Diff  bool     `short:"d" xor:"diff" help:"Show what would change."`
	Check bool     `xor:"check" help:"List the documents that would change, and exit with 1 if there are any; with -d, show how."`
	Specs []string `arg:"" name:"SPEC" help:"A document; - is standard input."`
}

// Run formats every document, whatever is wrong with the others.
func (c *fmtCommand) Run(o *terminal) error {
	if c.Write {
		for _, path := range c.Specs {
			if path == stdin {
				return usageError{errors.New("standard input cannot be written in place: leave out -w")}
			}
		}
	}
	var failed, no bool
	for _, path := range c.Specs {
		err := c.one(o, path)
		switch {
		case errors.As(err, &interruption{}):
			return err
		case errors.Is(err, errFindings):
			no = true
		case err != nil:
			o.note("%v", err)
			failed = true
		}
	}
	switch {
	case failed:
		return errReported
	case no:
		return errFindings
	}
	return nil
}

// one formats one document.
func (c *fmtCommand) one(o *terminal, path string) error {
	d, err := o.read(path)
	if err != nil {
		return err
	}
	text, findings, err := format.Source(d.name, d.data)
	if err != nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	if len(findings) > 0 {
		if err := spec.WriteText(o.err, findings, false); err != nil {
			return err
		}
		return errFindings
	}
	return c.put(o, d, text)
}

// put does with the text of a document what was asked for.
func (c *fmtCommand) put(o *terminal, d document, text []byte) error {
	same := bytes.Equal(text, d.data)
	switch {
	case c.Write && !same:
		return replaceFile(d.path, text)
	case c.Diff && !same:
		fmt.Fprintf(o.out, "%s", diff.Diff(d.name, d.data, d.name+" (formatted)", text))
		return c.verdict()
	case c.Check && !same:
		fmt.Fprintln(o.out, d.name)
		return c.verdict()
	case c.Write, c.Diff, c.Check:
		return nil
	}
	fmt.Fprintf(o.out, "%s", text)
	return nil
}

// verdict is what it means that a document would change.
func (c *fmtCommand) verdict() error {
	if c.Check {
		return errFindings
	}
	return nil
}
