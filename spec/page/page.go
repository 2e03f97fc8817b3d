// Package page makes the page by which a protocol's owner approves a document, who
// may never have written Go: one HTML file that needs nothing beside it.
//
//	report := explain.Of(protocol, data, explain.Options{Clients: 1000})
//	html, err := page.Render(page.Input{Protocol: protocol, Report: report})
//
// Five answers stand at its top: how fast a dead link is noticed, what the device sees
// when its clients come back, what may come at any time, what happens to a command
// whose link dies, and what a change breaks. All else is where to look them up.
//
// The page is a function of its input: no clock, no file, no network. It works from a
// mail attachment: its style and script are in it, and its Content-Security-Policy
// names them by hash and refuses the rest, so that a document which tries to be HTML
// stays text twice.
//
// To read in order: page.go, answers.go, catalogue.go, commands.go and fields.go (messages,
// commands, types; repeats.go, what a reply must repeat), bytes.go (examples byte by byte), session.go
// with values.go and ending.go (what ends a link), comeback.go, timeline.go and plots.go (the pictures;
// svg.go draws), review.go (what has changed), breaks.go (what that breaks) and also.go (where
// else a change shows), glossary.go; the looks are in assets. Package box reads what is
// pasted into the page; outcomes.go has the words for what the client does with it.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"regexp"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/breaking"
	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
	"github.com/linewright/linewright/spec/page/box"
)

// Input is what the page is about.
type Input struct {
	Protocol *model.Protocol
	// Report is the protocol's; its Load is that of as many clients as the page
	// is to tell of.
	Report *explain.Report
	// Review is what has changed; nil: the page is no review.
	Review *Review
}

// Review is a comparison with an older document.
type Review struct {
	Against string // the older document's name
	Changes []breaking.Change
	Advice  breaking.Advice
}

//go:embed assets
var assets embed.FS

// Render makes the page.
func Render(in Input) ([]byte, error) {
	b := &builder{
		Input: in, p: in.Protocol, framing: codec.FramingFor(in.Protocol.Frames),
		ids: map[string]bool{}, marked: map[string][]breaking.Change{}, pointers: map[string][]pointer{},
	}
	view := b.view()
	if in.Review != nil {
		b.mark(in.Review.Changes)
		b.markElsewhere(in.Review.Changes)
	}
	t, err := template.New("page.html").Funcs(b.funcs()).ParseFS(assets, "assets/*.html")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "page.html", view); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// builder makes one page.
type builder struct {
	Input
	p       *model.Protocol
	framing wire.Framing
	ids     map[string]bool
	marked  map[string][]breaking.Change // by the id of the thing that has changed
	// pointers are by the place that shows a change of something else.
	pointers map[string][]pointer
}

// id registers the id of a thing on the page, which is its path in the document.
func (b *builder) id(path string) string {
	b.ids[path] = true
	return path
}

// view is what the template reads.
type view struct {
	*model.Protocol
	Report   *explain.Report
	Review   *review
	Style    template.CSS
	Script   template.JS
	Policy   string
	Answers  []answer
	Lead     string // how the description begins
	Facts    []fact
	Frames   []fact
	Params   []field
	Session  []band
	Timeline timeline
	Backoff  picture
	Rates    []picture
	Messages []card
	Commands []command
	Types    []card
	Glossary []term
	Box      template.JS
	Clients  string
}

func (b *builder) view() *view {
	style, script := b.asset("page.css", "pictures.css", "wire.css", "box.css", "review.css", "print.css"), b.asset("page.js")+box.Script(b.p)
	v := &view{
		Protocol: b.p, Report: b.Report,
		Style: template.CSS(style), Script: template.JS(script), Policy: policy(style, script),
		Lead: lead(b.p.Doc), Facts: b.facts(), Frames: b.frames(), Params: b.fields("parameters", b.p.Params),
		Session: b.session(), Timeline: b.timeline(), Backoff: b.backoff(), Rates: b.rates(),
		Messages: b.messages(), Commands: b.commands(), Types: b.types(), Glossary: b.glossary(),
		Box: b.box(), Clients: quantity.Count(b.Report.Load.Clients),
	}
	for _, s := range sections {
		b.id(s)
	}
	for _, s := range b.Report.Settings {
		b.id(s.Path)
	}
	for _, n := range b.Report.Noticing {
		b.id(noticingID(n))
	}
	for _, c := range b.Report.Comebacks {
		b.id(comebackID(c))
	}
	v.Review, v.Answers = b.review(), b.answers()
	return v
}

// box is the plan of the box into which bytes are pasted; empty: this version cannot run
// the document.
func (b *builder) box() template.JS {
	plan, err := box.Plan(b.p, b.outcomes())
	if err != nil {
		return ""
	}
	return template.JS(plan)
}

// maxLead bounds what stands before the answers.
const maxLead = 260

// lead is the first sentences of a description.
func lead(doc string) string {
	end := len(doc)
	for end > maxLead {
		cut := strings.LastIndex(doc[:end-1], ". ")
		if cut < 0 {
			break
		}
		end = cut + 1
	}
	return doc[:end]
}

// sections have ids that are no path in the document.
var sections = []string{"answers", "changes", "overview", "session", "noticing", "reconnecting", "messages", "commands", "types", "settings", "glossary", "try"}

// asset is what stands in files, one behind the other.
func (b *builder) asset(names ...string) string {
	var all strings.Builder
	for _, name := range names {
		data, err := assets.ReadFile("assets/" + name)
		if err != nil {
			panic(err) // it is in the binary
		}
		all.Write(data)
	}
	return all.String()
}

// policy lets the page run its own script and style, and nothing else.
func policy(style, script string) string {
	return "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style) +
		"; base-uri 'none'; form-action 'none'"
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (b *builder) funcs() template.FuncMap {
	return template.FuncMap{
		"marks":       func(id string) []breaking.Change { return b.marked[id] },
		"worst":       func(id string) string { return worst(b.marked[id]) },
		"pointers":    func(place string) []pointer { return b.pointers[place] },
		"loadhead":    func() []string { return loadHead },
		"silentwords": b.silentWords,
		"sustained":   b.sustainedWords,
		"backid":      comebackID,
		"loadplace":   loadPlace,
		"meaning":     meaning,
		"secs":        func(s explain.Seconds) string { return s.String() },
		"after":       after,
		"comma":       quantity.Count,
		"tight":       tight,
		"rowid":       noticingID,
		"link":        b.link,
		"comeback":    explain.Comeback.Words,
		"heartbeat":   heartbeatWords,
		"never":       func(s explain.Seconds) bool { return s == explain.Never },
	}
}

// tight keeps numbers and their units on one line.
func tight(s string) string { return unit.ReplaceAllString(s, "$1\u00a0$2") }

var unit = regexp.MustCompile(`(\d) (ms|s|min|h|d|%|bytes|kB|MB)\b?`)
