package page

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// field is a row of a table of fields.
type field struct {
	ID     string
	Name   string
	Indent int    // inside another field
	Type   string // in words
	Link   string // the id of its type, where that has a name
	Unit   string
	Limits string
	Values []value
	Notes  []string // optional, secret, …
	model.Named
}

// value is one of an enum's.
type value struct{ Name, Wire, Doc string }

// maxNested bounds the fields that are shown inside of others: a type may hold itself.
const maxNested = 4

func (b *builder) fields(path string, fields []*model.Field) []field {
	return b.nested(path, fields, 0)
}

func (b *builder) nested(path string, fields []*model.Field, indent int) (rows []field) {
	for _, f := range fields {
		at := path + "." + f.Name
		if b.ids[at] {
			continue // a name that an earlier form has, too
		}
		rows = append(rows, b.field(at, f, indent))
		if inner := inside(f.Type); inner != nil && indent < maxNested {
			rows = append(rows, b.nested(at, inner, indent+1)...)
		}
	}
	return rows
}

// inside are the fields of a value without a type that has a name, which is explained
// in its own place.
func inside(t *model.Type) []*model.Field {
	if t.Kind == model.List {
		t = t.Elem
	}
	switch {
	case t.Name != "":
		return nil
	case t.Body != nil:
		return t.Body.Fields
	case len(t.Members) > 0:
		return membersFields(t.Members)
	}
	return nil
}

// membersFields are the fields of a JSON object.
func membersFields(members []*model.Member) (all []*model.Field) {
	for _, m := range members {
		if m.Field != nil {
			all = append(all, m.Field)
		}
		all = append(all, membersFields(m.Inside())...)
	}
	return all
}

func (b *builder) field(id string, f *model.Field, indent int) field {
	row := field{ID: b.id(id), Name: f.Name, Indent: indent, Type: typeWords(f.Type), Unit: f.Unit, Named: f.Named}
	named := f.Type
	if named.Kind == model.List && named.Name == "" {
		named = named.Elem
	}
	switch {
	case named.Name != "":
		row.Link = "types." + named.Name
	default:
		row.Values = valuesOf(named)
	}
	if row.Unit == "" {
		row.Unit = f.Type.Unit
	}
	row.Limits, row.Notes = limits(f.Type), notes(f)
	return row
}

func notes(f *model.Field) (all []string) {
	if f.Secret {
		all = append(all, "secret")
	}
	if f.Optional {
		all = append(all, "optional")
	}
	switch {
	case f.HasDefault && f.Default == "":
		all = append(all, "empty where it is absent")
	case f.HasDefault:
		all = append(all, f.Default+" where it is absent")
	}
	if f.Set != nil {
		all = append(all, "set by the client")
	}
	return all
}

func valuesOf(t *model.Type) (all []value) {
	for _, v := range t.Values {
		all = append(all, value{v.Name, visible(v.Wire), v.Doc})
	}
	return all
}

// limits are what a type accepts of its kind.
func limits(t *model.Type) string {
	var all []string
	if t.Range != nil {
		all = append(all, t.Range.Min+" to "+t.Range.Max)
	}
	if t.Max > 0 {
		all = append(all, "at most "+strconv.Itoa(t.Max)+" bytes")
	}
	if t.Chars != "" {
		all = append(all, "only "+t.Chars)
	}
	if t.Scale != "" {
		all = append(all, "in steps of "+t.Scale)
	}
	if t.Kind == model.Enum && t.Open {
		all = append(all, "other values are passed on as they are")
	}
	return strings.Join(all, "; ")
}

// typeWords is a type in words.
func typeWords(t *model.Type) string {
	if t.Name != "" {
		return t.Name
	}
	return unnamed(t)
}

func unnamed(t *model.Type) string {
	switch t.Kind {
	case model.Int, model.Uint:
		return integer(t)
	case model.Float:
		return strings.TrimSpace("float " + forms[t.Binary])
	case model.Bool:
		return "bool: " + strconv.Quote(t.Words[0]) + " or " + strconv.Quote(t.Words[1])
	case model.Digits:
		return strconv.Itoa(t.Width) + " decimal digits"
	case model.Hex:
		return strconv.Itoa(t.Width) + " hex digits"
	case model.Text, model.Bytes:
		if t.Width > 0 {
			return string(t.Kind) + ", exactly " + strconv.Itoa(t.Width) + " bytes"
		}
		return string(t.Kind)
	case model.Padded:
		return typeWords(t.Elem) + ", filled up to " + strconv.Itoa(t.Width) + " bytes"
	case model.List:
		return listWords(t)
	case model.Enum:
		return enumWords(t)
	}
	if w, ok := kindWords[t.Kind]; ok {
		return w
	}
	return string(t.Kind)
}

func enumWords(t *model.Type) string {
	if t.Elem != nil && t.Elem.Kind != model.Text {
		return "one of these, as " + typeWords(t.Elem)
	}
	return "one of these"
}

func listWords(t *model.Type) string {
	switch {
	case t.Sep == "":
		return "list of " + typeWords(t.Elem)
	case t.Sep == " ":
		return "list of " + typeWords(t.Elem) + ", with a blank between"
	}
	return "list of " + typeWords(t.Elem) + ", with " + visible(t.Sep) + " between"
}

var kindWords = map[model.Kind]string{
	model.Word: "word (no blanks)", model.Quoted: "text in quotes", model.Dotted: "line of text",
	model.HexBytes: "bytes as hex digits", model.Base64: "bytes as Base64", model.JSONRaw: "any JSON value",
	model.JSON: "JSON object", model.Layout: "group of fields", model.OneOf: "one of several forms", model.PairsOf: "keys with values",
}

var forms = map[model.Binary]string{
	model.BigEndian: "(binary, highest byte first)", model.LittleEndian: "(binary, lowest byte first)",
	model.BitField: "", model.Varint: "(7 bits a byte, lowest first)",
}

func integer(t *model.Type) string {
	name := string(t.Kind)
	switch {
	case t.Binary == model.BitField && t.Bits == 1:
		return "1 bit"
	case t.Binary == model.BitField:
		return strconv.Itoa(t.Bits) + " bits"
	case t.Bits > 0:
		name += strconv.Itoa(t.Bits)
	}
	if t.Bits == 8 && t.Binary != "" {
		return name + " (one byte)"
	}
	return strings.TrimSpace(name + " " + forms[t.Binary])
}
