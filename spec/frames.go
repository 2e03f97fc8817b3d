package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// frames reads the one frame of this language version: lines of text or JSON.
func (l *loader) frames(v value) {
	first := true
	v.named(snake, "the frames, as in {line: {ends: LF, max: 4KiB}}", func(e entry) {
		if !first {
			e.failAt(e.keyPos, "not-yet", "", "a second frame is not supported by this version")
			return
		}
		first = false
		f := &model.Frame{Named: model.Named{Name: e.name, Pos: e.keyPos}}
		l.p.Frame = f
		l.frame(e.value, f)
	})
	if l.p.Frame == nil && v.Kind == document.Map {
		v.fail("empty", "", "no frame: want one, as in {line: {ends: LF, max: 4KiB}}")
	}
}

// frame reads a frame's keys, then fills in what follows from them.
func (l *loader) frame(v value, f *model.Frame) {
	f.Content, f.Empty, f.Charset = "text", "frame", "utf8"
	isMap := v.mapping("a frame, as in {ends: LF, max: 4KiB}", described(&f.Named,
		may("content", content(&f.Content)),
		may("ends", readEnds(&f.Ends)),
		may("sends", wireBytes(&f.SendEnd)),
		need("max", size(&f.Max)),
		may("max_line", size(&f.MaxLine)),
		may("empty", word(&f.Empty, "frame", "drop")),
		may("charset", word(&f.Charset, "utf8", "ascii", "latin1")),
		notYet("layout"), notYet("starts"), notYet("line"), notYet("order"), notYet("escape"),
		notYet("checksum"), notYet("set"), notYet("use"), notYet("in"),
	)...)
	if !isMap {
		return
	}
	if v.Get("ends") == nil && v.Get("layout") == nil && f.Content == "text" {
		v.fail("frame-extent", "add ends, as in ends: LF", "nothing says where a frame ends")
	}
	if f.Content == "json" && len(f.Ends) == 0 && strings.Trim(f.SendEnd, " \t\r\n") != "" {
		v.find("sends").fail("frame-extent", "leave sends out, or add ends", "without ends an object ends itself, and what is sent behind it must be blank")
	}
	if f.SendEnd == "" && len(f.Ends) > 0 {
		f.SendEnd = f.Ends[0]
	}
	frameSizes(v, f)
}

// frameSizes fills in and checks max_line.
func frameSizes(v value, f *model.Frame) {
	const line = 64 << 10
	switch {
	case f.MaxLine == 0 && f.Content == "json":
		f.MaxLine = f.Max // one line is all of the frame
	case f.MaxLine == 0:
		f.MaxLine = min(line, f.Max)
	case f.Max > 0 && f.MaxLine > f.Max:
		v.find("max_line").fail("max-line", "", "max_line is more than max: no frame has such a line")
	}
	if longest := longestEnd(f.Ends); f.Max > 0 && f.Max <= longest {
		v.find("max").fail("frame-max", "", "a frame of at most %d bytes cannot hold text and its end of %d", f.Max, longest)
		f.Max = 0 // nothing fits: templates are not compared with it
	}
}

func longestEnd(ends []string) int {
	longest := 0
	for _, e := range ends {
		longest = max(longest, len(e))
	}
	return longest
}

// content reads what a frame holds.
func content(into *string) reader {
	return func(v value) {
		word(into, "text", "binary", "json")(v)
		if *into == "binary" {
			v.fail("not-yet", "", "content: binary is not supported by this version")
		}
	}
}

// readEnds reads the terminators of received lines: one, or a list.
func readEnds(into *[]string) reader {
	return func(v value) {
		count := 0
		v.oneOrEach(func(item value) {
			count++
			end := ""
			if wireBytes(&end)(item); end == "" {
				return
			}
			if clash(item, *into, end) {
				return
			}
			*into = append(*into, end)
		})
		if count == 0 {
			v.fail("empty", "", "no terminator: want at least one, as in LF")
		}
	}
}

// clash complains about a terminator that cannot be told from another: G8.
func clash(v value, others []string, end string) bool {
	for _, other := range others {
		switch {
		case other == end:
			v.fail("ends-prefix", "", "this terminator is in the list twice")
		case strings.HasPrefix(end, other):
			v.fail("ends-prefix", "", "an earlier terminator is the beginning of this one: a receiver could not tell which one came")
		case strings.HasPrefix(other, end):
			v.fail("ends-prefix", "", "this terminator is the beginning of an earlier one: a receiver could not tell which one came")
		default:
			continue
		}
		return true
	}
	return false
}
