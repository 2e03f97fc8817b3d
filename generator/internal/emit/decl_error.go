package emit

import "github.com/dave/jennifer/jen"

// Error are the methods that make a message an error.
//
//	func (m *Fault) Error() string {
//		return fmt.Sprintf("acme: fault (code %v, text %q)", m.Code, m.Text)
//	}
//
//	func (m *Fault) Temporary() bool { return m.class() == session.ClassRetry }
//
//	func (m *Fault) class() session.Class {
//		switch m.Code {
//		case FaultCodeBusy:
//			return session.ClassRetry
//		}
//		return session.ClassFailed
//	}
type Error struct {
	Type   string
	Title  string // acme: fault
	Fields []ErrorField
	Class  string // session.ClassFailed without its package, where it is fixed
	By     *ErrorField
	Cases  []ErrorCase
	Else   string
}

// ErrorField is a field that the error's text shows.
type ErrorField struct {
	Name     string // in the spec
	Go       string
	Verb     string
	Optional bool
}

// ErrorCase are values of one class.
type ErrorCase struct {
	Class  string
	Values []*Expr
}

func (e *Error) code() []jen.Code {
	list := []jen.Code{e.text()}
	recv := func() *jen.Statement { return jen.Func().Params(jen.Id("m").Op("*").Id(e.Type)) }
	temporary := jen.Lit(e.Class == "ClassRetry")
	if e.By != nil {
		temporary = jen.Id("m").Dot("class").Call().Op("==").Qual(sessionPath, "ClassRetry")
	}
	list = append(list, Doc{Text("Temporary reports whether the same command may succeed later.")}.code().
		Add(recv()).Id("Temporary").Params().Bool().Block(jen.Return(temporary)))
	if e.By != nil {
		list = append(list, jen.Comment("// class is what the message means.").Line().
			Add(recv()).Id("class").Params().Qual(sessionPath, "Class").BlockFunc(e.classes))
	}
	return list
}

func (e *Error) classes(g *jen.Group) {
	v := jen.Id("m").Dot(e.By.Go)
	if e.By.Optional {
		g.If(jen.Op("!").Id("m").Dot(e.By.Go).Dot("Set")).Block(jen.Return(jen.Qual(sessionPath, e.Else)))
		v = v.Dot("Value")
	}
	g.Switch(v).BlockFunc(func(g *jen.Group) {
		for _, c := range e.Cases {
			var values []jen.Code
			for _, v := range c.Values {
				values = append(values, v.code())
			}
			g.Case(values...).Block(jen.Return(jen.Qual(sessionPath, c.Class)))
		}
	})
	g.Return(jen.Qual(sessionPath, e.Else))
}

// text is the method Error. What the server sent is quoted, so that it cannot
// forge a log.
func (e *Error) text() jen.Code {
	f := Doc{Text("Error shows the message's fields, but for secrets.")}.code().
		Func().Params(jen.Id("m").Op("*").Id(e.Type)).Id("Error").Params().String()
	if len(e.Fields) == 0 {
		return f.Block(jen.Return(jen.Lit(e.Title)))
	}
	format, args := e.Title+" (", []jen.Code{}
	var optional []ErrorField
	for _, field := range e.Fields {
		if field.Optional {
			optional = append(optional, field)
			continue
		}
		if len(args) > 0 {
			format += ", "
		}
		format += field.Name + " " + field.Verb
		args = append(args, jen.Id("m").Dot(field.Go))
	}
	if len(optional) == 0 {
		return f.Block(jen.Return(sprintf(format+")", args...)))
	}
	return f.BlockFunc(func(g *jen.Group) {
		g.Id("s").Op(":=").Add(sprintf(format, args...))
		for _, field := range optional {
			separator := ", "
			if len(args) == 0 {
				separator = " "
			}
			v := jen.Id("m").Dot(field.Go)
			g.If(v.Clone().Dot("Set")).Block(
				jen.Id("s").Op("+=").Add(sprintf(separator+field.Name+" "+field.Verb, v.Clone().Dot("Value"))),
			)
		}
		g.Return(jen.Id("s").Op("+").Lit(")"))
	})
}

func sprintf(format string, args ...jen.Code) *jen.Statement {
	if len(args) == 0 {
		return jen.Lit(format)
	}
	return jen.Qual("fmt", "Sprintf").Call(append([]jen.Code{jen.Lit(format)}, args...)...)
}

// Union is the interface of a command's several replies.
//
//	type GetReply interface{ isGetReply() }
type Union struct {
	Name  string
	Doc   Doc
	Types []string
}

func (u *Union) code() []jen.Code {
	mark := "is" + u.Name
	return append([]jen.Code{sealed(u.Name, u.Doc, mark)}, marks(mark, u.Types)...)
}
