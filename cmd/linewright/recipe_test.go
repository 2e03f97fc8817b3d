package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

// workflow is what the recipe uses of the language of GitHub Actions.
type workflow struct {
	Jobs map[string]struct {
		Steps []struct{ Uses, Run, If string }
	}
}

// compared is what a review's page has at its top.
const compared = `<span class="chip chip-review">compared with origin/main`

// The README's recipe for pull requests, run step by step in a repository that has the
// published module and nothing else: for one that brings a document, for one that takes
// an event away, and for one with a typo.
func TestThePullRequestRecipe(t *testing.T) {
	if raced || testing.Short() {
		t.Skip("builds a module from nothing")
	}
	o := newOutsider(t)
	bin := t.TempDir()
	summary := filepath.Join(bin, "summary.md")
	o.env = append(o.env, "GOBIN="+bin, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"GITHUB_BASE_REF=main", "GITHUB_STEP_SUMMARY="+summary, "GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	document, err := os.ReadFile(filepath.Join(root, "spec", "vendors", "acme.yaml"))
	require.NoError(t, err)
	page := func() string {
		html, err := os.ReadFile(filepath.Join(o.dir, "gadget.html"))
		require.NoError(t, err)
		require.NoError(t, os.Remove(filepath.Join(o.dir, "gadget.html")))
		head, _, _ := strings.Cut(string(html), "</header>")
		return head
	}
	o.run("git init -q")
	o.run("git commit -q --allow-empty -m before")
	o.write("gadget.yaml", string(document))
	out, failed := o.review()
	require.Len(t, failed, 1, "what it is compared with was not fetched: %s", out)

	o.run("git update-ref refs/remotes/origin/main HEAD")
	out, failed = o.review()
	require.Empty(t, failed, out)
	require.NotContains(t, page(), compared)

	o.run("git add gadget.yaml")
	o.run("git commit -q -m gadget")
	o.run("git update-ref refs/remotes/origin/main HEAD")
	o.write("gadget.yaml", without(t, string(document), `(?m)^  alarm:\n(    .*\n)+`))
	out, failed = o.review()
	require.Len(t, failed, 1, out)
	require.Contains(t, failed[0], "breaking")
	require.Contains(t, out, "::error file=gadget.yaml")
	require.Contains(t, page(), compared)
	said, err := os.ReadFile(summary)
	require.NoError(t, err)
	require.Contains(t, string(said), "alarm")
	require.Contains(t, string(said), "|") // a table

	o.write("gadget.yaml", strings.Replace(string(document), "\nmessages:", "\nmesages:", 1))
	out, failed = o.review()
	require.NotEmpty(t, failed)
	require.Equal(t, "linewright lint --format github-actions gadget.yaml", failed[0])
	require.Contains(t, out, "::error file=gadget.yaml,line=")
	require.NoFileExists(t, filepath.Join(o.dir, "gadget.html"))
}

// review does what the recipe's job does, and gives what its steps print and those
// that fail: behind the first, only those that always run do.
func (o *outsider) review() (out string, failed []string) {
	o.t.Helper()
	job, found := recipe(o.t).Jobs["review"]
	require.True(o.t, found)
	for _, step := range job.Steps {
		if step.Run == "" || len(failed) > 0 && step.If != "always()" {
			continue
		}
		cmd := exec.CommandContext(o.t.Context(), "bash", "-e", "-c", step.Run)
		cmd.Dir, cmd.Env = o.dir, o.env
		printed, err := cmd.CombinedOutput()
		if out += string(printed); err != nil {
			failed = append(failed, strings.TrimSpace(step.Run))
		}
	}
	return out, failed
}

// recipe is the workflow that the README shows.
func recipe(t *testing.T) (w workflow) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	_, section, found := strings.Cut(string(text), "\n### In a pull request\n")
	require.True(t, found)
	block := fence.FindStringSubmatch(section)
	require.NotNil(t, block)
	require.NoError(t, yaml.Unmarshal([]byte(block[2]), &w))
	return w
}

// without is a document without what a pattern finds.
func without(t *testing.T, document, pattern string) string {
	t.Helper()
	changed := regexp.MustCompile(pattern).ReplaceAllString(document, "")
	require.NotEqual(t, document, changed)
	return changed
}
