package spec

import (
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// examples reads the examples of a message or command.
func (w *lowering) examples(v value) []*model.Example {
	if v.absent() {
		return nil
	}
	var out []*model.Example
	v.each(`examples, as in [{wire: "OK 3", is: {count: 3}}]`, func(v value) {
		if e := w.example(v); e != nil {
			out = append(out, e)
		}
	})
	return out
}

// example reads one; nil after a complaint.
func (w *lowering) example(v value) *model.Example {
	e := &model.Example{Pos: v.Pos}
	given := false
	ok := w.clean(func() {
		given = v.mapping(`an example, as in {wire: "OK 3", is: {count: 3}}`,
			may("wire", func(v value) {
				if v.scalar("a frame") && v.notNull("frame") {
					e.Wire = w.wireExample(v)
				}
			}),
			may("hex", func(v value) { e.Wire = hexBytes(v) }),
			may("is", func(v value) { e.Is = exampleMap(v) }),
			may("bad", text(&e.Bad)),
		)
	})
	if !ok || !given {
		return nil
	}
	wire, raw, is, bad := v.Get("wire"), v.Get("hex"), v.Get("is"), v.Get("bad")
	switch {
	case wire == nil && raw == nil:
		v.fail("missing-key", "", "wire or hex is missing")
	case wire != nil && raw != nil:
		v.failAt(raw.Pos, "example-form", "", "an example is given as wire or as hex, not as both")
	case is == nil && bad == nil:
		v.fail("missing-key", "write is: {} for a frame without fields", "is or bad is missing: what does the example show?")
	case is != nil && bad != nil:
		v.failAt(bad.Pos, "example-form", "", "an example is good or bad, not both")
	case bad != nil && e.Bad == "":
		v.find("bad").fail("empty", "a field's name, literal, length or end", "nothing says what is bad")
	default:
		w.written[e] = v
		return e
	}
	return nil
}

// wireExample is a frame as the document shows it: its line breaks stand for
// the frame's, and a block's last one is the block's own.
func (w *lowering) wireExample(v value) []byte {
	text := v.Value
	if v.Style == document.Literal {
		text = strings.TrimSuffix(text, "\n")
	}
	if f := w.frameModel(); f != nil && f.Content == "json" && !slices.ContainsFunc(f.Ends, isLineEnd) {
		return []byte(text) // between the parts of an object it is a blank
	}
	return []byte(strings.ReplaceAll(text, "\n", w.sendEnd()))
}

func isLineEnd(end string) bool { return strings.Contains(end, "\n") }

// hexBytes reads bytes as pairs of hex digits, blanks between them ignored.
func hexBytes(v value) []byte {
	if !v.scalar("bytes in hex") {
		return nil
	}
	b, err := hex.DecodeString(strings.Join(strings.Fields(v.Value), ""))
	if err != nil {
		v.fail("hex", "", "%s is not pairs of hex digits", v.describe())
	}
	return b
}

// numberLike is what the document writes as a number.
var numberLike = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|0x[0-9a-fA-F]+)$`)

func exampleMap(v value) map[string]any {
	out := map[string]any{}
	v.entries("a map of the fields' values", func(e entry) { out[e.name] = exampleValue(e.value) })
	return out
}

// exampleValue is a value as the document writes it: quoted text is text, plain
// text is true, false, a number or text.
func exampleValue(v value) any {
	switch v.Kind {
	case document.Map:
		return exampleMap(v)
	case document.List:
		out := []any{}
		for _, item := range v.Items {
			out = append(out, exampleValue(v.child(item, "[]")))
		}
		return out
	case document.Null:
		return nil
	}
	switch {
	case v.Style != document.Plain:
		return v.Value
	case v.Value == "true":
		return true
	case v.Value == "false":
		return false
	case v.Value == "null" || v.Value == "~":
		return nil
	case numberLike.MatchString(v.Value):
		return model.Number(v.Value)
	}
	return v.Value
}
