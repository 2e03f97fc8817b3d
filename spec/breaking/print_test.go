package breaking_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec/breaking"
)

var update = flag.Bool("update", false, "write what is printed to testdata")

// several is an edit that has a change of each kind.
var several = edit{
	"every: 10s", "every: 5s", "max: 1KiB", "max: 512B", "{receive: \"NOISE\", event: true}", "{receive: \"NOISE\", event: true, doc: Loud.}",
	"commands:\n", "commands:\n  stop: {send: \"STOP\", reply: ok}\n",
}

func TestPrinted(t *testing.T) {
	changes := compare(t, before, several.apply(t, before))
	advice := breaking.Advise("1.2.0", "1.3.0", changes)
	version, ok := advice.Change()
	require.True(t, ok)
	changes = breaking.Join(changes, []breaking.Change{version})
	require.Equal(t, breaking.Version, changes[0].Kind, "it is the first thing to be said")
	broken := breaking.Broken(changes)
	require.Len(t, broken, 1, "the version breaks nobody")
	list, findings := breaking.ReadAllowList("allow.yaml", []byte("allow:\n  - {fingerprint: "+broken[0].Fingerprint+", reason: no unit sends more}\n  - {fingerprint: 0123456789ab, reason: old}\n"))
	require.Empty(t, findings)
	unused := list.Apply(changes)
	require.Len(t, unused, 1)
	require.Equal(t, 3, unused[0].Line)
	require.Empty(t, breaking.Broken(changes), "it is allowed")
	require.False(t, breaking.Passes(changes), "the version has not moved")
	for name, write := range map[string]func(*bytes.Buffer) error{
		"text":           func(b *bytes.Buffer) error { return breaking.Text(b, "unit.yaml", changes, advice) },
		"markdown":       func(b *bytes.Buffer) error { return breaking.Markdown(b, "unit.yaml", changes, advice) },
		"github-actions": func(b *bytes.Buffer) error { return breaking.GitHubActions(b, "unit.yaml", changes) },
	} {
		var b bytes.Buffer
		require.NoError(t, write(&b))
		path := filepath.Join("testdata", name+".txt")
		if *update {
			require.NoError(t, os.MkdirAll("testdata", 0o777))
			require.NoError(t, os.WriteFile(path, b.Bytes(), 0o666))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), b.String(), "run with -args -update, and read what changed")
	}
}

// TestAllowListsAreWritten: what markdown proposes is read, once there are reasons, and
// allows all.
func TestAllowListsAreWritten(t *testing.T) {
	changes := compare(t, before, edit{"max: 1KiB", "max: 512B", "ping: {send:", "nop: {send:", "send: ping", "send: nop", "{do: ping}", "{do: nop}"}.apply(t, before))
	advice := breaking.Advise("1.2.0", "1.2.0", changes)
	version, _ := advice.Change()
	changes = breaking.Join(changes, []breaking.Change{version})
	var b bytes.Buffer
	require.NoError(t, breaking.Markdown(&b, "unit.yaml", changes, advice))
	_, after, _ := strings.Cut(b.String(), "```yaml\n")
	lines, _, found := strings.Cut(after, "```")
	require.True(t, found, b.String())
	_, findings := breaking.ReadAllowList("allow.yaml", []byte(lines))
	require.NotEmpty(t, findings, "there are no reasons yet")
	list, findings := breaking.ReadAllowList("allow.yaml", []byte(strings.ReplaceAll(lines, "reason: }", "reason: agreed}")))
	require.Empty(t, findings, lines)
	require.Empty(t, list.Apply(changes))
	require.True(t, breaking.Passes(changes))
	b.Reset()
	require.NoError(t, breaking.Markdown(&b, "unit.yaml", changes, advice))
	require.Contains(t, b.String(), "1.2.0 must become 2.0.0 or higher: the changes need a major version after 1.2.0. Allowed: agreed.")
	require.NotContains(t, b.String(), "To allow")
}

func TestFingerprintsStay(t *testing.T) {
	now := several.apply(t, before)
	changes, moved := compare(t, before, now), compare(t, "# one more line\n"+before, "\n\n# two\n"+now)
	require.Len(t, moved, len(changes))
	seen := map[string]bool{}
	for i := range changes {
		require.Equal(t, changes[i].Fingerprint, moved[i].Fingerprint)
		require.False(t, seen[changes[i].Fingerprint], "one for each change")
		seen[changes[i].Fingerprint] = true
	}
}

func TestAllowLists(t *testing.T) {
	for source, want := range map[string]string{
		"":                                      "yaml-empty",
		"# none yet\n":                          "yaml-empty",
		"allow: 3\n":                            "allow-list",
		"- a\n":                                 "allow-list",
		"allow: [{fingerprint: x}]\n":           "allow-list",
		"allow: [x]\n":                          "allow-list",
		"allow: [{fingerprint: , reason: a}]\n": "allow-list",
		"allow: [{fingerprint: x, reason: }]\n": "allow-reason",
		"allow: []\nmore: 1\n":                  "allow-list",
	} {
		_, findings := breaking.ReadAllowList("allow.yaml", []byte(source))
		require.NotEmpty(t, findings, source)
		require.Equal(t, want, findings[0].Rule, source)
		require.NotContains(t, findings[0].Hint, "linewright: 1", source)
	}
}

// TestEmptyAllowList: it is told what it wants, which is not what a protocol begins with.
func TestEmptyAllowList(t *testing.T) {
	_, findings := breaking.ReadAllowList("allow.yaml", nil)
	require.Len(t, findings, 1)
	require.Equal(t, "the list of allowed changes is empty", findings[0].Message)
	list, findings := breaking.ReadAllowList("allow.yaml", []byte(findings[0].Hint))
	require.Empty(t, findings, "the hint is one")
	require.NotNil(t, list)
}

func TestAdvice(t *testing.T) {
	of := func(kinds ...breaking.Kind) (all []breaking.Change) {
		for _, k := range kinds {
			all = append(all, breaking.Change{Kind: k})
		}
		return all
	}
	for _, tt := range []struct {
		old, now     string
		changes      []breaking.Change
		needs, least string
	}{
		{"1.2.3", "1.2.3", nil, "none", ""},
		{"1.2.3", "1.2.3", of(breaking.Docs), "patch", "1.2.4"},
		{"1.2.3", "1.2.4", of(breaking.Docs), "patch", ""},
		{"1.2.3", "1.2.4", of(breaking.Docs, breaking.Compatible), "minor", "1.3.0"},
		{"1.2.3", "1.3.0", of(breaking.Timing), "minor", ""},
		{"1.2.3", "1.9.0", of(breaking.Breaking, breaking.Docs), "major", "2.0.0"},
		{"1.2.3", "2.0.0", of(breaking.Docs, breaking.Breaking), "major", ""},
		{"0.2.3", "0.2.4", of(breaking.Breaking), "major", "0.3.0"},
		{"0.2.3", "0.3.0", of(breaking.Breaking), "major", ""},
		{"1.2.3", "1.1.0", of(breaking.Docs), "patch", "1.2.4"},
		{"1.0.0", "0.9.0", nil, "none", "1.0.0"},
	} {
		a := breaking.Advise(tt.old, tt.now, tt.changes)
		require.Equal(t, tt.needs, a.Needs)
		require.Equal(t, tt.least, a.Least, "%+v", tt)
		_, ok := a.Change()
		require.Equal(t, tt.least != "", ok)
	}
}

// TestAdviceInWords, in all that is printed.
func TestAdviceInWords(t *testing.T) {
	for _, tt := range []struct {
		old, now string
		kinds    []breaking.Kind
		want     string
	}{
		{"1.0.0", "0.9.0", nil, "0.9.0 is before 1.0.0: it must become 1.0.0 or higher; nothing else has changed"},
		{"0.3.0", "0.3.0", []breaking.Kind{breaking.Breaking}, "0.3.0 must become 0.4.0 or higher: the changes break something, which before 1.0.0 needs a minor version after 0.3.0"},
		{"0.3.0", "0.4.0", []breaking.Kind{breaking.Breaking}, "0.4.0 is high enough: the changes break something, which before 1.0.0 needs a minor version after 0.3.0"},
		{"0.3.0", "0.3.0", []breaking.Kind{breaking.Timing}, "0.3.0 must become 0.4.0 or higher: the changes need a minor version after 0.3.0"},
		{"1.3.0", "1.3.0", []breaking.Kind{breaking.Breaking}, "1.3.0 must become 2.0.0 or higher: the changes need a major version after 1.3.0"},
		{"1.3.0", "1.3.0", nil, "nothing has changed"},
		{"1.3.0", "1.4.0", nil, "nothing has changed"},
	} {
		var changes []breaking.Change
		for _, k := range tt.kinds {
			changes = append(changes, breaking.Change{Kind: k, Path: "$"})
		}
		advice := breaking.Advise(tt.old, tt.now, changes)
		require.Equal(t, tt.want, advice.Words())
		version, moved := advice.Change()
		if moved {
			changes = append(changes, version)
		}
		var text, markdown, actions bytes.Buffer
		require.NoError(t, breaking.Text(&text, "unit.yaml", changes, advice))
		require.NoError(t, breaking.Markdown(&markdown, "unit.yaml", changes, advice))
		require.NoError(t, breaking.GitHubActions(&actions, "unit.yaml", changes))
		if tt.want == "nothing has changed" {
			require.Equal(t, "Nothing has changed.\n", text.String())
			require.Contains(t, markdown.String(), "\nNothing has changed.\n")
			require.Empty(t, actions.String())
			continue
		}
		require.Contains(t, text.String(), "Version: "+tt.want+".\n")
		require.Contains(t, markdown.String(), "\nVersion: "+tt.want+".\n")
		require.Equal(t, moved, strings.Contains(actions.String(), "$.version: "+tt.want))
	}
}
