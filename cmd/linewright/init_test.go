package main

import (
	"bytes"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// initialise runs init, which must succeed, and gives the command lines that it
// says are next.
func initialise(t *testing.T, args ...string) (next []string) {
	t.Helper()
	var out, problems bytes.Buffer
	code := run(append([]string{"init"}, args...), &terminal{in: strings.NewReader(""), out: &out, err: &problems})
	require.Equal(t, exitOK, code, "%s", problems.String())
	_, list, _ := strings.Cut(out.String(), "\nNext:\n")
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "cd ") {
			next = append(next, line)
		}
	}
	return next
}

var steps = regexp.MustCompile(`(?m)^      - run: (.*)$`)

// What init makes works at once, for somebody who has nothing but Go and a proxy:
// what it says is next, and then what its workflow does.
func TestInitWorksAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("builds modules from nothing")
	}
	o := newOutsider(t)
	home := o.dir
	for _, c := range []struct{ name, folder, workflow string }{
		{"gauge", filepath.Join(home, "gauge"), ".github/workflows/gauge.yaml"},
		{"tank_gauge", filepath.Join(home, "gauge", "devices", "Tank-2"), "../../.github/workflows/tank_gauge.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o.t = t
			o.dir = c.folder
			next := initialise(t, c.folder, "--name", c.name)
			if c.name == "gauge" {
				require.NoError(t, os.Mkdir(filepath.Join(c.folder, ".git"), 0o755)) // a repository, for the second
				require.Equal(t, "go get -tool "+self+"@latest", next[0])
			}
			var out string
			for _, line := range next {
				out = o.run(line)
			}
			require.Regexp(t, `^ok  \texample.com/gauge\S*\t`, out, "the last step is the test")

			workflow, err := os.ReadFile(filepath.Join(c.folder, filepath.FromSlash(c.workflow)))
			require.NoError(t, err)
			lines := steps.FindAllStringSubmatch(string(workflow), -1)
			require.Len(t, lines, 4)
			for _, line := range lines {
				o.run(line[1])
			}
			for _, name := range []string{"generate.go", "device_test.go"} {
				data, err := os.ReadFile(filepath.Join(c.folder, name))
				require.NoError(t, err)
				formatted, err := format.Source(data)
				require.NoError(t, err)
				assert.Equal(t, string(formatted), string(data), name)
			}
		})
	}
}

func TestNamesOfFolders(t *testing.T) {
	for folder, want := range map[string]string{
		"gauge": "gauge", "Tank Gauge-2": "tankgauge2", "acme.v2": "acmev2", "2gauge": "", "": "", "type": "", "größe": "gre", "..": "", "日本": "",
	} {
		require.Equal(t, want, plainName(folder), folder)
	}
}
