package spec

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/language"
	"github.com/linewright/linewright/spec/model"
)

// scalar reports whether the value is text of any style, and complains if not.
func (v value) scalar(want string) bool { return v.is(document.Scalar, want) }

// maxExpression bounds templates, types and values in bytes: one line of a
// manual is far shorter, and whatever their parsers do stays cheap.
const maxExpression = language.MaxExpression

// expression is scalar for what is parsed further: it must not be very long.
func (v value) expression(want string) bool {
	if !v.scalar(want) {
		return false
	}
	if len(v.Value) > maxExpression {
		v.fail("too-long", "", "%s of %d bytes; at most %d are read", want, len(v.Value), maxExpression)
		return false
	}
	return true
}

// plainScalar is scalar for numbers, words and the like, which are written
// without quotes: "12" is text.
func (v value) plainScalar(want string) bool {
	if !v.scalar(want) {
		return false
	}
	if v.Style != document.Plain {
		v.fail("quoted", "write "+v.Value+" without quotes", "quoted text where %s is wanted", want)
		return false
	}
	return true
}

// text reads text of any style. What other loaders read as null is none.
func text(into *string) reader {
	return func(v value) {
		if v.scalar("text") && v.notNull("text") {
			*into = v.Value
		}
	}
}

// notNull complains about what other loaders read as null.
func (v value) notNull(what string) bool {
	null := v.Style == document.Plain && slices.Contains([]string{"null", "Null", "NULL", "~"}, v.Value)
	if null {
		v.fail("null", "leave the key out, or put the text in quotes", "%s is no %s", v.describe(), what)
	}
	return !null
}

// nameScalar is scalar for names. What other readers of YAML take for a boolean or
// for nothing is one only in quotes.
func (v value) nameScalar(want string) bool {
	if !v.scalar(want) || !v.notNull("name") {
		return false
	}
	if boolean := v.Style == document.Plain && (strings.EqualFold(v.Value, "true") || strings.EqualFold(v.Value, "false")); boolean {
		v.fail("kind", "put it in quotes", "%s is true or false to other readers of YAML, where %s is wanted", v.describe(), want)
		return false
	}
	return true
}

// constant reports whether the value can be a constant of type t: a scalar, and
// a number without quotes. Nothing is coerced.
func (v value) constant(want string, t *model.Type) bool {
	if !v.scalar(want) || !v.notNull("value") {
		return false
	}
	if isNumber(t) && v.Style != document.Plain {
		v.fail("quoted", "write "+v.Value+" without quotes", "quoted text where a number is wanted")
		return false
	}
	return true
}

// boolean reads true or false.
func boolean(into *bool) reader {
	return func(v value) {
		if !v.plainScalar("true or false") {
			return
		}
		switch v.Value {
		case "true":
			*into = true
		case "false":
			*into = false
		default:
			v.fail("bool", boolHint(v.Value), "%s where true or false is wanted", v.describe())
		}
	}
}

// boolHint says what the booleans of YAML 1.1 and of other hands mean here.
func boolHint(written string) string {
	switch strings.ToLower(written) {
	case "yes", "y", "on", "true", "1":
		return "write true"
	case "no", "n", "off", "false", "0":
		return "write false"
	}
	return ""
}

// word reads one of a set of words. Into may be any string type, so that the
// model's enums need no conversion.
func word[T ~string](into *T, words ...T) reader {
	return func(v value) {
		want := oneOf(words)
		if !v.plainScalar(want) {
			return
		}
		if w := T(v.Value); slices.Contains(words, w) {
			*into = w
			return
		}
		names := make([]string, len(words))
		for i, w := range words {
			names[i] = string(w)
		}
		hint := didYouMean(v.Value, names)
		if slices.Contains(names, "true") && boolHint(v.Value) != "" {
			hint = boolHint(v.Value)
		}
		v.fail("word", hint, "%s where %s is wanted", v.describe(), want)
	}
}

// oneOf lists words as a message does: a, b or c.
func oneOf[T ~string](words []T) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			b.WriteString(" or ")
		default:
			b.WriteString(", ")
		}
		b.WriteString(string(w))
	}
	return b.String()
}

// goName reads an exported Go identifier.
func goName(into *string) reader {
	return func(v value) {
		if !v.nameScalar("an exported Go name") {
			return
		}
		if !language.GoNameForm.MatchString(v.Value) || len(v.Value) > maxName {
			v.fail("go-name", "", "%s is not an exported Go name of ASCII letters, digits and _", v.describe())
			return
		}
		*into = v.Value
	}
}

// integer reads a decimal integer between low and high.
func integer(into *int, low, high int) reader {
	return func(v value) {
		want := "an integer from " + strconv.Itoa(low) + " to " + strconv.Itoa(high)
		if !v.plainScalar(want) {
			return
		}
		n, err := strconv.Atoi(v.Value)
		switch {
		case !decimalInt.MatchString(v.Value):
			v.fail("integer", intHint(v.Value), "%s where %s is wanted", v.describe(), want)
		case err != nil || n < low || n > high:
			v.fail("range", "", "%s is out of range: want %s", v.describe(), want)
		default:
			*into = n
		}
	}
}

// decimalInt leaves out what other YAML loaders read as octal, hex or with
// separators.
var decimalInt = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)

// intHint says how an integer of another notation is written here.
func intHint(written string) string {
	plain := strings.TrimPrefix(strings.ReplaceAll(written, "_", ""), "+")
	if trimmed := strings.TrimLeft(plain, "0"); trimmed != "" {
		plain = trimmed
	}
	if decimalInt.MatchString(plain) && plain != written {
		return "write " + plain
	}
	if strings.HasSuffix(written, ".0") && decimalInt.MatchString(strings.TrimSuffix(written, ".0")) {
		return "write " + strings.TrimSuffix(written, ".0")
	}
	return ""
}
