package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// root is the repository's folder, from this package's.
var root = filepath.Join("..", "..", "..")

func all(t *testing.T) []target {
	t.Helper()
	targets, err := find(root)
	require.NoError(t, err)
	require.Greater(t, len(targets), 30, "the targets were not found")
	return targets
}

// TestEveryTargetHasACorpus: each fuzz target has inputs that are committed, so
// that go test replays them; they are few, and can be read as its arguments.
func TestEveryTargetHasACorpus(t *testing.T) {
	for _, target := range all(t) {
		inputs, err := readCorpus(target.corpus())
		require.NoError(t, err)
		assert.NotEmpty(t, inputs, "%v has no corpus: make fuzz, and make corpora", target)
		assert.LessOrEqual(t, len(inputs), maxInputs, "%v", target)
		size := 0
		for _, i := range inputs {
			size += len(i.data)
			assert.NoError(t, i.fits(target))
		}
		assert.LessOrEqual(t, size, maxBytes, "%v", target)
	}
}

// TestEveryCorpusHasATarget: go test is silent about inputs that nothing reads.
func TestEveryCorpusHasATarget(t *testing.T) {
	known := map[string]bool{}
	for _, target := range all(t) {
		known[target.corpus()] = true
	}
	corpora := filepath.Join("testdata", "fuzz")
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && strings.HasSuffix(filepath.Dir(path), corpora) {
			assert.True(t, known[path], "%s belongs to no target", path)
		}
		return err
	}))
}

func TestFind(t *testing.T) {
	targets := map[string]target{}
	for _, target := range all(t) {
		assert.NotContains(t, targets, target.String())
		targets[target.String()] = target
	}
	text := targets["runtime/wire.FuzzText"]
	require.Equal(t, []string{"string", "string", "string", "byte", "byte"}, text.takes)
	require.Equal(t, []string{repository + "/runtime/wire"}, text.covers)
	require.Contains(t, targets["generated/acme.FuzzFrames"].covers, repository+"/runtime/wire")
	require.Equal(t, []string{"string"}, targets["generator/internal/emit.FuzzDoc"].takes, "a function by its name")
}

func TestFits(t *testing.T) {
	takes := func(types ...string) target { return target{name: "FuzzX", takes: types} }
	for _, tt := range []struct {
		target target
		text   string
		why    string
	}{
		{takes("[]byte", "byte"), encoding + "\n[]byte(\"a\\n)\\x00\")\nbyte('\\x03')\n", ""},
		{takes("byte", "rune", "bool"), encoding + "\nuint8(3)\nrune(-1)\nbool(true)\n", ""},
		{takes("int64", "float64", "float64", "float64"), encoding + "\nint64(-5)\nfloat64(+Inf)\nfloat64(1e+99)\nmath.Float64frombits(0x7ff8000000000002)", ""},
		{takes("string"), "string(\"a\")\n", "does not begin with"},
		{takes("string"), encoding + "\n", "has 0 values"},
		{takes("string"), encoding + "\nstring(\"a\")\nstring(\"b\")\n", "has 2 values"},
		{takes("string"), encoding + "\n[]byte(\"a\")\n", "is no string"},
		{takes("string"), encoding + "\nstring(\"a\n", "is no string"},
		{takes("string"), encoding + "\nstring(a)\n", "invalid syntax"},
		{takes("byte"), encoding + "\nbyte(256)\n", "out of range"},
		{takes("uint16"), encoding + "\nuint16(-1)\n", "invalid syntax"},
		{takes("bool"), encoding + "\nbool(maybe)\n", "invalid syntax"},
	} {
		err := input{"one", []byte(tt.text)}.fits(tt.target)
		if tt.why == "" {
			assert.NoError(t, err, tt.text)
		} else {
			assert.ErrorContains(t, err, tt.why, tt.text)
		}
	}
}
