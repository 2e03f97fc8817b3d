package page

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// example is a frame, in pieces that each belong to one field, or to none.
type example struct {
	Title  string // good, or what is wrong with it
	Bad    bool
	Binary bool
	Pieces []piece
	Values string // what it means
}

// piece is bytes of a frame that belong together.
type piece struct {
	Text, Hex string // Text is empty where the bytes are none
	// Rows are the ids of the rows that explain it; empty: it belongs to no field.
	Rows    string
	Name    string // of its field, short
	Says    string // what the bytes mean, for whoever looks at them
	Shade   int    // 1 to shades: fields that are neighbours differ; 0: no field
	Control bool   // text with bytes that have no picture: its hex is shown, too
	binary  bool
}

// Label is a piece for who hears it: what is to be seen of it, and what it says.
func (p piece) Label() string {
	seen := p.Text
	if p.binary || p.Control {
		seen = joined(seen, " ", p.Hex)
	}
	if p.Name != "" {
		seen += " " + p.Name
	}
	return seen + ": " + p.Says
}

// shades is how many colours the fields take in turn.
const shades = 6

// maxShown bounds the bytes of an example that are shown.
const maxShown = 2048

// examples are those of a message or a command; one that is sent has the end that the
// client writes.
func (b *builder) examples(path string, t *model.Template, examples []*model.Example, sent bool) (all []example) {
	frame := b.p.Frames[t.Frame]
	for _, e := range examples {
		shown := example{Binary: frame.Content == "binary" || !printable(e.Wire)}
		values, spans, err := codec.Spans(&b.framing, t, e.Wire)
		if err != nil || e.Bad != "" {
			shown.Bad, shown.Title = true, "is refused: "+badWords(e.Bad)
			shown.Pieces = []piece{newPiece(e.Wire, shown.Binary)}
		} else {
			shown.Values = values.String()
			shown.Pieces = b.pieces(path, e.Wire, spans, flatten("", values, map[string]string{}), shown.Binary)
			unexplained(shown.Pieces, t)
		}
		shown.Pieces = append(shown.Pieces, ending(frame, sent)...)
		all = append(all, shown)
	}
	return all
}

// unexplained says of bytes that are no field's what they are instead.
func unexplained(pieces []piece, t *model.Template) {
	fixed := source(t)
	for holes.MatchString(fixed) {
		fixed = holes.ReplaceAllString(fixed, "\x00")
	}
	for i := range pieces {
		p := &pieces[i]
		switch {
		case p.Says != "":
		case p.Text != "" && strings.Contains(fixed, p.Text):
			p.Says = "the same in each frame"
		default:
			p.Says = "no field: the same in each frame, between values, or not read"
		}
	}
}

// holes are a template's fields, the innermost first.
var holes = regexp.MustCompile(`\{[^{}]*\}`)

// ending is the end of a line, which is not part of an example.
func ending(frame *model.Frame, sent bool) []piece {
	if frame.Packet != nil || len(frame.Ends) == 0 {
		return nil
	}
	end, names := frame.SendEnd, endName(frame.SendEnd)
	if !sent {
		end, names = frame.Ends[0], endsWords(frame.Ends)
	}
	p := newPiece([]byte(end), false)
	p.Name, p.Says = "end", "the end of the frame: "+names
	return []piece{p}
}

func newPiece(data []byte, binary bool) piece {
	p := piece{Text: visible(string(data)), Hex: hexOf(data), binary: binary}
	plain := printable(data) && !slices.ContainsFunc(data, func(c byte) bool { return c < 0x20 || c == 0x7f })
	if binary && !plain {
		p.Text = ""
	}
	p.Control = !binary && !plain
	return p
}

func badWords(place string) string {
	switch place {
	case "literal":
		return "its fixed text is not the one that is due"
	case "length":
		return "a length that does not fit"
	case "end":
		return "it does not end where it should"
	}
	return "a bad " + place
}

// pieces cuts a frame where spans begin and end.
func (b *builder) pieces(path string, frame []byte, spans []codec.Span, values map[string]string, binary bool) (all []piece) {
	cuts := []int{0, len(frame)}
	for _, s := range spans {
		cuts = append(cuts, s.From, s.To)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	shadeOf := map[string]int{}
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], min(cuts[i+1], maxShown)
		if from >= maxShown {
			return append(all, piece{Text: "…", Hex: "…"})
		}
		p := newPiece(frame[from:to], binary)
		for n, s := range spans {
			if s.From < cuts[i+1] && s.To > from {
				s.Kind = kindOf(frame, s, spans[n+1:])
				b.explain(&p, path, s, values, shadeOf)
			}
		}
		all = append(all, p)
	}
	return all
}

// kindOf tells a count from the value that it counts, which stands behind it and has the
// same name. A value that is there twice is twice the same.
func kindOf(frame []byte, s codec.Span, behind []codec.Span) codec.PlaceKind {
	for _, o := range behind {
		again := o.Path == s.Path && s.Bits[1] == 0
		if again && !bytes.Equal(frame[o.From:o.To], frame[s.From:s.To]) || strings.HasPrefix(o.Path, s.Path+"[") {
			return codec.PlaceLength
		}
	}
	return s.Kind
}

// explain adds to a piece what a span says of it: bits of several fields may share a
// byte.
func (b *builder) explain(p *piece, path string, s codec.Span, values map[string]string, shadeOf map[string]int) {
	p.Rows = joined(p.Rows, " ", b.rowOf(path, s.Path))
	if shadeOf[s.Path] == 0 {
		shadeOf[s.Path] = len(shadeOf)%shades + 1
	}
	p.Shade = shadeOf[s.Path]
	name, says := s.Path[strings.LastIndexByte(s.Path, '.')+1:], s.Path
	if s.Bits[1] > 0 {
		says = bits(s) + ": " + says
	}
	if s.Kind == codec.PlaceLength {
		name, says = "length", "length of "+s.Path
	} else if v, ok := valueAt(values, s.Path); ok {
		says += " = " + v
	}
	p.Name, p.Says = short(joined(p.Name, ", ", name), maxName), joined(p.Says, "; ", says)
}

// maxName bounds the name under a piece, which may be a single byte.
const maxName = 24

func joined(list, by, item string) string {
	switch {
	case list == "" || list == item:
		return item
	case by == " " && slices.Contains(strings.Fields(list), item):
		return list
	}
	return list + by + item
}

func bits(s codec.Span) string {
	from, to := s.Bits[0]-8*s.From+1, s.Bits[1]-8*s.From
	if from == to {
		return fmt.Sprintf("bit %d from the highest", from)
	}
	return fmt.Sprintf("bits %d to %d from the highest", from, to)
}

// valueAt is the value at a path, or of what holds it: a group of one field is that
// field's value.
func valueAt(values map[string]string, path string) (v string, ok bool) {
	for {
		if v, ok = values[path]; ok {
			return v, true
		}
		dot := strings.LastIndexByte(path, '.')
		if dot < 0 {
			return "", false
		}
		path = path[:dot]
	}
}

// rowOf is the id of the nearest row: of the field, or of the one that holds it; of a
// length or checksum the thing's own.
func (b *builder) rowOf(path, fieldPath string) string {
	at := path + "." + withoutIndexes(fieldPath)
	for at != path {
		if b.ids[at] {
			return at
		}
		at = at[:strings.LastIndexByte(at, '.')]
	}
	return path
}

// withoutIndexes is keys.name of keys[2].name.
func withoutIndexes(path string) string {
	var out strings.Builder
	for path != "" {
		before, rest, found := strings.Cut(path, "[")
		out.WriteString(before)
		if !found {
			break
		}
		_, path, _ = strings.Cut(rest, "]")
	}
	return out.String()
}

// flatten is every value by its path.
func flatten(path string, v any, into map[string]string) map[string]string {
	switch v := v.(type) {
	case codec.Values:
		for _, it := range v {
			at := it.Name
			if path != "" {
				at = path + "." + it.Name
			}
			if it.Secret {
				into[at] = "a secret"
				continue
			}
			flatten(at, it.Value, into)
		}
		if path != "" && len(v) > 0 {
			into[path] = codec.Show(v)
		}
		return into
	case []any:
		for i, item := range v {
			flatten(path+"["+strconv.Itoa(i)+"]", item, into)
		}
	}
	into[path] = codec.Show(v)
	return into
}

// visible is text with its control characters, and what is not text, escaped: a page
// cannot know that its reader's fonts have pictures of them.
func visible(s string) string {
	var out strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && s[i] >= 0x80, r < 0x20, r >= 0x7f && r < 0xa0:
			quoted := strconv.Quote(s[i : i+1])
			out.WriteString(quoted[1 : len(quoted)-1])
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

func printable(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	return !slices.ContainsFunc(b, func(c byte) bool { return c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != 0x1b })
}

func hexOf(b []byte) string { return fmt.Sprintf("% x", b) }
