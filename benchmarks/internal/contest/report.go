package contest

import (
	"slices"

	"github.com/linewright/linewright/benchmarks/internal/machine"
	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// Report is everything that was measured, as JSON keeps it.
type Report struct {
	Date        string          `json:"date"` // RFC 3339, of the beginning
	Machine     machine.Machine `json:"machine"`
	Rounds      int             `json:"rounds"`
	Seconds     float64         `json:"seconds"` // what it took
	Interrupted bool            `json:"interrupted,omitempty"`
	Suites      []Results       `json:"suites"`
}

// Results are a suite's.
type Results struct {
	Name    string    `json:"name"`
	Title   string    `json:"title"`
	Seconds float64   `json:"seconds"` // what it took
	Rows    []RowDone `json:"rows"`
	Growth  []Growth  `json:"growth,omitempty"`
	Failed  []string  `json:"failed,omitempty"`
}

// RowDone is what became of a row.
type RowDone struct {
	Name    string       `json:"name"`
	Figures []string     `json:"figures"` // those that matter, the most telling one first
	Clients []ClientDone `json:"clients"`
	Targets []Verdict    `json:"targets,omitempty"`
}

// ClientDone is what one client did.
type ClientDone struct {
	Name    string            `json:"name"`
	Unmet   string            `json:"unmet,omitempty"` // why some rounds have no result
	Done    int               `json:"done"`            // rounds that have one
	Figures map[string]Spread `json:"figures,omitempty"`
	// Ratio is what Ours is of it, taken round by round.
	Ratio  map[string]Spread `json:"ratio,omitempty"`
	Rounds []trial.Result    `json:"rounds"`
}

// Verdict is a target and what became of it.
type Verdict struct {
	Client  string  `json:"client"`
	Figure  string  `json:"figure"`
	Against string  `json:"against,omitempty"`
	Bound   Bound   `json:"bound"`
	Value   float64 `json:"value"`
	Always  bool    `json:"always,omitempty"` // in each round
	Reached Spread  `json:"reached"`
	Met     bool    `json:"met"`
	Unmet   string  `json:"unmet,omitempty"` // why nothing was measured
}

// Results says what became of a suite.
func (s *Suite) Results(outcomes []Outcome) Results {
	r := Results{Name: s.Name, Title: s.Title}
	for i := range outcomes {
		r.Rows = append(r.Rows, outcomes[i].done())
		for _, err := range outcomes[i].Failed {
			r.Failed = append(r.Failed, err.Error())
		}
	}
	for _, c := range s.Curves {
		if g := growth(c, outcomes); len(g.Points) > 1 || g.Unmet != undone {
			r.Growth = append(r.Growth, g)
		}
	}
	return r
}

func (o *Outcome) done() RowDone {
	row := RowDone{Name: o.row.Name}
	for _, f := range o.row.Figures {
		row.Figures = append(row.Figures, f.Name)
	}
	for _, c := range o.row.Clients {
		row.Clients = append(row.Clients, o.client(c.Name))
	}
	for _, t := range o.row.Targets {
		row.Targets = append(row.Targets, o.verdict(t))
	}
	return row
}

func (o *Outcome) client(name string) ClientDone {
	c := ClientDone{Name: name, Unmet: o.unmet(name), Done: o.measured(name), Rounds: o.Results[name]}
	if c.Done == 0 {
		return c
	}
	c.Figures, c.Ratio = map[string]Spread{}, map[string]Spread{}
	for _, f := range o.row.Figures {
		if !slices.ContainsFunc(c.Rounds, func(r trial.Result) bool { return has(r, f) }) {
			continue
		}
		c.Figures[f.Name] = o.of(name, f)
		if ratios := o.ratios(Ours, name, f); name != Ours && len(ratios) > 0 {
			c.Ratio[f.Name] = spreadOf(ratios)
		}
	}
	return c
}
