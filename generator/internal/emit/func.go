package emit

import "github.com/dave/jennifer/jen"

// Param is a parameter or a result.
type Param struct {
	Name string
	Type Type
}

func (p Param) code() jen.Code { return jen.Id(p.Name).Add(p.Type.code()) }

// Parameters of the functions of named types. Statements change when they are
// used, so each use has its own.
func writerParam() jen.Code { return jen.Id("w").Op("*").Qual(wirePath, "Writer") }
func readerParam() jen.Code { return jen.Id("r").Op("*").Qual(wirePath, "Reader") }
func fieldParam() jen.Code  { return jen.Id("field").String() }

// Extra is what the functions of a named type need to know besides: where an
// open value ends, or how long it is.
type Extra uint8

// The kinds of Extra.
const (
	NoExtra Extra = iota
	Stops         // stops ...string, both ways
	Size          // n uint64, when reading
	EndLine       // end string, whole bool: the line that ends it, both ways
)

func (e Extra) write() []jen.Code {
	switch e {
	case Stops:
		return []jen.Code{jen.Id("stops").Op("...").String()}
	case EndLine:
		return []jen.Code{jen.Id("end").String(), jen.Id("whole").Bool()}
	}
	return nil
}

func (e Extra) read() []jen.Code {
	if e == Size {
		return []jen.Code{jen.Id("n").Uint64()}
	}
	return e.write()
}

// appendFunc is the head of the function that writes a named type.
//
//	func appendUnit(w *wire.Writer, field string, v Unit, stops ...string) {
func appendFunc(name string, v Type, bare bool, e Extra, more ...jen.Code) *jen.Statement {
	params := []jen.Code{writerParam()}
	if !bare {
		params = append(params, fieldParam())
	}
	params = append(params, jen.Id("v").Add(v.code()))
	return jen.Func().Id("append" + name).Params(append(append(params, e.write()...), more...)...)
}

// parseFunc is the head of the function that reads a named type.
//
//	func parseUnit(r *wire.Reader, field string, stops ...string) Unit {
func parseFunc(name string, result *jen.Statement, bare bool, e Extra, more ...jen.Code) *jen.Statement {
	params := []jen.Code{readerParam()}
	if !bare {
		params = append(params, fieldParam())
	}
	return jen.Func().Id("parse" + name).Params(append(append(params, e.read()...), more...)...).Add(result)
}

// inNamed is the place in those functions where the field's name is theirs.
func inNamed() place { return place{name: jen.Id("field"), inner: true} }
