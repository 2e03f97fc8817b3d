package contest

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Print writes the rows of a suite as a Markdown table, what became of their
// targets as another, and how things grow as a third.
func (r *Results) Print(w io.Writer) {
	fmt.Fprintf(w, "\n### %s\n\n", r.Title)
	figures := r.figures()
	head, line := "| work | client |", "|---|---|"
	for _, f := range figures {
		head, line = head+" "+f+" |", line+"--:|"
	}
	compared := r.compared()
	if compared {
		head, line = head+" ours is |", line+"--:|"
	}
	fmt.Fprintf(w, "%s\n%s\n", head, line)
	for _, row := range r.Rows {
		row.print(w, figures, compared)
	}
	r.printVerdicts(w)
	r.printGrowth(w)
	for _, why := range r.Failed {
		fmt.Fprintf(w, "\nfailed: %s\n", strings.TrimSpace(why))
	}
}

// figures are those of any row, in the order in which they first come.
func (r *Results) figures() []string {
	var all []string
	for _, row := range r.Rows {
		for _, f := range row.Figures {
			if !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	return all
}

// compared reports whether any row has a client beside ours.
func (r *Results) compared() bool {
	return slices.ContainsFunc(r.Rows, func(row RowDone) bool { return len(row.Clients) > 1 })
}

func (r *RowDone) print(w io.Writer, figures []string, compared bool) {
	for _, c := range r.Clients {
		cells := []string{r.Name, c.Name}
		for _, f := range figures {
			cells = append(cells, c.cell(r, f))
		}
		if compared {
			cells = append(cells, c.ratio(r.Figures[0]))
		}
		fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
	}
}

// ratio is what ours is of a client.
func (c *ClientDone) ratio(figure string) string {
	if s := c.Ratio[figure]; s != (Spread{}) {
		return Number(s.Median) + " ×"
	}
	return ""
}

// cell is a figure; the row's first one has its spread, and how often the client
// had no result.
func (c *ClientDone) cell(r *RowDone, figure string) string {
	first := figure == r.Figures[0]
	s, ok := c.Figures[figure]
	switch {
	case !ok && first:
		return c.Unmet
	case !ok:
		return ""
	case !first:
		return Number(s.Median)
	}
	text := shown(s)
	if c.Unmet != "" {
		text += fmt.Sprintf("; %d of %d: %s", len(c.Rounds)-c.Done, len(c.Rounds), c.Unmet)
	}
	return text
}

func shown(s Spread) string {
	return fmt.Sprintf("%s (%s–%s)", Number(s.Median), Number(s.Least), Number(s.Greatest))
}

func (r *Results) printVerdicts(w io.Writer) {
	head := "\n| target | wanted | reached (least–greatest) | |\n|---|--:|--:|---|\n"
	for _, row := range r.Rows {
		for _, v := range row.Targets {
			fmt.Fprintf(w, "%s| %s |\n", head, strings.Join(v.cells(row.Name), " | "))
			head = ""
		}
	}
}

func (v *Verdict) cells(row string) []string {
	what, times := row+", "+v.Figure, ""
	if v.Client != Ours {
		what = row + ", " + v.Client + ": " + v.Figure
	}
	if v.Against != "" {
		what, times = what+", against "+v.Against, " ×"
	}
	wanted := fmt.Sprintf("%v %s%s", v.Bound, Number(v.Value), times)
	if v.Always {
		wanted += ", each time"
	}
	reached := ""
	if v.Reached != (Spread{}) || v.Unmet == "" {
		reached = shown(v.Reached) + times
	}
	return []string{what, wanted, reached, word(v.Met, v.Unmet)}
}

func word(met bool, unmet string) string {
	switch {
	case unmet == failed:
		return "missed: " + unmet
	case unmet != "":
		return "not measured: " + unmet
	case met:
		return "met"
	}
	return "missed"
}

func (r *Results) printGrowth(w io.Writer) {
	head := "\n| grows | from | to | slope | steepest step | | wanted | |\n|---|--:|--:|--:|--:|---|--:|---|\n"
	for _, g := range r.Growth {
		fmt.Fprintf(w, "%s| %s |\n", head, strings.Join(g.cells(), " | "))
		head = ""
	}
}

func (g *Growth) cells() []string {
	what := fmt.Sprintf("%s (%s)", g.Name, g.Figure)
	wanted := fmt.Sprintf("≤ %s", Number(g.Bound))
	if len(g.Points) < 2 {
		return []string{what, "", "", "", "", "", wanted, word(g.Met, g.Unmet)}
	}
	end := func(p [2]float64) string { return fmt.Sprintf("%s at %s %s", Number(p[1]), Count(p[0]), g.Unit) }
	return []string{
		what, end(g.Points[0]), end(g.Points[len(g.Points)-1]),
		Number(g.Slope), Number(g.Steepest), Word(g.Slope), wanted, word(g.Met, g.Unmet),
	}
}
