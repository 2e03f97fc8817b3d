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
	if raced || testing.Short() {
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
			if c.name == "gauge" { // a repository, for the second one
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
			require.Len(t, lines, 5)
			for _, line := range lines {
				o.run(line[1])
			}
			testBreakingStep(t, o, c.name+".yaml", string(workflow))
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

// testBreakingStep does in a repository what the workflow does with a pull request:
// one that brings the document, one that changes nothing, and one that takes an
// event away.
func testBreakingStep(t *testing.T, o *outsider, document, workflow string) {
	_, script, found := strings.Cut(workflow, "run: |\n")
	require.True(t, found)
	script, _, found = strings.Cut(script, "\n      - ")
	require.True(t, found)
	page := strings.TrimSuffix(document, "yaml") + "html"
	o.write("step.sh", "set -e\n"+script)
	path := filepath.Join(o.dir, document)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	env := o.env
	o.env = append(env[:len(env):len(env)], "GITHUB_BASE_REF=main", "GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	defer func() { o.env = env }()

	if o.command("git rev-parse").Run() != nil {
		o.run("git init -q")
	}
	o.run("git commit -q --allow-empty -m before")
	o.run("git update-ref refs/remotes/origin/main HEAD")
	o.run("sh step.sh")
	require.FileExists(t, filepath.Join(o.dir, page))
	o.run("git add " + document)
	o.run("git commit -q -m device")
	o.run("git update-ref refs/remotes/origin/main HEAD")
	o.run("sh step.sh")

	changed := regexp.MustCompile(`(?s)  alarm:.*?  fault:`).ReplaceAllString(string(text), "  fault:")
	require.NotEqual(t, string(text), changed)
	o.write(document, changed)
	out, err := o.command("sh step.sh").CombinedOutput()
	require.Error(t, err, "%s", out)
	require.Contains(t, string(out), "::error file="+document)
	require.Contains(t, string(out), "alarm")
	o.write(document, string(text))
}

func TestNamesOfFolders(t *testing.T) {
	for folder, want := range map[string]string{
		"gauge": "gauge", "Tank Gauge-2": "tankgauge2", "acme.v2": "acmev2", "2gauge": "", "": "", "type": "", "größe": "gre", "..": "", "日本": "",
	} {
		require.Equal(t, want, plainName(folder), folder)
	}
}
