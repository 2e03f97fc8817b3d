package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// pen writes SVG elements.
type pen struct{ buf bytes.Buffer }

// style is the document's only one. Colours are from a palette that colour-blind
// people can tell apart.
const style = `
text { font: 11px "DejaVu Sans", Verdana, Helvetica, sans-serif; fill: #4a5058 }
.title { font-size: 18px; font-weight: bold; fill: #1d2127 }
.sub { font-size: 12px }
.name { font-size: 13px; font-weight: bold; fill: #1d2127 }
.grid { stroke: #e6e8eb; stroke-width: 1 }
.axis { stroke: #9aa1a9; stroke-width: 1 }
.span { fill: #f1f4f8 }
.line { fill: none; stroke-width: 1.6; stroke-linejoin: round }
.median { stroke: #1d2127; stroke-width: 1.4; stroke-dasharray: 5 3 }
.c0 { stroke: #0072b2 } .c1 { stroke: #d55e00 } .c2 { stroke: #009e73 }
`

func (p *pen) open(w, h int, title string) {
	fmt.Fprintf(&p.buf, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">`+"\n", w, h)
	fmt.Fprintf(&p.buf, "<title>%s</title>\n<style>%s</style>\n", escape(title), style)
	fmt.Fprintf(&p.buf, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", w, h)
}

func (p *pen) close() { p.buf.WriteString("</svg>\n") }

func (p *pen) text(x, y float64, class, anchor, text string) {
	fmt.Fprintf(&p.buf, `<text x="%.1f" y="%.1f" class="%s" text-anchor="%s">%s</text>`+"\n", x, y, class, anchor, escape(text))
}

func (p *pen) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(&p.buf, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" class="%s"/>`+"\n", x1, y1, x2, y2, class)
}

func (p *pen) rect(x, y, w, h float64, class string) {
	fmt.Fprintf(&p.buf, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" class="%s"/>`+"\n", x, y, w, h, class)
}

// curve goes through points of x and y.
func (p *pen) curve(points [][2]float64, class string) {
	var path strings.Builder
	for i, at := range points {
		fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(i, 1)], at[0], at[1])
	}
	fmt.Fprintf(&p.buf, `<path d="%s" class="line %s"/>`+"\n", path.String(), class)
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
