package codec

import (
	"bytes"
	"encoding/json"

	"github.com/linewright/linewright/spec/model"
)

// members notes where the fields of an object are that begins at a place of the frame. It
// has been read, so that it is one; after an error there is nothing of it.
func (s *spans) members(value []byte, at int, members []*model.Member) {
	for _, part := range jsonParts(value) {
		for i, m := range members {
			if m.Key == part.key && !m.Others && (part.key != "" || i == part.index) {
				s.member(value[part.from:part.to], at+part.from, m)
			}
		}
	}
}

func (s *spans) member(value []byte, at int, m *model.Member) {
	switch {
	case m.Field != nil && m.Field.Name != ignored:
		s.all = append(s.all, Span{From: at, To: at + len(value), Path: m.Field.Name, Kind: PlaceField})
	case m.Object != nil, m.Items != nil:
		s.members(value, at, m.Inside())
	}
}

// jsonPart is a member of an object, or an item of a list: then key is empty.
type jsonPart struct {
	key      string
	index    int
	from, to int
}

// jsonParts are the values inside an object or a list, in their order.
func jsonParts(value []byte) (parts []jsonPart) {
	d := json.NewDecoder(bytes.NewReader(value))
	open, err := d.Token()
	if err != nil || open != json.Delim('{') && open != json.Delim('[') {
		return nil
	}
	for d.More() {
		part := jsonPart{index: len(parts)}
		if open == json.Delim('{') {
			key, err := d.Token()
			if err != nil {
				return parts
			}
			part.key, _ = key.(string)
		}
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			return parts
		}
		part.to = int(d.InputOffset())
		part.from = part.to - len(raw)
		parts = append(parts, part)
	}
	return parts
}
