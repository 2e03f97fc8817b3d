package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The README's quick start, done by somebody outside: an empty module that
// gets this one through the Go module protocol, its own document, its own
// test against the fake device. What the README says is what is run.
func TestQuickStartWorksOutside(t *testing.T) {
	if raced || testing.Short() {
		t.Skip("builds a module from nothing")
	}
	steps := quickStart(t)
	require.GreaterOrEqual(t, len(steps), 7, "the README's quick start was not found")
	o := newOutsider(t)
	var out string
	for _, step := range steps {
		if step.file != "" {
			o.write(step.file, step.text)
			continue
		}
		for line := range strings.Lines(step.text) {
			out = o.run(line)
		}
	}
	assert.Contains(t, out, "ok  \texample.com/plant\t", "the last step is the outsider's own test")

	dependencies := o.run("go list -deps -f {{.Standard}}:{{.ImportPath}} ./gadget")
	allowed := regexp.MustCompile(`^(example\.com/plant/gadget|github\.com/linewright/linewright/runtime(/.*)?|golang\.org/x/sys/.*)$`)
	for _, line := range strings.Fields(dependencies) {
		if path, other := strings.CutPrefix(line, "false:"); other {
			assert.Regexp(t, allowed, path, "the generated package depends on it")
		}
	}
	require.Contains(t, dependencies, "false:"+served.Path+"/runtime\n")
	require.NotContains(t, dependencies, served.Path+"/runtime/device\n", "the fake stays with the tests")
}

// step is a code block of the quick start: a file, where its first line is a
// comment with a file's name, or else command lines.
type step struct{ file, text string }

var (
	fence    = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")
	fileName = regexp.MustCompile(`^(?://|#) (\S+\.\w+)\n`)
)

// quickStart gives the code blocks of that section of the README, in order.
func quickStart(t *testing.T) []step {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	_, section, found := strings.Cut(string(text), "\n## Quick start\n")
	require.True(t, found, "the README has no quick start")
	section, _, _ = strings.Cut(section, "\n## ")
	var steps []step
	for _, block := range fence.FindAllStringSubmatch(section, -1) {
		s := step{text: block[2]}
		if name := fileName.FindStringSubmatch(s.text); name != nil {
			s.file = name[1]
		}
		steps = append(steps, s)
	}
	return steps
}
