package entry

import (
	"errors"
	"fmt"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// Values gives the words to the fields: those with a name by it, the others in
// order to the fields that have none yet. Fields that the spec sets by itself
// are only set by name. The error never holds a value, which may be a secret.
func Values(p *dynamic.Protocol, fields []*model.Field, words []Word) (dynamic.Map, error) {
	given := dynamic.Map{}
	set := func(f *model.Field, text string) error {
		if _, twice := given[f.Name]; twice {
			return fmt.Errorf("%s: is given twice", f.Name)
		}
		v, err := p.FromText(f.Type, text)
		if err != nil {
			return fmt.Errorf("%s: %s", f.Name, reason(err))
		}
		given[f.Name] = v
		return nil
	}
	for _, w := range words {
		f := fieldFor(fields, w, words)
		if f == nil {
			return nil, noField(fields, w, words)
		}
		if err := set(f, w.Value); err != nil {
			return nil, err
		}
		if w.Name == "" {
			fields = without(fields, f)
		}
	}
	return given, nil
}

// fieldFor is the field that a word is for; nil: none.
func fieldFor(fields []*model.Field, w Word, words []Word) *model.Field {
	for _, f := range fields {
		switch {
		case w.Name != "" && f.Name == w.Name:
			return f
		case w.Name == "" && f.Set == nil && !named(words, f.Name):
			return f
		}
	}
	return nil
}

func named(words []Word, name string) bool {
	for _, w := range words {
		if w.Name == name {
			return true
		}
	}
	return false
}

func without(fields []*model.Field, f *model.Field) (out []*model.Field) {
	for _, other := range fields {
		if other != f {
			out = append(out, other)
		}
	}
	return out
}

// noField says which fields there are for a word that is for none.
func noField(fields []*model.Field, w Word, words []Word) error {
	var names []string
	for _, f := range fields {
		if f.Set == nil && (w.Name != "" || !named(words, f.Name)) {
			names = append(names, f.Name)
		}
	}
	there := "there are none left"
	if len(names) > 0 {
		there = "there are " + strings.Join(names, ", ")
	}
	if w.Name == "" {
		return errors.New("a value has no field; " + there)
	}
	return fmt.Errorf("%s: is not a field; %s (a text with = in it is put in quotes)", w.Name, there)
}

// reason is a field error's without the field, which the caller names.
func reason(err error) string {
	if e := (*wire.FieldError)(nil); errors.As(err, &e) {
		return e.Reason
	}
	return err.Error()
}
