package contest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// rows are of three clients each.
func rows(names ...string) (rows []Row) {
	for _, name := range names {
		rows = append(rows, Row{
			Name: name, Figures: []Figure{Rate}, Clients: []Client{{Name: Ours}, {Name: "peer"}, {Name: "limit"}},
			Targets: []Target{{Figure: Rate, Against: "peer", Value: 1}},
		})
	}
	return rows
}

// journal is a runner that notes its trials, each of which takes a second.
type journal struct {
	mu          sync.Mutex
	done        []string
	addresses   []string
	now, atOnce int
	err         func(what string) error
}

func (j *journal) run(_ context.Context, core int, suite, row, client string, addresses []string) (trial.Result, error) {
	j.mu.Lock()
	what := fmt.Sprintf("%s/%s/%s on %d", suite, row, client, core)
	j.done, j.addresses, j.now = append(j.done, what), addresses, j.now+1
	j.atOnce = max(j.atOnce, j.now)
	n := len(j.done)
	j.mu.Unlock()
	time.Sleep(time.Second)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now--
	if j.err != nil {
		if err := j.err(what); err != nil {
			return trial.Result{}, err
		}
	}
	return trial.Result{Rate: float64(n)}, nil
}

func TestClientsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, s := &journal{}, Suite{Name: "s", Rows: rows("r")}
		s.Rows[0].Pinned = true
		outcomes := s.run(t.Context(), 3, io.Discard, j.run)
		require.Equal(t, []string{
			"s/r/linewright on 0", "s/r/peer on 0", "s/r/limit on 0",
			"s/r/peer on 0", "s/r/limit on 0", "s/r/linewright on 0",
			"s/r/limit on 0", "s/r/linewright on 0", "s/r/peer on 0",
		}, j.done)
		require.Equal(t, rates(1, 6, 8), outcomes[0].Results[Ours])
		require.Equal(t, rates(2, 4, 9), outcomes[0].Results["peer"])
		require.Equal(t, 1, j.atOnce)
	})
}

// Those that wait run at once, up to a number, and their results are in place.
func TestManyAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, s := &journal{}, Suite{Name: "s", Rows: rows("a", "b"), AtOnce: 4}
		began := time.Now()
		outcomes := s.run(t.Context(), 2, io.Discard, j.run)
		require.Equal(t, 3*time.Second, time.Since(began), "12 trials of a second")
		require.Equal(t, 4, j.atOnce)
		for _, o := range outcomes {
			for _, c := range o.row.Clients {
				require.Equal(t, 2, o.measured(c.Name), c.Name)
			}
		}
	})
}

func TestAnInterruptLeavesTheRestOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 4500*time.Millisecond)
		defer cancel()
		j, s := &journal{}, Suite{Name: "s", Rows: rows("a", "b")}
		s.Servers = nil
		outcomes := s.run(ctx, 2, io.Discard, j.run)
		require.Len(t, j.done, 5)
		require.Equal(t, 1, outcomes[0].measured(Ours), "of a round and a half")
		require.Equal(t, 1, outcomes[0].measured("limit"), "the one that was interrupted does not count")
		require.Equal(t, 2, outcomes[0].measured("peer"))
		require.Equal(t, undone, outcomes[1].unmet(Ours))
		results := s.Results(outcomes)
		require.Empty(t, results.Failed)
		require.True(t, results.Rows[0].Targets[0].Unmet == "", "the round that was done counts")
		require.Equal(t, undone, results.Rows[1].Targets[0].Unmet)
	})
}

func TestAFailureEndsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &journal{err: func(what string) error {
			if what == "s/r/linewright on -1" {
				return errors.New("no route to host")
			}
			return nil
		}}
		s := Suite{Name: "s", Rows: rows("r")}
		results := s.Results(s.run(t.Context(), 2, io.Discard, j.run))
		require.Len(t, j.done, 6)
		require.Equal(t, []string{
			"s, r, linewright, round 1: no route to host", "s, r, linewright, round 2: no route to host",
		}, results.Failed)
		require.Equal(t, failed, results.Rows[0].Clients[0].Unmet)
		require.Equal(t, 2, results.Rows[0].Clients[1].Done)
		require.False(t, results.Rows[0].Targets[0].Met)
	})
}

func TestAMissingServerIsNoFailure(t *testing.T) {
	j := &journal{}
	s := Suite{Name: "s", Rows: rows("r"), Servers: []Command{{Name: "no-such-server-anywhere"}}}
	results := s.Results(s.run(t.Context(), 2, io.Discard, j.run))
	require.Empty(t, j.done)
	require.Empty(t, results.Failed)
	for _, c := range results.Rows[0].Clients {
		require.Contains(t, c.Unmet, "no-such-server-anywhere is not installed")
	}
	require.Contains(t, results.Rows[0].Targets[0].Unmet, "is not installed")
}

func TestWhatIsPrepared(t *testing.T) {
	j, folder := &journal{}, ""
	s := Suite{Name: "s", Rows: rows("r")[:1]}
	s.Rows[0].Clients = s.Rows[0].Clients[:1]
	s.Prepare = func(to string) error {
		folder = to
		return os.WriteFile(filepath.Join(to, "made"), nil, 0o666)
	}
	s.run(t.Context(), 1, io.Discard, func(ctx context.Context, core int, suite, row, client string, addresses []string) (trial.Result, error) {
		require.FileExists(t, filepath.Join(addresses[len(addresses)-1], "made"))
		return trial.Result{}, nil
	})
	require.NoDirExists(t, folder, "it is gone afterwards")

	for _, c := range []struct {
		err    error
		unmet  string
		failed []string
	}{
		{trial.Missing("no root"), "no root", nil},
		{fmt.Errorf("wrapped: %w", trial.Missing("no root")), "no root", nil},
		{errors.New("does not compile"), failed, []string{"s: does not compile"}},
	} {
		s.Prepare = func(to string) error { folder = to; return c.err }
		results := s.Results(s.run(t.Context(), 1, io.Discard, j.run))
		require.Equal(t, c.unmet, results.Rows[0].Clients[0].Unmet)
		require.Equal(t, c.failed, results.Failed)
		require.Empty(t, j.done)
		require.NoDirExists(t, folder)
	}
}
