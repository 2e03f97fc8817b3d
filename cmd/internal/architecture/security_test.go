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
	testName = regexp.MustCompile(`^(?:([\w/]+)\.)?((?:Test|Fuzz)[A-Z]\w*)(?:/(\w+))?$`)
	fileName = regexp.MustCompile(`^[\w./]+\.go$`)
)

// TestTheThreatModelIsTested: each threat names files that are there and tests
// that exist, and nothing else stands where a test should. A test whose name is
// that of several is named with its package, as in runtime/wire.TestKeys.
func TestTheThreatModelIsTested(t *testing.T) {
	tests := testFunctions(t)
	rows := threatModel(t)
	require.Greater(t, len(rows), 30, "the tables were not found")
	for _, row := range rows {
		named := quoted.FindAllStringSubmatch(row.shown, -1)
		assert.NotEmpty(t, named, "no test shows it: %s", row.does)
		for _, name := range named {
			assert.Empty(t, wrong(tests, name[1]), "what shows: %s", row.does)
		}
		assert.Empty(t, strings.TrimSpace(quoted.ReplaceAllString(row.shown, "")), "%s", row.does)
		for _, name := range quoted.FindAllStringSubmatch(row.stops, -1) {
			if fileName.MatchString(name[1]) {
				assert.FileExists(t, filepath.Join(root, filepath.FromSlash(name[1])), "%s", row.does)
			}
		}
	}
}

// wrong is what is wrong with the name of a test; empty: nothing.
func wrong(tests map[string][]string, name string) string {
	parts := testName.FindStringSubmatch(name)
	if parts == nil {
		return name + " is no test"
	}
	folders := tests[parts[2]]
	switch folder, script := parts[1], parts[3]; {
	case folder != "" && !slices.Contains(folders, folder), len(folders) == 0:
		return "there is no " + name
	case folder == "" && len(folders) > 1:
		return name + " is in " + strings.Join(folders, " and ")
	case script == "":
		return ""
	default:
		path := filepath.Join(root, folders[0], "testdata", "script", script+".txtar")
		if _, err := os.Stat(path); err != nil {
			return "there is no script " + script
		}
		return ""
	}
}

// TestNamesOfTestsAreChecked: a name that could be that of another test, or of
// none, is found.
func TestNamesOfTestsAreChecked(t *testing.T) {
	tests := map[string][]string{"TestOne": {"a/b"}, "TestTwo": {"a", "b"}, "TestScripts": {"cmd/linewright"}}
	for _, name := range []string{"TestOne", "a/b.TestOne", "b.TestTwo", "TestScripts/serve"} {
		assert.Empty(t, wrong(tests, name), name)
	}
	for _, name := range []string{"TestTwo", "a.TestOne", "TestThree", "one", "TestScripts/nothing"} {
		assert.NotEmpty(t, wrong(tests, name), name)
	}
}

// testFunctions are the folders of all tests and fuzz targets, by name.
func testFunctions(t *testing.T) map[string][]string {
	t.Helper()
	folders := map[string][]string{}
	for _, f := range goFiles(t) {
		if !f.test {
			continue
		}
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && testName.MatchString(fn.Name.Name) {
				folders[fn.Name.Name] = append(folders[fn.Name.Name], f.folder)
			}
		}
	}
	return folders
}
