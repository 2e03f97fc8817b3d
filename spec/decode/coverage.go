package decode

import (
	"encoding/json"
	"slices"

	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// Coverage is what of a document was seen.
type Coverage struct {
	Messages []*Item `json:"messages"`
	Commands []*Item `json:"commands"`
}

// Item is a message or a command.
type Item struct {
	Name   string  `json:"name"`
	Count  int64   `json:"count"`
	Fields []*Part `json:"-"` // [Item.Parts] has those inside, too
}

// Part is a field of one, or of what is inside of one.
type Part struct {
	Name     string   `json:"name"` // from the frame: options.user; of a list that of its items
	Optional bool     `json:"optional,omitempty"`
	Form     bool     `json:"form,omitempty"` // one of several: another is there where it is not
	Seen     int64    `json:"seen"`           // how often it was there
	Absent   int64    `json:"absent"`         // how often it could have been, and was not
	Values   []*Value `json:"values,omitempty"`
	Others   int64    `json:"other_values,omitempty"` // values without a name, of an open enum
	inside   []*Part
}

// Value is a value of an enum.
type Value struct {
	Name string `json:"name"`
	Seen int64  `json:"seen"`
}

func newCoverage(p *model.Protocol) *Coverage {
	c := &Coverage{}
	for _, m := range p.Messages {
		c.Messages = append(c.Messages, newItem(m.Name, &m.Template))
	}
	for _, command := range p.Commands {
		c.Commands = append(c.Commands, newItem(command.Name, &command.Template))
	}
	return c
}

func newItem(name string, t *model.Template) *Item {
	return &Item{Name: name, Fields: partsOf(t.Fields, nil)}
}

// partsOf are the parts that fields are. A type that may hold itself is seen as that once.
func partsOf(fields []*model.Field, within []*model.Type) []*Part {
	var parts []*Part
	for _, f := range fields {
		t := inside(f.Type)
		p := &Part{Name: f.Name, Optional: f.Optional}
		if t.Kind == model.Enum && !f.Secret {
			for _, v := range t.Values {
				p.Values = append(p.Values, &Value{Name: v.Name})
			}
		}
		if !f.Secret && !slices.Contains(within, t) {
			p.inside = partsOf(codec.FieldsOf(t), append(slices.Clip(within), t))
			for _, inner := range p.inside {
				inner.Form = t.Kind == model.OneOf
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// add counts a frame.
func (i *Item) add(values codec.Values) {
	i.Count++
	add(i.Fields, values)
}

func add(parts []*Part, values codec.Values) {
	for at, p := range parts {
		var v any
		if at < len(values) && values[at].Name == p.Name {
			v = values[at].Value
		} else {
			v, _ = values.Get(p.Name)
		}
		if v == nil {
			p.Absent++
			continue
		}
		p.Seen++
		p.value(v)
	}
}

// value counts what is in a value.
func (p *Part) value(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			p.value(item)
		}
	case codec.Values:
		add(p.inside, v)
	case codec.Enum:
		i := slices.IndexFunc(p.Values, func(known *Value) bool { return known.Name == v.Name })
		if i < 0 {
			p.Others++
			return
		}
		p.Values[i].Seen++
	}
}

// Share is a part of a whole.
type Share struct {
	Seen int `json:"seen"`
	Of   int `json:"of"`
}

func (s *Share) count(seen bool) {
	s.Of++
	if seen {
		s.Seen++
	}
}

// Percent is what was seen, of 100; of nothing all.
func (s Share) Percent() float64 {
	if s.Of == 0 {
		return 100
	}
	return 100 * float64(s.Seen) / float64(s.Of)
}

// Shares are what of each kind was seen.
type Shares struct {
	Messages Share `json:"messages"`
	Commands Share `json:"commands"`
	Fields   Share `json:"fields"`
	Absent   Share `json:"absent"` // optional fields that were not there once, at least
	Values   Share `json:"values"` // of enums
}

// All is everything together: each counts as one.
func (s Shares) All() (all Share) {
	for _, one := range [...]Share{s.Messages, s.Commands, s.Fields, s.Absent, s.Values} {
		all.Seen, all.Of = all.Seen+one.Seen, all.Of+one.Of
	}
	return all
}

// Shares adds up what was seen.
func (c *Coverage) Shares() (s Shares) {
	for _, m := range c.Messages {
		s.Messages.count(m.Count > 0)
		s.parts(m.Fields)
	}
	for _, m := range c.Commands {
		s.Commands.count(m.Count > 0)
		s.parts(m.Fields)
	}
	return s
}

func (s *Shares) parts(parts []*Part) {
	for _, p := range parts {
		s.Fields.count(p.Seen > 0)
		if p.Optional && !p.Form {
			s.Absent.count(p.Absent > 0)
		}
		for _, v := range p.Values {
			s.Values.count(v.Seen > 0)
		}
		s.parts(p.inside)
	}
}

// Parts are all parts of an item, those inside of others by their paths.
func (i *Item) Parts() []Part { return flat(i.Fields, "") }

func flat(parts []*Part, path string) (all []Part) {
	for _, p := range parts {
		one := *p
		one.Name = path + p.Name
		all = append(append(all, one), flat(p.inside, one.Name+".")...)
	}
	return all
}

// MarshalJSON has the parts, as [Item.Parts] does.
func (i *Item) MarshalJSON() ([]byte, error) {
	type item Item
	return json.Marshal(struct {
		*item
		Parts []Part `json:"fields"`
	}{(*item)(i), i.Parts()})
}
