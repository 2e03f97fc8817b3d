package emit

import (
	"go/types"

	"github.com/dave/jennifer/jen"
)

// Type is a Go type: a name of this or another package, a slice, or a value
// that may be absent.
type Type struct {
	Slice, Optional *Type  // one of them, or
	Pointer         *Type  // or
	Path, Name      string // "", "uint8"; "time", "Duration"
	Text            bool   // a named type whose zero value is ""
}

// Named is a type of the generated package, or a predeclared one.
func Named(name string) Type { return Type{Name: name} }

// SliceOf is a slice of elem.
func SliceOf(elem Type) Type { return Type{Slice: &elem} }

// OptionalOf is an elem that may be absent.
func OptionalOf(elem Type) Type { return Type{Optional: &elem} }

// Types that several descriptors use.
var (
	Bytes   = SliceOf(Named("byte"))
	Raw     = Type{Path: "encoding/json", Name: "RawMessage"}
	Decimal = Named("Decimal")   // the generated package has an alias
	Pair    = Named("OtherPair") // and of wire.Pair
)

// code is the type as source: uint8, []Arg, Optional[string], json.RawMessage.
func (t Type) code() *jen.Statement {
	switch {
	case t.Slice != nil:
		return jen.Index().Add(t.Slice.code())
	case t.Optional != nil:
		return jen.Id("Optional").Types(t.Optional.code())
	case t.Pointer != nil:
		return jen.Op("*").Add(t.Pointer.code())
	case t.Path != "":
		return jen.Qual(t.Path, t.Name)
	}
	return jen.Id(t.Name)
}

// Equal reports whether two types are the same.
func (t Type) Equal(o Type) bool {
	switch {
	case t.Slice != nil || o.Slice != nil:
		return t.Slice != nil && o.Slice != nil && t.Slice.Equal(*o.Slice)
	case t.Optional != nil || o.Optional != nil:
		return t.Optional != nil && o.Optional != nil && t.Optional.Equal(*o.Optional)
	case t.Pointer != nil || o.Pointer != nil:
		return t.Pointer != nil && o.Pointer != nil && t.Pointer.Equal(*o.Pointer)
	}
	return t.Path == o.Path && t.Name == o.Name
}

// predeclared reports whether the type is Go's own: uint8, string.
func (t Type) predeclared() bool { return t.Path == "" && types.Universe.Lookup(t.Name) != nil }
