package spec

import (
	"fmt"
	"strings"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// maxWidth bounds widths of fixed fields, in bytes.
const maxWidth = 64 << 10

// typeRef resolves a type expression that stands somewhere in the scalar v.
type typeRef struct {
	w *lowering
	v value
	// json: the type is that of a JSON member, which knows its own extent.
	json bool
}

// resolve returns the type, and whether it is secret. It is not ok where
// something is wrong, which has been reported.
func (r typeRef) resolve(e *template.Type) (t *model.Type, secret, ok bool) {
	if e.Name == "secret" {
		if !r.args(e, "secret(T)", len(e.Args) == 1 && e.Args[0].Type != nil) {
			return nil, false, false
		}
		inner := e.Args[0].Type
		t, _, ok := r.resolve(inner)
		twice := ok && inner.Name == "secret"
		if twice {
			r.fail(e, "bad-type", "write secret once", "secret inside secret")
		}
		return t, true, ok && !twice
	}
	t, ok = r.plain(e)
	return t, ok && t.Hidden(), ok
}

func (r typeRef) fail(e *template.Type, rule, hint, format string, args ...any) {
	r.v.failAt(r.v.At(e.Offset), rule, hint, format, args...)
}

// args complains unless ok, showing how the type is written.
func (r typeRef) args(e *template.Type, form string, ok bool) bool {
	if !ok {
		r.fail(e, "bad-type", "write "+form, "type %s has the wrong arguments", quoteName(e.Name))
	}
	return ok
}

// width reads the only argument of a type that is n bytes wide.
func (r typeRef) width(e *template.Type, max int) (int, bool) {
	if !r.args(e, e.Name+"(n)", len(e.Args) == 1 && e.Args[0].IsNum) {
		return 0, false
	}
	n := e.Args[0].Num
	if n < 1 || n > max {
		r.fail(e, "bad-type", "", "width %d of %s: want 1 to %d", n, e.Name, max)
		return 0, false
	}
	return n, true
}

// kinds without arguments.
var simpleKinds = map[string]model.Kind{
	"word": model.Word, "decimal": model.Decimal, "float": model.Float,
	"hexbytes": model.HexBytes, "base64": model.Base64, "json": model.JSONRaw,
	"dotted": model.Dotted,
}

var intTypes = map[string]model.Type{
	"int8": {Kind: model.Int, Bits: 8}, "int16": {Kind: model.Int, Bits: 16},
	"int32": {Kind: model.Int, Bits: 32}, "int64": {Kind: model.Int, Bits: 64},
	"uint8": {Kind: model.Uint, Bits: 8}, "uint16": {Kind: model.Uint, Bits: 16},
	"uint32": {Kind: model.Uint, Bits: 32}, "uint64": {Kind: model.Uint, Bits: 64},
	"uint": {Kind: model.Uint, Bits: 64},
}

var builtinNames = strings.Fields("text word quoted int8 int16 int32 int64 uint8 uint16 uint32 uint64 uint " +
	"decimal float digits hex hexbytes base64 bool padded list bytes json dotted secret")

// plain resolves everything but secret.
func (r typeRef) plain(e *template.Type) (*model.Type, bool) {
	if t, ok := intTypes[e.Name]; ok {
		return &t, r.args(e, e.Name, !e.Parens)
	}
	if k, ok := simpleKinds[e.Name]; ok {
		return &model.Type{Kind: k}, r.args(e, e.Name, !e.Parens)
	}
	switch e.Name {
	case "text", "bytes":
		t := &model.Type{Kind: model.Kind(e.Name)}
		if !e.Parens {
			return t, true
		}
		var ok bool
		t.Width, ok = r.width(e, maxWidth)
		return t, ok
	case "digits":
		n, ok := r.width(e, 19)
		return &model.Type{Kind: model.Digits, Width: n}, ok
	case "hex":
		n, ok := r.width(e, 16)
		return &model.Type{Kind: model.Hex, Width: n}, ok
	case "quoted":
		return r.quoted(e)
	case "bool":
		return r.boolean(e)
	case "padded":
		return r.padded(e)
	case "list":
		return r.list(e)
	}
	return r.named(e)
}

// named resolves the name of a type in the document.
func (r typeRef) named(e *template.Type) (*model.Type, bool) {
	if template.Pascal(e.Name) {
		d, ok := r.w.types.find(r.v, r.v.At(e.Offset), e.Name)
		if !ok || !r.args(e, e.Name, !e.Parens) {
			return nil, false
		}
		r.w.lowerType(d)
		return d.typ, d.ok || d.state == busy && r.w.deep(d)
	}
	if r.w.binaryTypes() && !r.json {
		if t, known, ok := r.binary(e); known {
			return t, ok
		}
	}
	if text, ok := textInstead(e.Name); ok {
		r.fail(e, "type-family", "write "+text, "%s is a type of binary frames, these hold text", e.Name)
		return nil, false
	}
	known := builtinNames[:len(builtinNames):len(builtinNames)]
	if r.w.binaryTypes() {
		known = append(known, binaryNames...)
	}
	r.fail(e, "unknown-name", r.w.guess(e.Name, append(known, r.w.types.names...)),
		"there is no type %s", quoteName(e.Name))
	return nil, false
}

// textInstead is what to write for a type of binary frames.
func textInstead(name string) (string, bool) {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "le"), "be")
	switch name {
	case "f32", "f64":
		return "float", true
	case "varint":
		return "uint64", true
	}
	var sign byte
	var bits int
	if n, _ := fmt.Sscanf(name, "%c%d", &sign, &bits); n != 2 || bits < 1 || bits > 64 || sign != 'u' && sign != 'i' {
		return "", false
	}
	width := 8
	for width < bits {
		width *= 2
	}
	return fmt.Sprintf("%sint%d", strings.TrimPrefix(string(sign), "i"), width), true
}
