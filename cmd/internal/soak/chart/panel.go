package chart

import (
	"fmt"
	"strings"
	"time"
)

// The room around a panel's curves, in pixels.
const (
	left, right = 64, 14
	top, bottom = 30, 28
)

// frame is where a panel's values are on the page.
type frame struct {
	x, y, w, h float64
	last       time.Duration
	most       float64
}

func (f frame) at(t time.Duration) float64 { return f.x + f.w*float64(t)/float64(f.last) }

func (f frame) of(v float64) float64 { return f.y + f.h*(1-v/f.most) }

// draw draws the panel with its corner at x, y.
func (p Panel) draw(pen *pen, end time.Duration, x, y float64) {
	f := frame{x: x + left, y: y + top, w: width - left - right, h: height - top - bottom}
	last, most := p.extent()
	f.last = max(last, end)
	values := ticks(most, 4)
	f.most = values[len(values)-1]
	for _, s := range p.Spans {
		pen.rect(f.at(s.From), f.y, f.at(s.To)-f.at(s.From), f.h, "span")
	}
	p.axes(pen, f, values)
	for i, l := range p.Lines {
		pen.curve(l.points(f), fmt.Sprintf("c%d", i%3))
	}
	for _, s := range p.Spans {
		pen.line(f.at(s.From), f.of(s.Median), f.at(s.To), f.of(s.Median), "median")
	}
	p.heading(pen, f)
}

// extent is the latest time and the highest value.
func (p Panel) extent() (last time.Duration, most float64) {
	last = 1
	for _, l := range p.Lines {
		for i, v := range l.Values {
			last, most = max(last, l.Times[i]), max(most, v)
		}
	}
	return last, most
}

func (p Panel) axes(pen *pen, f frame, values []float64) {
	for _, v := range values {
		pen.line(f.x, f.of(v), f.x+f.w, f.of(v), "grid")
		pen.text(f.x-6, f.of(v)+4, "", "end", Number(v))
	}
	step := timeStep(f.last, 6)
	for t := time.Duration(0); t <= f.last; t += step {
		pen.line(f.at(t), f.y+f.h, f.at(t), f.y+f.h+4, "axis")
		pen.text(f.at(t), f.y+f.h+17, "", "middle", clock(t, step))
	}
	pen.line(f.x, f.y+f.h, f.x+f.w, f.y+f.h, "axis")
	pen.line(f.x, f.y, f.x, f.y+f.h, "axis")
}

// heading is the title, and the legend at the right.
func (p Panel) heading(pen *pen, f frame) {
	title := p.Title
	if p.Unit != "" {
		title += ", " + p.Unit
	}
	pen.text(f.x, f.y-10, "name", "start", title)
	x := f.x + f.w
	if len(p.Spans) > 0 {
		x = key(pen, x, f.y-10, "median", "median")
	}
	for i := len(p.Lines) - 1; i >= 0; i-- {
		if name := p.Lines[i].Name; name != "" {
			x = key(pen, x, f.y-10, fmt.Sprintf("line c%d", i%3), name)
		}
	}
}

// key writes one entry of the legend to the left of x, and returns where the
// next one may end.
func key(pen *pen, x, y float64, class, name string) float64 {
	pen.text(x, y, "", "end", name)
	x -= wide(name) + 5
	pen.line(x-18, y-4, x, y-4, class)
	return x - 34
}

// wide is about how wide a text is, in pixels.
func wide(text string) (w float64) {
	for _, r := range text {
		switch {
		case strings.ContainsRune("fijlrt ,.", r):
			w += 4.2
		case strings.ContainsRune("mwMW", r):
			w += 10
		default:
			w += 7
		}
	}
	return w
}

// points are where the line goes.
func (l Line) points(f frame) [][2]float64 {
	points := make([][2]float64, len(l.Values))
	for i, v := range l.Values {
		points[i] = [2]float64{f.at(l.Times[i]), f.of(v)}
	}
	return points
}
