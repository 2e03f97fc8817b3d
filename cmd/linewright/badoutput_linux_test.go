package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A full disk is no answer: what was printed is not what was asked for.
func TestFullStandardOutput(t *testing.T) {
	playground(t)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	require.NoError(t, err)
	defer full.Close()
	for _, line := range each(func(h habit) []string { return h.prints }) {
		var problems bytes.Buffer
		code := run(strings.Fields(line), &terminal{in: strings.NewReader(""), out: &checkedWriter{w: full}, err: &problems})
		assert.Equal(t, exitFailure, code, line)
		assert.Regexp(t, `(?m)^linewright: write standard output: no space left on device$`, problems.String(), line)
	}
}

// Nobody reads on: every command ends as others do, without a word, and what it wrote
// is whole.
func TestBrokenPipe(t *testing.T) {
	_, addr := unit(t)
	dir := playground(t)
	for _, line := range each(func(h habit) []string { return h.prints[:min(len(h.prints), 1)] }) {
		before := tree(t, dir)
		brokenPipe(t, line, "")
		if !strings.HasPrefix(line, "init") {
			require.Empty(t, differing(before, tree(t, dir)), line)
		}
	}
	brokenPipe(t, "dial --param user=eve --param secret=s3cret acme.yaml "+addr, "read 3\n")
}

func brokenPipe(t *testing.T, line, input string) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, r.Close())
	defer w.Close()
	var problems bytes.Buffer
	cmd := exec.Command("linewright", strings.Fields(line)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), w, &problems
	assert.Equal(t, -1, status(t, cmd), line)
	assert.Equal(t, syscall.SIGPIPE, cmd.ProcessState.Sys().(syscall.WaitStatus).Signal(), line)
	assert.NotRegexp(t, `(?i)goroutine|signal|pipe|panic`, problems.String(), line)
}

// status runs a command: its exit code, or -1 where a signal ended it.
func status(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	require.NoError(t, cmd.Start())
	return exits(t, cmd)
}

// obstacle is where a command's files cannot be written: a shell's words before the
// command, and what is said then.
type obstacle struct{ before, reason string }

var obstacles = map[string]obstacle{
	"a disk that is full within a file": {`ulimit -f 1`, `file too large`},
	"a read-only file system":           {`mount --bind out out && mount -o remount,ro,bind out out`, `read-only file system`},
}

// What cannot be written is said in one line that names it, and all is as it was.
func TestObstacles(t *testing.T) {
	dir := playground(t)
	before := tree(t, dir)
	for name, o := range obstacles {
		for _, line := range each(func(h habit) []string { return h.writes }) {
			t.Run(name+": "+line, func(t *testing.T) {
				var out, problems bytes.Buffer
				cmd := exec.Command("sh", "-c", o.before+` && exec linewright "$@"`, "sh")
				if strings.HasPrefix(o.before, "mount") {
					cmd = inMounts(t, cmd)
				}
				cmd.Args = append(cmd.Args, strings.Fields(line)...)
				cmd.Stdout, cmd.Stderr = &out, &problems
				assert.Equal(t, exitFailure, status(t, cmd))
				assert.Empty(t, out.String())
				for text := range strings.Lines(problems.String()) {
					assert.Regexp(t, `^linewright: write out/[\w/.]*\w: `+o.reason+`\n$`, text)
				}
				assert.NotEmpty(t, problems.String())
				require.Empty(t, differing(before, tree(t, dir)))
			})
		}
	}
}

// inMounts runs a command where it may mount, and nobody else sees that.
func inMounts(t *testing.T, cmd *exec.Cmd) *exec.Cmd {
	t.Helper()
	args := []string{"--mount"}
	if os.Getuid() != 0 {
		args = append(args, "--map-root-user")
	}
	if err := exec.Command("unshare", append(args, "true")...).Run(); err != nil {
		t.Skip("this machine lets nobody mount")
	}
	return exec.Command("unshare", append(args, cmd.Args...)...)
}
