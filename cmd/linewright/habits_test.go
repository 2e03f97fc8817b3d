package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var acmeDocument = filepath.Join(root, "spec", "vendors", "acme.yaml")

// habit is what a command reads, prints and writes: command lines in a folder that
// playground makes. FILE stands for what is read.
type habit struct {
	documents []string // FILE is a document
	versions  []string // FILE is what a document is compared with, or says of that
	captures  []string // FILE is a capture
	secrets   []string // FILE is a certificate, a key or a parameter
	prints    []string // something is printed
	writes    []string // something is written below out
}

// habits are those of all commands; the tests of bad input and output go through
// them, so that no command is forgotten.
var habits = map[string]habit{
	"init": {
		prints: []string{"init out/printed"},
		writes: []string{"init out/new"},
	},
	"generate": {
		documents: []string{"generate -o out/new FILE", "generate --check FILE"},
		prints:    []string{"generate --check -o out/new good.yaml", "generate bad.yaml"},
		writes:    []string{"generate -o out/old good.yaml", "generate -o out/new good.yaml other.yaml"},
	},
	"lint": {
		documents: []string{"lint FILE"},
		prints:    []string{"lint bad.yaml", "lint --format json bad.yaml", "lint --format github-actions bad.yaml", "lint --format sarif good.yaml"},
	},
	"rules": {prints: []string{"rules", "rules gives-up", "rules --format json", "rules --format markdown"}},
	"fmt": {
		documents: []string{"fmt FILE", "fmt -w FILE"},
		prints:    []string{"fmt out/untidy.yaml", "fmt -d out/untidy.yaml", "fmt --check out/untidy.yaml"},
		writes:    []string{"fmt -w out/untidy.yaml out/second.yaml"},
	},
	"explain": {
		documents: []string{"explain FILE"},
		prints:    []string{"explain --clients 1 good.yaml", "explain --clients 1 --format json good.yaml"},
	},
	"docs": {
		documents: []string{"docs -o out/new.html FILE"},
		versions:  []string{"docs --clients 1 --against FILE good.yaml", "docs --clients 1 --against good.yaml --allow FILE good.yaml"},
		prints:    []string{"docs --clients 1 good.yaml"},
		writes:    []string{"docs --clients 1 -o out/new/a.html good.yaml"},
	},
	"breaking": {
		versions: []string{"breaking --against good.yaml FILE", "breaking --against FILE good.yaml", "breaking --against good.yaml --allow FILE good.yaml"},
		prints: []string{
			"breaking --against good.yaml other.yaml", "breaking --against good.yaml --format json other.yaml",
			"breaking --against good.yaml --format github-actions other.yaml", "breaking --against good.yaml --format markdown other.yaml",
		},
	},
	"decode": {
		documents: []string{"decode FILE good.txt"},
		captures:  []string{"decode good.yaml FILE"},
		prints:    []string{"decode good.yaml good.txt", "decode --format json good.yaml good.txt"},
	},
	"dial": {
		documents: []string{"dial FILE unit"},
		secrets:   []string{"dial --ca FILE acme.yaml unit", "dial --param secret=@FILE acme.yaml unit"},
	},
	"serve": {
		documents: []string{"serve FILE"},
		secrets:   []string{"serve --cert FILE --key good.txt acme.yaml", "serve --cert good.txt --key FILE acme.yaml"},
		prints:    []string{"serve --listen 127.0.0.1:0 good.yaml"},
	},
	"schema": {
		prints: []string{"schema"},
		writes: []string{"schema -o out/old.json"},
	},
	"demo":    {prints: []string{"demo"}},
	"version": {prints: []string{"version"}},
	"help":    {prints: []string{"help", "help lint"}},
}

// each gives the command lines of all commands.
func each(lines func(habit) []string) (all []string) {
	for _, h := range habits {
		all = append(all, lines(h)...)
	}
	return all
}

// TestNoCommandIsForgotten: every command has habits, and whatever file its help
// speaks of is in one of them.
func TestNoCommandIsForgotten(t *testing.T) {
	parser, err := newParser(&terminal{out: &bytes.Buffer{}, err: &bytes.Buffer{}})
	require.NoError(t, err)
	require.Len(t, habits, len(parser.Model.Children))
	for _, c := range parser.Model.Children {
		h, known := habits[c.Name]
		if !assert.True(t, known, "%s has no habits", c.Name) {
			continue
		}
		assert.True(t, len(h.prints) > 0 || c.Name == "dial", "%s prints nothing; dial needs a device for that", c.Name)
		read := strings.Join(append(append(append(h.documents, h.versions...), h.captures...), h.secrets...), "\n") + "\n"
		for _, p := range c.Positional {
			if p.Name == "SPEC" || p.Name == "CAPTURE" {
				assert.Contains(t, read, "FILE", "%s reads a %s", c.Name, p.Name)
			}
		}
		for _, f := range c.Flags {
			switch {
			case writing(f):
				assert.NotEmpty(t, h.writes, "%s has --%s", c.Name, f.Name)
			case strings.Contains(f.PlaceHolder+f.Help, "FILE"):
				assert.Regexp(t, `--`+f.Name+` (secret=@)?FILE`, read, "%s has --%s", c.Name, f.Name)
			}
		}
	}
}

// writing reports whether a flag makes a command write files.
func writing(f *kong.Flag) bool { return f.Name == "output" || f.Name == "write" }

// playground is a folder with what the command lines of habits need; the test is in it.
func playground(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	acme, err := os.ReadFile(acmeDocument)
	require.NoError(t, err)
	t.Chdir(dir)
	untidy := strings.ReplaceAll(meter, ": ", ":  ") + strings.Repeat("# it is long\n", 200)
	for name, text := range map[string]string{
		"acme.yaml": string(acme), "good.yaml": meter, "bad.yaml": "linewright: 1\n",
		"other.yaml": strings.ReplaceAll(strings.Replace(meter, "vendor: meter", "vendor: gauge", 1), "1KiB", "2KiB"),
		"good.txt":   "> PING\n< PONG\n", "go.mod": "module example.com/plant\n",
		"out/untidy.yaml": untidy, "out/second.yaml": untidy, "out/old.json": `{"linewright": {}}`, "out/mine": "mine",
		"out/old/client_gen.go": "// Code generated by linewright from old.yaml. DO NOT EDIT.\n\npackage meter\n",
		"out/old/gone_gen.go":   "// Code generated by linewright from old.yaml. DO NOT EDIT.\n\npackage meter\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	return dir
}

// meter is a document about whose delays explain and docs need not think long.
const meter = `linewright: 1
vendor: meter
version: 1.0.0
sources: {manual: Meter manual}
endpoint: {port: 7001, tls: never}
frames: {line: {ends: LF, max: 1KiB}}
liveness: {detect_within: 15s, probe: {send: ping, every: 5s, timeout: 5s}}
replies: {match: kind}
reconnect: {initial: 1h, max: 1h}
messages:
  pong: {receive: "PONG"}
commands:
  ping: {send: "PING", reply: pong, private: true}
`

// does runs a command line in the test's folder.
func does(line string, out, problems *bytes.Buffer) (code int) {
	return run(strings.Fields(line), &terminal{in: strings.NewReader(""), out: &checkedWriter{w: out}, err: problems})
}

// tree is what is in a folder: each file's bytes, and the folders.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range names(t, dir) {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		if all[name] = "folder"; !info.IsDir() {
			data, err := os.ReadFile(filepath.Join(dir, name))
			require.NoError(t, err)
			all[name] = string(data)
		}
	}
	return all
}

// differing are the names of what two trees do not have in common.
func differing(a, b map[string]string) (list []string) {
	for name, text := range a {
		if other, there := b[name]; !there || other != text {
			list = append(list, name)
		}
	}
	for name := range b {
		if _, there := a[name]; !there {
			list = append(list, name)
		}
	}
	return list
}
