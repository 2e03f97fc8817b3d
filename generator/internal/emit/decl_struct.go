package emit

import (
	"github.com/dave/jennifer/jen"
)

// Struct is a struct type with the fields of a message, a command, a layout,
// a JSON object or the parameters.
//
//	type Reading struct {
//		// Channel is the channel that was measured.
//		Channel uint8 `json:"channel"`
//	}
type Struct struct {
	Name   string
	Doc    Doc
	Fields []StructField
	// Owner is the package, for what String shows: acme.Params.
	Owner string
	Recv  string // of its methods; empty: m
}

// StructField is a field of a struct.
type StructField struct {
	Name     string
	Spec     string // its name in the spec
	Type     Type   // without Optional
	Optional bool
	Pointer  bool
	Secret   bool
	Doc      Doc
}

// Go is the field's whole type.
func (f StructField) Go() Type {
	switch {
	case f.Optional:
		return OptionalOf(f.Type)
	case f.Pointer:
		return Type{Pointer: &f.Type}
	}
	return f.Type
}

func (s *Struct) code() []jen.Code {
	list := []jen.Code{s.Doc.code().Type().Id(s.Name).StructFunc(func(g *jen.Group) {
		for _, f := range s.Fields {
			for _, line := range f.Doc.lines() {
				g.Comment(line)
			}
			g.Id(f.Name).Add(f.Go().code()).Tag(f.tag())
		}
	})}
	if s.secret() {
		list = append(list, s.redacted()...)
	}
	return list
}

// tag keeps secrets out of JSON, and leaves out what is absent.
func (f StructField) tag() map[string]string {
	switch {
	case f.Secret:
		return map[string]string{"json": "-"}
	case f.Optional, f.Pointer:
		return map[string]string{"json": f.Spec + ",omitzero"}
	}
	return map[string]string{"json": f.Spec}
}

func (s *Struct) secret() bool {
	for _, f := range s.Fields {
		if f.Secret {
			return true
		}
	}
	return false
}

// redacted are the methods by which package fmt, and with it every logger,
// prints a struct with secrets.
//
//	func (m Params) String() string {
//		return fmt.Sprintf("acme.Params{User:%v Secret:…}", m.User)
//	}
//
//	func (m Params) GoString() string { return m.String() }
func (s *Struct) redacted() []jen.Code {
	recv := s.Recv
	if recv == "" {
		recv = "m"
	}
	format, args := s.Owner+"."+s.Name+"{", []jen.Code{}
	for i, f := range s.Fields {
		if i > 0 {
			format += " "
		}
		if f.Secret {
			format += f.Name + ":…"
			continue
		}
		format += f.Name + ":%v"
		args = append(args, jen.Id(recv).Dot(f.Name))
	}
	format += "}"
	body := jen.Return(jen.Lit(format))
	if len(args) > 0 {
		body = jen.Return(jen.Qual("fmt", "Sprintf").Call(append([]jen.Code{jen.Lit(format)}, args...)...))
	}
	return []jen.Code{
		Doc{Text("String leaves the secrets out.")}.code().
			Func().Params(jen.Id(recv).Id(s.Name)).Id("String").Params().String().Block(body),
		Doc{Text("GoString leaves the secrets out.")}.code().
			Func().Params(jen.Id(recv).Id(s.Name)).Id("GoString").Params().String().
			Block(jen.Return(jen.Id(recv).Dot("String").Call())),
	}
}
