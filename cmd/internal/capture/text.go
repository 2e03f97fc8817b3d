package capture

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/decode"
)

// counted is what a transcript says before the rows of a dump, and often the bytes, too,
// quoted as in Python.
var counted = regexp.MustCompile(`^(\d{1,9}) bytes *(?:b?'(.*)'|b?"(.*)")?$`)

// text is what follows the mark of a text: a line, or, behind >> and <<, bytes: quoted as
// in Go, or counted, and quoted as in Python, or with
// a dump below.
func (r *reader) text(l *line) error {
	if !l.exact {
		end, ok := "\n", true
		if r.o.LineEnd != nil {
			end, ok = r.o.LineEnd(r.from)
		}
		if !ok {
			return failure(r.line, "is text, and frames are binary: write hex digits")
		}
		return r.data([]byte(l.rest + end))
	}
	rest := strings.TrimSpace(l.rest)
	switch {
	case strings.HasPrefix(rest, `"`), strings.HasPrefix(rest, "`"):
		text, err := strconv.Unquote(rest)
		if err != nil {
			return failure(r.line, "is not quoted as in Go")
		}
		return r.data([]byte(text))
	case counted.MatchString(rest):
		return r.counted(rest)
	case strings.HasPrefix(rest, "EOF"):
		return r.yield(decode.Event{Kind: decode.Closed, At: r.at, Conn: r.number(r.conn), From: r.from})
	case strings.HasPrefix(rest, "("):
		return nil // a remark
	}
	return failure(r.line, "wants quoted text behind the mark, or the count of bytes that are dumped below")
}

// counted is a count of bytes with the bytes behind it, or rows of them below.
func (r *reader) counted(rest string) error {
	m := counted.FindStringSubmatch(rest)
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return failure(r.line, "%v", err)
	}
	r.block = block{open: true, want: n}
	if !strings.HasSuffix(rest, "'") && !strings.HasSuffix(rest, `"`) {
		return nil
	}
	b, err := unquote(m[2] + m[3])
	if err != nil || len(b) != n {
		return failure(r.line, "is not %d bytes, quoted as in Python", n)
	}
	r.block.have, r.block.quoted = int64(n), true
	return r.data(b)
}

// unquote gives the bytes that Python writes so.
func unquote(text string) ([]byte, error) {
	var out []byte
	for len(text) > 0 {
		if strings.HasPrefix(text, `\'`) || strings.HasPrefix(text, `\"`) {
			out, text = append(out, text[1]), text[2:]
			continue
		}
		c, _, rest, err := strconv.UnquoteChar(text, 0)
		if err != nil {
			return nil, err
		}
		if c < 0x100 && text[0] == '\\' {
			out = append(out, byte(c))
		} else {
			out = append(out, text[:len(text)-len(rest)]...)
		}
		text = rest
	}
	return out, nil
}
