// Package box is what decodes on the page that [page] makes: a reviewer pastes a line
// or bytes in hex, and sees which message it is and what its fields are. The page's own
// script does it, from a plan of the document's templates:
//
//	script := box.Script(protocol)
//	data, err := box.Plan(protocol, words) // JSON
//
// The script goes through a template's ops as package codec does, one function for
// each of its; tests run it in a real browser on every example, on what is left of them when
// bytes are cut off or changed, and on random values of random templates, and hold it to
// say the same as the Go code: which message, which values, from which bytes, or where
// it is refused and why.
//
// It cuts frames as the runtime's decoder does where nothing is awaited, from the runtime's own
// framing and shapes, and goes on behind bytes that are none where that does. Tests hold it
// to that decoder on streams of examples that are whole, cut off, changed and in turn, and on
// those that fuzzing has found. What a decoder in a session knows and a paste does not tell is
// which message is awaited, and the mode: so each is looked for as if it was awaited, the
// script says which others what was asked could make of the same bytes, and what they are to a
// client that waits for none; of readings of different lengths it prefers one behind which
// something known follows. An echo is read as what it repeats.
//
// The Go decoder itself, compiled to WebAssembly, was measured first: 1.75 to 3.6 MB a
// page, the page's policy would have to allow 'wasm-unsafe-eval', and the repository to
// hold what a compiler has made. This is 65 to 80 kB, and can be read.
//
// What a browser cannot know: characters that its Unicode has and Go's has not are shown
// as they are, not escaped. All else is the same.
package box

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"github.com/linewright/linewright/spec/model"
)

//go:embed js
var files embed.FS

// fieldScripts are the parts of the script that read messages, in order. They have names
// of their own: what stands before and behind them sees four.
var fieldScripts = []string{
	"plan", "reader", "text", "quoted", "number", "decimal", "jsonread", "object", "print", "constraint",
	"parse", "values", "count", "pairs", "members", "write", "nearest", "message",
}

// boxScripts are the box on the page.
var boxScripts = []string{"show", "box"}

// Script is what the page of a document runs, in as few bytes as that takes: what has
// nothing to do is left out, and names and blanks are made short.
func Script(p *model.Protocol) string {
	code := reading(p)
	if made, ok := shorts.Load(code); ok {
		return made.(string)
	}
	made := short("\"use strict\";\n(() => {\n" + code + "(() => {\n" + script(boxScripts) + "})();\n})();\n")
	shorts.Store(code, made)
	return made
}

// shorts are the scripts that were made, by what they read with: documents that need the
// same have one.
var shorts sync.Map

// reading is all but the box, as it is written.
func reading(p *model.Protocol) string {
	u := usesOf(p)
	used := slices.DeleteFunc(slices.Clone(fieldScripts), func(part string) bool { return !u.need(part) })
	return script(frameScripts) + "const { Plan, fits, measure, nearer, readMessage } = (() => {\n" + script(used) +
		"return { Plan, fits, measure, nearer, readMessage };\n})();\n"
}

func short(source string) string {
	var out strings.Builder
	if err := (&js.Minifier{}).Minify(minify.New(), &out, strings.NewReader(source), nil); err != nil {
		panic(err) // it is in the binary, and a test runs it
	}
	return out.String()
}

func script(names []string) string {
	var all strings.Builder
	for _, name := range names {
		data, err := files.ReadFile("js/" + name + ".js")
		if err != nil {
			panic(err) // it is in the binary
		}
		all.Write(data)
	}
	return all.String()
}

// Plan is what the script must know of a document, as JSON. words are the page's own about what
// the client does; nil: the box does not say it.
func Plan(p *model.Protocol, words *Words) ([]byte, error) {
	pl := &planner{
		refs: newRefs(), types: map[*model.Type]int{}, same: map[string]int{},
		list: []json.RawMessage{[]byte("0")}, measured: map[int]string{},
	}
	frames, err := framesPlan(pl.refs, p) // first: it says which ops are referred to
	if err != nil {
		return nil, err
	}
	out := whole{Frames: frames, Words: words}
	for i, m := range p.Messages {
		pl.found(&m.Template, "m", i)
		out.Messages = append(out.Messages, message{Name: m.Name, template: pl.template(&m.Template)})
	}
	for i, c := range p.Commands {
		pl.found(&c.Template, "c", i)
		out.Commands = append(out.Commands, message{Name: c.Name, template: pl.template(&c.Template)})
	}
	out.Types, out.Measured, out.Examples = pl.list, pl.measured, offered(p)
	return json.Marshal(out)
}

// whole is all that the script must know.
type whole struct {
	Frames   *framesOf         `json:"frames"`
	Messages []message         `json:"messages"`
	Commands []message         `json:"commands"`
	Measured map[int]string    `json:"measured,omitempty"` // templates, by their numbers of refs
	Types    []json.RawMessage `json:"types"`              // from 1
	Examples [][2]string       `json:"examples,omitempty"` // the direction, and what to paste
	Words    *Words            `json:"words,omitempty"`
}
