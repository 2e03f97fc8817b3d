package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"
)

// Encode writes the command of a step, probe, beat or answer.
//
//	func encodeLogin0(dst []byte, v *session.Vars) ([]byte, error) {
//		p := v.Params.(*Params)
//		m := LoginRequest{User: p.User, Secret: p.Secret}
//		return m.AppendFrame(dst)
//	}
type Encode struct {
	Name    string
	Doc     Doc
	Params  bool // p is used
	Counts  bool // v.Count is
	Sources []Origin
	Args    string // the type of the whole's arguments, args; empty: they are not used
	Request string
	Sets    []Set
}

// For counts the items of an argument that is a list.
//
//	func forDeliverStep1(v *session.Vars) int { return len(v.Args.(*DeliverRequest).To) }
type For struct{ Name, Args, List string }

func (f *For) code() []jen.Code {
	return []jen.Code{jen.Comment("// " + f.Name + " is how often the step is done.").Line().Func().Id(f.Name).
		Params(jen.Id("v").Op("*").Qual(sessionPath, "Vars")).Int().
		Block(jen.Return(jen.Len(jen.Id("v").Dot("Args").Assert(jen.Op("*").Id(f.Args)).Dot(f.List))))}
}

// Let makes a value of the session's script.
//
//	func encodeLogin0(dst []byte, v *session.Vars) ([]byte, error) {
//		return append(dst, expr.Hex(expr.Random(8))...), nil
//	}
type Let struct {
	Encode
	Value *Expr
}

func (l *Let) code() []jen.Code {
	return []jen.Code{l.Doc.code().Func().Id(l.Name).
		Params(jen.Id("dst").Index().Byte(), jen.Id(l.vars()).Op("*").Qual(sessionPath, "Vars")).
		Params(jen.Index().Byte(), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			sources(g, l.Params, l.Sources, jen.Return(jen.Id("dst"), jen.Id("err")))
			g.Return(jen.Append(jen.Id("dst"), l.Value.code().Op("...")), jen.Nil())
		})}
}

// Told reads an interval that the server tells, or the caller.
//
//	func toldProbe(v *session.Vars) (uint64, bool) {
//		var hello Hello
//		if err := hello.ParseFrame(v.Captured[messageHello]); err != nil {
//			return 0, false
//		}
//		return uint64(hello.Interval), true
//	}
type Told struct {
	Encode
	Value *Expr
	Conds []Cond
}

func (t *Told) code() []jen.Code {
	return []jen.Code{t.Doc.code().Func().Id(t.Name).
		Params(jen.Id("v").Op("*").Qual(sessionPath, "Vars")).Params(jen.Uint64(), jen.Bool()).
		BlockFunc(func(g *jen.Group) {
			sources(g, t.Params, t.Sources, jen.Return(jen.Lit(0), jen.False()))
			if len(t.Conds) > 0 {
				g.If(opposite(t.Conds)).Block(jen.Return(jen.Lit(0), jen.False()))
			}
			g.Return(t.Value.code(), jen.True())
		})}
}

// EncodeMethod writes a caller's command, with what is known of the link.
//
//	func (m *ReadRequest) encode(dst []byte, v *session.Vars) ([]byte, error) {
//		p := v.Params.(*Params)
//		m.Token = p.Token
//		return m.AppendFrame(dst)
//	}
type EncodeMethod struct{ Encode }

func (e *EncodeMethod) code() []jen.Code {
	return []jen.Code{e.Doc.code().Func().Params(jen.Id("m").Op("*").Id(e.Request)).Id("encode").
		Params(jen.Id("dst").Index().Byte(), jen.Id("v").Op("*").Qual(sessionPath, "Vars")).
		Params(jen.Index().Byte(), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			sources(g, e.Params, e.Sources, jen.Return(jen.Id("dst"), jen.Id("err")))
			for _, s := range e.Sets {
				s.code(g)
			}
			g.Return(jen.Id("m").Dot("AppendFrame").Call(jen.Id("dst")))
		})}
}

// Origin is a received message whose fields are used.
type Origin struct {
	Local, Type string
	Const       string // its index; empty: it is the message that is answered
}

// Set gives a field of the request its value.
type Set struct {
	Target   string // User, Options.User
	Optional bool
	Opens    []string // parts around the field that may be absent, and are there now
	When     []Cond   // else the field stays as it is
	Value    *Expr
}

func (e *Encode) code() []jen.Code {
	return []jen.Code{e.Doc.code().Func().Id(e.Name).
		Params(jen.Id("dst").Index().Byte(), jen.Id(e.vars()).Op("*").Qual(sessionPath, "Vars")).
		Params(jen.Index().Byte(), jen.Error()).
		BlockFunc(func(g *jen.Group) {
			if e.Args != "" {
				g.Id("args").Op(":=").Id("v").Dot("Args").Assert(jen.Op("*").Id(e.Args))
			}
			sources(g, e.Params, e.Sources, jen.Return(jen.Id("dst"), jen.Id("err")))
			e.request(g)
			g.Return(jen.Id("m").Dot("AppendFrame").Call(jen.Id("dst")))
		})}
}

// vars is the parameter, or a blank where nothing is taken from it.
func (e *Encode) vars() string {
	if e.Params || len(e.Sources) > 0 || e.Counts || e.Args != "" {
		return "v"
	}
	return "_"
}

// sources declares what values are taken from.
//
//	p := v.Params.(*Params)
//	var info Info
//	if err := info.ParseFrame(v.Captured[messageInfo]); err != nil {
//		return dst, err
//	}
func sources(g *jen.Group, params bool, list []Origin, fail *jen.Statement) {
	if params {
		g.Id("p").Op(":=").Id("v").Dot("Params").Assert(jen.Op("*").Id("Params"))
	}
	for _, s := range list {
		frame := jen.Id("v").Dot("Request")
		if s.Const != "" {
			frame = jen.Id("v").Dot("Captured").Index(jen.Id(s.Const))
		}
		g.Var().Id(s.Local).Id(s.Type)
		g.If(jen.Id("err").Op(":=").Id(s.Local).Dot("ParseFrame").Call(frame), jen.Id("err").Op("!=").Nil()).Block(fail)
	}
}

// request makes m: what is always set in the literal, the rest below.
func (e *Encode) request(g *jen.Group) {
	g.Id("m").Op(":=").Id(e.Request).ValuesFunc(func(g *jen.Group) {
		for _, s := range e.Sets {
			if s.simple() {
				g.Id(s.Target).Op(":").Add(s.value())
			}
		}
	})
	opened := map[string]bool{}
	for _, s := range e.Sets {
		if s.simple() {
			continue
		}
		s.Opens = slices.DeleteFunc(s.Opens, func(part string) bool { return opened[part] })
		for _, part := range s.Opens {
			opened[part] = len(s.When) == 0
		}
		s.code(g)
	}
}

// code sets the field, where its conditions hold.
//
//	if p.Area != "" {
//		m.Place.Set = true
//		m.Place.Value.Area = Some(p.Area)
//	}
func (s Set) code(g *jen.Group) {
	var list []jen.Code
	for _, part := range s.Opens {
		list = append(list, jen.Id("m").Dot(part).Dot("Set").Op("=").True())
	}
	list = append(list, jen.Id("m").Dot(s.Target).Op("=").Add(s.value()))
	if len(s.When) > 0 {
		g.If(and(s.When)).Block(list...)
		return
	}
	for _, c := range list {
		g.Add(c)
	}
}

// simple reports whether a value can stand in the request's literal.
func (s Set) simple() bool {
	if len(s.When) > 0 {
		return false
	}
	for _, c := range s.Target {
		if c == '.' {
			return false
		}
	}
	return true
}

func (s Set) value() *jen.Statement {
	if s.Optional {
		return Some(s.Value).code()
	}
	return s.Value.code()
}

// When tells whether a step is done.
//
//	func whenLogin0(v *session.Vars) bool {
//		p := v.Params.(*Params)
//		return p.Password != ""
//	}
type When struct {
	Name    string
	Doc     Doc
	Params  bool
	Sources []Origin
	Conds   []Cond
	Not     bool
}

func (w *When) code() []jen.Code {
	return []jen.Code{w.Doc.code().Func().Id(w.Name).
		Params(jen.Id("v").Op("*").Qual(sessionPath, "Vars")).Bool().
		BlockFunc(func(g *jen.Group) {
			sources(g, w.Params, w.Sources, jen.Return(jen.Lit(w.Not)))
			switch {
			case len(w.Conds) == 0:
				g.Return(jen.Lit(!w.Not))
			case w.Not:
				g.Return(opposite(w.Conds))
			default:
				g.Return(and(w.Conds))
			}
		})}
}

// WhenAll tells whether a step is done that has several conditions.
//
//	func whenLogin0(v *session.Vars) bool {
//		return whenLogin0A(v) && whenLogin0B(v)
//	}
type WhenAll struct {
	Name  string
	Doc   Doc
	Parts []string
}

func (w *WhenAll) code() []jen.Code {
	all := jen.Null()
	for i, part := range w.Parts {
		if i > 0 {
			all.Op("&&")
		}
		all.Add(jen.Id(part).Call(jen.Id("v")))
	}
	return []jen.Code{w.Doc.code().Func().Id(w.Name).
		Params(jen.Id("v").Op("*").Qual(sessionPath, "Vars")).Bool().Block(jen.Return(all))}
}
