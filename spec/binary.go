package spec

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// binaryNames are the types of binary frames, for hints.
var binaryNames = strings.Fields("u1 u2 u4 u8 u16 u24 u32 u64 i8 i16 i24 i32 i64 f32 f64 varint")

// binary resolves u16, i24le, f32, varint; known: it is one of these.
func (r typeRef) binary(e *template.Type) (t *model.Type, known, ok bool) {
	name, order := e.Name, model.Binary("")
	switch {
	case strings.HasSuffix(name, "le"):
		name, order = name[:len(name)-2], model.LittleEndian
	case strings.HasSuffix(name, "be"):
		name, order = name[:len(name)-2], model.BigEndian
	}
	if name == "varint" && order == "" {
		return &model.Type{Kind: model.Uint, Bits: 64, Binary: model.Varint}, true, r.args(e, e.Name, !e.Parens)
	}
	if len(name) < 2 || len(name) > 3 || !strings.Contains("uif", name[:1]) {
		return nil, false, false
	}
	bits, err := strconv.Atoi(name[1:])
	if err != nil || name[1] == '0' {
		return nil, false, false
	}
	kind := map[byte]model.Kind{'u': model.Uint, 'i': model.Int, 'f': model.Float}[name[0]]
	if bits < 1 || bits > 64 || kind == model.Float && bits != 32 && bits != 64 {
		r.fail(e, "bad-type", "", "%s: want u1 to u64, i1 to i64, f32 or f64", e.Name)
		return nil, true, false
	}
	t = &model.Type{Kind: kind, Bits: bits, Binary: model.BitField}
	switch {
	case bits%8 != 0:
		if order != "" {
			r.fail(e, "bad-type", "leave le or be out", "%s is part of a byte: it has no order of bytes", e.Name)
			return nil, true, false
		}
	default:
		t.Binary = r.order(e, order, bits)
	}
	return t, true, r.args(e, e.Name, !e.Parens)
}

// order is that of a type's bytes: its own, or the frame's.
func (r typeRef) order(e *template.Type, own model.Binary, bits int) model.Binary {
	switch {
	case own != "":
		return own
	case bits == 8:
		return model.BigEndian
	case r.w.order() != "":
		return r.w.order()
	}
	r.fail(e, "order-missing", "add order: big to the frame, or write "+e.Name+"be", "nothing says which byte of %s comes first", e.Name)
	return model.BigEndian
}

// order is the order of bytes that the frame gives, or else the first that does.
func (w *lowering) order() model.Binary {
	if w.now != nil && w.now.order != "" {
		return w.now.order
	}
	for _, d := range w.frameDecls {
		if d.order != "" {
			return d.order
		}
	}
	return ""
}

// binaryTypes reports whether a frame may have fields of binary types.
func (w *lowering) binaryTypes() bool {
	for _, d := range w.frameDecls {
		if d.f.Content == "binary" || !d.layout.absent() {
			return true
		}
	}
	return false
}

// aligned complains about bit fields that do not fill bytes together.
func (c *compiler) aligned(ops []*model.Op) {
	bits := 0
	for _, op := range ops {
		part := op.Kind == model.OpFlag || op.Kind == model.OpConst || op.Field != nil && isBits(op.Field.Type)
		switch {
		case part:
			bits += model.Bits(op)
			continue
		case bits%8 != 0:
			c.v.failAt(op.Pos, "bits-unaligned", "fill them up, as in {_:u"+strconv.Itoa(8-bits%8)+"}", "the bits before it do not fill whole bytes")
			c.broken = true
			return
		}
		if bits = 0; op.Kind == model.OpOptional {
			c.aligned(op.Body)
		}
	}
	if last := len(ops) - 1; bits%8 != 0 {
		c.v.failAt(ops[last].Pos, "bits-unaligned", "fill them up, as in {_:u"+strconv.Itoa(8-bits%8)+"}", "the bits do not fill whole bytes")
		c.broken = true
	}
}

// isBits reports whether values of t are parts of bytes.
func isBits(t *model.Type) bool {
	return t.Binary == model.BitField || t.Kind == model.Enum && t.Elem != nil && t.Elem.Binary == model.BitField
}

// families complains about types that the frame's content does not have.
func (c *compiler) families(ops []*model.Op, binary bool) {
	for _, op := range ops {
		c.families(op.Body, binary)
		if op.Field == nil || op.Kind == model.OpSame || op.Kind == model.OpSize && op.Field.Type.Kind == model.Uint {
			continue
		}
		if c.mixed(op.Field.Type) {
			c.broken = true
			c.v.failAt(op.Pos, "type-family", "let the first frame be the one that layouts are for", "layouts are of the first frame's content, which this frame does not have")
			continue
		}
		if binary && op.Field.Type.Kind == model.List {
			c.packed(op)
		}
		if t := op.Field.Type; !inFamily(t, binary) {
			c.broken = true
			if binary {
				c.v.failAt(op.Pos, "type-family", "numbers are u8, i16, f32, varint; text is counted, text(n), or ends at a literal",
					"%s is of a type of text frames, these are binary", nameOfField(op.Field))
			} else {
				c.v.failAt(op.Pos, "type-family", "", "%s is of a type of binary frames, these hold text", nameOfField(op.Field))
			}
		}
	}
}

// packed checks the items of a list in a binary frame, which come one behind the
// other: each must say where it ends, and that at a whole byte.
func (c *compiler) packed(op *model.Op) {
	switch t := op.Field.Type.Elem; {
	case isBits(t):
		c.broken = true
		c.v.failAt(op.Pos, "bits-unaligned", "make the item a layout of whole bytes", "items of %s are parts of bytes", op.Field.Name)
	case t.Kind == model.Text && t.Width == 0:
		c.broken = true
		c.v.failAt(op.Pos, "count-unresolved", `make the item a layout: "{#text:u8} {text:text}"`, "nothing says how long the items of %s are", op.Field.Name)
	}
}

func nameOfField(f *model.Field) string {
	if f.Name == "" {
		return "the count"
	}
	return f.Name
}

func inFamily(t *model.Type, binary bool) bool {
	switch t.Kind {
	case model.Int, model.Uint, model.Float:
		return binary == (t.Binary != "")
	case model.Text:
		return true
	case model.Bytes, model.Digits, model.Hex, model.Padded:
		return true
	case model.Enum:
		return inFamily(t.Elem, binary) && (!binary || model.TypeBits(t.Elem) > 0 || t.Elem.Binary != "")
	case model.List:
		return inFamily(t.Elem, binary) && (!binary || t.Sep == "")
	case model.Layout, model.OneOf:
		return true // see mixed
	}
	return !binary
}

// mixed reports whether t is a layout, and frames of another content hold it than
// it was written for: layouts are of the first frame's.
func (c *compiler) mixed(t *model.Type) bool {
	if t.Kind == model.List {
		t = t.Elem
	}
	return (t.Kind == model.Layout || t.Kind == model.OneOf) && c.frame != nil && c.frame.f.Content != c.w.frameDecls[0].f.Content
}
