package chart

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/linewright/linewright/benchmarks/internal/contest"
)

// element is one of a document.
type element struct {
	name, text string
	attr       map[string]string
}

func (e element) number(t *testing.T, name string) float64 {
	x, err := strconv.ParseFloat(e.attr[name], 64)
	require.NoError(t, err, "%s of %+v", name, e)
	return x
}

// drawn reads a document, which must stand alone, and stay on its page.
func drawn(t *testing.T, r *contest.Report) (all []element) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(string(SVG(r, "a & b"))))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				require.NotContains(t, a.Value, "NaN")
				require.NotContains(t, a.Value, "Inf")
				e.attr[a.Name.Local] = a.Value
			}
			all = append(all, e)
		case xml.CharData:
			if len(all) > 0 {
				all[len(all)-1].text += strings.TrimSpace(string(token))
			}
		}
	}
	width, height := all[0].number(t, "width"), all[0].number(t, "height")
	for _, e := range all[1:] {
		require.Contains(t, []string{"title", "style", "rect", "text", "line"}, e.name)
		require.NotContains(t, e.attr, "href")
		switch e.name {
		case "rect":
			require.LessOrEqual(t, e.number(t, "width"), width)
			if e.attr["x"] != "" {
				require.LessOrEqual(t, e.number(t, "x")+e.number(t, "width"), width)
			}
		case "text":
			require.Less(t, e.number(t, "y"), height)
		case "line":
			require.LessOrEqual(t, max(e.number(t, "x1"), e.number(t, "x2")), width)
		}
	}
	return all
}

func client(name string, median, least, greatest float64) contest.ClientDone {
	return contest.ClientDone{Name: name, Done: 5, Figures: map[string]contest.Spread{"ops/s": {Median: median, Least: least, Greatest: greatest}}}
}

func example() *contest.Report {
	return &contest.Report{Suites: []contest.Results{{
		Title: "A <server>",
		Rows: []contest.RowDone{
			{
				Name: "get", Figures: []string{"ops/s"},
				Clients: []contest.ClientDone{
					client("limit, raw", 400, 400, 400), client("linewright", 300, 290, 310), client("peer", 100, 90, 120),
					{Name: "absent", Unmet: "is not installed"},
				},
				Targets: []contest.Verdict{
					{Client: contest.Ours, Figure: "ops/s", Against: "peer", Value: 1.8},
					{Client: contest.Ours, Figure: "ops/s", Against: "limit, raw", Value: 0.5},
					{Client: contest.Ours, Figure: "CPU", Bound: contest.AtMost, Value: 9000},
					{Client: "linewright, other", Figure: "ops/s", Value: 9000},
				},
			},
			{Name: "alone", Figures: []string{"ops/s"}, Clients: []contest.ClientDone{client("linewright", 1, 1, 1)}},
			{Name: "nobody", Figures: []string{"ops/s"}, Clients: []contest.ClientDone{{Name: "a", Unmet: "x"}, {Name: "b", Unmet: "x"}}},
		},
	}, {Title: "nothing to see", Rows: nil}}}
}

func of(all []element, name, class string) (found []element) {
	for _, e := range all {
		if e.name == name && (class == "" || e.attr["class"] == class) {
			found = append(found, e)
		}
	}
	return found
}

func TestChart(t *testing.T) {
	all := drawn(t, example())
	var texts []string
	for _, e := range of(all, "text", "") {
		texts = append(texts, e.text)
	}
	for _, want := range []string{"A <server>", "a & b", "get", "ops/s, more is better", "is not installed", "300", "limit, raw"} {
		require.Contains(t, texts, want)
	}
	for _, not := range []string{"alone", "nobody", "nothing to see"} {
		require.NotContains(t, texts, not, "there is nothing to compare")
	}
}

// Bars have the lengths of their medians, ours is first, limits are last.
func TestBars(t *testing.T) {
	all := drawn(t, example())
	ours, peer, limit := of(all, "rect", "ours")[1], of(all, "rect", "peer")[1], of(all, "rect", "limit")[1]
	require.InDelta(t, 3, ours.number(t, "width")/peer.number(t, "width"), 0.01)
	require.InDelta(t, longest, limit.number(t, "width"), 0.1)
	require.Equal(t, ours.attr["x"], limit.attr["x"])
	require.Less(t, ours.number(t, "y"), peer.number(t, "y"))
	require.Less(t, peer.number(t, "y"), limit.number(t, "y"))

	at := func(v float64) float64 { return ours.number(t, "x") + v*longest/400 }
	goals := of(all, "line", "goal")
	require.Len(t, goals, 2, "of the legend, and the most demanding one")
	require.InDelta(t, at(200), goals[1].number(t, "x1"), 0.1)
	spreads := of(all, "line", "spread")
	require.Len(t, spreads, 3, "none where all rounds were alike")
	require.InDelta(t, at(290), spreads[1].number(t, "x1"), 0.1)
	require.InDelta(t, at(310), spreads[1].number(t, "x2"), 0.1)
}

func TestLessIsBetter(t *testing.T) {
	report := example()
	row := &report.Suites[0].Rows[0]
	row.Figures[0] = "ns"
	for i := range row.Clients {
		row.Clients[i].Figures = map[string]contest.Spread{"ns": row.Clients[i].Figures["ops/s"]}
	}
	for i := range row.Targets {
		row.Targets[i].Figure, row.Targets[i].Bound = "ns", contest.AtMost
	}
	value, ok := goal(*row, "ns")
	require.True(t, ok)
	require.InDelta(t, 180, value, 1e-9)
	var texts []string
	for _, e := range of(drawn(t, report), "text", "note") {
		texts = append(texts, e.text)
	}
	require.Contains(t, texts, "ns, less is better")
}

// Both schemes name every class that is drawn in colour.
func TestSchemes(t *testing.T) {
	light, dark, found := strings.Cut(style, "@media (prefers-color-scheme: dark) {")
	require.True(t, found)
	for _, class := range []string{"text", ".title", ".note", ".page", ".ours", ".peer", ".limit", ".rule", ".spread", ".goal"} {
		require.Contains(t, light, class+" ")
		require.Contains(t, dark, class)
	}
	require.Equal(t, strings.Count(style, "{"), strings.Count(style, "}"))
}

func TestNothingToDraw(t *testing.T) {
	drawn(t, &contest.Report{})
}
