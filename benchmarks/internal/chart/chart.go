// Package chart draws a report as one self-contained SVG document: a panel for
// each row that compares clients, with a bar for each of them. It follows the
// reader's preference of light or dark.
//
// chart.go says what is shown, layout.go where, svg.go writes it.
package chart

import (
	"math"
	"slices"
	"strings"

	"github.com/linewright/linewright/benchmarks/internal/contest"
)

// bar is one client's figure in a panel.
type bar struct {
	name    string
	class   string // ours, peer or limit
	value   contest.Spread
	unmet   string // why there is no value
	target  float64
	hasGoal bool
}

// panel is one row.
type panel struct {
	title, figure string
	bars          []bar
}

// group is one suite.
type group struct {
	title  string
	panels []panel
}

// groups are the suites with the rows that more than one client did, or tried to.
func groups(r *contest.Report) []group {
	var all []group
	for _, s := range r.Suites {
		g := group{title: s.Title}
		for _, row := range s.Rows {
			if p := panelOf(row); len(p.bars) > 1 && p.greatest() > 0 {
				g.panels = append(g.panels, p)
			}
		}
		if len(g.panels) > 0 {
			all = append(all, g)
		}
	}
	return all
}

// classes in the order in which they are drawn.
var classes = []string{"ours", "peer", "limit"}

func classOf(client string) string {
	switch {
	case strings.HasPrefix(client, contest.Ours):
		return "ours"
	case strings.HasPrefix(client, "limit"):
		return "limit"
	}
	return "peer"
}

func panelOf(row contest.RowDone) panel {
	p := panel{title: row.Name, figure: row.Figures[0]}
	for _, c := range row.Clients {
		b := bar{name: c.Name, class: classOf(c.Name), value: c.Figures[p.figure]}
		if c.Done == 0 {
			b.unmet = c.Unmet
		}
		if c.Name == contest.Ours {
			b.target, b.hasGoal = goal(row, p.figure)
		}
		p.bars = append(p.bars, b)
	}
	slices.SortStableFunc(p.bars, func(a, b bar) int {
		return slices.Index(classes, a.class) - slices.Index(classes, b.class)
	})
	return p
}

// goal is the most demanding target for a figure.
func goal(row contest.RowDone, figure string) (value float64, ok bool) {
	value = math.Inf(1)
	if contest.MoreIsBetter(figure) {
		value = 0
	}
	for _, t := range row.Targets {
		at := t.Value
		if i := slices.IndexFunc(row.Clients, func(c contest.ClientDone) bool { return c.Name == t.Against }); i >= 0 {
			at *= row.Clients[i].Figures[figure].Median
		}
		if t.Client != contest.Ours || t.Figure != figure || at == 0 {
			continue
		}
		if ok = true; contest.MoreIsBetter(figure) {
			value = max(value, at)
		} else {
			value = min(value, at)
		}
	}
	return value, ok
}

// greatest is what a panel has to have room for.
func (p *panel) greatest() (most float64) {
	for _, b := range p.bars {
		most = max(most, b.value.Greatest)
		if b.hasGoal {
			most = max(most, b.target)
		}
	}
	return most
}
