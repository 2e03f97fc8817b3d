package dynamictest

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// What a parser may allocate for each byte that it is given, in bytes: a
// frame's memory is at most so many times its spec's max. The dynamic codec
// keeps each field with its name.
const (
	maxGenerated = 40
	maxDynamic   = 160
	// smallFrame is what a frame is taken to have besides its bytes, and a byte
	// for each field of its message, so that those of a few are judged by their
	// kind, not by what any frame takes.
	smallFrame = 16
)

// amplification gives the parsers the frames that cost most for their size:
// lists of as many of the smallest items as fit, JSON objects of as many small
// members as fit, which nobody asks for, and counts of what is not there.
func (c *comparison) amplification(t *testing.T, p *pair) {
	for _, frame := range c.dense(p.template) {
		m := p.frame()
		size := len(frame) + smallFrame + len(p.template.Fields)
		generated := allocated(func() { _ = m.ParseFrame(frame) }) / size
		dynamic := allocated(func() { _, _ = codec.Parse(c.f, p.template, frame) }) / size
		t.Logf("%d bytes, %.30q…: %d bytes a byte generated, %d dynamic", len(frame), frame, generated, dynamic)
		if generated > maxGenerated || dynamic > maxDynamic {
			t.Errorf("%d bytes become %d times as many, dynamic %d times", len(frame), generated, dynamic)
		}
	}
}

// allocated is how many bytes parse allocates: the least of several runs, as the
// Go runtime's own goroutines allocate now and then, too.
func allocated(parse func()) int {
	least := uint64(math.MaxInt64)
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		parse()
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	return int(least)
}

// dense are the frames; none where a template has neither lists nor objects.
func (c *comparison) dense(template *model.Template) [][]byte {
	var frames [][]byte
	size := min(c.f.Of(template.Frame).Max, c.f.Of(template.Frame).MaxLine, 32<<10)
	for _, f := range template.Fields {
		for n := size / 2; n > 4 && (many{}).in(f.Type); n = n * 3 / 4 {
			values := smallestOf(template.Fields, n)
			frame, err := codec.Append(nil, c.f, template, values)
			if err == nil && len(c.f.Of(template.Frame).Content(frame)) <= c.f.Of(template.Frame).MaxLine {
				frames = append(frames, c.f.Of(template.Frame).Content(frame))
				break
			}
		}
	}
	frame, err := codec.Append(nil, c.f, template, smallestOf(template.Fields, 1))
	if err == nil {
		frames = append(frames, c.f.Of(template.Frame).Content(frame))
	}
	if at := bytes.IndexByte(frame, '{'); err == nil && at >= 0 && hasJSON(template.Fields) {
		frame = c.f.Of(template.Frame).Content(frame)
		frames = append(frames, crowded(frame, at+1, size))
	}
	for _, frame := range frames {
		frames = append(frames, number.ReplaceAll(frame, []byte("999999999")))
	}
	return frames
}

// number is what may be a count.
var number = regexp.MustCompile("[0-9]+")

// crowded puts members into the object that begins before at.
func crowded(frame []byte, at, size int) []byte {
	var b strings.Builder
	b.Write(frame[:at])
	for i := 0; b.Len()+len(frame)-at+16 < size; i++ {
		fmt.Fprintf(&b, `"%x":{},`, i)
	}
	b.Write(frame[at:])
	return []byte(b.String())
}

func hasJSON(fields []*model.Field) bool {
	for _, f := range fields {
		if f.Type.Kind == model.JSON {
			return true
		}
	}
	return false
}

// many finds out whether a value may have any number of items; it holds the types
// that were looked into.
type many map[*model.Type]bool

func (m many) in(t *model.Type) bool {
	if t.Kind == model.List {
		return true
	}
	if m[t] {
		return false
	}
	m[t] = true
	for _, f := range codec.FieldsOf(t) {
		if m.in(f.Type) {
			return true
		}
	}
	return false
}

// smallestOf are values that take few bytes, with n items in each list.
func smallestOf(fields []*model.Field, n int) codec.Values {
	var out codec.Values
	for _, f := range fields {
		it := codec.Item{Name: f.Name}
		if !f.Optional || n > 0 && f.Type.Kind == model.List {
			it.Value = smallest(f.Type, n)
		}
		out = append(out, it)
	}
	return out
}

func smallest(t *model.Type, n int) any {
	switch t.Kind {
	case model.List:
		items := make([]any, n)
		for i := range items {
			items[i] = smallest(t.Elem, 0)
		}
		return items
	case model.Word:
		if t.Chars != "" {
			return t.Chars[:1]
		}
		return "a"
	case model.Padded:
		return smallest(t.Elem, n)
	case model.Layout, model.PairsOf, model.OneOf, model.JSON:
		fields := codec.FieldsOf(t)
		if t.Single() != nil {
			return smallest(fields[0].Type, n)
		}
		if t.Kind == model.OneOf {
			return codec.Values{{Name: fields[t.Zero].Name, Value: smallest(fields[t.Zero].Type, n)}}
		}
		return smallestOf(fields, n)
	}
	return short(t)
}

// short is a value of a type without parts, of the fewest bytes.
func short(t *model.Type) any {
	low := "0"
	if t.Range != nil {
		low = t.Range.Min
	}
	if t.Scale != "" {
		by, _ := wire.ParseDecimal(t.Scale)
		n, _ := strconv.ParseInt(low, 0, 64)
		return wire.ScaleInt(n, by)
	}
	switch t.Kind {
	case model.Int:
		n, _ := strconv.ParseInt(low, 0, 64)
		return n
	case model.Uint, model.Digits, model.Hex:
		n, _ := strconv.ParseUint(low, 0, 64)
		return n
	case model.Decimal:
		d, _ := wire.ParseDecimal(low)
		return d
	case model.Float:
		return float64(0)
	case model.Bool:
		return false
	case model.Bytes, model.HexBytes, model.Base64:
		return make([]byte, t.Width)
	case model.JSONRaw:
		return []byte("0")
	case model.Enum:
		return codec.Enum{Name: t.Values[0].Name, Wire: t.Values[0].Wire}
	default:
		return strings.Repeat("a", t.Width)
	}
}
