package spec_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/linewright/linewright/spec"
	"github.com/stretchr/testify/require"
)

// FuzzLoad: no document panics or takes long, each is either a protocol or has
// findings, and these are the same each time and within the document.
func FuzzLoad(f *testing.F) {
	f.Add(tiny())
	for _, doc := range seeds(f) {
		f.Add(doc)
	}
	mistakes, err := os.ReadFile("testdata/mistakes.yaml")
	require.NoError(f, err)
	f.Add(string(mistakes))
	f.Fuzz(func(t *testing.T, source string) {
		began := time.Now()
		p, findings := spec.Load("fuzz.yaml", []byte(source))
		require.Less(t, time.Since(began), 20*time.Second)
		require.Equal(t, p == nil, len(findings) > 0)
		_, again := spec.Load("fuzz.yaml", []byte(source))
		require.Equal(t, findings, again)
		lines := strings.Split(source, "\n")
		for _, finding := range findings {
			require.Positive(t, finding.Line, "%+v", finding)
			require.Positive(t, finding.Col, "%+v", finding)
			require.LessOrEqual(t, finding.Line, len(lines), "%+v", finding)
			require.LessOrEqual(t, finding.Col, len([]rune(lines[finding.Line-1]))+1, "%+v", finding)
			require.NotEmpty(t, finding.Rule)
			require.NotEmpty(t, finding.Message)
		}
	})
}
