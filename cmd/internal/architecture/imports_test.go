package architecture

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// layer is a row of the table: a folder (and those below it that have no row
// of their own), and what its non-test files may import.
type layer struct {
	folder  string // or a pattern of path.Match
	ours    string // folders of this module; "x/..." includes those below; "..": the folder above; "*": all rows above
	modules string // other modules' import path prefixes
}

// layers reads from the bottom up. A row names only rows above it, so there is
// no circle between layers.
var layers = []layer{
	{"runtime/wire", "", ""},
	{"runtime/backoff", "", ""},
	{"runtime/expr", "", ""},
	{"runtime/session", "runtime/wire runtime/backoff", ""},
	{"runtime/internal", "runtime/wire runtime/backoff runtime/session", "golang.org/x/sys/"},
	{"runtime", "runtime/wire runtime/backoff runtime/session runtime/internal/...", "golang.org/x/sys/"},
	{"runtime/device", "runtime runtime/wire runtime/session runtime/internal/...", ""},
	{"runtime/simulate", "runtime/wire runtime/backoff runtime/session runtime/device runtime/internal/...", ""},
	{"runtime/simulate/check", "runtime/session", ""},
	{"runtime/simulate/storm", "runtime runtime/session runtime/device runtime/simulate/... runtime/internal/...", ""},

	{"spec/model", "", ""},
	{"spec/language", "", ""},
	{"spec/schema", "spec/language", ""},
	{"spec/internal/report", "spec/model", ""},
	{"spec/internal/document", "spec/model spec/internal/report", "github.com/goccy/go-yaml"},
	{"spec/internal/template", "spec/model spec/internal/report spec/internal/document runtime/wire", ""},
	{"spec/internal/codec", "spec/model runtime/wire", ""},
	{"spec/internal/marks", "spec/model runtime/wire", ""},
	{"spec/internal/quantity", "", ""},
	{"spec/internal", "spec/model spec/internal/... runtime/wire", ""},
	{"spec/internal/samples", "spec/internal/document spec/internal/report", "golang.org/x/tools/txtar"},
	{"spec", "spec/model spec/language spec/internal/... runtime/wire", ""},
	{"spec/format", "spec/language spec/internal/report spec/internal/document spec/internal/quantity", ""},
	{"spec/answer", "spec/model", ""},
	{"spec/plan", "spec/model spec/internal/codec spec/internal/marks runtime/session runtime/wire", ""},
	{"spec/dynamic", "spec/model spec/answer spec/plan spec/internal/codec runtime runtime/device runtime/expr runtime/session runtime/wire", ""},
	{"spec/dynamic/dynamictest", "spec spec/model spec/internal/... spec/plan spec/dynamic runtime/...", "github.com/stretchr/testify"},
	{"spec/explain", "spec/model spec/internal/... runtime/backoff runtime/session runtime/wire", ""},
	{"spec/lint", "spec spec/model spec/internal/... spec/explain", ""},
	{"spec/breaking", "spec/model spec/internal/... spec/explain runtime/wire", ""},
	{"spec/page/internal/browser", "", "github.com/chromedp/ github.com/stretchr/testify/"},
	{"spec/page/box", "spec/model spec/plan spec/internal/codec runtime/wire", "github.com/tdewolff/minify/v2"},
	{"spec/page", "spec/model spec/internal/... spec/explain spec/breaking spec/language spec/page/box runtime/wire", ""},
	{"spec/decode", "spec/model spec/dynamic spec/internal/codec runtime/session runtime/wire", ""},
	{"spec/vendors", "", ""},

	{"generator/internal/emit", "", "github.com/dave/jennifer/jen"},
	{"generator", "spec/model spec/answer spec/plan runtime/session runtime/wire generator/internal/...", "github.com/rogpeppe/go-internal/diff"},

	{"generated/internal", "runtime/...", "golang.org/x/sys/"},
	{"generated", "runtime runtime/expr runtime/session runtime/wire generated/internal/...", ""},
	{"generated/*/*test", ".. runtime/device runtime/wire", ""},
	{"generated/internal/storms", "runtime/... generated/...", ""},
	{"cmd/internal/printable", "", ""},
	{"cmd/internal/lines", "", ""},
	{"cmd/internal/fault", "runtime/device", ""},
	{"cmd/internal/entry", "spec/model spec/dynamic runtime/wire", ""},
	{"cmd/internal/serve", "spec/model spec/dynamic runtime/device cmd/internal/printable cmd/internal/lines cmd/internal/fault cmd/internal/entry", ""},
	{
		"cmd/internal/dial", "spec/model spec/dynamic runtime cmd/internal/printable cmd/internal/lines cmd/internal/entry",
		"charm.land/bubbletea/v2 github.com/charmbracelet/x/ansi",
	},
	{"cmd/internal/scaffold", "", ""},
	{"cmd/internal/capture", "spec/decode", "github.com/gopacket/gopacket"},
	{"cmd/internal/soak/ledger", "", ""},
	{"cmd/internal/soak/chart", "", ""},
	{"cmd", "*", "github.com/alecthomas/kong github.com/rogpeppe/go-internal/diff github.com/charmbracelet/x/term golang.org/x/mod/modfile golang.org/x/mod/module"},
}

func TestImportsPointDownward(t *testing.T) {
	for _, f := range goFiles(t) {
		row, ok := layerOf(f.folder)
		if !assert.True(t, ok, "%s: folder %s has no row in the table of layers", f.path, f.folder) || f.test {
			continue
		}
		for _, path := range f.imports() {
			assert.True(t, row.allows(f.folder, path), "%s imports %s", f.path, path)
		}
	}
}

// Tests import what they like of this module; of others, these.
func TestTestsImportFewModules(t *testing.T) {
	allowed := []string{
		"github.com/stretchr/testify/", "github.com/goccy/go-yaml", "github.com/chromedp/", "go.uber.org/goleak", "github.com/rogpeppe/go-internal/",
		"golang.org/x/mod/", "golang.org/x/net/", "golang.org/x/tools/", "golang.org/x/sys/", "github.com/santhosh-tekuri/jsonschema/v6",
	}
	for _, f := range goFiles(t) {
		row, _ := layerOf(f.folder)
		for _, path := range f.imports() {
			if !f.test || isStandard(path) || isOurs(path) || row.allowsModule(path) {
				continue
			}
			assert.True(t, hasPrefixOf(path, allowed), "%s imports %s", f.path, path)
		}
	}
}

func TestTheTableHasNoCircle(t *testing.T) {
	for i, row := range layers {
		for _, name := range strings.Fields(row.ours) {
			folder, deep := strings.CutSuffix(name, "/...")
			known := name == "*" || name == ".." || slices.ContainsFunc(layers[:i], func(above layer) bool {
				return above.folder == folder || deep && within(above.folder, folder)
			})
			assert.True(t, known, "%s names %s, which has no row above it", row.folder, name)
		}
	}
}

func TestTheTableRefuses(t *testing.T) {
	for _, c := range []struct {
		folder, path string
		allowed      bool
	}{
		{"runtime/wire", "bytes", true},
		{"runtime/wire", module + "/runtime/session", false},
		{"runtime/session", module + "/runtime/wire", true},
		{"runtime", module + "/spec/model", false},
		{"runtime", "github.com/goccy/go-yaml", false},
		{"runtime", "golang.org/x/sys/unix", true},
		{"spec/internal/document", "github.com/goccy/go-yaml/ast", true},
		{"spec", "github.com/goccy/go-yaml", false},
		{"generator", "github.com/dave/jennifer/jen", false},
		{"generator", module + "/runtime", false},
		{"generated/acme", module + "/runtime", true},
		{"generated/acme", module + "/runtime/device", false},
		{"generated/acme", module + "/generated/acme/acmetest", false},
		{"generated/acme/acmetest", module + "/generated/acme", true},
		{"generated/acme/acmetest", module + "/generated/nats", false},
		{"generated/acme/acmetest", module + "/runtime/device", true},
		{"generated/acme/acmetest", module + "/runtime/simulate", false},
		{"generated/acme", module + "/spec", false},
		{"cmd/linewright", module + "/generator", true},
		{"cmd/linewright", "golang.org/x/mod/modfile", true},
		{"cmd/linewright", "golang.org/x/mod/zip", false},
		{"cmd/linewright", "github.com/dave/jennifer/jen", false},
		{"cmd/linewright", "charm.land/bubbletea/v2", false},
		{"cmd/internal/fault", module + "/spec/dynamic", false},
		{"spec/decode", "github.com/gopacket/gopacket", false},
		{"cmd/internal/capture", "github.com/gopacket/gopacket/layers", true},
	} {
		row, ok := layerOf(c.folder)
		require.True(t, ok, c.folder)
		assert.Equal(t, c.allowed, row.allows(c.folder, c.path), "%s imports %s", c.folder, c.path)
	}
}

// What a user of a generated client compiles: the standard library, this
// module's runtime, and golang.org/x/sys.
func TestGeneratedCodeIsLight(t *testing.T) {
	allowed := []string{module + "/runtime", module + "/generated", "golang.org/x/sys/"}
	for _, path := range dependencies(t, "./runtime/...", "./generated/...") {
		assert.True(t, hasPrefixOf(path, allowed), "the runtime or generated code depends on %s", path)
	}
}

// A client does not bring a fake device along; its fake does.
func TestClientsHaveNoFake(t *testing.T) {
	fakes, err := filepath.Glob(filepath.Join(root, "generated", "*", "*test"))
	require.NoError(t, err)
	require.NotEmpty(t, fakes)
	for _, fake := range fakes {
		vendor := "./generated/" + filepath.Base(filepath.Dir(fake))
		assert.NotContains(t, dependencies(t, vendor), module+"/runtime/device", "%s", vendor)
		assert.Contains(t, dependencies(t, vendor+"/"+filepath.Base(fake)), module+"/runtime/device", "%s", fake)
	}
}

// dependencies are what packages depend on, themselves and each other, but for
// the standard library.
func dependencies(t *testing.T, packages ...string) []string {
	t.Helper()
	command := exec.Command("go", append([]string{"list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}"}, packages...)...)
	command.Dir = root
	command.Stderr = os.Stderr
	out, err := command.Output()
	require.NoError(t, err)
	list := strings.Fields(string(out))
	require.NotEmpty(t, list)
	return list
}

// layerOf finds the row with the longest folder that holds folder.
func layerOf(folder string) (best layer, ok bool) {
	for _, row := range layers {
		match, _ := path.Match(row.folder, folder)
		if (match || within(folder, row.folder)) && (!ok || len(row.folder) > len(best.folder)) {
			best, ok = row, true
		}
	}
	return best, ok
}

func (l layer) allows(folder, path string) bool {
	switch {
	case isStandard(path):
		return true
	case !isOurs(path):
		return l.allowsModule(path)
	case l.ours == "*":
		return true
	}
	path = strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	if path == folder {
		return true // an example or a command beside its package
	}
	for _, name := range strings.Fields(l.ours) {
		if name == ".." {
			name = folder[:strings.LastIndexByte(folder, '/')]
		}
		if path == name || within(path, strings.TrimSuffix(name, "/...")) && strings.HasSuffix(name, "/...") {
			return true
		}
	}
	return false
}

func (l layer) allowsModule(path string) bool {
	return hasPrefixOf(path, strings.Fields(l.modules))
}

func hasPrefixOf(path string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool {
		return strings.HasPrefix(path+"/", strings.TrimSuffix(prefix, "/")+"/")
	})
}

func within(folder, parent string) bool {
	return folder == parent || strings.HasPrefix(folder, parent+"/")
}

func isOurs(path string) bool { return within(path, module) }

// isStandard: import paths of the standard library have no dot in their first
// element.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
