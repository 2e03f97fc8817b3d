package lab

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Tool gives the path of a program. Where there is none, the test is skipped;
// with CI=true it fails.
func Tool(t testing.TB, name string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	// Debian keeps servers in sbin, which a user's PATH may lack.
	for _, folder := range []string{"/usr/sbin", "/sbin"} {
		if path, err := exec.LookPath(filepath.Join(folder, name)); err == nil {
			return path
		}
	}
	leaveOut(t, "no "+name+" on this machine (make deps, as root, installs it)")
	return ""
}

// Installed skips the test, or fails it with CI=true, where a file or folder of
// a server is missing that is no program.
func Installed(t testing.TB, path string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		leaveOut(t, "no "+path+" on this machine (make deps, as root, installs it)")
	}
}

// Tunnels skips the test on a machine where it cannot make TUN devices.
func Tunnels(t testing.TB) {
	t.Helper()
	if os.Geteuid() != 0 {
		leaveOut(t, "TUN devices need root on Linux")
	}
	if _, err := os.Stat("/dev/net/tun"); err != nil {
		leaveOut(t, fmt.Sprintf("no TUN devices: %v", err))
	}
}

// leaveOut skips the test, which CI=true does not allow.
func leaveOut(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("left out, which CI=true does not allow: %s", why)
	}
	t.Skip(why)
}
