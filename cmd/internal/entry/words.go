package entry

import (
	"errors"
	"strconv"
	"strings"
)

// Word is one word of a line.
type Word struct {
	// Name is what stands before an unquoted "=", where that looks like the
	// name of a field; Value is then the rest. Else Value is the whole word.
	Name, Value string
	Start       int // in bytes of the line
}

var errOpenQuote = errors.New("a quoted text does not end")

// Words splits a line at blanks. Text in "double quotes" has Go's escapes, text
// in 'single quotes' none; both may be a part of a word.
func Words(line string) ([]Word, error) {
	var words []Word
	for at := 0; ; {
		at += len(line[at:]) - len(strings.TrimLeft(line[at:], " \t"))
		if at == len(line) {
			return words, nil
		}
		w := Word{Start: at}
		if n := nameLength(line[at:]); n > 0 {
			w.Name = line[at : at+n]
			at += n + 1
		}
		value, n, err := word(line[at:])
		if err != nil {
			return nil, err
		}
		w.Value = value
		words = append(words, w)
		at += n
	}
}

// nameLength is the length of the name that "=" follows; 0: there is none.
func nameLength(text string) int {
	for i, r := range text {
		switch {
		case r == '=':
			return i
		case r == '_' || r >= 'a' && r <= 'z' || i > 0 && r >= '0' && r <= '9':
		default:
			return 0
		}
	}
	return 0
}

// word takes a word's value off the beginning of text.
func word(text string) (value string, n int, err error) {
	var b strings.Builder
	for n < len(text) && text[n] != ' ' && text[n] != '\t' {
		part, used, err := part(text[n:])
		if err != nil {
			return "", 0, err
		}
		b.WriteString(part)
		n += used
	}
	return b.String(), n, nil
}

// part is a quoted text, or one byte.
func part(text string) (value string, n int, err error) {
	switch text[0] {
	case '\'':
		inner, _, closed := strings.Cut(text[1:], "'")
		if !closed {
			return "", 0, errOpenQuote
		}
		return inner, len(inner) + 2, nil
	case '"':
		end := endOfQuote(text)
		if end == 0 {
			return "", 0, errOpenQuote
		}
		value, err := strconv.Unquote(text[:end])
		if err != nil {
			return "", 0, errors.New("a quoted text has an escape that there is not")
		}
		return value, end, nil
	default:
		return text[:1], 1, nil
	}
}

// endOfQuote is behind the quote that ends text's first one; 0: none does.
func endOfQuote(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// Quote is a value as Words reads it back.
func Quote(value string) string {
	plain := value != "" && nameLength(value) == 0
	for _, r := range value {
		plain = plain && !strings.ContainsRune(" \t\"'", r) && strconv.IsPrint(r)
	}
	if plain {
		return value
	}
	return strconv.Quote(value)
}
