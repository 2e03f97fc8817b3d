package architecture

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Packages that `make test` keeps from the race detector start no goroutine, and lock
// nothing for others'. What is for tests may: it imports testing.
func TestAloneMeansOneGoroutine(t *testing.T) {
	rows := alone(t)
	seen := map[string]bool{}
	for _, f := range goFiles(t) {
		i := slices.IndexFunc(rows, func(row string) bool {
			folder, deep := strings.CutSuffix(row, "/...")
			return f.folder == folder || deep && within(f.folder, folder)
		})
		if i < 0 {
			continue
		}
		seen[rows[i]] = true
		imports := f.imports()
		if f.test || slices.Contains(imports, "testing") {
			continue
		}
		assert.Empty(t, f.uses("sync", "WaitGroup", "Mutex", "RWMutex"))
		assert.NotContains(t, imports, "golang.org/x/sync/errgroup", f.path)
		ast.Inspect(f.syntax, func(node ast.Node) bool {
			if _, starts := node.(*ast.GoStmt); starts {
				t.Errorf("%s starts a goroutine: take its package out of ALONE in the Makefile", f.path)
			}
			return true
		})
	}
	for _, row := range rows {
		assert.True(t, seen[row], "ALONE in the Makefile: there is no %s", row)
	}
}

// alone are the folders of ALONE in the Makefile.
func alone(t *testing.T) (folders []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "Makefile"))
	require.NoError(t, err)
	list := regexp.MustCompile(`(?m)^ALONE = ([^\\\n]*(?:\\\n[^\\\n]*)*)$`).FindSubmatch(text)
	require.NotNil(t, list)
	for _, word := range strings.Fields(strings.ReplaceAll(string(list[1]), "\\\n", " ")) {
		folders = append(folders, strings.TrimPrefix(word, "./"))
	}
	require.Greater(t, len(folders), 5)
	return folders
}
