package spec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// layoutDecl is the layout of a frame: what is around the payload, which is
// what a message or command says.
type layoutDecl struct {
	d          *frameDecl
	c          *compiler
	head, tail []template.Node
	headOps    []*model.Op
	tailOps    []*model.Op
	// size is the op of the count of the payload, and sized its node.
	size  *model.Op
	sized *template.Count
	ok    bool
}

// payload is the name of the hole in a layout.
const payload = "payload"

// lowerFrames reads what a frame says about its inside, now that types are
// known.
func (w *lowering) lowerFrames() {
	for _, d := range w.frameDecls {
		d.ok = w.clean(func() {
			if d.f.Packet == nil {
				w.plainFrame(d)
				return
			}
			w.now = d
			defer func() { w.now = nil }()
			w.lowerLayoutOf(d)
			if !d.checksum.absent() {
				w.lowerSum(d)
			}
		})
	}
}

// plainFrame complains about what only packets have.
func (w *lowering) plainFrame(d *frameDecl) {
	w.describeFields(d.fields, nil, "frame "+d.name)
	d.setNames(nil)
	if !d.checksum.absent() {
		d.checksum.fail("checksum-field", "add a layout with a field for it", "the frame has no layout: where is the checksum?")
	}
}

// lowerLayoutOf compiles the layout once, for what is wrong with it and for the
// places in it.
func (w *lowering) lowerLayoutOf(d *frameDecl) {
	p := d.f.Packet
	p.Layout = &model.Template{Source: "{payload}", Ops: []*model.Op{payloadOp()}}
	l := &layoutDecl{d: d}
	if !d.layout.absent() {
		if l.ok = w.clean(func() { l.parse(w) }) && l.c != nil; !l.ok {
			return
		}
		d.parsed = l
		p.Layout = &model.Template{Source: d.layout.Value, Ops: l.ops(), Fields: l.c.fields}
	}
	w.describeFields(d.fields, p.Layout.Fields, "frame "+d.name)
	d.setNames(p.Layout.Fields)
	w.frameExtent(d, l)
}

func payloadOp() *model.Op {
	return &model.Op{Kind: model.OpPayload, Field: &model.Field{Named: model.Named{Name: payload}, Type: &model.Type{Kind: model.Bytes}}}
}

func (l *layoutDecl) ops() []*model.Op {
	return append(append(append([]*model.Op{}, l.headOps...), payloadOp()), l.tailOps...)
}

// parse reads the template and compiles what is before and behind the payload.
func (l *layoutDecl) parse(w *lowering) {
	v := l.d.layout
	if !v.expression("a template") || !w.quotedTemplate(v) {
		return
	}
	parsed, errs := l.template(v)
	w.syntax(v, errs)
	at := -1
	for i, n := range parsed.Nodes {
		if same, ok := n.(*template.Same); ok && same.Name.Text == payload {
			if at >= 0 {
				v.failAt(v.At(n.At().Offset), "layout-payload", "", "{payload} is in the layout twice")
				return
			}
			at = i
		}
	}
	if at < 0 {
		v.fail("layout-payload", "write {payload} where what a message says begins", "the layout has no {payload}")
		return
	}
	l.head, l.tail = parsed.Nodes[:at], parsed.Nodes[at+1:]
	l.c = &compiler{w: w, v: v, byName: map[string]*namedOp{}, frame: l.d, layout: l}
	l.headOps = l.c.nodes(l.head, nil)
	l.tailOps = l.c.nodes(l.tail, nil)
	if l.c.binary() {
		l.c.families(l.ops(), true)
	}
	for _, op := range append(l.headOps[:len(l.headOps):len(l.headOps)], l.tailOps...) {
		switch op.Kind {
		case model.OpBreak:
			l.c.v.failAt(op.Pos, "frame-line", "write the characters, as in {CR}{LF}", "a layout has no lines of its own")
		case model.OpOptional:
			l.c.v.failAt(op.Pos, "frame-head-open", "write it at the beginning of the messages that have it",
				"a part around the payload that may be absent: what tells messages apart would have no fixed place")
		case model.OpCount:
			l.c.v.failAt(op.Pos, "frame-head-open", "let the messages count, as in {#head:u8}{#body:u16} {head:bytes}{body:bytes}",
				"a count of more than the payload: what tells messages apart would have no fixed place")
		}
	}
	l.c.aligned(l.headOps)
	l.c.aligned(l.tailOps)
}

func (l *layoutDecl) template(v value) (*template.Template, []*template.Error) {
	if l.d.f.Content != "text" {
		return template.ParseBinary(v.Value)
	}
	return template.Parse(v.Value)
}

// frameExtent works out how the end of a frame is found, and its fixed parts.
func (w *lowering) frameExtent(d *frameDecl, l *layoutDecl) {
	p, v := d.f.Packet, d.value
	head, ok := l.fixed(l.headOps)
	tail, ok2 := l.fixed(l.tailOps)
	if p.Head, p.Tail = head, tail; !ok || !ok2 {
		return
	}
	if l.size != nil {
		if p.Extent == model.ExtentEnds {
			v.find("ends").fail("frame-extent", "leave ends out", "a frame with a count in its layout ends where that says")
			return
		}
		p.Extent = model.ExtentCount
		l.counted(p)
		l.sizeEnds()
	}
	if p.Fixed > 0 {
		if p.Extent != model.ExtentSelf {
			v.find("size").fail("frame-extent", "", "a frame of a fixed size has neither ends nor a count of its payload")
			return
		}
		p.Extent = model.ExtentFixed
		if p.Fixed < head+tail || p.Fixed > d.f.Max {
			v.find("size").fail("frame-extent", "", "%d bytes: the layout alone takes %d, and max is %d", p.Fixed, head+tail, d.f.Max)
		}
	}
	if p.Extent == model.ExtentSelf && d.f.Content != "binary" {
		v.fail("frame-extent", "add ends, or a count of the payload to the layout", "nothing says where a frame ends")
	}
}

// fixed is how many bytes ops take, a count of no fixed width left out. It
// complains about ops of no fixed size: G6.
func (l *layoutDecl) fixed(ops []*model.Op) (bytes int, ok bool) {
	bits := 0
	for _, op := range ops {
		n := model.Bits(op)
		switch {
		case n >= 0:
			bits += n
		case op == l.size:
		default:
			l.c.v.failAt(op.Pos, "frame-head-open", "", "fields around the payload have a fixed size, %s has none", op.Field.Name)
			return 0, false
		}
	}
	return bits / 8, true
}

// counted fills in what the count of the payload says.
func (l *layoutDecl) counted(p *model.Packet) {
	at, bits, behind := 0, 0, 0
	for i, op := range l.headOps {
		if op == l.size {
			at = bits / 8
			behind, _ = l.fixed(l.headOps[i+1:])
		}
		bits += max(model.Bits(op), 0)
	}
	behind += p.Tail
	add := -behind
	for _, t := range l.sized.Terms {
		switch {
		case t.Name.Text == payload && !t.Minus && !t.Bytes:
		case t.Name.Text == "" && t.Minus:
			add -= int(t.N)
		case t.Name.Text == "":
			add += int(t.N)
		default:
			n, ok := l.bytesOf(t.Name.Text)
			if !ok || t.Minus || t.Bytes {
				l.c.fail(node{t.Span}, "count-unresolved", "name fields of the layout, as in {#unit+payload}", "%s cannot be counted here", t.Name.Text)
				return
			}
			add += n
		}
	}
	p.Size = model.Size{At: at, Type: l.size.Field.Type, Add: add}
}

// sizeEnds complains about a count in digits that what follows it could go on with.
func (l *layoutDecl) sizeEnds() {
	if t := l.size.Field.Type; t.Kind != model.Uint || t.Binary != "" {
		return
	}
	after := slices.Index(l.headOps, l.size) + 1
	if after < len(l.headOps) && l.headOps[after].Kind == model.OpLit && strings.Trim(l.headOps[after].Lit[:1], "0123456789") != "" {
		return
	}
	l.c.v.failAt(l.size.Pos, "field-runs-on", "put text behind it, or write {#payload:digits(n)}", "nothing marks the end of the count: what follows it may begin with a digit")
}

// bytesOf is how many bytes a field of the layout has.
func (l *layoutDecl) bytesOf(name string) (n int, ok bool) {
	for _, op := range append(l.headOps[:len(l.headOps):len(l.headOps)], l.tailOps...) {
		if op.Field != nil && op.Field.Name == name && model.Bits(op) > 0 && model.Bits(op)%8 == 0 {
			return model.Bits(op) / 8, true
		}
	}
	return 0, false
}
