package architecture

import (
	"go/ast"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// maxLines bounds a file that people read: beyond it, it has two concerns.
const maxLines = 400

func TestTopLevelEntries(t *testing.T) {
	allowed := strings.Fields("go.mod go.sum Makefile README.md LICENSE spec generator runtime generated cmd benchmarks")
	ignored := []string{"bin"} // what .gitignore names
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") || slices.Contains(ignored, name) {
			continue
		}
		assert.Contains(t, allowed, name, "unexpected entry at the top level")
	}
}

func TestEveryPackageHasADoc(t *testing.T) {
	docs := map[string]string{}
	for _, f := range goFiles(t) {
		if f.test {
			continue
		}
		docs[f.folder] += f.syntax.Doc.Text()
	}
	for folder, doc := range docs {
		assert.Greater(t, len(doc), 80, "package %s has no doc comment worth reading", folder)
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, f := range goFiles(t) {
		if !f.generated {
			assert.LessOrEqual(t, f.lines, maxLines, "%s has two concerns", f.path)
		}
	}
}

// A sleep in a test is a race with the machine's load; in virtual time it is
// exact. Elsewhere it cannot be interrupted.
func TestNobodySleeps(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test && slices.Contains(f.imports(), "testing/synctest") {
			continue
		}
		for _, place := range f.uses("time", "Sleep") {
			t.Errorf("%s: time.Sleep", place)
		}
	}
}

// passive are the packages that own no clock, goroutine or connection: time
// and randomness come in as parameters.
var passive = []string{
	"runtime/wire", "runtime/backoff", "runtime/session", "spec/model", "spec/format", "spec/decode", "generator",
	"cmd/internal/fault", "cmd/internal/entry", "cmd/internal/printable", "cmd/internal/soak/ledger", "cmd/internal/soak/chart",
}

// filesOf are the files of the generator that compare and write files.
var filesOf = []string{"generator/output.go", "generator/orphans.go", "generator/stage.go"}

func TestPassivePackagesArePassive(t *testing.T) {
	clock := []string{"Now", "Since", "Until", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"}
	for _, f := range goFiles(t) {
		isPassive := slices.ContainsFunc(passive, func(folder string) bool { return within(f.folder, folder) })
		if f.test || !isPassive || slices.Contains(filesOf, f.path) {
			continue
		}
		for _, place := range f.uses("time", clock...) {
			t.Errorf("%s: reads the clock", place)
		}
		for _, place := range f.uses("os", "Open", "Create", "WriteFile", "ReadFile", "OpenFile", "Rename", "Remove") {
			t.Errorf("%s: touches files", place)
		}
		for _, path := range f.imports() {
			assert.NotContains(t, []string{"net", "crypto/tls", "math/rand"}, path, "%s imports %s", f.path, path)
		}
		ast.Inspect(f.syntax, func(node ast.Node) bool {
			if _, ok := node.(*ast.GoStmt); ok {
				t.Errorf("%s: starts a goroutine", f.set.Position(node.Pos()))
			}
			return true
		})
	}
}
