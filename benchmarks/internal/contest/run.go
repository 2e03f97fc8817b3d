package contest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/linewright/linewright/benchmarks/internal/server"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// pinnedTo is the core that pinned rows share.
const pinnedTo = 0

// Outcome is what a row's clients did, round by round.
type Outcome struct {
	Suite, Row string
	Results    map[string][]trial.Result // by client
	Unmet      map[string]string         // why a client has no results
	row        *Row
}

// Run does all rows of a suite. The clients take turns, and each round begins
// with another one, so that what drifts meets all alike.
func (s *Suite) Run(rounds int, progress io.Writer) ([]Outcome, error) {
	var outcomes []Outcome
	for i := range s.Rows {
		o, err := s.run(&s.Rows[i], rounds, progress)
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", s.Name, s.Rows[i].Name, err)
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

func (s *Suite) run(row *Row, rounds int, progress io.Writer) (Outcome, error) {
	core := -1
	if row.Pinned {
		core = pinnedTo
	}
	o := Outcome{Suite: s.Name, Row: row.Name, Results: map[string][]trial.Result{}, Unmet: map[string]string{}, row: row}
	var addresses []string
	for _, c := range s.Servers {
		srv, err := server.Start(core, c.Name, c.Args...)
		if err != nil {
			return o, err
		}
		defer srv.Stop()
		addresses = append(addresses, srv.Address)
	}
	for round := range rounds {
		for i := range row.Clients {
			client := row.Clients[(round+i)%len(row.Clients)].Name
			fmt.Fprintf(progress, "\r\033[K%s %s, round %d of %d: %s", s.Name, row.Name, round+1, rounds, client)
			result, err := child(core, s.Name, row.Name, client, addresses)
			if err != nil {
				return o, fmt.Errorf("%s: %w", client, err)
			}
			if result.Unmet != "" {
				o.Unmet[client] = result.Unmet
			} else {
				o.Results[client] = append(o.Results[client], result)
			}
		}
	}
	fmt.Fprint(progress, "\r\033[K")
	return o, nil
}

// child runs one client's trial in a process of its own.
func child(core int, suite, row, client string, addresses []string) (result trial.Result, err error) {
	self, err := os.Executable()
	if err != nil {
		return result, err
	}
	cmd := exec.Command(self, "-trial", strings.Join([]string{suite, row, client}, "|"), "-at", strings.Join(addresses, ","))
	var out, complaint strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := server.OnCore(core, cmd.Start); err != nil {
		return result, err
	}
	if err := cmd.Wait(); err != nil {
		return result, errors.Join(err, errors.New(complaint.String()))
	}
	return result, json.Unmarshal([]byte(out.String()), &result)
}

// Child does in this process what a parent asked for, and prints the result.
func Child(suites []Suite, which string, addresses []string) error {
	part := strings.Split(which, "|")
	if len(part) != 3 {
		return fmt.Errorf("%q names no trial", which)
	}
	client, ok := Of(suites, part[0], part[1], part[2])
	if !ok {
		return fmt.Errorf("there is no trial %q", which)
	}
	result, err := client.Run(addresses)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}
