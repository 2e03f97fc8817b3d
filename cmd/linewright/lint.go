package main

import (
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/lint"
)

// lintCommand is `lint`.
type lintCommand struct {
	Format   string   `enum:"text,json,github-actions,sarif" default:"text" help:"How to print the findings: ${enum}."`
	Severity string   `enum:"error,warning,info" default:"warning" help:"The mildest findings that make the exit code 1: ${enum}; all are printed."`
	Specs    []string `arg:"" name:"SPEC" help:"A document; - is standard input."`
}

// Run looks at every document, whatever is wrong with the others.
func (c *lintCommand) Run(o *terminal) error {
	var findings []spec.Finding
	failed := false
	for _, path := range c.Specs {
		d, err := o.read(path)
		if err != nil {
			o.note("%v", err)
			failed = true
			continue
		}
		findings = append(findings, d.lint()...)
	}
	findings = spec.Complete(findings)
	if err := o.findings(c.Format, findings); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	for _, f := range findings {
		if mildness[f.Severity] <= mildness[c.Severity] {
			return errFindings
		}
	}
	return nil
}

var mildness = map[string]int{"error": 0, "warning": 1, "info": 2}

// lint is all that is to be said about a document: what the loader refuses, or else what
// generate would refuse, and what the rules find.
func (d document) lint() []spec.Finding {
	protocol, findings := spec.Load(d.name, d.data)
	if len(findings) == 0 {
		_, findings = d.generate(protocol, "example.com/"+protocol.Name)
	}
	return append(findings, lint.Check(d.name, d.data, protocol)...)
}
