package emit

import "github.com/dave/jennifer/jen"

// Message is a struct that is a whole frame, with its pair of methods.
//
//	func (m Reading) AppendFrame(dst []byte) ([]byte, error) {
//		var w wire.Writer
//		w.Reset(dst, &framing)
//		w.Lit("READING ")
//		…
//		return w.End()
//	}
//
//	func (m *Reading) ParseFrame(frame []byte) error {
//		var r wire.Reader
//		r.Reset(frame, &framing)
//		…
//		return r.Done()
//	}
type Message struct {
	Struct Struct
	Ops    []Op
	Fields []*Field // what Clone copies, where Clone is set
	Clone  bool
	Frame  uint8 // the kind of frame
	Alias  bool  // text or bytes that are read alias the frame
	Prompt bool  // it has no end
}

func (m *Message) code() []jen.Code {
	list := append(m.Struct.code(), m.append(), m.parse())
	if m.Clone {
		list = append(list, m.clone())
	}
	return list
}

func (m *Message) append() jen.Code {
	doc, end := Doc{Text("AppendFrame appends the frame, its end included, to dst.")}, "End"
	if m.Prompt {
		doc, end = Doc{Text("AppendFrame appends the frame, a prompt without an end, to dst.")}, "Done"
	}
	return doc.code().Func().Params(jen.Id("m").Op("*").Id(m.Struct.Name)).Id("AppendFrame").
		Params(jen.Id("dst").Index().Byte()).Params(jen.Index().Byte(), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			begin(g, "w", "Writer", jen.Id("dst"), framingOf(m.Frame))
			writeAll(g, &codec{base: "m", frame: m.Frame}, m.Ops)
			g.Return(jen.Id("w").Dot(end).Call())
		})
}

func (m *Message) parse() jen.Code {
	text := "ParseFrame reads a frame, without its end. "
	if m.Alias {
		text += "Text and bytes alias it. "
	}
	text += "After an error m is of no use."
	return Doc{Text(text)}.code().Func().Params(jen.Id("m").Op("*").Id(m.Struct.Name)).Id("ParseFrame").
		Params(jen.Id("frame").Index().Byte()).Error().
		BlockFunc(func(g *jen.Group) {
			begin(g, "r", "Reader", jen.Id("frame"), framingOf(m.Frame))
			c := &codec{base: "m", name: m.Struct.Name, frame: m.Frame}
			forget(g, c, m.Ops, false)
			readAll(g, c, m.Ops)
			g.Return(jen.Id("r").Dot("Done").Call())
		})
}

// forget resets the optional fields, so that a struct can be used again.
//
//	m.Text = Optional[string]{}
func forget(g *jen.Group, c *codec, ops []Op, inside bool) {
	for _, op := range ops {
		switch op := op.(type) {
		case *Optional:
			forget(g, c, op.Body, true)
		case *Field:
			op.forget(g, c, inside)
		case *Tells:
			op.forget(g, c, inside)
		}
	}
}

func (o *Field) forget(g *jen.Group, c *codec, inside bool) {
	switch {
	case o.Default != nil:
		g.Add(c.target(o.Go)).Op("=").Add(o.Default.code())
	case inside && o.Go != "":
		g.Add(c.target(o.Go)).Op("=").Add(OptionalOf(o.Type).code()).Values()
	}
}

func (m *Message) clone() jen.Code {
	return Doc{Text("Clone is a copy that stays valid when m's frame is gone.")}.code().
		Func().Params(jen.Id("m").Op("*").Id(m.Struct.Name)).Id("Clone").Params().Op("*").Id(m.Struct.Name).
		BlockFunc(func(g *jen.Group) {
			g.Id("v").Op(":=").Op("*").Id("m")
			c := &codec{base: "v"}
			for _, f := range m.Fields {
				f.own(g, c)
			}
			g.Return(jen.Op("&").Id("v"))
		})
}

// begin declares a writer or a reader. What the functions New… give would be built
// apart and copied: that takes as long as a field does.
//
//	var r wire.Reader
//	r.Reset(frame, &framing)
func begin(g *jen.Group, name, what string, of, framing *jen.Statement) {
	g.Var().Id(name).Qual(wirePath, what)
	g.Id(name).Dot("Reset").Call(of, framing)
}

// framingOf is &framing, or framing.Of(1) for another kind of frame.
func framingOf(frame uint8) *jen.Statement {
	if frame == 0 {
		return jen.Op("&").Id("framing")
	}
	return jen.Id("framing").Dot("Of").Call(jen.Lit(int(frame)))
}
