package main

import (
	"fmt"
	"runtime/debug"
)

// versionCommand is `version`.
type versionCommand struct{}

// Run prints the module's version, and the Go version that built it.
func (*versionCommand) Run(o *terminal) error {
	module, golang := versions()
	_, err := fmt.Fprintf(o.out, "linewright %s (%s)\n", module, golang)
	return err
}

// versions are the module's and that of Go.
func versions() (module, golang string) {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version, info.GoVersion
	}
	return "unknown", "unknown"
}
