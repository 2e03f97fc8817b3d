package capture

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// magics are what files of packets begin with, those that gzip packed included.
var magics = []string{
	"\xa1\xb2\xc3\xd4", "\xd4\xc3\xb2\xa1", "\xa1\xb2\x3c\x4d", "\x4d\x3c\xb2\xa1",
	"\x0a\x0d\x0d\x0a", "\x1f\x8b",
}

// What a capture may lack.
var (
	errNoForm = errors.New("it is neither packets nor text: for the bytes of one direction say --direction sent or received")
	errNoMark = errors.New("no line has a mark of its direction, > sent or < received: for one direction say --direction sent or received")
)

// detect tells the form of a capture by its beginning, which is all of it where whole.
func detect(head []byte, whole bool, o *Options) (Form, error) {
	form := o.Form
	if form == "" || form == Auto {
		if packed(head) {
			return Pcap, nil
		}
		form = textual(head, whole, o)
	}
	switch {
	case form == "":
		return "", errNoForm
	case form != Pcap && o.Direction == "" && !marked(head):
		return "", errNoMark
	}
	return form, nil
}

// packed reports whether a capture is one of packets.
func packed(head []byte) bool {
	return slices.ContainsFunc(magics, func(m string) bool { return strings.HasPrefix(string(head), m) })
}

// tells reports whether a beginning is enough to tell the form.
func tells(head []byte) bool {
	if packed(head) || !isText(head) {
		return true
	}
	for line := range complete(head, false) {
		if l, ok := parseLine(line); !skipped(line) && (!ok || l.rest != "") {
			return true
		}
	}
	return false
}

// textual is Text or Hex; empty: bytes that are neither.
func textual(head []byte, whole bool, o *Options) Form {
	if !isText(head) {
		if o.Direction != "" {
			return Text
		}
		return ""
	}
	rows := 0
	for line := range complete(head, whole) {
		l, ok := parseLine(line)
		switch {
		case skipped(line) || ok && l.rest == "":
			continue
		case ok:
			line = l.rest
		}
		if l.event != "" {
			continue
		}
		if _, ok := parseRow(line); !ok {
			return Text
		}
		rows++
	}
	if rows == 0 {
		return Text
	}
	return Hex
}

// complete yields the lines of head; the last one only where it is whole.
func complete(head []byte, whole bool) func(yield func(line string) bool) {
	return func(yield func(line string) bool) {
		for line := range bytes.Lines(head) {
			text := strings.TrimRight(string(line), "\r\n")
			if (len(text) < len(line) || whole) && !yield(text) {
				return
			}
		}
	}
}

// isText reports whether bytes are text that people write.
func isText(head []byte) bool {
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && n == 1 && len(head)-i >= utf8.UTFMax || r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			return false
		}
		i += n
	}
	return true
}

// marked reports whether a line has a mark of its direction.
func marked(head []byte) bool {
	for line := range complete(head, true) {
		if l, ok := parseLine(line); ok && l.mark != 0 {
			return true
		}
	}
	return false
}

// skipped reports whether a line says nothing.
func skipped(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#")
}
