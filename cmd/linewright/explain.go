package main

import (
	"encoding/json"
	"errors"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/explain"
)

// explainCommand is `explain`.
type explainCommand struct {
	Format  string `enum:"text,json" default:"text" help:"How to print it: ${enum}."`
	Clients int    `default:"10000" help:"How many clients a device that comes back has (1 to 1,000,000)."`
	Seed    uint64 `help:"What the simulated delays begin with."`
	Spec    string `arg:"" name:"SPEC" help:"The document; - is standard input."`
}

// maxClients bounds what one wants to wait for.
const maxClients = 1_000_000

var errClients = errors.New("--clients: want 1 to 1,000,000")

// Validate is called by kong.
func (c *explainCommand) Validate() error {
	if c.Clients < 1 || c.Clients > maxClients {
		return errClients
	}
	return nil
}

// Run prints what the document promises.
func (c *explainCommand) Run(o *terminal) error {
	d, err := o.read(c.Spec)
	if err != nil {
		return err
	}
	protocol, findings := spec.Load(d.name, d.data)
	if len(findings) > 0 {
		if err := spec.WriteText(o.err, findings, false); err != nil {
			return err
		}
		return errFindings
	}
	report := explain.Of(protocol, d.data, explain.Options{Clients: c.Clients, Seed: c.Seed})
	if c.Format == "json" {
		out := json.NewEncoder(o.out)
		out.SetIndent("", "  ")
		return out.Encode(report)
	}
	return report.Text(o.out)
}
