package schema

import (
	"bytes"
	"encoding/json"
)

// node is a schema. Its fields are in the order in which they are written.
type node struct {
	Schema       string    `json:"$schema,omitempty"`
	Title        string    `json:"title,omitempty"`
	Description  string    `json:"description,omitempty"`
	Markdown     string    `json:"markdownDescription,omitempty"`
	Ref          string    `json:"$ref,omitempty"`
	Type         any       `json:"type,omitempty"` // a name, or several
	Enum         []any     `json:"enum,omitempty"`
	Const        any       `json:"const,omitempty"`
	EnumMarkdown []string  `json:"markdownEnumDescriptions,omitempty"`
	Default      any       `json:"default,omitempty"`
	Examples     []any     `json:"examples,omitempty"`
	Snippets     []snippet `json:"defaultSnippets,omitempty"`
	Minimum      *float64  `json:"minimum,omitempty"`
	Maximum      *float64  `json:"maximum,omitempty"`
	MaxLength    int       `json:"maxLength,omitempty"`
	Pattern      string    `json:"pattern,omitempty"`
	Error        string    `json:"errorMessage,omitempty"`
	Items        *node     `json:"items,omitempty"`
	MinItems     int       `json:"minItems,omitempty"`
	Properties   members   `json:"properties,omitempty"`
	Required     []string  `json:"required,omitempty"`
	Names        *node     `json:"propertyNames,omitempty"`
	MinKeys      int       `json:"minProperties,omitempty"`
	MaxKeys      int       `json:"maxProperties,omitempty"`
	Needs        members   `json:"dependencies,omitempty"`
	Additional   any       `json:"additionalProperties,omitempty"` // false, or a schema
	AllOf        []*node   `json:"allOf,omitempty"`
	AnyOf        []*node   `json:"anyOf,omitempty"`
	OneOf        []*node   `json:"oneOf,omitempty"`
	Not          *node     `json:"not,omitempty"`
	If           *node     `json:"if,omitempty"`
	Then         *node     `json:"then,omitempty"`
	Else         *node     `json:"else,omitempty"`
	Definitions  members   `json:"definitions,omitempty"`
}

// snippet is what an editor offers to write.
type snippet struct {
	Label       string `json:"label"`
	Description string `json:"markdownDescription,omitempty"`
	Body        any    `json:"body"`
}

// members are a JSON object in an order of its own.
type members []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (m members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, e := range m {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, part := range []any{e.name, e.value} {
			if j > 0 {
				b.WriteByte(':')
			}
			data, err := marshal(part)
			if err != nil {
				return nil, err
			}
			b.Write(data)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshal is json.Marshal that leaves < and > as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
