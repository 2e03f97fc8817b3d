package lab

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// namespacePrefix begins the names of this package's namespaces; the number of
// the test's process follows.
const namespacePrefix = "lw-"

var swept sync.Once

// sweepOnce does so before the first network: it removes what tests left behind that were killed before they could
// clean up.
func sweepOnce(ip string) { swept.Do(func() { Sweep(ip) }) }

// Sweep removes the namespaces of processes that are gone, and ends what still
// runs in them. ip is the path of that program. [NewNetwork] does it by itself.
func Sweep(ip string) {
	for _, namespace := range Namespaces() {
		if _, err := os.Stat(filepath.Join("/proc", strconv.Itoa(owner(namespace)))); err == nil {
			continue // its test is running
		}
		inside, _ := exec.Command(ip, "netns", "pids", namespace).Output()
		for _, text := range strings.Fields(string(inside)) {
			if pid, err := strconv.Atoi(text); err == nil {
				if p, err := os.FindProcess(pid); err == nil {
					_ = p.Kill()
				}
			}
		}
		_ = exec.Command(ip, "netns", "del", namespace).Run()
	}
}

// Namespaces are the network namespaces that tests have made and not removed.
func Namespaces() []string {
	paths, _ := filepath.Glob("/run/netns/" + namespacePrefix + "*-*-*")
	names := make([]string, 0, len(paths))
	for _, path := range paths {
		names = append(names, filepath.Base(path))
	}
	return names
}

// owner is the process that made a namespace.
func owner(namespace string) int {
	number, _, _ := strings.Cut(strings.TrimPrefix(namespace, namespacePrefix), "-")
	pid, _ := strconv.Atoi(number)
	return pid
}
