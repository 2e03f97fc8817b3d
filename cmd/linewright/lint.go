package main

import (
	"github.com/linewright/linewright/spec"
)

// lintCommand is `lint`.
type lintCommand struct {
	Format string   `enum:"text,json" default:"text" help:"How to print the findings: ${enum}."`
	Specs  []string `arg:"" name:"SPEC" help:"A document; - is standard input."`
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
		protocol, found := spec.Load(d.name, d.data)
		if len(found) == 0 { // what generate would refuse, lint says
			_, found = d.generate(protocol, "example.com/"+protocol.Name)
		}
		findings = append(findings, found...)
	}
	if err := o.findings(c.Format, findings); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	if len(findings) > 0 {
		return errFindings
	}
	return nil
}
