package emit

import "github.com/dave/jennifer/jen"

// Check is the function by which the decoder tells whether a frame is a
// message.
//
//	func checkReading(frame []byte) error {
//		var m Reading
//		return m.ParseFrame(frame)
//	}
type Check struct {
	Name, Type string
}

func (c *Check) code() []jen.Code {
	return []jen.Code{jen.Func().Id(c.Name).Params(jen.Id("frame").Index().Byte()).Error().Block(
		jen.Var().Id("m").Id(c.Type),
		jen.Return(jen.Id("m").Dot("ParseFrame").Call(jen.Id("frame"))),
	)}
}

// Measure is the function that counts the bytes (or repetitions) of a step:
// it reads the frame up to where the count is known.
//
//	func countValue0(frame []byte) (int, error) {
//		var r wire.Reader
//		r.Reset(frame, &framing)
//		r.Lit("$")
//		nData := r.Uint("data", 64)
//		r.Break()
//		return r.Counted(nData)
//	}
type Measure struct {
	Name string
	Ops  []Op // up to the counted field, flattened
	// Local is the variable with the count; empty: Fixed bytes.
	Local string
	Fixed int
	Frame uint8
	Item  int // bytes of an item, where Local is a number of items
}

func (m *Measure) code() []jen.Code {
	return []jen.Code{jen.Func().Id(m.Name).Params(jen.Id("frame").Index().Byte()).
		Params(jen.Int(), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			begin(g, "r", "Reader", jen.Id("frame"), framingOf(m.Frame))
			used := map[string]bool{m.Local: true}
			uses(m.Ops, used)
			readAll(g, &codec{drop: true, used: used}, m.Ops)
			count := jen.Lit(m.Fixed)
			if m.Local != "" {
				if count = jen.Id(m.Local); m.Item > 1 {
					count.Op("*").Lit(m.Item)
				}
			}
			g.Return(jen.Id("r").Dot("Counted").Call(count))
		})}
}

// Excerpt reads some fields of a frame that is known to be valid: no further than
// they go, where Ops are the beginning of the message, else all of it.
//
//	var m Reading
//	var r wire.Reader
//	r.Reset(frame, &framing)
//	r.Lit("READING ")
//	m.Channel = uint8(r.Uint("channel", 8))
//	… r.Err()
//
// or
//
//	var m Reading
//	… m.ParseFrame(frame)
type Excerpt struct {
	Type  string
	Ops   []Op // Lit and Field alone; a field of which nothing is needed is a Skip
	Frame uint8
}

// read adds the statements, and gives the error.
func (e *Excerpt) read(g *jen.Group) *jen.Statement {
	g.Var().Id("m").Id(e.Type)
	if len(e.Ops) == 0 {
		return jen.Id("m").Dot("ParseFrame").Call(jen.Id("frame"))
	}
	begin(g, "r", "Reader", jen.Id("frame"), framingOf(e.Frame))
	readAll(g, &codec{base: "m"}, e.Ops)
	return jen.Id("r").Dot("Err").Call()
}

// FrameNumber is the function that reads a number from a frame: which command a
// message answers, or how long a command is to be waited for.
//
//	func idValue(frame []byte) (uint64, bool) {
//		var m Value
//		if m.ParseFrame(frame) != nil {
//			return 0, false
//		}
//		return uint64(m.Seq), true
//	}
type FrameNumber struct {
	Name, Field string
	Excerpt     Excerpt
	Optional    bool
	Value       *Expr // of m
}

func (i *FrameNumber) code() []jen.Code {
	return []jen.Code{jen.Func().Id(i.Name).Params(jen.Id("frame").Index().Byte()).Params(jen.Uint64(), jen.Bool()).
		BlockFunc(func(g *jen.Group) {
			lost := i.Excerpt.read(g).Op("!=").Nil()
			if i.Optional {
				lost.Op("||").Op("!").Id("m").Dot(i.Field).Dot("Set")
			}
			g.If(lost).Block(jen.Return(jen.Lit(0), jen.False()))
			g.Return(i.Value.code(), jen.True())
		})}
}

// Classify is the function that finds what an error message means.
//
//	func classifyFault(frame []byte) session.Class {
//		var m Fault
//		if m.ParseFrame(frame) != nil {
//			return session.ClassClose
//		}
//		return m.class()
//	}
type Classify struct{ Name, Type string }

func (c *Classify) code() []jen.Code {
	return []jen.Code{jen.Func().Id(c.Name).Params(jen.Id("frame").Index().Byte()).Qual(sessionPath, "Class").Block(
		jen.Var().Id("m").Id(c.Type),
		jen.If(jen.Id("m").Dot("ParseFrame").Call(jen.Id("frame")).Op("!=").Nil()).Block(
			jen.Return(jen.Qual(sessionPath, "ClassClose")),
		),
		jen.Return(jen.Id("m").Dot("class").Call()),
	)}
}

// Failure is the function that reads an error message as the error that it is.
//
//	func failFault(frame []byte) error {
//		m := new(Fault)
//		if err := m.ParseFrame(frame); err != nil {
//			return err
//		}
//		return m
//	}
type Failure struct {
	Name, Type string
	Empty      bool // the type has no fields
}

func (f *Failure) code() []jen.Code {
	if f.Empty {
		return []jen.Code{jen.Func().Id(f.Name).Params(jen.Index().Byte()).Error().Block(jen.Return(jen.New(jen.Id(f.Type))))}
	}
	return []jen.Code{jen.Func().Id(f.Name).Params(jen.Id("frame").Index().Byte()).Error().Block(
		jen.Id("m").Op(":=").New(jen.Id(f.Type)),
		jen.If(jen.Id("err").Op(":=").Id("m").Dot("ParseFrame").Call(jen.Id("frame")), jen.Id("err").Op("!=").Nil()).Block(jen.Return(jen.Id("err"))),
		jen.Return(jen.Id("m")),
	)}
}

// Key appends what a message echoes.
//
//	func keyReadReading(dst, frame []byte) ([]byte, error) {
//		var m Reading
//		if err := m.ParseFrame(frame); err != nil {
//			return dst, err
//		}
//		return wire.KeyUint(dst, uint64(m.Channel)), nil
//	}
type Key struct {
	Name    string
	Excerpt Excerpt
	Fields  []*Field
}

func (k *Key) code() []jen.Code {
	return []jen.Code{jen.Func().Id(k.Name).Params(jen.List(jen.Id("dst"), jen.Id("frame")).Index().Byte()).
		Params(jen.Index().Byte(), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			got := k.Excerpt.read(g)
			g.If(jen.Id("err").Op(":=").Add(got), jen.Id("err").Op("!=").Nil()).Block(jen.Return(jen.Id("dst"), jen.Id("err")))
			if e := onlyKey(k.Fields); e != nil {
				g.Return(e, jen.Nil())
				return
			}
			appendKeys(g, k.Fields)
			g.Return(jen.Id("dst"), jen.Nil())
		})}
}

// KeyMethod is the method of a request that appends some of its fields.
//
//	func (m *ReadRequest) appendEcho(dst []byte) []byte {
//		dst = wire.KeyUint(dst, uint64(m.Channel))
//		return dst
//	}
type KeyMethod struct {
	Name, Type string
	Doc        Doc
	Fields     []*Field
}

func (k *KeyMethod) code() []jen.Code {
	return []jen.Code{k.Doc.code().Func().Params(jen.Id("m").Op("*").Id(k.Type)).Id(k.Name).
		Params(jen.Id("dst").Index().Byte()).Index().Byte().
		BlockFunc(func(g *jen.Group) {
			if e := onlyKey(k.Fields); e != nil {
				g.Return(e)
				return
			}
			appendKeys(g, k.Fields)
			g.Return(jen.Id("dst"))
		})}
}

// onlyKey is the key of a single field, where that is one call.
func onlyKey(fields []*Field) *jen.Statement {
	if len(fields) != 1 || fields[0].Optional {
		return nil
	}
	return keyOf(fields[0].Value, jen.Id("m").Dot(fields[0].Go))
}

// appendKeys appends the key encoding of fields of m.
func appendKeys(g *jen.Group, fields []*Field) {
	for _, f := range fields {
		f.key(g, jen.Id("m").Dot(f.Go))
	}
}

func (o *Field) key(g *jen.Group, v *jen.Statement) {
	if !o.Optional {
		o.keyed(g, v)
		return
	}
	g.Id("dst").Op("=").Qual(wirePath, "KeyBool").Call(jen.Id("dst"), v.Clone().Dot("Set"))
	g.If(v.Clone().Dot("Set")).BlockFunc(func(g *jen.Group) { o.keyed(g, v.Clone().Dot("Value")) })
}

func (o *Field) keyed(g *jen.Group, v *jen.Statement) {
	if l, ok := o.Value.(*List); ok {
		g.Id("dst").Op("=").Qual(wirePath, "KeyUint").Call(jen.Id("dst"), jen.Uint64().Call(jen.Len(v.Clone())))
		g.For(jen.List(jen.Id("_"), jen.Id("v")).Op(":=").Range().Add(v)).BlockFunc(func(g *jen.Group) {
			g.Id("dst").Op("=").Add(keyOf(l.Elem, jen.Id("v")))
		})
		return
	}
	g.Id("dst").Op("=").Add(keyOf(o.Value, v))
}

// keyOf is the call that appends one value's key; nil where there is none.
func keyOf(v Value, x *jen.Statement) *jen.Statement {
	s, have := scalarOf(v), goOf(v)
	if s == nil || s.Key == "" {
		return nil
	}
	if wide := s.KeyType(); !have.Equal(wide) {
		x = wide.code().Call(x)
	}
	return jen.Qual(wirePath, "Key"+s.Key).Call(jen.Id("dst"), x)
}

// scalarOf is the scalar inside a value; nil where it has none.
func scalarOf(v Value) *Scalar {
	switch v := v.(type) {
	case *Scalar:
		return v
	case *Checked:
		return v.Scalar
	case *Padded:
		return scalarOf(v.Elem)
	case *OfType:
		return scalarOf(v.Inner)
	}
	return nil
}

// goOf is the Go type of a value that has a scalar inside.
func goOf(v Value) Type {
	switch v := v.(type) {
	case *Padded:
		return goOf(v.Elem)
	case *OfType:
		return v.Go
	}
	if s := scalarOf(v); s != nil {
		return s.Go
	}
	return Type{}
}
