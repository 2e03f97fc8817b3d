package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestColourIsForTerminals(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "xterm")
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	defer file.Close()
	require.False(t, wantsColour(file))
	device, err := os.Open(os.DevNull) // as a terminal, it is a character device
	require.NoError(t, err)
	defer device.Close()
	require.True(t, wantsColour(device))

	t.Setenv("TERM", "dumb")
	require.False(t, wantsColour(device))
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "1")
	require.False(t, wantsColour(device))
}

func TestFindingsInColour(t *testing.T) {
	for _, colour := range []bool{false, true} {
		var out, errs strings.Builder
		o := &terminal{in: strings.NewReader("linewright: 2\n"), out: &out, err: &errs, colour: colour}
		require.Equal(t, exitFindings, run([]string{"lint", "-"}, o))
		require.Equal(t, colour, strings.Contains(out.String(), "\x1b["))
		require.Contains(t, out.String(), "<stdin>:1:")
		require.Empty(t, errs.String())
	}
}

// A full disk is not an answer, neither a yes nor a no.
func TestFailedOutput(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"lint", "-"}, {"lint", "--format", "json", "-"}} {
		var errs strings.Builder
		o := &terminal{in: strings.NewReader("linewright: 2\n"), out: &checkedWriter{w: fullDisk{}}, err: &errs}
		require.Equal(t, exitFailure, run(args, o), args)
		require.Equal(t, "linewright: write standard output: no space left\n", errs.String())
	}
}

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestFailedInput(t *testing.T) {
	var out, errs strings.Builder
	broken := io.MultiReader(strings.NewReader("linewright: 1\n"), brokenReader{})
	require.Equal(t, exitFailure, run([]string{"lint", "-"}, &terminal{in: broken, out: &out, err: &errs}))
	require.Empty(t, out.String())
	require.Equal(t, "linewright: read standard input: unplugged\n", errs.String())
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("unplugged") }
