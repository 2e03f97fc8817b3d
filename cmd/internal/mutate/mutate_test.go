package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// root is the module's folder, from this package's.
var root = filepath.Join("..", "..", "..")

// every gives all faults.
func every(t *testing.T) []fault {
	t.Helper()
	all, err := faults()
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(all), 40)
	return all
}

func TestEveryFaultFitsTheSource(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range every(t) {
		assert.False(t, seen[f.name], "two faults are named %s", f.name)
		seen[f.name] = true
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.file)))
		require.NoError(t, err)
		_, err = f.apply(string(text))
		assert.NoError(t, err)
		assert.NotEmpty(t, catching(f.file, regexp.MustCompile("")), "%s: no tests cover %s", f.name, f.file)
	}
}

func TestTheTableListsTheseFaults(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "runtime", "MUTATIONS.md"))
	require.NoError(t, err)
	var want, have []string
	for _, f := range every(t) {
		want = append(want, "| "+f.name+" | "+f.invariant)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, " | ")
		if len(cells) != 3 || strings.HasPrefix(line, "| fault ") {
			continue
		}
		have = append(have, cells[0]+" | "+cells[1])
		assert.Regexp(t, "^`[a-z]+\\.(Test|Fuzz)", cells[2], "nothing caught it")
	}
	require.Equal(t, want, have, "make mutate writes the table anew")
}
