package generator

import "github.com/linewright/linewright/spec/model"

// memberFields are the fields of a JSON object, those of nested objects
// included, in the document's order: they share one Go struct.
func memberFields(members []*model.Member) []*model.Field {
	var fields []*model.Field
	for _, m := range members {
		switch {
		case m.Field != nil:
			fields = append(fields, m.Field)
		default:
			fields = append(fields, memberFields(m.Inside())...)
		}
	}
	return fields
}

// variants are the replies of a command that carry a value, `none` left out.
func variants(c *model.Command) []*model.Message {
	var list []*model.Message
	for _, m := range c.Replies {
		if !m.None {
			list = append(list, m)
		}
	}
	return list
}

// bare reports whether a reply to c tells nothing: it has no field, or but the id
// by which it was found.
func bare(c *model.Command, m *model.Message) bool {
	fields := len(m.Template.Fields)
	return fields == 0 || fields == 1 && c.ID != nil && m.ID != nil
}
