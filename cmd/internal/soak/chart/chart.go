package chart

import "time"

// Chart is a picture of several quantities over the same time.
type Chart struct {
	Title, Subtitle string
	Time            time.Duration // where the time axis ends, at least; it begins at 0
	Panels          []Panel
}

// Panel shows one quantity.
type Panel struct {
	Title string
	Unit  string // of the values; "": a number
	Lines []Line
	Spans []Span
}

// Line is one curve. Times ascend; there are as many Values.
type Line struct {
	Name   string // "": the panel's title says it all
	Times  []time.Duration
	Values []float64
}

// Span is a stretch of time with its median, drawn as a bar.
type Span struct {
	From, To time.Duration
	Median   float64
}

// The layout, in pixels.
const (
	columns = 2
	width   = 560 // of a panel, its labels included
	height  = 210
	head    = 66 // above the panels
	margin  = 16
)

// SVG is the document.
func (c *Chart) SVG() []byte {
	rows := (len(c.Panels) + columns - 1) / columns
	w, h := columns*width+2*margin, head+rows*height+margin
	p := &pen{}
	p.open(w, h, c.Title)
	p.text(margin+8, 30, "title", "start", c.Title)
	p.text(margin+8, 50, "sub", "start", c.Subtitle)
	for i, panel := range c.Panels {
		panel.draw(p, c.Time, float64(margin+i%columns*width), float64(head+i/columns*height))
	}
	p.close()
	return p.buf.Bytes()
}
