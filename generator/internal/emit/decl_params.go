package emit

import "github.com/dave/jennifer/jen"

// Params is the struct of the parameters, and the check of its values.
//
//	func (p *Params) check() error {
//		var w wire.Writer
//		w.Reset(nil, &framing)
//		w.Word("user", p.User)
//		w.Next()
//		w.Word("secret", p.Secret)
//		_, err := w.Done()
//		return err
//	}
type Params struct {
	Struct Struct
	Fields []ParamField
}

// ParamField is one parameter.
type ParamField struct {
	Field    *Field
	Expr     *Expr // it
	Optional bool
	Default  *Expr // nil: none
}

func (p *Params) code() []jen.Code {
	return append(p.Struct.code(), Doc{Text("check puts defaults in, and refuses values that could not be sent.")}.code().
		Func().Params(jen.Id("p").Op("*").Id("Params")).Id("check").Params().Error().
		BlockFunc(func(g *jen.Group) {
			c := &codec{base: "p"}
			begin(g, "w", "Writer", jen.Nil(), jen.Op("&").Id("framing"))
			for i, f := range p.Fields {
				if i > 0 {
					g.Id("w").Dot("Next").Call()
				}
				f.check(g, c)
			}
			g.List(jen.Id("_"), jen.Id("err")).Op(":=").Id("w").Dot("Done").Call()
			g.If(jen.Id("err").Op("!=").Nil()).Block(
				jen.Return(jen.Qual("fmt", "Errorf").Call(jen.Lit("parameters: %w"), jen.Id("err"))),
			)
			g.Return(jen.Nil())
		}))
}

func (f *ParamField) check(g *jen.Group, c *codec) {
	if f.Default != nil {
		g.If(opposite([]Cond{Present(f.Expr)})).Block(c.target(f.Field.Go).Op("=").Add(f.Default.code()))
	}
	if f.Optional && f.Default == nil {
		g.If(Present(f.Expr).code()).BlockFunc(func(g *jen.Group) { f.Field.write(g, c) })
		return
	}
	f.Field.write(g, c)
}
