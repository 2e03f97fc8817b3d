package generator_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/model"
)

var update = flag.Bool("update", false, "write what is generated into testdata")

// golden is one construct: a spec, and the files that it must become. Files of
// the package that the archive does not name are generated and compiled too,
// but not compared; tests that it has are run.
type golden struct {
	name     string
	path     string
	archive  *txtar.Archive
	protocol *model.Protocol
	files    []generator.File
}

func goldens(t *testing.T) []*golden {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	var list []*golden
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		g := &golden{name: strings.TrimSuffix(filepath.Base(path), ".txtar"), path: path, archive: archive}
		require.Equal(t, "spec.yaml", archive.Files[0].Name, path)
		g.protocol = load(t, path, archive.Files[0].Data)
		files, problems := generator.Generate(g.protocol, generator.Options{Source: g.name + ".yaml", ImportPath: "example.com/outside/" + g.name})
		require.Empty(t, problems, path)
		g.files = files
		list = append(list, g)
	}
	return list
}

func load(t *testing.T, name string, data []byte) *model.Protocol {
	t.Helper()
	p, findings := spec.Load(name, data)
	require.Empty(t, findings, name)
	return p
}

func TestGolden(t *testing.T) {
	for _, g := range goldens(t) {
		t.Run(g.name, func(t *testing.T) {
			for i := range g.archive.Files[1:] {
				want := &g.archive.Files[1+i]
				if isTest(want.Name) {
					continue
				}
				got := g.file(t, want.Name)
				if *update {
					want.Data = got
					continue
				}
				require.Equal(t, string(want.Data), string(got), "%s: run the test with -update, and read what changes", want.Name)
			}
			if *update {
				require.NoError(t, os.WriteFile(g.path, txtar.Format(g.archive), 0o600))
			}
		})
	}
}

func (g *golden) file(t *testing.T, name string) []byte {
	for _, f := range g.files {
		if f.Name == name {
			return f.Data
		}
	}
	require.Failf(t, "not generated", "%s of %s", name, g.path)
	return nil
}

// TestGoldenRuns compiles, vets and runs what the goldens become, in a module
// of their own beside this one, each with a test that feeds it the spec's
// examples, and one that dials its fake, beside those that it brings along.
func TestGoldenRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles packages")
	}
	dir := outside(t)
	list := goldens(t)
	for _, g := range list {
		files := append(
			g.files,
			generator.File{Name: "examples_test.go", Data: g.examples()},
			generator.File{Name: g.protocol.Name + "test/ready_test.go", Data: g.ready()},
		)
		for _, f := range g.archive.Files {
			if isTest(f.Name) {
				files = append(files, generator.File{Name: f.Name, Data: f.Data})
			}
		}
		for _, f := range files {
			write(t, filepath.Join(dir, g.name, filepath.FromSlash(f.Name)), f.Data)
		}
	}
	out := goCommand(t, dir, "test", "-vet=all", "-ldflags=-s -w", "./...")
	require.Equal(t, 2*len(list), strings.Count("\n"+out, "\nok "), out)
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.go") }

// outside makes a module that uses this one from where it is, without network.
func outside(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	require.NoError(t, err)
	write(t, filepath.Join(dir, "go.sum"), sums)
	write(t, filepath.Join(dir, "go.mod"), fmt.Appendf(nil, `module example.com/outside

go 1.26.0

require github.com/linewright/linewright v0.0.0

replace github.com/linewright/linewright => %s
`, root))
	return dir
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o700))
	require.NoError(t, os.WriteFile(name, data, 0o600))
}

// goCommand runs the go command in dir, and gives what it prints.
func goCommand(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, err := runGo(t, dir, args...)
	require.NoErrorf(t, err, "go %s\n%s", strings.Join(args, " "), out)
	return out
}

func runGo(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod -trimpath", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// examples is a test of the generated package: good examples are read and
// written back as they were, bad ones are refused.
func (g *golden) examples() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `package %s

import "testing"

type frame interface {
	ParseFrame(frame []byte) error
	AppendFrame(dst []byte) ([]byte, error)
}

func TestExamples(t *testing.T) {
	for _, tt := range []struct {
		message int
		m       frame
		wire    string
		bad     bool
	}{
`, g.protocol.Name)
	for i, m := range g.protocol.Messages {
		for _, e := range m.Examples {
			fmt.Fprintf(&b, "\t\t{%d, new(%s), %q, %t},\n", i, goName(m), e.Wire, e.Bad != "")
		}
	}
	b.WriteString(`	} {
		// Twice, as events are read into the same struct again.
		for range 2 {
			framing := framing.Of(Plan().Messages[tt.message].Shape.Frame)
			err := framing.Valid([]byte(tt.wire)) // its length and checksum
			if invalid := err != nil; invalid && tt.bad {
				continue
			}
			err = tt.m.ParseFrame([]byte(tt.wire))
			if bad := err != nil; bad != tt.bad {
				t.Fatalf("%q: %v", tt.wire, err)
			}
			if check := Plan().Messages[tt.message].Shape.Check; check != nil && (check([]byte(tt.wire)) != nil) != tt.bad {
				t.Fatalf("%q: the plan's check differs", tt.wire)
			}
			if tt.bad {
				continue
			}
			again, err := tt.m.AppendFrame(nil)
			want := string(framing.Wrap(nil, []byte(tt.wire)))
			if Plan().Messages[tt.message].Shape.Prompt {
				want = tt.wire
			}
			if err != nil || string(again) != want {
				t.Fatalf("%q is written back as %q, %v", want, again, err)
			}
		}
	}
}
`)
	return b.Bytes()
}

// ready is a test of the fake: a client becomes READY without a handler, and
// stays so; the examples of commands are answered, but for those that cannot be.
func (g *golden) ready() []byte {
	var b bytes.Buffer
	params, examples, rests := "", "", "StateReady"
	if g.protocol.Endpoint.PerCommand {
		rests = "StateIdle"
	}
	if len(g.protocol.Params) > 0 {
		params = "client.Params{"
		for _, f := range g.protocol.Params {
			if value := paramValue(f); value != "" {
				params += fmt.Sprintf("%s: %s, ", goName(&model.Message{Named: f.Named}), value)
			}
		}
		params += "}, "
	}
	for _, c := range g.protocol.Commands {
		for _, e := range c.Examples {
			if e.Bad == "" && len(c.Replies) > 0 {
				examples += fmt.Sprintf("\t\t%q: %q,\n", e.Wire, c.Name)
			}
		}
	}
	fmt.Fprintf(&b, `package %[1]stest

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	client "example.com/outside/%[2]s"
	"github.com/linewright/linewright/runtime/device"
)

func TestReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := New()
		defer d.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		c, err := d.Dial(ctx, %[3]sclient.WithFailFast())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		<-time.After(5 * time.Minute)
		if c.State() != client.%[5]s || c.Stats().Links != 1 {
			t.Fatal(c.State(), c.Stats(), d.History())
		}
	})
}

func TestAnswers(t *testing.T) {
	for frame, command := range map[string]string{
%[4]s	} {
		synctest.Test(t, func(t *testing.T) {
			d := New(device.WithTLS(nil))
			defer d.Close()
			conn, err := d.Dialer()(t.Context(), "tcp", "fake:1")
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			framing := client.Plan().Framing
			if _, err := conn.Write(framing.Wrap(nil, []byte(frame))); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			h := d.History()
			if len(h.Of(device.Received)) != 1 || len(h.Commands(command)) != 1 || len(h.Of(device.Replied)) != 1 {
				t.Fatal(command, h)
			}
		})
	}
}
`, g.protocol.Name, g.name, params, examples, rests)
	return b.Bytes()
}

// paramValue is a value of a parameter that has to be given.
func paramValue(f *model.Field) string {
	switch {
	case f.Optional || f.HasDefault:
		return ""
	case f.Type.Kind == model.Bytes:
		return `[]byte("x")`
	case f.Type.Kind == model.Word || f.Type.Kind == model.Text:
		return `"x"`
	}
	return ""
}

// goName is the type of a message with an ordinary name.
func goName(m *model.Message) string {
	if m.GoName != "" {
		return m.GoName
	}
	var b strings.Builder
	for word := range strings.SplitSeq(m.Name, "_") {
		if word == "ok" {
			word = "OK"
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}
