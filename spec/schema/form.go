package schema

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/language"
)

// What editors take a scalar for that is text to the loader.
var scalar = []string{"string", "number", "boolean"}

// form is the schema of a value.
func form(f *language.Form) *node {
	switch f.Kind {
	case language.Map:
		return told(f.In)
	case language.Table:
		return &node{Type: "object", Names: names(f.Names), MinKeys: f.Least, Additional: form(f.Of)}
	case language.List:
		return &node{Type: "array", Items: form(f.Of), MinItems: f.Least}
	case language.OneOrMore:
		return bySort("array", &node{Type: "array", Items: form(f.Of), MinItems: f.Least}, form(f.Of))
	case language.Either:
		return eitherOf(f.Any)
	}
	n := leaf(f)
	for _, like := range f.Like {
		n.Examples = append(n.Examples, like)
	}
	return n
}

// eitherOf is a choice of forms. Whatever is wrong with a scalar, all forms are
// named.
func eitherOf(forms []*language.Form) *node {
	n := &node{}
	var wants []string
	for _, f := range forms {
		one := form(f)
		n.AnyOf = append(n.AnyOf, one)
		switch {
		case one.Error != "":
			wants = append(wants, strings.TrimSuffix(one.Error, wanted))
		case f.Kind == language.Map:
			wants = append(wants, "a map")
		}
	}
	for _, one := range n.AnyOf {
		if one.Error != "" {
			one.Error = strings.Join(wants, ", or ") + wanted
		}
	}
	if last := len(n.AnyOf) - 1; n.AnyOf[last].Error == "" {
		return bySort("object", n.AnyOf[last], oneOf(n.AnyOf[:last]))
	}
	return n
}

func oneOf(nodes []*node) *node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return &node{AnyOf: nodes}
}

// bySort is one schema for values of a sort, and another for all others. What it
// decides is said once; anyOf, which the last schema in it always keeps, is there
// for what editors offer.
func bySort(sort string, then, other *node) *node {
	return &node{If: &node{Type: sort}, Then: then, Else: other, AnyOf: []*node{other, then, {}}}
}

// wanted ends what an editor says about a value of another form.
const wanted = " is wanted"

// told is a map of one of several constructs, told by a key.
func told(in []*language.Construct) *node {
	if len(in) == 1 {
		return ref(definition(in[0]))
	}
	last := len(in) - 1
	n := ref(definition(in[last]))
	if in[last].Tells() != "" {
		n, last = undecided(in), len(in)
	}
	for i := last - 1; i >= 0; i-- {
		n = &node{If: &node{Required: []string{in[i].Tells()}}, Then: ref(definition(in[i])), Else: n}
	}
	return n
}

// undecided is a map that does not say yet which of several constructs it is: it
// has the keys that tell, and those that all have.
func undecided(in []*language.Construct) *node {
	n := &node{Type: "object", Additional: false}
	var tells []string
	for _, c := range in {
		k, _ := c.Key(c.Tells())
		n.Properties = append(n.Properties, member{k.Name, property(k)})
		tells = append(tells, k.Name)
	}
	for _, k := range in[0].Common {
		n.Properties = append(n.Properties, member{k.Name, property(k)})
	}
	// None of the keys is there, or another branch would be.
	n.AnyOf = anyKey(tells, "one of these is wanted: "+strings.Join(tells, ", ")).AnyOf
	return n
}

// leaf is the schema of a scalar.
func leaf(f *language.Form) *node {
	switch f.Kind {
	case language.Word:
		return words(f)
	case language.Bool:
		return &node{Type: "boolean", Error: "true or false" + wanted}
	case language.Integer, language.Number:
		sort, want := "integer", "an integer"
		if f.Kind == language.Number {
			sort, want = "number", "a number"
		}
		return &node{Type: sort, Minimum: &f.Low, Maximum: &f.High, Error: want + " from " + number(f.Low) + " to " + number(f.High) + wanted}
	case language.Text:
		return &node{Type: scalar, Error: "text" + wanted}
	case language.Value, language.Object, language.Type:
		return ref(string(f.Kind))
	case language.Anything:
		return &node{}
	}
	return patterns[f.Kind].node()
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// words is a choice of words; some are booleans to an editor.
func words(f *language.Form) *node {
	n := &node{}
	var list []string
	for _, w := range f.Words {
		n.Enum = append(n.Enum, plain(w.Word))
		n.EnumMarkdown = append(n.EnumMarkdown, sentence(w.Doc))
		list = append(list, w.Word)
	}
	n.Error = strings.Join(list, ", ") + wanted
	if last := len(list) - 1; last > 0 {
		n.Error = strings.Join(list[:last], ", ") + " or " + list[last] + wanted
	}
	return n
}

// plain is what an editor takes a word without quotes for.
func plain(word string) any {
	if word == "true" || word == "false" {
		return word == "true"
	}
	return word
}

// typeExpression completes the types that the language has, and accepts whatever
// begins as one does.
func typeExpression() *node {
	other := patterns[language.Type].node()
	known := &node{Type: "string", Error: other.Error}
	for _, w := range language.Builtins {
		known.Enum = append(known.Enum, w.Word)
		known.EnumMarkdown = append(known.EnumMarkdown, sentence(w.Doc))
	}
	return &node{AnyOf: []*node{known, other}}
}

// names is the schema of a table's keys. It has no type: to some editors a key null
// is none that is text.
func names(sort language.Names) *node {
	var n *node
	switch sort {
	case language.Snake:
		n = patterns[language.Name].node()
	case language.Pascal:
		n = pattern{form: language.PascalForm.String(), want: "a name in PascalCase, as in ServerInfo", longest: language.MaxName}.node()
	default:
		return nil
	}
	n.Type = nil
	return n
}

// literal is a default as a value of the schema; nil where it is words.
func literal(f *language.Form, fallback string) any {
	for _, one := range f.Forms() {
		switch one.Kind {
		case language.Word:
			for _, w := range one.Words {
				if w.Word == fallback {
					return plain(fallback)
				}
			}
		case language.Bool:
			return plain(fallback)
		case language.Integer, language.Number:
			if n, err := strconv.ParseFloat(fallback, 64); err == nil {
				return n
			}
		case language.Duration, language.Percent:
			if form := patterns[one.Kind]; form.matches(fallback) {
				return fallback
			}
		}
	}
	return nil
}
