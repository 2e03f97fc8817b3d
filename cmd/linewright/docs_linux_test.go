package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// On a terminal nobody wants to see HTML: the page goes beside the document, wherever
// the command runs, unless somebody's own file is there.
func TestDocsOnATerminal(t *testing.T) {
	dir := playground(t)
	page := filepath.Join(dir, "out", "meter.html")
	require.NoError(t, os.Rename("good.yaml", filepath.Join("out", "document.yaml")))

	p := onTerminal(t, nil, "linewright", "docs", "--clients", "1", filepath.Join("out", "document.yaml"))
	require.Equal(t, exitOK, p.exits())
	p.shown.has(t, "linewright: out/meter.html is written\r\n")
	require.NotContains(t, string(p.shown.bytes()), "<")
	first, err := os.ReadFile(page)
	require.NoError(t, err)
	require.Contains(t, string(first), "</html>")
	require.False(t, foreign(page, mark))

	p = onTerminal(t, nil, "linewright", "docs", "--clients", "2", filepath.Join("out", "document.yaml"))
	require.Equal(t, exitOK, p.exits())
	second, err := os.ReadFile(page)
	require.NoError(t, err)
	require.NotEqual(t, string(first), string(second))

	require.NoError(t, os.WriteFile(page, []byte("<html>mine"), 0o644))
	p = onTerminal(t, nil, "linewright", "docs", "--clients", "1", filepath.Join("out", "document.yaml"))
	require.Equal(t, exitFailure, p.exits())
	p.shown.has(t, "linewright: out/meter.html was not made by this command, and is left as it is\r\n")
	require.Equal(t, "<html>mine", contents(t, page))

	p = onTerminal(t, nil, "linewright", "docs", "--clients", "1", "-o", "-", filepath.Join("out", "document.yaml"))
	p.shown.has(t, "</html>")
	require.Equal(t, exitOK, p.exits())
}
