package explain

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/spec"
	"github.com/linewright/linewright/spec/internal/alone"
)

var update = flag.Bool("update", false, "write what the reports in testdata are")

// TestGolden: what is printed of checked-in documents. Run with -args -update, and read
// what changed.
func TestGolden(t *testing.T) {
	alone.Skip(t)
	for _, name := range []string{"acme", "clamd", "lutron", "smtp"} {
		data, err := os.ReadFile(filepath.Join("..", "vendors", name+".yaml"))
		require.NoError(t, err)
		p, findings := spec.Load(name, data)
		require.Empty(t, findings)
		report := Of(p, data, Options{Clients: 1000})
		var text bytes.Buffer
		require.NoError(t, report.Text(&text))
		golden(t, name+".txt", text.Bytes())
		for line := range strings.Lines(text.String()) {
			require.Equal(t, strings.TrimRight(line, " \n"), strings.TrimRight(line, "\n"), "blanks at the end")
		}
		out, err := json.MarshalIndent(report, "", "  ")
		require.NoError(t, err)
		if name == "acme" {
			golden(t, name+".json", append(out, '\n'))
		}
		var again Report
		require.NoError(t, json.Unmarshal(out, &again))
		require.Equal(t, report.Noticing, again.Noticing)
		require.Equal(t, report.Kernel, again.Kernel)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o777))
		require.NoError(t, os.WriteFile(path, got, 0o666))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

// TestEveryVendor: there is something to say of each, and no bound is longer than what
// the document promises, but for what only a timeout bounds.
func TestEveryVendor(t *testing.T) {
	paths, err := filepath.Glob("../vendors/*.yaml")
	require.NoError(t, err)
	require.Greater(t, len(paths), 14)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		p, findings := spec.Load(path, data)
		require.Empty(t, findings)
		for _, n := range noticing(p) {
			if n.By == "kernel" {
				n.Worst = n.Worst * 100 / 115 // documents do not count what the kernel is late
			}
			if n.Case == Frozen && n.Worst == Never {
				continue // nothing but the kernel watches, in that mode at least
			}
			if n.Case == Idle || n.Case == Busy || n.Case == Frozen {
				require.LessOrEqual(t, n.Worst, Seconds(p.Liveness.DetectWithin), "%s: %s", p.Name, n.Case)
			}
		}
		for _, s := range settings(p, data) {
			require.NotEmpty(t, s.Value, "%s: %s", p.Name, s.Path)
		}
		require.Len(t, commands(p), len(p.Commands)+len(p.Sequences))
	}
}

func TestSeconds(t *testing.T) {
	for want, s := range map[string]Seconds{
		"0 ms": 0, "250 ms": 250e6, "1 s": 999.8e6, "1.28 s": 1280e6, "15 s": 15e9, "1 min": 60e9, "1 min 30 s": 90e9,
		"1 h": 3600e9, "1 d 1 s": 86401e9, "never": Never,
	} {
		require.Equal(t, want, s.String())
	}
}
