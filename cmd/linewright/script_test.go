package main

import (
	"errors"
	"maps"
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

// scripts is where they are.
var scripts = filepath.Join("testdata", "script")

// concurrent are the scripts whose commands have several goroutines. The others, and
// what builds modules, have nothing for the race detector, under which they would take
// ten times as long: `make test` runs the package once more without it.
var concurrent = []string{"decode", "demo", "dial", "dial_tls", "serve"}

// Each file in testdata/script is one session at a terminal, with what it must
// print. ACME, REDIS and NATS are the paths of real documents.
func TestScripts(t *testing.T) {
	dir, files := scripts, []string(nil)
	if raced {
		dir = ""
		for _, name := range concurrent {
			files = append(files, filepath.Join(scripts, name+".txtar"))
		}
	}
	vendors, err := filepath.Abs(filepath.Join(root, "spec", "vendors"))
	require.NoError(t, err)
	commands := maps.Clone(servedCommands)
	commands["exitcode"], commands["certificate"] = exitCode, certificate
	testscript.Run(t, testscript.Params{
		Dir:           dir,
		Files:         files,
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:          commands,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", os.Getenv("GORACE"))
			env.Setenv("ACME", filepath.Join(vendors, "acme.yaml"))
			env.Setenv("REDIS", filepath.Join(vendors, "redis.yaml"))
			env.Setenv("NATS", filepath.Join(vendors, "nats.yaml"))
			withServed(env)
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
