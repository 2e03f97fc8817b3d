package spec_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/format"
)

// TestTheFormIsTheSameProtocol: a document means the same in its canonical form. Of
// one with findings these are the same, wherever they are now.
func TestTheFormIsTheSameProtocol(t *testing.T) {
	right := 0
	for name, doc := range everyDocument(t) {
		text, findings, err := format.Source(name, doc)
		require.NoError(t, err, name)
		if len(findings) > 0 {
			continue // it is no YAML
		}
		was, before := spec.LoadAnyway(name, doc)
		is, after := spec.LoadAnyway(name, text)
		require.ElementsMatch(t, said(before), said(after), "%s\n%s", name, text)
		if len(said(before)) > 0 {
			continue
		}
		right++
		require.True(t, reflect.DeepEqual(placeless(was), placeless(is)), "%s\n%s", name, text)
	}
	require.Greater(t, right, 150)
}

// everyDocument is every document of the vendors, the reference and the tests.
func everyDocument(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, pattern := range []string{"vendors/*.yaml", "testdata/*.yaml", "*/testdata/*.yaml"} {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, path := range paths {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			all[path] = data
		}
	}
	for _, b := range blocks(t) {
		doc, _ := b.document()
		all[fmt.Sprintf("README.md:%d", b.line)] = []byte(doc)
	}
	paths, err := filepath.Glob("testdata/lower/*.txtar")
	require.NoError(t, err)
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		for _, f := range archive.Files {
			if filepath.Ext(f.Name) == ".yaml" {
				doc, _ := document(string(f.Data))
				all[path+" "+f.Name] = []byte(doc)
			}
		}
	}
	return all
}
