package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// The scripts run this test binary as the command linewright.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"linewright": main})
}

// Each file in testdata/script is one session at a terminal, with what it must
// print. ACME is the path of a real document.
func TestScripts(t *testing.T) {
	acme, err := filepath.Abs(filepath.Join(root, "spec", "vendors", "acme.yaml"))
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"exitcode": exitCode},
		Setup: func(env *testscript.Env) error {
			env.Setenv("ACME", acme)
			return nil
		},
	})
}

// exitCode runs a command, which must end with that code:
//
//	exitcode 2 linewright lint missing.yaml
func exitCode(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: exitcode N command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}
