package main

import (
	"fmt"
	"time"

	"github.com/linewright/linewright/cmd/internal/soak/chart"
)

// picture draws the samples.
func (r *result) picture() []byte {
	c := chart.Chart{
		Title: fmt.Sprintf("Soak of %d clients for %v", r.clients, r.lasted.Round(time.Second)),
		Subtitle: fmt.Sprintf("%s commands, %s events, %s faults; seed %d; %s",
			count(r.book.Commands()), count(r.events.Seen), count(sum(r.faults)), r.seed, r.verdict()),
		Time: r.lasted,
		Panels: []chart.Panel{
			{Title: "Heap", Unit: "MiB", Spans: r.spans(0), Lines: []chart.Line{r.quantity("in use", 0), r.quantity("live after collection", 1)}},
			{Title: "Resident memory", Unit: "MiB", Spans: r.spans(2), Lines: []chart.Line{r.quantity("", 2)}},
			{Title: "Goroutines", Spans: r.spans(3), Lines: []chart.Line{r.quantity("", 3)}},
			{Title: "Descriptors", Spans: r.spans(4), Lines: []chart.Line{r.quantity("", 4)}},
			r.panel("READY clients", "", func(s sample) float64 { return float64(s.ready) }),
			r.panel("Commands", "per second", func(s sample) float64 { return s.commands }),
			r.panel("Events", "per second", func(s sample) float64 { return s.events }),
			r.panel("Reconnects", "per second", func(s sample) float64 { return s.reconnects }),
		},
	}
	return c.SVG()
}

func (r *result) panel(title, unit string, of func(sample) float64) chart.Panel {
	return chart.Panel{Title: title, Unit: unit, Lines: []chart.Line{r.line("", of)}}
}

// quantity is one of the quantities that must not grow.
func (r *result) quantity(name string, quantity int) chart.Line {
	q := quantities[quantity]
	return r.line(name, func(s sample) float64 { return q.of(s.resources) / q.div })
}

func (r *result) line(name string, of func(sample) float64) chart.Line {
	l := chart.Line{Name: name}
	for _, s := range r.samples {
		l.Times = append(l.Times, s.at)
		l.Values = append(l.Values, of(s))
	}
	return l
}

// spans are the two quarters that are compared, where there are any.
func (r *result) spans(trend int) []chart.Span {
	if len(r.trends) == 0 {
		return nil
	}
	t, n := r.trends[trend], len(r.samples)/4
	at := func(i int) time.Duration { return r.samples[i].at }
	last := len(r.samples) - 1
	return []chart.Span{
		{From: at(n), To: at(2*n - 1), Median: t.second / t.div},
		{From: at(last - n + 1), To: at(last), Median: t.last / t.div},
	}
}
