package spec

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// members reads the members of a JSON object: constants, fields ("{f:type}")
// and objects. seen holds the names of the type's fields so far.
func (w *lowering) members(v value, seen map[string]bool, depth int) []*model.Member {
	var out []*model.Member
	if depth > maxObjectDepth {
		v.fail("template-large", "", "objects nested more than %d deep", maxObjectDepth)
		return nil
	}
	keys := map[string]bool{}
	v.entries("a map of JSON members", func(e entry) {
		m := &model.Member{Key: e.name, Pos: e.keyPos}
		m.Key, m.Optional = strings.CutSuffix(e.name, "?")
		if keys[m.Key] {
			e.failAt(e.keyPos, "duplicate-name", "", "member %s is named twice", quoteName(m.Key))
		}
		keys[m.Key] = true
		w.member(m, e.value, seen, depth)
		out = append(out, m)
	})
	return out
}

// member reads a member's value, or an item of a list.
func (w *lowering) member(m *model.Member, v value, seen map[string]bool, depth int) {
	switch v.Kind {
	case document.Map:
		if m.Object = w.members(v, seen, depth+1); m.Object == nil {
			m.Object = []*model.Member{}
		}
	case document.List:
		m.Items = []*model.Member{}
		v.each("", func(v value) {
			item := &model.Member{Pos: v.Pos}
			w.member(item, v, seen, depth+1)
			m.Items = append(m.Items, item)
		})
	case document.Scalar:
		w.scalarMember(m, v, seen)
	case document.Null:
		v.fail("empty", `write a constant, or "{name:type}"`, "nothing is written here")
	}
	if m.Optional {
		makeOptional(m.Inside())
	}
}

// makeOptional: the fields of an object that may be absent may be, too, though
// not one by one: their members stay as they are.
func makeOptional(members []*model.Member) {
	for _, m := range members {
		if m.Field != nil {
			m.Field.Optional = true
		}
		makeOptional(m.Inside())
	}
}

// others adds the member that keeps what has no other place, where keep says so.
func (w *lowering) others(members []*model.Member, v value, keep string, seen map[string]bool) []*model.Member {
	if keep != "keep" {
		return members
	}
	if seen[othersField] {
		v.fail("duplicate-name", "give the field another name", "the members that are kept become a field named %s, and there is one", othersField)
	}
	return append(members, &model.Member{Others: true, Pos: v.Pos, Field: &model.Field{
		Named: model.Named{Name: othersField, Doc: "The members that the spec does not name, as an object.", Pos: v.Pos},
		Type:  &model.Type{Kind: model.JSONRaw}, Optional: true,
	}})
}

// othersField is the name of the field that keeps them.
const othersField = "others"

// scalarMember reads a constant or a field.
func (w *lowering) scalarMember(m *model.Member, v value, seen map[string]bool) {
	if v.Style == document.Plain {
		m.IsConst = true
		m.Const = plainConst(v)
		return
	}
	if !strings.ContainsAny(v.Value, "{}") {
		m.IsConst, m.Const = true, v.Value
		return
	}
	if !v.expression("a template") {
		return
	}
	t, errs := template.Parse(v.Value)
	if w.syntax(v, errs); len(errs) > 0 {
		return
	}
	field, ok := t.Nodes[0].(*template.Field)
	switch lit, isLit := t.Nodes[0].(*template.Lit); {
	case len(t.Nodes) == 1 && isLit:
		m.IsConst, m.Const = true, lit.Text
	case len(t.Nodes) != 1 || !ok || field.Name.Text == "_":
		v.fail("json-member", `write a constant, or "{name:type}"`, "a member is one constant or one field")
	default:
		w.memberField(m, v, field, seen)
	}
}

func (w *lowering) memberField(m *model.Member, v value, field *template.Field, seen map[string]bool) {
	name := field.Name.Text
	pos := v.At(field.Name.Offset)
	if seen[name] {
		v.failAt(pos, "duplicate-name", "", "field %s is named twice", quoteName(name))
		return
	}
	seen[name] = true
	if len(seen) > maxFields {
		if len(seen) == maxFields+1 {
			v.fail("template-large", "", "at most %d fields are allowed in a type", maxFields)
		}
		return
	}
	t, secret, ok := typeRef{w: w, v: v, json: true}.resolve(field.Type)
	if !ok {
		return
	}
	if !jsonType(t) {
		v.failAt(v.At(field.Type.Offset), "type-family", "use text, bool, an integer, decimal, float, json, list(T), an enum or a json type",
			"%s cannot be a JSON member", field.Type)
		return
	}
	m.Field = &model.Field{
		Named: model.Named{Name: name, Pos: pos},
		Type:  t, Secret: secret, Optional: m.Optional,
	}
}

// jsonType reports whether JSON has a value for t.
func jsonType(t *model.Type) bool {
	if t.Scale != "" {
		return false // numbers there have decimal places themselves
	}
	switch t.Kind {
	case model.Int, model.Uint, model.Decimal, model.Float, model.Bool, model.JSON, model.JSONRaw:
		return true
	case model.Text:
		return t.Width == 0
	case model.List:
		return t.Sep == "" && t.Elem.Kind != model.List && jsonType(t.Elem)
	case model.Enum:
		return jsonType(t.Elem)
	}
	return false
}

// bareConst reports whether an unquoted scalar is no text.
func bareConst(s string) bool {
	return s == "true" || s == "false" || s == "null" || numberLike.MatchString(s)
}

// plainConst is an unquoted scalar as JSON would read it; what is no JSON is
// text.
func plainConst(v value) any {
	switch v.Value {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if n, err := strconv.ParseInt(v.Value, 10, 64); err == nil && strconv.FormatInt(n, 10) == v.Value {
		return n
	}
	if numberLike.MatchString(v.Value) {
		v.fail("json-member", "quote it where it is text", "%s: a constant number is an integer", v.describe())
	}
	return v.Value
}
