package generator_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/generator"
	"github.com/linewright/linewright/spec"
)

var (
	wordsOf = regexp.MustCompile(`[A-Za-z_][A-Za-z_0-9]*`)
	// pool are words to put elsewhere: types, names that Go has, names of the
	// generated code.
	pool = []string{
		"uint8", "int64", "text", "word", "decimal", "float", "json", "base64", "hexbytes", "bytes", "uint",
		"type", "func", "range", "nil", "len", "string", "error", "client", "params", "event", "close", "read",
		"ok", "id", "true", "false", "failed", "retry", "also", "none", "Unit", "Arg",
	}
)

// compiled is how many of the packages go by until one is compiled, too.
const compiled = 16

// TestMutatedSpecs changes words of specs at random. What still loads becomes
// Go, or has problems with a place; it is never a defect of the generator.
func TestMutatedSpecs(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	loaded, refused := 0, 0
	dir := ""
	if !testing.Short() {
		dir = outside(t)
	}
	for _, g := range goldens(t) {
		seed := g.archive.Files[0].Data
		for range 200 {
			data := seed
			for range 1 + random.IntN(3) {
				at := wordsOf.FindAllIndex(data, -1)
				where := at[random.IntN(len(at))]
				with := []byte(pool[random.IntN(len(pool))])
				if random.IntN(3) == 0 {
					other := at[random.IntN(len(at))]
					with = data[other[0]:other[1]]
				}
				data = append(append(append([]byte{}, data[:where[0]]...), with...), data[where[1]:]...)
			}
			p, findings := spec.Load("mutated.yaml", data)
			if len(findings) > 0 {
				continue
			}
			name := fmt.Sprintf("m%d", loaded+1)
			files, problems := generator.Generate(p, generator.Options{ImportPath: "example.com/outside/" + name})
			require.NotEqual(t, len(files) == 0, len(problems) == 0, "%s", data)
			for _, problem := range problems {
				require.NotEqual(t, "internal", problem.Rule, "%s\n%s", problem, data)
				require.NotZero(t, problem.Pos.Line, "%s\n%s", problem, data)
			}
			if len(files) == 0 {
				refused++
				continue
			}
			if loaded++; dir != "" && loaded%compiled == 0 {
				for _, f := range files {
					write(t, filepath.Join(dir, name, filepath.FromSlash(f.Name)), f.Data)
				}
			}
		}
	}
	t.Logf("%d became Go, %d could not", loaded, refused)
	require.NotZero(t, loaded)
	require.NotZero(t, refused)
	if dir != "" {
		goCommand(t, dir, "build", "./...")
	}
}
