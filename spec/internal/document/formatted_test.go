package document_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/parser"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/linewright/linewright/spec/format"
)

// TestOthersReadTheCanonicalForm: the library reads what format writes as we do.
func TestOthersReadTheCanonicalForm(t *testing.T) {
	compared := 0
	for name, doc := range formatted(t) {
		root, findings := load(t, doc)
		if len(findings) > 0 {
			continue // it is not in the language
		}
		file, err := parser.ParseBytes([]byte(doc), 0)
		require.NoError(t, err, "%s\n%s", name, doc)
		theirs, ok := convert(file.Docs[0].Body)
		require.True(t, ok, name)
		require.Equal(t, show(theirs), show(withNulls(root)), "%s\n%s", name, doc)
		compared++
	}
	require.Greater(t, compared, 40)
}

// formatted are documents of the vendors and of the tests of format, as that writes
// them.
func formatted(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	add := func(name string, data []byte) {
		if _, err := parser.ParseBytes(data, 0); err != nil {
			return // the library does not read all of YAML
		}
		text, findings, err := format.Source(name, data)
		require.NoError(t, err)
		require.Empty(t, findings)
		all[name] = string(text)
	}
	vendors, err := filepath.Glob("../../vendors/*.yaml")
	require.NoError(t, err)
	for _, path := range vendors {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		add(path, data)
	}
	tests, err := filepath.Glob("../../format/testdata/*.txtar")
	require.NoError(t, err)
	for _, path := range tests {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".in") {
				add(path+" "+f.Name, f.Data)
			}
		}
	}
	return all
}
