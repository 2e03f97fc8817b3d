package capture

import (
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// row is a line of hex digits.
type row struct {
	bytes  []byte
	offset int64 // that it begins with; -1: none
	repeat bool  // a star: as the row before, up to the offset of the next
}

var (
	// xxd: "00000000: 6865 6c6c 6f0a  hello."
	xxdRow = regexp.MustCompile(`^\s*([0-9a-fA-F]{4,16}): ?((?: ?[0-9a-fA-F]{2})*)(?:  .*| ?)$`)
	// hexdump -C: "00000000  68 65 6c 6c 6f 0a                                 |hello.|"
	dumpRow = regexp.MustCompile(`^\s*([0-9a-fA-F]{4,16})  +((?:[0-9a-fA-F]{2} {0,2})+)(?: *\|.*)?$`)
	// its last line
	endRow = regexp.MustCompile(`^([0-9a-fA-F]{7,16})$`)
	// what separates bare digits
	separators = strings.NewReplacer(",", " ", ":", " ", "0x", " ", "0X", " ", "\\x", " ", "\t", " ")
)

// parseRow reads a line of hex digits.
func parseRow(text string) (r row, ok bool) {
	text = strings.TrimRight(text, " \t\r")
	for _, form := range [...]*regexp.Regexp{xxdRow, dumpRow} {
		if m := form.FindStringSubmatch(text); m != nil {
			return offsetRow(m[1], m[2])
		}
	}
	switch {
	case strings.TrimSpace(text) == "*":
		return row{offset: -1, repeat: true}, true
	case endRow.MatchString(text) && strings.HasPrefix(text, "0"):
		return offsetRow(text, "")
	}
	b, ok := digits(separators.Replace(text))
	return row{bytes: b, offset: -1}, ok && len(b) > 0
}

func offsetRow(offset, text string) (row, bool) {
	at, err := strconv.ParseInt(offset, 16, 64)
	b, ok := digits(text)
	return row{bytes: b, offset: at}, ok && err == nil
}

// digits are pairs of hex digits, with blanks between them or not.
func digits(text string) ([]byte, bool) {
	var out []byte
	for _, word := range strings.Fields(text) {
		b, err := hex.DecodeString(word)
		if err != nil {
			return nil, false
		}
		out = append(out, b...)
	}
	return out, true
}
