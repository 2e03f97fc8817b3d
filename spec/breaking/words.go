package breaking

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/linewright/linewright/spec/explain"
	"github.com/linewright/linewright/spec/internal/quantity"
	"github.com/linewright/linewright/spec/model"
)

// Values are kept as a document writes them, for that is what fingerprints are of; what
// is said of them has one form of units and of large numbers, that of explain.

// duration is a time in words.
func duration(d time.Duration) string { return explain.Seconds(d).String() }

// value is a time as a document writes it.
func value(s explain.Seconds) string {
	if s == explain.Never {
		return s.String()
	}
	return quantity.Duration(time.Duration(s))
}

// size is a number of bytes in words.
func size(bytes int) string { return inWords(quantity.Size(bytes)) }

// quantities are those within a value of a document.
var quantities = regexp.MustCompile(`\b([0-9]+)(\.[0-9]+)?(ms|s|m|h|B|KiB|MiB|GiB)?\b`)

// inWords are the quantities of a value in words.
func inWords(value string) string {
	return quantities.ReplaceAllStringFunc(value, func(q string) string {
		m := quantities.FindStringSubmatch(q)
		switch n, err := strconv.Atoi(m[1]); {
		case quantity.DurationForm.MatchString(q):
			if d, err := time.ParseDuration(q); err == nil {
				return duration(d)
			}
		case err != nil || m[2] != "":
		case m[3] == "B":
			return quantity.Count(n) + " bytes"
		case m[3] != "":
			return quantity.Count(n) + " " + m[3]
		default:
			return quantity.Count(n)
		}
		return q
	})
}

// both are two values in words; where they would read the same, as the document has them.
func both(is, was string) (string, string) {
	if a, b := inWords(is), inWords(was); a != b {
		return a, b
	}
	return is, was
}

// onTheWire is a template in brackets, to stand behind a name.
func onTheWire(t *model.Template) string {
	return bracketed(strings.Join(strings.Fields(t.Source), " "))
}
