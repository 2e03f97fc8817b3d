package contest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/linewright/linewright/benchmarks/internal/server"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// pinnedTo is the core that pinned rows share.
const pinnedTo = 0

// Outcome is what a row's clients did.
type Outcome struct {
	// Results are those of each client, round by round. One that has none says
	// why in Unmet, and keeps its place: ratios are taken within rounds.
	Results map[string][]trial.Result
	// Failed is what went wrong, unlike what this machine lacks.
	Failed []error
	row    *Row
}

// What a round's result is until there is one, and where there is none because
// something went wrong.
const undone, failed = "not done", "failed"

// event is one run of a suite.
type event struct {
	*Suite
	rounds   int
	progress io.Writer
	folder   string        // of what was prepared; or none
	slots    chan struct{} // taken by each trial that runs
	do       runner

	mu sync.Mutex
}

// runner does a trial.
type runner func(ctx context.Context, core int, suite, row, client string, addresses []string) (trial.Result, error)

// Run does all rows of a suite. The clients take turns, and each round begins
// with another one, so that what drifts meets all alike. When ctx ends, what was
// not done is left out.
func (s *Suite) Run(ctx context.Context, rounds int, progress io.Writer) []Outcome {
	return s.run(ctx, rounds, progress, child)
}

func (s *Suite) run(ctx context.Context, rounds int, progress io.Writer, do runner) []Outcome {
	e := &event{Suite: s, rounds: rounds, progress: progress, do: do, slots: make(chan struct{}, max(1, s.AtOnce))}
	err := e.prepare()
	defer os.RemoveAll(e.folder)
	outcomes := make([]Outcome, len(s.Rows))
	var rows sync.WaitGroup
	for i := range s.Rows {
		o := &outcomes[i]
		o.begin(&s.Rows[i], rounds)
		switch {
		case err != nil:
			o.stop(fmt.Errorf("%s: %w", e.Name, err))
		case s.AtOnce > 1:
			rows.Go(func() { e.row(ctx, o) })
		default:
			e.row(ctx, o)
		}
	}
	rows.Wait()
	fmt.Fprint(progress, "\r\033[K")
	return outcomes
}

// prepare makes the suite's folder.
func (e *event) prepare() (err error) {
	if e.Prepare == nil {
		return nil
	}
	fmt.Fprintf(e.progress, "\r\033[K%s: preparing", e.Name)
	if e.folder, err = os.MkdirTemp("", "bench-"+e.Name+"-"); err != nil {
		return err
	}
	return e.Prepare(e.folder)
}

// begin makes a place for each result.
func (o *Outcome) begin(row *Row, rounds int) {
	o.row, o.Results = row, map[string][]trial.Result{}
	for _, c := range row.Clients {
		for range rounds {
			o.Results[c.Name] = append(o.Results[c.Name], trial.Result{Unmet: undone})
		}
	}
}

// stop notes why there is no result at all: this machine lacks something, or
// something went wrong.
func (o *Outcome) stop(err error) {
	lacks := trial.Missing(failed)
	if !errors.As(err, &lacks) {
		o.Failed = append(o.Failed, err)
	}
	for _, results := range o.Results {
		for i := range results {
			results[i].Unmet = string(lacks)
		}
	}
}

// row does all rounds of a row.
func (e *event) row(ctx context.Context, o *Outcome) {
	if ctx.Err() != nil {
		return
	}
	core := -1
	if o.row.Pinned {
		core = pinnedTo
	}
	addresses, stop, err := e.serve(core)
	defer stop()
	if err != nil {
		o.stop(fmt.Errorf("%s, %s: %w", e.Name, o.row.Name, err))
		return
	}
	var trials sync.WaitGroup
	for round := range e.rounds {
		for i := range o.row.Clients {
			client := o.row.Clients[(round+i)%len(o.row.Clients)].Name
			select {
			case <-ctx.Done():
			case e.slots <- struct{}{}:
				trials.Go(func() {
					defer func() { <-e.slots }()
					e.trial(ctx, core, o, client, round, addresses)
				})
			}
		}
	}
	trials.Wait()
}

// serve starts the suite's servers.
func (e *event) serve(core int) (addresses []string, stop func(), err error) {
	var servers []*server.Server
	stop = func() {
		for _, s := range servers {
			s.Stop()
		}
	}
	for _, c := range e.Servers {
		s, err := server.Start(core, c.Name, c.Args...)
		if err != nil {
			return nil, stop, err
		}
		servers, addresses = append(servers, s), append(addresses, s.Address)
	}
	if e.folder != "" {
		addresses = append(addresses, e.folder)
	}
	return addresses, stop, nil
}

// trial does one client's trial of one round.
func (e *event) trial(ctx context.Context, core int, o *Outcome, client string, round int, addresses []string) {
	e.mu.Lock()
	fmt.Fprintf(e.progress, "\r\033[K%s %s, round %d of %d: %s", e.Name, o.row.Name, round+1, e.rounds, client)
	e.mu.Unlock()
	result, err := e.do(ctx, core, e.Name, o.row.Name, client, addresses)
	if ctx.Err() != nil {
		return // it was interrupted, and knows nothing
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err != nil {
		result = trial.Result{Unmet: failed}
		o.Failed = append(o.Failed, fmt.Errorf("%s, %s, %s, round %d: %w", e.Name, o.row.Name, client, round+1, err))
	}
	o.Results[client][round] = result
}
