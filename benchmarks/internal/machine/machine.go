// Package machine names what figures were taken on: without that they say little.
package machine

import (
	"fmt"
	"runtime"
	"strings"
)

// Machine is where something was measured.
type Machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"` // that the process may use
	Kernel string `json:"kernel"`
	Go     string `json:"go"`
}

// This is the one that this process runs on.
func This() Machine {
	return Machine{CPU: cpu(), Cores: runtime.NumCPU(), Kernel: kernel(), Go: runtime.Version()}
}

func (m Machine) String() string {
	parts := []string{fmt.Sprintf("%d cores", m.Cores)}
	for _, part := range []string{m.CPU, m.Kernel, m.Go} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
