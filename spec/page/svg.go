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
}

// pen draws. Colours are the style's, by class, so that a picture is right in the dark
// and on paper.
type pen struct {
	b    strings.Builder
	w, h int
}

func newPen(w, h int) *pen { return &pen{w: w, h: h} }

// done is the picture. Its size in the page is that of its own pixels at most.
func (p *pen) done(title, words string) picture {
	svg := fmt.Sprintf(`<svg viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">%s</svg>`,
		p.w, p.h, p.w, p.h, html.EscapeString(title+". "+words), p.b.String())
	return picture{Title: title, Words: words, SVG: template.HTML(svg)} //nolint:gosec // the pen escapes
}

func (p *pen) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(&p.b, `<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class, x1, y1, x2, y2)
}

func (p *pen) rect(class string, x, y, w, h float64) {
	fmt.Fprintf(&p.b, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, class, x, y, w, h)
}

func (p *pen) rounded(class string, x, y, w, h float64) {
	fmt.Fprintf(&p.b, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="8"/>`, class, x, y, w, h)
}

func (p *pen) circle(class string, x, y, r float64) {
	fmt.Fprintf(&p.b, `<circle class="%s" cx="%.1f" cy="%.1f" r="%.1f"/>`, class, x, y, r)
}

// text writes; anchor is start, middle or end.
func (p *pen) text(class, anchor string, x, y float64, s string) {
	fmt.Fprintf(&p.b, `<text class="%s" text-anchor="%s" x="%.1f" y="%.1f">%s</text>`, class, anchor, x, y, html.EscapeString(s))
}

// arrow is a line with a head at its second end, which is to its left or right.
func (p *pen) arrow(class string, x1, y, x2 float64) {
	p.line(class, x1, y, x2, y)
	d := 7.0
	if x2 > x1 {
		d = -d
	}
	fmt.Fprintf(&p.b, `<path class="%s head" d="M%.1f %.1fl%.1f -4v8z"/>`, class, x2, y, d)
}

func (p *pen) path(class, d string) { fmt.Fprintf(&p.b, `<path class="%s" d="%s"/>`, class, d) }

// short is s, cut to n characters.
func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
