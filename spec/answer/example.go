package answer

import (
	"slices"

	"github.com/linewright/linewright/spec/model"
)

// Example is the first good example of a message; of a message that may be an
// error it is the first that is none, if there is one. Nil: it has no good one.
func Example(m *model.Message) *model.Example {
	var first *model.Example
	for _, e := range m.Examples {
		switch {
		case e.Bad != "":
		case succeeds(m, e):
			return e
		case first == nil:
			first = e
		}
	}
	return first
}

// succeeds reports whether an example of a message that may be an error is none.
func succeeds(m *model.Message, e *model.Example) bool {
	if m.Error == nil || m.Error.Field == nil {
		return m.Error == nil
	}
	value := wireOf(m.Error.Field.Type, e.Is[m.Error.Field.Name])
	for _, c := range m.Error.Cases {
		if slices.Contains(c.Values, value) {
			return c.Class == "ok"
		}
	}
	return m.Error.Else == "ok"
}

// wireOf is an example's value as it is on the wire: enum values have names.
func wireOf(t *model.Type, value any) string {
	text := ""
	switch v := value.(type) {
	case model.Number:
		text = string(v)
	case string:
		text = v
	}
	for _, v := range t.Values {
		if v.Name == text {
			return v.Wire
		}
	}
	return text
}
