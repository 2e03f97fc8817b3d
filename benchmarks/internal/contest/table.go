package contest

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/linewright/linewright/benchmarks/internal/trial"
)

// Print writes the rows of a suite as a Markdown table, and what became of
// their targets as another.
func (s *Suite) Print(w io.Writer, outcomes []Outcome) {
	fmt.Fprintf(w, "\n### %s\n\n", s.Title)
	figures := s.figures()
	head, line := "| work | client |", "|---|---|"
	for _, f := range figures {
		head, line = head+" "+f.Name+" |", line+"--:|"
	}
	fmt.Fprintf(w, "%s ours is |\n%s--:|\n", head, line)
	for i := range outcomes {
		outcomes[i].print(w, figures)
	}
	printVerdicts(w, outcomes)
}

// figures are those of any row, in the order in which they first come.
func (s *Suite) figures() []Figure {
	var all []Figure
	for _, row := range s.Rows {
		for _, f := range row.Figures {
			if !slices.ContainsFunc(all, func(o Figure) bool { return o.Name == f.Name }) {
				all = append(all, f)
			}
		}
	}
	return all
}

func (o *Outcome) print(w io.Writer, figures []Figure) {
	for _, c := range o.row.Clients {
		cells := []string{o.Row, c.Name}
		if why := o.Unmet[c.Name]; why != "" {
			fmt.Fprintf(w, "| %s | %s |\n", strings.Join(cells, " | "), why)
			continue
		}
		for i, f := range figures {
			cell := ""
			if o.shows(f) {
				cell = shown(o.of(c.Name, f), i == 0)
			}
			cells = append(cells, cell)
		}
		compared := ""
		if c.Name != Ours {
			compared = number(o.ratio(c.Name, o.row.Figures[0]).Median) + " ×"
		}
		fmt.Fprintf(w, "| %s | %s |\n", strings.Join(cells, " | "), compared)
	}
}

func (o *Outcome) shows(f Figure) bool {
	return slices.ContainsFunc(o.row.Figures, func(other Figure) bool { return other.Name == f.Name })
}

func shown(s spread, whole bool) string {
	if !whole {
		return number(s.Median)
	}
	return fmt.Sprintf("%s (%s–%s)", number(s.Median), number(s.Least), number(s.Greatest))
}

func printVerdicts(w io.Writer, outcomes []Outcome) {
	fmt.Fprint(w, "\n| target | wanted | reached (least–greatest) | |\n|---|--:|--:|---|\n")
	for i := range outcomes {
		for _, v := range outcomes[i].Verdicts() {
			fmt.Fprintf(w, "| %s |\n", strings.Join(v.cells(), " | "))
		}
	}
}

func (v *Verdict) cells() []string {
	what, times := v.Row+", "+v.Target.Figure.Name, ""
	if v.Target.Against != "" {
		what, times = what+", against "+v.Target.Against, " ×"
	}
	word := "missed"
	if v.Met {
		word = "met"
	}
	return []string{
		what, fmt.Sprintf("%v %s%s", v.Target.Bound, number(v.Target.Value), times),
		shown(v.Reached, true) + times, word,
	}
}

// record is an outcome as JSON.
type record struct {
	Suite   string                    `json:"suite"`
	Row     string                    `json:"row"`
	Results map[string][]trial.Result `json:"results"`
	Targets []target                  `json:"targets,omitempty"`
}

type target struct {
	Figure  string  `json:"figure"`
	Against string  `json:"against,omitempty"`
	Bound   string  `json:"bound"`
	Value   float64 `json:"value"`
	Reached spread  `json:"reached"`
	Met     bool    `json:"met"`
}

// MarshalJSON gives the rounds of each client, and the targets.
func (o Outcome) MarshalJSON() ([]byte, error) {
	r := record{Suite: o.Suite, Row: o.Row, Results: o.Results}
	for _, v := range o.Verdicts() {
		r.Targets = append(r.Targets, target{v.Target.Figure.Name, v.Target.Against, v.Target.Bound.String(), v.Target.Value, v.Reached, v.Met})
	}
	return json.Marshal(r)
}
