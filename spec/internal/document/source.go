package document

import (
	"bytes"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/model"
)

// source is a document's bytes, with what finds places in them. It holds valid
// UTF-8 with LF or CRLF as line breaks.
type source struct {
	data []byte
	// index[i] is where byte i × stride is: a place is found from the nearest
	// of them, so that it costs the same in a document of one long line, of
	// empty lines, and of wide text.
	index []anchorage
	// marks are those of the scalar that Node.At was last asked about.
	marked *Node
	marks  scalar
}

// anchorage is a known place.
type anchorage struct {
	line  int // number of its line, from 1
	begin int // offset of its line's first byte
	col   int // number of characters before it on its line
}

const stride = 128

func newSource(data []byte) *source {
	s := &source{data: data, index: make([]anchorage, 0, len(data)/stride+1)}
	here := anchorage{line: 1}
	for i := 0; ; i += stride {
		s.index = append(s.index, here)
		if i+stride > len(data) {
			return s
		}
		here = here.advance(data, i, i+stride)
	}
}

// advance is the place of offset to, from that of offset from.
func (a anchorage) advance(data []byte, from, to int) anchorage {
	piece := data[from:to]
	if last := bytes.LastIndexByte(piece, '\n'); last >= 0 {
		a.line += bytes.Count(piece, []byte{'\n'})
		a.begin = from + last + 1
		a.col = 0
		piece = piece[last+1:]
	}
	a.col += starts(piece)
	return a
}

// starts counts the bytes that begin a character.
func starts(b []byte) int {
	n := 0
	for _, c := range b {
		if utf8.RuneStart(c) {
			n++
		}
	}
	return n
}

// place is where offset is; len(data) is a place, too.
func (s *source) place(offset int) anchorage {
	i := offset / stride
	return s.index[i].advance(s.data, i*stride, offset)
}

// pos is the place of the byte at offset, for people.
func (s *source) pos(offset int) model.Pos {
	p := s.place(offset)
	return model.Pos{Line: p.line, Col: p.col + 1}
}

// at is the byte at offset, or 0 at the end: there is no NUL in a document.
func (s *source) at(offset int) byte {
	if offset < len(s.data) {
		return s.data[offset]
	}
	return 0
}

// lineEnd is the offset of the line break, or the document's end, that ends
// the line of offset; a CR counts as part of the break.
func (s *source) lineEnd(offset int) int {
	end := len(s.data)
	if i := bytes.IndexByte(s.data[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	if end > offset && end < len(s.data) && s.data[end-1] == '\r' {
		end--
	}
	return end
}

// skipBreak is the offset behind the line break at offset.
func (s *source) skipBreak(offset int) int {
	if s.at(offset) == '\r' {
		offset++
	}
	if s.at(offset) == '\n' {
		offset++
	}
	return offset
}

// skipBlanks is the offset of the first byte from offset on that is no blank.
func (s *source) skipBlanks(offset int) int {
	for s.at(offset) == ' ' {
		offset++
	}
	return offset
}

// trimBlanks is the end of the text from..to without trailing blanks.
func (s *source) trimBlanks(from, to int) int {
	for to > from && s.data[to-1] == ' ' {
		to--
	}
	return to
}

// column is how many bytes of its line are before offset: where it counts,
// these are blanks and dashes.
func (s *source) column(offset int) int { return offset - s.place(offset).begin }

// marker reports whether a document marker begins at offset, a line's start.
func (s *source) marker(offset int) bool {
	if offset+3 > len(s.data) {
		return false
	}
	m := string(s.data[offset : offset+3])
	return (m == "---" || m == "...") && ends(s.at(offset+3))
}

// ends reports whether c is a blank, a line break or the document's end.
func ends(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == 0 }

// breaks reports whether c begins a line break or is the document's end.
func breaks(c byte) bool { return c == '\n' || c == '\r' || c == 0 }

// brackets reports whether c is part of a flow map's or list's form.
func brackets(c byte) bool {
	return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'
}
