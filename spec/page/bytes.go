package page

import (
	"fmt"
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
	Text, Hex string
	// Row is the id of the row that explains it; empty: text that is always there.
	Row   string
	Says  string // what the bytes mean, for whoever looks at them
	Shade int    // 1 to shades: fields that are neighbours differ; 0: no field
}

// shades is how many colours the fields take in turn.
const shades = 6

// maxShown bounds the bytes of an example that are shown.
const maxShown = 2048

func (b *builder) examples(path string, t *model.Template, examples []*model.Example) (all []example) {
	binary := b.p.Frames[t.Frame].Content == "binary"
	for _, e := range examples {
		shown := example{Title: "means", Binary: binary || !printable(e.Wire)}
		values, spans, err := codec.Spans(&b.framing, t, e.Wire)
		if err != nil || e.Bad != "" {
			shown.Bad, shown.Title = true, "is refused: "+badWords(e.Bad)
			shown.Pieces = []piece{{Text: visible(string(e.Wire)), Hex: hexOf(e.Wire)}}
		} else {
			shown.Values = values.String()
			shown.Pieces = b.pieces(path, e.Wire, spans, flatten("", values, map[string]string{}))
		}
		all = append(all, shown)
	}
	return all
}

func badWords(place string) string {
	switch place {
	case "literal":
		return "other text than the template's"
	case "length":
		return "a length that does not fit"
	case "end":
		return "it does not end where it should"
	}
	return "a bad " + place
}

// pieces cuts a frame where spans begin and end.
func (b *builder) pieces(path string, frame []byte, spans []codec.Span, values map[string]string) (all []piece) {
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
		p := piece{Text: visible(string(frame[from:to])), Hex: hexOf(frame[from:to])}
		for _, s := range spans {
			if s.From < cuts[i+1] && s.To > from {
				b.explain(&p, path, s, values, shadeOf)
			}
		}
		all = append(all, p)
	}
	return all
}

// explain adds to a piece what a span says of it: bits of several fields may share a
// byte.
func (b *builder) explain(p *piece, path string, s codec.Span, values map[string]string, shadeOf map[string]int) {
	row := b.rowOf(path, s.Path)
	if p.Row == "" {
		p.Row = row
	} else if p.Row != row {
		p.Row += " " + row
	}
	key := s.Path
	if shadeOf[key] == 0 {
		shadeOf[key] = len(shadeOf)%shades + 1
	}
	p.Shade = shadeOf[key]
	says := s.Path
	if s.Bits[1] > 0 {
		says = fmt.Sprintf("bits %d to %d: %s", s.Bits[0]-8*s.From, s.Bits[1]-1-8*s.From, says)
	}
	switch v, ok := valueAt(values, s.Path); {
	case ok:
		says += " = " + v
	case s.Kind == codec.PlaceLength:
		says = "length"
	}
	if p.Says != "" {
		says = p.Says + "; " + says
	}
	p.Says = says
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
