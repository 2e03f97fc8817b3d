package lab

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// namespacePrefix begins the names of this package's namespaces; the number of
// the test's process follows.
const namespacePrefix = "lw-"

var swept sync.Once

// making is held while a namespace is made, and from an interrupt on.
var making sync.Mutex

// sweepOnce cleans up before the first network what tests left behind that were
// killed before they could, and from then on, at an interrupt, what this process
// has made.
func sweepOnce(ip string) {
	swept.Do(func() {
		Sweep(ip)
		interrupted := make(chan os.Signal, 1)
		signal.Notify(interrupted, os.Interrupt)
		go func() {
			<-interrupted
			making.Lock()
			sweep(ip, func(pid int) bool { return pid == os.Getpid() })
			os.Exit(130) // as a shell says it
		}()
	})
}

// Sweep removes the namespaces of processes that are gone, and ends what still
// runs in them. ip is the path of that program. [NewNetwork] does it by itself.
func Sweep(ip string) {
	sweep(ip, func(pid int) bool {
		_, err := os.Stat(filepath.Join("/proc", strconv.Itoa(pid)))
		return err != nil
	})
}

// sweep removes the namespaces of some processes.
func sweep(ip string, of func(pid int) bool) {
	for _, namespace := range Namespaces() {
		if !of(owner(namespace)) {
			continue
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
