package document

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/linewright/linewright/spec/model"
)

// source is a document's bytes, with what finds places in them. It holds valid
// UTF-8 with LF or CRLF as line breaks.
type source struct {
	data  []byte
	lines []int // offset of each line's first byte
	// runes[i] is how many characters begin before byte i × stride: columns
	// in a document of one long line cost no more than in others.
	runes []int
}

const stride = 512

func newSource(data []byte) *source {
	s := &source{data: data, lines: []int{0}}
	for i := 0; ; {
		next := bytes.IndexByte(data[i:], '\n')
		if next < 0 {
			break
		}
		i += next + 1
		s.lines = append(s.lines, i)
	}
	count := 0
	for i := 0; i < len(data); i += stride {
		s.runes = append(s.runes, count)
		count += starts(data[i:min(i+stride, len(data))])
	}
	return s
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

// pos is the place of the byte at offset; len(data) is a place, too.
func (s *source) pos(offset int) model.Pos {
	line := sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > offset })
	return model.Pos{Line: line, Col: s.before(offset) - s.before(s.lines[line-1]) + 1}
}

// before is how many characters begin before offset.
func (s *source) before(offset int) int {
	block := offset / stride
	if block >= len(s.runes) {
		block = len(s.runes) - 1
	}
	if block < 0 {
		return 0
	}
	return s.runes[block] + starts(s.data[block*stride:offset])
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

// column is how many bytes of its line are before offset. It is asked only
// where these are blanks and dashes.
func (s *source) column(offset int) int {
	return offset - (bytes.LastIndexByte(s.data[:offset], '\n') + 1)
}

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
