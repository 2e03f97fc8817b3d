package main

import (
	"fmt"
	"runtime/debug"
)

// versionCommand is `version`.
type versionCommand struct{}

// Run prints the module's version, and the Go version that built it.
func (*versionCommand) Run(o *terminal) error {
	version, golang := "unknown", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version, golang = info.Main.Version, info.GoVersion
	}
	_, err := fmt.Fprintf(o.out, "linewright %s (%s)\n", version, golang)
	return err
}
