package main

import (
	"fmt"

	"github.com/linewright/linewright/spec/schema"
)

// schemaCommand is `schema`.
type schemaCommand struct {
	Output string `short:"o" placeholder:"FILE" help:"Write to FILE; a document names it in its first line: # yaml-language-server: $$schema=FILE."`
}

// Run prints the JSON Schema of the language, or writes it to a file.
func (c *schemaCommand) Run(o *terminal) error {
	if c.Output == "" || c.Output == stdin {
		_, err := fmt.Fprintf(o.out, "%s", schema.JSON())
		return err
	}
	if foreign(c.Output, `"linewright": {`) {
		return foreignError(c.Output)
	}
	return saveFile(c.Output, schema.JSON())
}
