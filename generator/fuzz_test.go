package generator_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
)

// FuzzGenerate generates from any document that loads. There are files, which
// are Go (rendering parses them), or problems that have a place; never a defect
// of the generator. They are the same each time.
func FuzzGenerate(f *testing.F) {
	for _, data := range vendors(f) {
		f.Add(data)
	}
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(f, err)
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(f, err)
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, findings := spec.Load("fuzz.yaml", data)
		if len(findings) > 0 {
			return
		}
		options := generator.Options{Source: "fuzz.yaml", ImportPath: "example.com/fuzz"}
		files, problems := generator.Generate(p, options)
		require.NotEqual(t, len(files) == 0, len(problems) == 0, "either files or problems")
		for _, problem := range problems {
			require.NotEqual(t, "internal", problem.Rule, "%s", problem)
			require.NotZero(t, problem.Pos.Line, "%s", problem)
		}
		again, sameProblems := generator.Generate(p, options)
		require.Equal(t, files, again)
		require.Equal(t, problems, sameProblems)
	})
}
