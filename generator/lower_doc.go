package generator

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// remarks are what a spec says about a thing: its text, the clause of the
// manual, since when, and whether it is deprecated.
func remarks(n model.Named) emit.Doc {
	var d emit.Doc
	text := n.Doc
	if n.Ref != "" {
		text += " See " + n.Ref + "."
	}
	if n.Since != "" {
		text += " Since " + n.Since + "."
	}
	if text != "" {
		d = append(d, emit.Text(text))
	}
	if n.Deprecated != "" {
		d = append(d, emit.Deprecated(n.Deprecated))
	}
	return d
}

// wireForm shows a template as the spec has it, below what is fixed of the frame
// around it.
func wireForm(t *model.Template) emit.Part {
	switch {
	case t.Header == "":
		return emit.Code(t.Source)
	case t.Source == "":
		return emit.Code(t.Header)
	}
	return emit.Code(t.Header + "\n" + t.Source)
}

// fieldDoc is the comment of a struct's field.
func fieldDoc(f *model.Field) emit.Doc {
	n := f.Named
	n.Doc = meaning(f)
	return remarks(n)
}

// meaning is a field's doc, with its unit and default.
func meaning(f *model.Field) string {
	text := f.Doc
	if unit := unitOf(f); unit != "" {
		text += " Unit: " + unit + "."
	}
	if f.HasDefault {
		text += " Absent means " + shown(f) + ", which is not sent."
	}
	return strings.TrimSpace(text)
}

// shown is a field's default for people: as the document has it.
func shown(f *model.Field) string {
	t := f.Type
	for t.Single() != nil {
		t = t.Single().Type
	}
	switch {
	case t.Kind == model.Enum:
		for _, v := range t.Values {
			if v.Wire == f.Default {
				return v.Name
			}
		}
	case t.Kind == model.Bool && t.Words[0] != "":
		return map[bool]string{true: "true", false: "false"}[f.Default == t.Words[0]]
	case t.Kind == model.Text || t.Kind == model.Word || t.Kind == model.Quoted:
		return strconv.Quote(f.Default)
	}
	return f.Default
}

func unitOf(f *model.Field) string {
	if f.Unit != "" {
		return f.Unit
	}
	return f.Type.Unit
}

// typeDoc is the comment of a named type.
func typeDoc(name, what string, n model.Named) emit.Doc {
	return append(emit.Doc{emit.Text(name + " is " + what + ".")}, remarks(n)...)
}
