package spec

import (
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// frames reads the kinds of frames.
func (l *loader) frames(v value) {
	v.named(snake, "the frames, as in {line: {ends: LF, max: 4KiB}}", func(e entry) {
		if len(l.p.Frames) == maxFrames {
			e.failAt(e.keyPos, "too-much", "", "at most %d frames are read", maxFrames)
			return
		}
		f := &model.Frame{Named: model.Named{Name: e.name, Pos: e.keyPos}}
		if l.p.Frame == nil {
			l.p.Frame = f
		}
		l.p.Frames = append(l.p.Frames, f)
		d := &frameDecl{entry: e, f: f, index: uint8(len(l.frameDecls))}
		l.frameDecls = append(l.frameDecls, d)
		l.frame(e.value, d)
	})
	if l.p.Frame == nil && v.Kind == document.Map {
		v.fail("empty", "", "no frame: want one, as in {line: {ends: LF, max: 4KiB}}")
	}
}

// maxFrames bounds the kinds of frames.
const maxFrames = 16

// frame reads a frame's keys, then fills in what follows from them. What names
// types is read later.
func (l *loader) frame(v value, d *frameDecl) {
	f := d.f
	f.Empty, f.Charset, f.Content, f.Use = "frame", "utf8", "text", "both"
	starts, fixed := "", 0
	var line []string
	var escape *model.Escape
	isMap := v.mapping("a frame, as in {ends: LF, max: 4KiB}", described(&f.Named,
		may("content", content(&f.Content)),
		may("layout", later(&d.layout)),
		may("starts", wireBytes(&starts)),
		may("ends", readEnds(&f.Ends)),
		may("sends", wireBytes(&f.SendEnd)),
		may("size", size(&fixed)),
		may("order", byteOrder(&d.order)),
		may("escape", readEscape(&escape)),
		may("checksum", later(&d.checksum)),
		need("max", size(&f.Max)),
		may("max_line", size(&f.MaxLine)),
		may("empty", word(&f.Empty, "frame", "drop")),
		may("charset", word(&f.Charset, "utf8", "ascii", "latin1")),
		may("set", later(&d.set)),
		may("fields", later(&d.fields)),
		may("use", word(&f.Use, "both", "send", "receive")),
		may("in", l.inModes(&f.In)),
		may("line", readEnds(&line)),
	)...)
	if !isMap {
		return
	}
	if v.Get("ends") == nil && v.Get("layout") == nil && f.Content == "text" {
		v.fail("frame-extent", "add ends, as in ends: LF", "nothing says where a frame ends")
	}
	around := starts != "" || escape != nil || !d.layout.absent()
	if f.Content == "json" && !around && len(f.Ends) == 0 && strings.Trim(f.SendEnd, " \t\r\n") != "" {
		v.find("sends").fail("frame-extent", "leave sends out, or add ends", "without ends an object ends itself, and what is sent behind it must be blank")
	}
	if f.SendEnd == "" && len(f.Ends) > 0 {
		f.SendEnd = f.Ends[0]
	}
	d.packet(v, starts, line, escape)
	if f.Packet != nil {
		f.Packet.Fixed = fixed
	} else if fixed > 0 {
		v.find("size").fail("frame-extent", "write content: binary, or a layout", "lines end at a terminator, not after a number of bytes")
	}
	frameSizes(v, f)
}

// byteOrder reads which byte of a number comes first.
func byteOrder(into *model.Binary) reader {
	return word(into, model.BigEndian, model.LittleEndian)
}

// frameSizes fills in and checks max_line.
func frameSizes(v value, f *model.Frame) {
	const line = 64 << 10
	switch {
	case f.MaxLine == 0 && f.Content == "json":
		f.MaxLine = f.Max // one line is all of the frame
	case f.Packet != nil && (len(f.Ends) == 0 || v.Get("line") != nil):
		f.MaxLine = f.Max // it is not cut into lines
	case f.MaxLine == 0:
		f.MaxLine = min(line, f.Max)
	case f.Max > 0 && f.MaxLine > f.Max:
		v.find("max_line").fail("max-line", "", "max_line is more than max: no frame has such a line")
	}
	ends := f.Ends
	if f.Packet != nil {
		ends = f.Packet.Ends
	}
	if longest := longestEnd(ends); f.Max > 0 && f.Max <= longest {
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
		kind := ""
		if word(&kind, "text", "binary", "json")(v); kind != "" {
			*into = kind
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
