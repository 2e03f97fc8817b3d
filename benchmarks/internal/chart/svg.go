package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// pen writes SVG elements.
type pen struct{ buf bytes.Buffer }

// style has the colours of both schemes: they can be told apart by people who
// see no red or green, and by lightness alone.
const style = `
text { font: 11px -apple-system, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #3d444d }
.title { font-size: 20px; font-weight: 600 }
.suite { font-size: 15px; font-weight: 600 }
.sub { font-size: 12px }
.name { font-size: 12px; font-weight: 600 }
.ours-name { font-weight: 700 }
.title, .suite, .name, .ours-name { fill: #1f2328 }
.note { fill: #59636e }
.page { fill: #ffffff }
.ours { fill: #0969da }
.peer { fill: #9aa4af }
.limit { fill: #ffffff; stroke: #9aa4af; stroke-width: 1 }
.rule { stroke: #d1d9e0; stroke-width: 1 }
.spread { stroke: #1f2328; stroke-width: 1.2; stroke-opacity: 0.65 }
.goal { stroke: #bc4c00; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
text { fill: #b7bfc8 }
.title, .suite, .name, .ours-name { fill: #f0f6fc }
.note { fill: #9198a1 }
.page { fill: #0d1117 }
.ours { fill: #4493f8 }
.peer { fill: #656c76 }
.limit { fill: #0d1117; stroke: #818b96 }
.rule { stroke: #3d444d }
.spread { stroke: #f0f6fc }
.goal { stroke: #f0883e }
}
`

func (p *pen) open(w, h int, title string) {
	fmt.Fprintf(&p.buf, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">`+"\n", w, h)
	fmt.Fprintf(&p.buf, "<title>%s</title>\n<style>%s</style>\n", escape(title), style)
	fmt.Fprintf(&p.buf, `<rect width="%d" height="%d" rx="6" class="page"/>`+"\n", w, h)
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

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}
