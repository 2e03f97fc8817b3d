package architecture

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// threat is a row of a table of the threat model.
type threat struct{ does, stops, shown string }

// threatModel reads the tables whose columns are the threats'.
func threatModel(t *testing.T) []threat {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, ".github", "SECURITY.md"))
	require.NoError(t, err)
	var rows []threat
	in := false
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		switch {
		case !strings.HasPrefix(line, "|"):
			in = false
		case strings.HasPrefix(line, "| an attacker | is stopped by | shown by |"):
			in = true
		case in && !strings.HasPrefix(line, "|---"):
			require.Len(t, cells, 3, "%s", line)
			rows = append(rows, threat{cells[0], cells[1], cells[2]})
		}
	}
	return rows
}

var (
	quoted   = regexp.MustCompile("`([^`]+)`")
	testName = regexp.MustCompile(`^(Test|Fuzz)[A-Z]\w*$`)
	fileName = regexp.MustCompile(`^[\w./]+\.go$`)
)

// TestTheThreatModelIsTested: each threat names files that are there and tests
// that exist, and nothing else stands where a test should.
func TestTheThreatModelIsTested(t *testing.T) {
	tests := testFunctions(t)
	rows := threatModel(t)
	require.Greater(t, len(rows), 30, "the tables were not found")
	for _, row := range rows {
		named := quoted.FindAllStringSubmatch(row.shown, -1)
		assert.NotEmpty(t, named, "no test shows it: %s", row.does)
		for _, name := range named {
			assert.Regexp(t, testName, name[1], "%s", row.does)
			assert.True(t, tests[name[1]], "there is no %s, which shows: %s", name[1], row.does)
		}
		assert.Empty(t, strings.TrimSpace(quoted.ReplaceAllString(row.shown, "")), "%s", row.does)
		for _, name := range quoted.FindAllStringSubmatch(row.stops, -1) {
			if fileName.MatchString(name[1]) {
				assert.FileExists(t, filepath.Join(root, filepath.FromSlash(name[1])), "%s", row.does)
			}
		}
	}
}

// testFunctions are the names of all tests and fuzz targets.
func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, f := range goFiles(t) {
		if !f.test {
			continue
		}
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && testName.MatchString(fn.Name.Name) {
				names[fn.Name.Name] = true
			}
		}
	}
	return names
}
