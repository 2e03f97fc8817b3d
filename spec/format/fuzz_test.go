package format

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// FuzzFormat: every document is a finding, or has a canonical form that is its own
// and says the same; none panics or takes long.
func FuzzFormat(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(f, err)
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(f, err)
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".in") {
				f.Add(string(file.Data))
			}
		}
	}
	f.Add(sample)
	f.Fuzz(func(t *testing.T, doc string) {
		began := time.Now()
		text, findings, err := Source("a.yaml", []byte(doc))
		require.Less(t, time.Since(began), time.Minute)
		require.NoError(t, err)
		if len(findings) > 0 {
			return
		}
		again, findings, err := Source("a.yaml", text)
		require.NoError(t, err, "%s", text)
		require.Empty(t, findings, "%s", text)
		require.Equal(t, string(text), string(again))
		require.NotContains(t, string(text), "\r")
	})
}
