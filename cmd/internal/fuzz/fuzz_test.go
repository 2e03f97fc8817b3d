package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const said = `fuzz: elapsed: 0s, gathering baseline coverage: 0/14 completed
fuzz: elapsed: 0s, gathering baseline coverage: 14/14 completed, now fuzzing with 2 workers
fuzz: elapsed: 3s, execs: 1000 (333/sec), new interesting: 2 (total: 16)
fuzz: elapsed: 1m3s, execs: 25000 (396/sec), new interesting: 7 (total: 21)
PASS
`

func TestFigures(t *testing.T) {
	f := figuresOf(said)
	require.Equal(t, figures{took: 63 * time.Second, workers: 2, execs: 25000, fresh: 7, corpus: 21}, f)
	require.Zero(t, figuresOf("FAIL"))

	f.target = "runtime/wire.FuzzText"
	f.took = time.Hour
	text := table([]figures{f, f})
	require.Contains(t, text, "runtime/wire.FuzzText                        1h0m0s        25000      7      21\n")
	require.Contains(t, text, "2 targets, 2.00 hours (4.00 of all workers), 50000 execs, 14 new inputs: no finding\n")
	f.found = true
	require.Contains(t, table([]figures{f}), "findings in runtime/wire.FuzzText\n")
}

func TestTheEndIsNoFinding(t *testing.T) {
	require.True(t, stopped.MatchString(said[:len(said)-5]+"--- FAIL: FuzzText (25.14s)\n    context deadline exceeded\nFAIL\nexit status 1\n"))
	require.False(t, stopped.MatchString("--- FAIL: FuzzText (3.93s)\n    --- FAIL: FuzzText (0.00s)\n        context deadline exceeded\n"+
		"    Failing input written to testdata/fuzz/FuzzText/86cb978ae69245dd\nFAIL\n"))
}
