package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/benchmarks/internal/contest"
	"github.com/linewright/linewright/benchmarks/internal/machine"
)

// A trial is found again by its names, in another process.
func TestNamesOfTrialsAreTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range suites {
		require.NotEmpty(t, s.Title)
		for _, r := range s.Rows {
			require.NotEmpty(t, r.Figures, r.Name)
			names := map[string]bool{}
			for _, c := range r.Clients {
				key := s.Name + "|" + r.Name + "|" + c.Name
				require.False(t, seen[key], key)
				seen[key], names[c.Name] = true, true
				_, ok := contest.Of(suites, s.Name, r.Name, c.Name)
				require.True(t, ok, key)
			}
			require.True(t, names[contest.Ours], "%s: nothing of ours", r.Name)
			for _, target := range r.Targets {
				require.True(t, target.Against == "" || names[target.Against], "%s: a target against nobody: %s", r.Name, target.Against)
				require.True(t, target.Client == "" || names[target.Client], "%s: a target of nobody: %s", r.Name, target.Client)
			}
		}
		for _, c := range s.Curves {
			last := 0.0
			for _, p := range c.Points {
				require.Greater(t, p.X, last, c.Name)
				_, ok := contest.Of(suites, s.Name, p.Row, contest.Ours)
				require.True(t, ok, "%s: no row %s", c.Name, p.Row)
				last = p.X
			}
		}
	}
	_, ok := contest.Of(suites, "redis", "none", contest.Ours)
	require.False(t, ok)
}

func TestChoose(t *testing.T) {
	names := func(o options) (names []string) {
		chosen, err := o.choose()
		require.NoError(t, err)
		for _, s := range chosen {
			for _, r := range s.Rows {
				names = append(names, s.Name+": "+r.Name)
			}
		}
		return names
	}
	require.Equal(t, []string{"nats: publish 16 B"}, names(options{rounds: 1, suites: []string{"nats"}, rows: "publish 16"}))
	require.Contains(t, names(options{rounds: 1, rows: "64 B"}), "memcached: get 64 B, callers: 64")
	require.Greater(t, len(names(options{rounds: 1})), 20)
	for _, wrong := range []options{
		{rounds: 0},
		{rounds: 1, suites: []string{"reddis"}},
		{rounds: 1, rows: "no such work"},
		{rounds: 1, suites: []string{"redis"}, rows: "publish"},
	} {
		_, err := wrong.choose()
		require.Error(t, err, "%+v", wrong)
	}
	require.NotEmpty(t, suites[0].Rows, "what is left out is not lost")
}

func TestClosing(t *testing.T) {
	r := &contest.Report{Date: "2026-11-26T09:00:00Z", Machine: machine.Machine{Cores: 2, CPU: "a processor"}, Rounds: 5, Seconds: 725.4}
	require.Equal(t, "Measured on 2026-11-26: 2 cores, a processor. Rounds: 5; 12m5s in all.", closing(r))
	require.NoError(t, verdict(r))
	r.Suites = []contest.Results{{}, {Failed: []string{"it fell over"}}}
	require.ErrorIs(t, verdict(r), errFailed)
	r.Interrupted = true
	require.Contains(t, closing(r), "Interrupted")
	require.ErrorIs(t, verdict(r), errInterrupted)
}

// What was measured before is written again to the letter, and drawn.
func TestAgain(t *testing.T) {
	folder := t.TempDir()
	first, second, picture := filepath.Join(folder, "a"), filepath.Join(folder, "b"), filepath.Join(folder, "c")
	r := &contest.Report{Date: "2026-11-26T09:00:00Z", Rounds: 5, Suites: []contest.Results{}}
	require.NoError(t, (&options{json: first}).write(r))
	require.NoError(t, (&options{from: first, json: second, svg: picture}).run())
	a, err := os.ReadFile(first)
	require.NoError(t, err)
	b, err := os.ReadFile(second)
	require.NoError(t, err)
	require.Equal(t, string(a), string(b))
	r.Suites = []contest.Results{{Name: "redis"}, {Name: "nats"}}
	require.NoError(t, (&options{json: first}).write(r))
	require.NoError(t, (&options{from: first, json: second, suites: []string{"nats"}}).run())
	b, err = os.ReadFile(second)
	require.NoError(t, err)
	require.NotContains(t, string(b), "redis")
	require.Contains(t, string(b), "nats")
	require.True(t, json.Valid(a))
	require.FileExists(t, picture)
	require.Error(t, (&options{from: picture}).run(), "that is no JSON")
	require.Error(t, (&options{from: folder}).run())
	require.Error(t, (&options{json: folder}).write(r))
}
