package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// badFile is what may be where a file is wanted.
type badFile struct {
	data  string
	large bool   // as many zeros as nobody has memory for
	path  string // instead of one of the test's
	rule  string // of the finding that a document of it gets; empty: it cannot be read
	fails string // why not
	tidy  bool   // fmt need not refuse it
}

var badFiles = map[string]badFile{
	"missing":    {path: "in/missing", fails: "no such file or directory"},
	"folder":     {path: "in", fails: "is a directory, not a (document|capture|file)"},
	"below":      {path: "good.yaml/x", fails: "not a directory"},
	"unreadable": {path: unreadable, fails: "input/output error"},
	"empty":      {rule: "yaml-empty"},
	"binary":     {data: "\x7fELF\x02\x01\x01\x00\xff\xfe\x00\x00", rule: "yaml-control"},
	"not UTF-8":  {data: "linewright: 1\nvendor: \"\xff\"\n", rule: "yaml-utf8"},
	"half a key": {data: meter[:strings.Index(meter, "ersion")], rule: "yaml-syntax"},
	"huge":       {large: true, rule: "yaml-size"},
	"deep":       {data: "a: " + strings.Repeat("[", 100_000), rule: "yaml-depth"},
	"aliases":    {data: bomb(), rule: "yaml-anchor", tidy: true},
}

// unreadable is a file that nobody can read from its beginning, root neither.
const unreadable = "/proc/self/mem"

// bomb is a document of a few lines that would be 9¹⁵ values.
func bomb() string {
	text := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'p'; c++ {
		text += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.Repeat("*"+string(c-1)+", ", 8)+"*"+string(c-1))
	}
	return text
}

// meets runs command lines on bad files; the file itself and out stay as they are.
func meets(t *testing.T, lines []string, check func(t *testing.T, line, path string, bad badFile, code int, out, problems string)) {
	playground(t)
	require.NoError(t, os.Mkdir("in", 0o755))
	require.NotEmpty(t, lines)
	for name, bad := range badFiles {
		path := bad.put(t)
		if path == unreadable && runtime.GOOS != "linux" {
			continue
		}
		before := tree(t, "out")
		was, _ := os.Stat(path)
		for _, line := range lines {
			t.Run(name+": "+line, func(t *testing.T) {
				var out, problems bytes.Buffer
				code := 0
				used := allocated(func() { code = does(strings.ReplaceAll(line, "FILE", path), &out, &problems) })
				require.Less(t, used, uint64(128<<20), "bytes of memory")
				check(t, line, path, bad, code, out.String(), problems.String())
			})
		}
		require.Empty(t, differing(before, tree(t, "out")))
		if is, err := os.Stat(path); err == nil && is.Mode().IsRegular() && path != unreadable && !bad.tidy {
			require.True(t, os.SameFile(was, is))
			require.Equal(t, was.ModTime(), is.ModTime())
		}
	}
}

// put makes a bad file.
func (b badFile) put(t *testing.T) string {
	t.Helper()
	if b.path != "" {
		return b.path
	}
	require.NoError(t, os.WriteFile("in/file", []byte(b.data), 0o644))
	if b.large {
		require.NoError(t, os.Truncate("in/file", 4<<30)) // it has holes: no disk is filled
	}
	return "in/file"
}

// allocated is how much memory something asks for, in all.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// unread is the one line about a file that cannot be read, in the same words by all.
func unread(t *testing.T, path, reason string, code int, out, problems string) {
	t.Helper()
	assert.Equal(t, exitFailure, code)
	assert.Empty(t, out)
	assert.Regexp(t, `^linewright: read `+regexp.QuoteMeta(path)+`: `+reason+`\n$`, problems)
}

// found are findings about a document: the first is at a place of it, and nothing
// else is said.
func found(t *testing.T, path, rule, text string) {
	t.Helper()
	assert.Regexp(t, `^`+regexp.QuoteMeta(path)+`:\d+:\d+: .* \[`+rule+`\]\n`, text)
	assert.NotRegexp(t, "(?m)^linewright: ", text)
}

func TestBadDocuments(t *testing.T) {
	meets(t, each(func(h habit) []string { return h.documents }), func(t *testing.T, line, path string, bad badFile, code int, out, problems string) {
		answer, other := problems, out
		if strings.HasPrefix(line, "lint") || strings.HasPrefix(line, "generate") {
			answer, other = out, problems // it is what was asked for
		}
		switch {
		case bad.fails != "":
			unread(t, path, bad.fails, code, out, problems)
		case bad.tidy && strings.HasPrefix(line, "fmt"):
			assert.Empty(t, problems)
			assert.NotEqual(t, exitFailure, code)
		default:
			assert.Equal(t, exitFindings, code)
			found(t, path, bad.rule, answer)
			assert.Empty(t, other)
		}
	})
}

// To compare with what cannot be read is no answer.
func TestBadVersions(t *testing.T) {
	meets(t, each(func(h habit) []string { return h.versions }), func(t *testing.T, _, path string, bad badFile, code int, out, problems string) {
		if bad.fails != "" {
			unread(t, path, bad.fails, code, out, problems)
			return
		}
		assert.Equal(t, exitFailure, code)
		found(t, path, bad.rule, problems)
		assert.Empty(t, out)
	})
}

func TestBadCapturesAndSecrets(t *testing.T) {
	captures := each(func(h habit) []string { return h.captures })
	secrets := each(func(h habit) []string { return h.secrets })
	meets(t, append(captures, secrets...), func(t *testing.T, line, path string, bad badFile, code int, out, problems string) {
		switch {
		case bad.fails != "":
			unread(t, path, bad.fails, code, out, problems)
		case strings.HasPrefix(line, "decode"):
			unread(t, path, `(it is neither packets nor text|no line has a mark of its direction|it is empty).*`, code, out, problems)
		case bad.large:
			unread(t, path, "more than 4 MiB", code, out, problems)
		case strings.Contains(line, "@"):
			assert.Equal(t, exitFailure, code) // what else is missing is said
		default:
			assert.Equal(t, exitFailure, code)
			assert.Regexp(t, `^linewright: .*`+path+`.* no certificate.*\n$`, problems)
		}
	})
}

// A capture that ends in the middle of something: what came before is shown, and then
// where it ends.
func TestHalfCaptures(t *testing.T) {
	playground(t)
	head := "\xd4\xc3\xb2\xa1\x02\x00\x04\x00" + strings.Repeat("\x00", 8) + "\xff\xff\x00\x00\x01\x00\x00\x00"
	packet := "\x01\x00\x00\x00\x00\x00\x00\x00\x20\x00\x00\x00\x20\x00\x00\x00" + strings.Repeat("\x00", 32)
	for _, c := range []struct{ data, shown, fails string }{
		{head[:10], "", "it is no capture of packets: unexpected EOF"},
		{head + packet + packet[:10], "", "packet 2: the capture ends within it"},
		{head + packet + packet[:30], "", "packet 2: the capture ends within it"},
		{"> 50 49 4e 47 0a\n< 50 4f 4e 47 0a\n> 50 49 4", " 1 > ping", "line 3: is no row of hex digits"},
		{"> 50 49 4e 47 0a\n< 50 4f 4e 47 0a\n>", " 1 > ping", ""},
		{"> PING\n< PONG\n> PIN", " 1 > ?? ", ""},
		{"[ 0.1] A >> \"PING\\n\"\n[ 0.2] A << \"PO", "     0.100  1 > ping", "line 2: .*"},
	} {
		require.NoError(t, os.WriteFile("capture", []byte(c.data), 0o644))
		var out, problems bytes.Buffer
		code := does("decode good.yaml capture", &out, &problems)
		assert.Contains(t, out.String(), c.shown, "%q", c.data)
		if c.fails != "" {
			assert.Equal(t, exitFailure, code, "%q", c.data)
			assert.Regexp(t, `^linewright: read capture: `+c.fails+`\n$`, problems.String())
		}
	}
}

// What is not there is answered with what is near.
func TestUnknownFlagsAndCommands(t *testing.T) {
	parser, err := newParser(&terminal{out: &bytes.Buffer{}, err: &bytes.Buffer{}})
	require.NoError(t, err)
	for _, c := range parser.Model.Children {
		meant(t, doubled(c.Name), `unexpected argument `+doubled(c.Name)+`, did you mean .*"`+c.Name+`".*\?`)
		meant(t, "help "+doubled(c.Name), `unexpected argument `+doubled(c.Name)+`, did you mean .*"`+c.Name+`".*\?`)
		meant(t, c.Name+" --nonsense", `unknown flag --nonsense`)
		for _, f := range c.Flags {
			meant(t, c.Name+" --"+doubled(f.Name), `unknown flag --`+doubled(f.Name)+`, did you mean .*"--`+f.Name+`".*\?`)
			if !f.IsBool() {
				meant(t, c.Name+" --"+f.Name, `--`+f.Name+`: .*`)
			}
		}
	}
	meant(t, "nonsense", "unexpected argument nonsense")
	meant(t, "rules gives-op", `there is no rule gives-op: did you mean gives-up\?`)
}

// doubled is a name as a quick finger types it.
func doubled(name string) string { return name[:1] + name[:1] + name[1:] }

// meant is what a command line that makes no sense is told.
func meant(t *testing.T, line, what string) {
	t.Helper()
	refused(t, strings.Fields(line), what)
}

func refused(t *testing.T, args []string, what string) {
	t.Helper()
	var out, problems bytes.Buffer
	code := run(args, &terminal{in: strings.NewReader(meter), out: &out, err: &problems})
	assert.Equal(t, exitFailure, code, "%q", args)
	assert.Empty(t, out.String(), "%q", args)
	assert.Regexp(t, `^linewright: `+what+`\nTry "linewright --help".\n$`, problems.String(), "%q", args)
}

// A variable that is not set is not nothing to compare with.
func TestEmptyValues(t *testing.T) {
	playground(t)
	refused(t, []string{"lint", ""}, "SPEC is given, but empty")
	refused(t, []string{"lint", "good.yaml", ""}, "SPEC is given, but empty")
	refused(t, []string{"docs", "--against", "", "good.yaml"}, "--against is given, but empty")
	refused(t, []string{"docs", "--against=", "good.yaml"}, "--against is given, but empty")
	refused(t, []string{"breaking", "--against", "good.yaml", "--allow", "", "good.yaml"}, "--allow is given, but empty")
	refused(t, []string{"init", ""}, "DIR is given, but empty")
}

// A name is shown on one line, and moves no cursor.
func TestNamesThatAreNoText(t *testing.T) {
	var out, problems bytes.Buffer
	for _, name := range []string{"a\x1b[31m\nb.yaml", "\xff.yaml"} {
		problems.Reset()
		code := run([]string{"lint", name}, &terminal{out: &out, err: &problems})
		assert.Equal(t, exitFailure, code)
		assert.Regexp(t, `^linewright: read [ -~]+: no such file or directory\n$`, problems.String())
		refused(t, []string{"init", "new", "--" + name}, `unknown flag [ -~]+(\n[ -~]+)?`)

		file := filepath.Join(t.TempDir(), name)
		if os.WriteFile(file, []byte(meter), 0o644) == nil { // some file systems want text
			problems.Reset()
			assert.Equal(t, exitOK, run([]string{"lint", file}, &terminal{out: &out, err: &problems}), problems.String())
		}
	}
}

// Standard input is a document like any other, once.
func TestStandardInput(t *testing.T) {
	playground(t)
	for _, line := range append(each(func(h habit) []string { return h.documents }), each(func(h habit) []string { return h.versions })...) {
		if strings.HasPrefix(line, "dial") || strings.HasPrefix(line, "serve") || strings.HasPrefix(line, "fmt -w") || line == "generate --check FILE" {
			continue // dial's is for commands; serve goes on; the others need a place
		}
		t.Run(line, func(t *testing.T) {
			var out, problems bytes.Buffer
			o := &terminal{in: strings.NewReader("a: ["), out: &out, err: &problems}
			code := run(strings.Fields(strings.ReplaceAll(line, "FILE", "-")), o)
			assert.NotEqual(t, exitOK, code)
			assert.Regexp(t, `(?m)^<stdin>:1:`, out.String()+problems.String())
		})
	}
	for _, line := range []string{"breaking --against - -", "breaking --against good.yaml --allow - -", "docs --against - -", "generate -o out -- - -"} {
		refused(t, strings.Fields(line), "standard input can be read only once")
	}
}

// What standard input is counts, too.
func TestStandardInputIsAFolder(t *testing.T) {
	folder, err := os.Open(t.TempDir())
	require.NoError(t, err)
	defer folder.Close()
	for _, line := range []string{"lint -", "fmt -", "generate -o out -", "explain -", "docs -", "breaking --against - x", "serve -", "decode " + acmeDocument} {
		if line == "breaking --against - x" {
			line = "breaking --against - " + acmeDocument
		}
		var out, problems bytes.Buffer
		code := run(strings.Fields(line), &terminal{in: folder, out: &out, err: &problems})
		assert.Equal(t, exitFailure, code, line)
		assert.Equal(t, "linewright: read standard input: is a directory\n", problems.String(), line)
		assert.Empty(t, out.String(), line)
	}
}
