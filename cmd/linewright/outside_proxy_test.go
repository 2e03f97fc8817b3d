package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/lockedfile"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// root is this module's folder.
var root = filepath.Join("..", "..")

// served is the version under which this work tree is served. Its cache is
// thrown away with the test, so it may be the same each time.
var served = module.Version{Path: "github.com/linewright/linewright", Version: "v0.0.1"}

// goProxy serves this work tree as a Go module from a folder, in the layout of
// the Go module protocol, and the modules it needs from this machine's module
// cache. It returns a GOPROXY that reaches no network.
func goProxy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	versions := filepath.Join(dir, filepath.FromSlash(served.Path), "@v")
	require.NoError(t, os.MkdirAll(versions, 0o755))
	write := func(name string, data []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(versions, name), data, 0o644))
	}

	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	write("list", []byte(served.Version+"\n"))
	write(served.Version+".info", fmt.Appendf(nil, `{"Version":%q,"Time":"2026-01-01T00:00:00Z"}`, served.Version))
	write(served.Version+".mod", mod)
	archive, err := os.Create(filepath.Join(versions, served.Version+".zip"))
	require.NoError(t, err)
	require.NoError(t, zip.CreateFromDir(archive, served, root))
	require.NoError(t, archive.Close())

	cache := filepath.Join(goEnv(t, "GOMODCACHE"), "cache", "download")
	return fileURL(dir) + "," + fileURL(cache)
}

// outsider runs go commands as somebody who knows this module only from a
// proxy: with an empty module cache, and without this workspace's settings.
type outsider struct {
	t   *testing.T
	dir string
	env []string
}

func newOutsider(t *testing.T) *outsider {
	t.Helper()
	o := &outsider{t: t, dir: t.TempDir()}
	modules := emptyModuleCache(t)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "GO") && !strings.HasPrefix(variable, "CGO") {
			o.env = append(o.env, variable)
		}
	}
	o.env = append(o.env,
		"GOPROXY="+goProxy(t),
		"GOMODCACHE="+modules,
		"GOCACHE="+goEnv(t, "GOCACHE"),
		"GOENV=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GOWORK=off",
		"GOFLAGS=-modcacherw -trimpath", // so that the cache can be removed
		// The version that is served is another each time: nothing is to be known of
		// it from the last time.
		"GODEBUG=goindex=0",
	)
	return o
}

// emptyModuleCache is a folder for one test at a time. What `go tool` builds is found
// in the build cache only where its path is that of the last time.
func emptyModuleCache(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	require.NoError(t, err)
	dir := filepath.Join(cache, "linewright-outside")
	require.NoError(t, os.MkdirAll(dir, 0o700))
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, "lock")).Lock()
	require.NoError(t, err)
	t.Cleanup(unlock)
	modules := filepath.Join(dir, "mod")
	remove := func() { require.NoError(t, os.RemoveAll(modules)) }
	remove()
	t.Cleanup(remove)
	return modules
}

// write makes a file of the outsider's module.
func (o *outsider) write(name, text string) {
	o.t.Helper()
	path := filepath.Join(o.dir, filepath.FromSlash(name))
	require.NoError(o.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(o.t, os.WriteFile(path, []byte(text), 0o644))
}

// run runs one command line, without a shell, and returns its output.
func (o *outsider) run(line string) string {
	o.t.Helper()
	out, err := o.command(line).CombinedOutput()
	require.NoError(o.t, err, "%s\n%s", line, out)
	return string(out)
}

// command is a command line that is not run yet.
func (o *outsider) command(line string) *exec.Cmd {
	words := strings.Fields(line)
	cmd := exec.CommandContext(o.t.Context(), words[0], words[1:]...)
	cmd.Dir, cmd.Env = o.dir, o.env
	return cmd
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}

// fileURL is the URL of an absolute path.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return "file://" + path
}
