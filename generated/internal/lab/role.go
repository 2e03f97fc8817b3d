package lab

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// roleVariable tells a child process of the test binary what it is.
const roleVariable = "LINEWRIGHT_LAB_ROLE"

// Main is a TestMain: it runs the tests or, in a child process made with
// [Role], the function of that name. A role that returns an error ends with
// exit code 1.
func Main(m *testing.M, roles map[string]func() error) {
	name := os.Getenv(roleVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	role := roles[name]
	if role == nil {
		fmt.Fprintf(os.Stderr, "lab: no role %q\n", name)
		os.Exit(2)
	}
	if err := role(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// Role is a command that runs this test binary in a role of [Main], with
// variables added to its environment ("NAME=value").
func Role(t testing.TB, name string, variables ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(append(os.Environ(), roleVariable+"="+name), variables...)
	return cmd
}
