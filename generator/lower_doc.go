package generator

import (
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
	if unit := unitOf(f); unit != "" {
		n.Doc = strings.TrimSpace(n.Doc + " Unit: " + unit + ".")
	}
	return remarks(n)
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
