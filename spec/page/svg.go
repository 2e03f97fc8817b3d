package page

import (
	"fmt"
	"html"
	"html/template"
	"strings"
)

// picture is a drawing and what it shows in words: the words are for those who do not
// see it.
type picture struct {
	Title, Words string
	SVG          template.HTML
	Place        string // what a change of something else marks
}

// pen draws. Across, it counts in hundredths of the page's width, and down in pixels:
// a picture is as wide as there is room for, and its words are as large as others, on a
// telephone and on paper. Colours are the style's, by class.
type pen struct {
	b strings.Builder
	h int
}

func newPen(h int) *pen { return &pen{h: h} }

func (p *pen) done(title, words string) picture {
	svg := fmt.Sprintf(`<svg width="100%%" height="%d" role="img" aria-label="%s">%s</svg>`,
		p.h, html.EscapeString(title+". "+words), p.b.String())
	return picture{Title: title, Words: words, SVG: template.HTML(svg)} //nolint:gosec // the pen escapes
}

func (p *pen) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(&p.b, `<line class="%s" x1="%.2f%%" y1="%.1f" x2="%.2f%%" y2="%.1f"/>`, class, x1, y1, x2, y2)
}

func (p *pen) rect(class string, x, y, w, h float64) {
	fmt.Fprintf(&p.b, `<rect class="%s" x="%.2f%%" y="%.1f" width="%.2f%%" height="%.1f"/>`, class, x, y, w, h)
}

func (p *pen) circle(class string, x, y, r float64) {
	fmt.Fprintf(&p.b, `<circle class="%s" cx="%.2f%%" cy="%.1f" r="%.1f"/>`, class, x, y, r)
}

// text writes; anchor is start, middle or end.
func (p *pen) text(class, anchor string, x, y float64, s string) {
	fmt.Fprintf(&p.b, `<text class="%s" text-anchor="%s" x="%.2f%%" y="%.1f">%s</text>`, class, anchor, x, y, html.EscapeString(s))
}

// heads defines the heads of arrows, one for each class of them.
func (p *pen) heads(classes ...string) {
	p.b.WriteString("<defs>")
	for _, c := range classes {
		fmt.Fprintf(&p.b, `<marker id="head-%s" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="%s head" d="M0 0l8 4l-8 4z"/></marker>`, c, c)
	}
	p.b.WriteString("</defs>")
}

// arrow has its head at the second end; [pen.heads] knows its class.
func (p *pen) arrow(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(&p.b, `<line class="%s" x1="%.2f%%" y1="%.1f" x2="%.2f%%" y2="%.1f" marker-end="url(#head-%s)"/>`, class, x1, y1, x2, y2, class)
}

// short is s, cut to n characters.
func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
