package dynamic

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// FromText is the value of type t that a person typed: text and bytes as they
// are, enums by name or wire form, bools by their words or true and false,
// numbers and lists in their wire form. Lists, layouts and JSON objects may be
// JSON instead, and lists that have no separator on the wire are typed with
// commas. The error does not hold the text, which may be a secret.
func (p *Protocol) FromText(t *model.Type, text string) (any, error) {
	if composite(t) && (strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")) {
		return fromJSON(text)
	}
	if t.Kind == model.List && t.Sep == "" {
		return p.listFromText(t, text)
	}
	return codec.FromText(&p.plan.Framing, t, text)
}

// composite reports whether a value of the type has parts.
func composite(t *model.Type) bool {
	return t.Kind == model.List || t.Kind == model.Layout || t.Kind == model.PairsOf || t.Kind == model.OneOf || t.Kind == model.JSON
}

// fromJSON reads one JSON value, numbers as they are written.
func fromJSON(text string) (any, error) {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, &wire.FieldError{Reason: "is not JSON"}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &wire.FieldError{Reason: "has something behind its JSON"}
	}
	return v, nil
}

func (p *Protocol) listFromText(t *model.Type, text string) (any, error) {
	items := []any{}
	if text == "" {
		return items, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		v, err := p.FromText(t.Elem, part)
		if err != nil {
			return nil, err
		}
		items = append(items, v)
	}
	return items, nil
}
