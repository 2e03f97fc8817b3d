package codec

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// constrained checks a value that was read against its type's constraints, and
// gives it back.
func (p *parser) constrained(t *model.Type, path string, v any) any {
	if p.r.Err() == nil {
		if why := violates(t, v); why != "" {
			p.r.Fail(path, why)
		}
	}
	return v
}

// constrained reports whether a value that is to be written keeps its type's
// constraints.
func (a *appender) constrained(t *model.Type, path string, v any) bool {
	why := violates(t, v)
	if why != "" {
		a.w.Fail(path, why)
	}
	return why == ""
}

// violates says what an `is:` type's constraints have against v, or gives "".
func violates(t *model.Type, v any) string {
	v, why := onWire(t, v)
	if why != "" {
		return why
	}
	if t.Range != nil && !inRange(t.Range, v) {
		return "is out of range"
	}
	if t.Max == 0 && t.Chars == "" {
		return ""
	}
	var text string
	switch v := v.(type) {
	case string:
		text = v
	case []byte:
		text = string(v)
	default:
		return ""
	}
	if t.Max > 0 && len(text) > t.Max {
		return "is longer than " + strconv.Itoa(t.Max) + " bytes"
	}
	if t.Chars != "" && !onlyChars(t.Chars, text) {
		return "holds a character that is not allowed"
	}
	return ""
}

// inRange compares exactly; a bound that is empty does not bound.
func inRange(r *model.Range, v any) bool {
	return (r.Min == "" || compare(v, r.Min) >= 0) && (r.Max == "" || compare(v, r.Max) <= 0)
}

// compare is v against a bound in decimal digits: -1, 0 or 1.
func compare(v any, bound string) int {
	switch v := v.(type) {
	case uint64:
		if strings.HasPrefix(bound, "-") {
			return 1
		}
		b, _ := strconv.ParseUint(bound, 10, 64)
		return cmp.Compare(v, b)
	case int64:
		b, err := strconv.ParseInt(bound, 10, 64)
		if err != nil { // a bound above what an int64 holds
			return -1
		}
		return cmp.Compare(v, b)
	case float64:
		b, _ := strconv.ParseFloat(bound, 64)
		return cmp.Compare(v, b)
	case wire.Decimal:
		b, _ := wire.ParseDecimal(bound)
		return v.Cmp(b)
	default:
		return 0
	}
}

// onlyChars reports whether text holds only characters of set: single ones, and
// ranges as in "a-z"; a "-" at either end is itself.
func onlyChars(set, text string) bool {
	for _, c := range text {
		if !hasChar([]rune(set), c) {
			return false
		}
	}
	return true
}

func hasChar(set []rune, c rune) bool {
	for i := 0; i < len(set); i++ {
		if i+2 < len(set) && set[i+1] == '-' {
			if set[i] <= c && c <= set[i+2] {
				return true
			}
			i += 2
			continue
		}
		if set[i] == c {
			return true
		}
	}
	return false
}
