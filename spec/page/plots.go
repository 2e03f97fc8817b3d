package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
)

// The layout of the plots: hundredths of the width, and pixels down.
const (
	plotLeft   = 15
	plotRight  = 98
	plotTop    = 12
	plotBottom = 180
	plotHeight = 222
)

// frame draws the axes of a plot; it gives the scale upwards.
func (p *pen) frame(most float64, label func(v float64) string, below string) (up func(v float64) float64) {
	most, step := rounded(most)
	up = func(v float64) float64 { return plotBottom - (plotBottom-plotTop)*v/most }
	for v := 0.0; v <= most+step/2; v += step {
		p.line("grid", plotLeft, up(v), plotRight, up(v))
		p.text("tick", "end", plotLeft-1.5, up(v)+4, label(v))
	}
	p.text("dim", "middle", (plotLeft+plotRight)/2, plotHeight-4, below)
	return up
}

// rounded is a top of an axis that is at least most, and the step of its ticks.
func rounded(most float64) (top, step float64) {
	if most <= 0 {
		return 1, 1
	}
	step = math.Pow(10, math.Floor(math.Log10(most)))
	for _, f := range []float64{0.2, 0.25, 0.5, 1, 2} {
		if n := math.Ceil(most / (step * f)); n <= 5 {
			return n * step * f, step * f
		}
	}
	return 10 * step, 5 * step
}

// backoff shows between what each delay lies.
func (b *builder) backoff() picture {
	steps := b.Report.Schedule.Steps
	p := newPen(plotHeight)
	most := 0.0
	for _, s := range steps {
		most = max(most, time.Duration(s.Longest).Seconds())
	}
	up := p.frame(most, func(v float64) string { return seconds(v) }, "failures in a row")
	wide := float64(plotRight-plotLeft) / float64(len(steps))
	var words []string
	for i, s := range steps {
		x := plotLeft + wide*float64(i)
		low, high := up(time.Duration(s.Shortest).Seconds()), up(time.Duration(s.Longest).Seconds())
		p.rect("bar", x+wide*0.18, high, wide*0.64, max(2, low-high))
		n := strconv.Itoa(s.Failures)
		if i == len(steps)-1 {
			n += "+"
		}
		if every := (len(steps) + 9) / 10; i%every == 0 || i == len(steps)-1 && i%every > every/2 {
			p.text("tick", "middle", x+wide/2, plotBottom+16, n)
		}
		words = append(words, n+": "+span(s))
	}
	drawn := p.done("How long a client waits before it dials again", "It waits for a time between the ends of a bar, by chance. After so many failures: "+strings.Join(words, "; ")+".")
	drawn.Place = "backoff"
	return drawn
}

func seconds(v float64) string {
	if v == 0 {
		return "0"
	}
	return explain.Seconds(v * float64(time.Second)).String()
}

// maxBars bounds the bars of a plot; more seconds share one.
const maxBars = 120

// rates show the connections in each second after an outage.
func (b *builder) rates() (all []picture) {
	for _, r := range b.Report.Load.Restarts {
		if len(r.PerSecond) > 0 {
			all = append(all, rate(r, b.Report.Load.Clients))
		}
	}
	return all
}

func rate(r explain.Restart, clients int) picture {
	each := (len(r.PerSecond) + maxBars - 1) / maxBars
	var bars []float64
	for i := 0; i < len(r.PerSecond); i += each {
		n := 0
		part := r.PerSecond[i:min(i+each, len(r.PerSecond))]
		for _, v := range part {
			n += v
		}
		bars = append(bars, float64(n)/float64(len(part)))
	}
	most := 0.0
	for _, v := range bars {
		most = max(most, v)
	}
	p := newPen(plotHeight)
	up := p.frame(most, func(v float64) string { return quantity.Count(int(v)) }, "seconds since it is back")
	drawBars(p, bars, each, up)
	title := "Back at once after all connections were cut"
	if r.Outage > 0 {
		title = "After " + r.Outage.String() + " down"
	}
	return p.done(title, fmt.Sprintf("Connections in each second, of %s clients: at most %s; 99 %% are back within %s, all within %s.",
		quantity.Count(clients), quantity.Count(r.Peak), r.Back99, r.Back))
}

func drawBars(p *pen, bars []float64, each int, up func(v float64) float64) {
	wide := float64(plotRight-plotLeft) / float64(max(len(bars), 8))
	for i, v := range bars {
		p.rect("bar", plotLeft+wide*float64(i)+wide*0.1, up(v), wide*0.8, plotBottom-up(v))
	}
	ticks := max(1, (max(len(bars), 8)+5)/6)
	for i := 0; i <= max(len(bars), 8); i += ticks {
		p.text("tick", "middle", plotLeft+wide*float64(i), plotBottom+16, strconv.Itoa(i*each))
	}
}
