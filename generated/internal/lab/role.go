package lab

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// roleVariable tells a child process of the test binary what it is.
const roleVariable = "LINEWRIGHT_LAB_ROLE"

// Main is a TestMain: it runs the tests (m is the *testing.M, or has it run) or,
// in a child process made with [Role], the function of that name. A role that
// returns an error ends with exit code 1.
func Main(m interface{ Run() int }, roles map[string]func() error) {
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

// Obey runs the function of each order that [Process.Tell] sends to this
// process. When the test is gone, however it ended, the process ends too.
func Obey(orders map[string]func()) {
	go func() {
		told := bufio.NewScanner(os.Stdin)
		for told.Scan() {
			order := orders[told.Text()]
			if order == nil {
				fmt.Fprintf(os.Stderr, "lab: no order %q\n", told.Text())
				os.Exit(2)
			}
			order()
		}
		os.Exit(1)
	}()
}
