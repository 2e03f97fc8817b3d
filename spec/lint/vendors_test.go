package lint_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/lint"
)

// TestVendorsAreClean: in the documents that are here nothing is found, or it is
// allowed there with a reason.
func TestVendorsAreClean(t *testing.T) {
	paths, err := filepath.Glob("../vendors/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, name := range paths {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			p, findings := spec.Load(name, data)
			require.Empty(t, findings)
			var text strings.Builder
			require.NoError(t, spec.WriteText(&text, lint.Check(filepath.Base(name), data, p), false))
			require.Empty(t, text.String())
		})
	}
}
