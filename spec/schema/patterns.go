package schema

import (
	"regexp"

	"github.com/linewright/linewright/spec/language"
)

// pattern is how a scalar is written. The expressions are those that JavaScript
// and Go understand alike.
type pattern struct {
	form    string
	want    string // what is written so, for people
	longest int
	numbers bool // what is written so may be a number to an editor
}

func (p pattern) matches(text string) bool { return regexp.MustCompile(p.form).MatchString(text) }

// node is the schema of what is written so.
func (p pattern) node() *node {
	sort := any("string")
	if p.numbers {
		sort = []string{"string", "number"}
	}
	return &node{Type: sort, Pattern: p.form, MaxLength: p.longest, Error: p.want + wanted}
}

const (
	// A number above zero, with decimal places or not.
	aboveZero = `(0\.0*[1-9][0-9]*|[1-9][0-9]*(\.[0-9]+)?)`
	snake     = `[a-z][a-z0-9]*(_[a-z0-9]+)*`
	control   = `[A-Z][A-Z0-9]*`
)

var patterns = map[language.Kind]pattern{
	language.Duration:   {form: `^` + aboveZero + `(ms|s|m|h)$`, want: "a duration, as in 10s"},
	language.Size:       {form: `^[1-9][0-9]*(B|KiB|MiB|GiB)$`, want: "a size, as in 4KiB"},
	language.Percent:    {form: `^(100(\.0+)?|[1-9]?[0-9](\.[0-9]+)?)%$`, want: "a percentage from 0% to 100%"},
	language.Version:    {form: language.VersionForm.String(), want: "a version of three numbers, as in 1.0.0"},
	language.Name:       {form: language.SnakeForm.String(), want: "a name in snake_case", longest: language.MaxName},
	language.GoName:     {form: language.GoNameForm.String(), want: "an exported Go name", longest: language.MaxName},
	language.Path:       {form: `^` + snake + `(\.` + snake + `)*$`, want: "a parameter, a message or a message's field, as in hello.stamp"},
	language.Range:      {form: language.RangeForm.String(), want: "a range, as in 1..100 or 0x81..0xff"},
	language.Bytes:      {form: `^` + control + `( +` + control + `)*$`, want: "LF, CRLF, another control character or hex bytes, as in 0x0d0a", numbers: true},
	language.Hex:        {form: `^[0-9a-fA-F\s]*$`, want: "pairs of hex digits, as in 4f4b 20", numbers: true},
	language.Template:   {form: `^([^{]|\{[{}?#_A-Za-z0-9])*$`, want: "a template, as in \"OK {count:uint8}\"", longest: language.MaxExpression},
	language.Type:       {form: `^\s*[A-Za-z]`, want: "a type, as in uint16 or list(word,',')", longest: language.MaxExpression},
	language.Expression: {form: `\{`, want: `an expression in braces, as in "{hello.interval}"`, longest: language.MaxExpression},
}

// shared are the schemas of values that hold others of their sort, or are long.
var shared = members{
	{string(language.Type), typeExpression()},
	{string(language.Value), &node{
		Type:  []string{"string", "number", "boolean", "array", "object"},
		Items: ref(string(language.Value)), Additional: ref(string(language.Value)),
	}},
	{string(language.Object), &node{Type: "object", Additional: ref("member")}},
	{"member", &node{
		Type:  []string{"string", "number", "boolean", "null", "array", "object"},
		Items: ref("member"), Additional: ref("member"),
	}},
}
