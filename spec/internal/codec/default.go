package codec

import (
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// lax is a frame for values of the document itself, which were checked when it
// was loaded.
var lax = &wire.Framing{Max: 1 << 30, MaxLine: 1 << 30}

// Default is the value that a field has which is not there; nil: none.
func Default(f *model.Field) any {
	if !f.HasDefault {
		return nil
	}
	v, err := fromWire(inner(f.Type), f.Default)
	if err != nil {
		return nil
	}
	return narrow(f.Type, v)
}

// fromWire is FromText for a constant in its wire form, which may look like a name, or
// like true, and mean something else.
func fromWire(t *model.Type, text string) (any, error) {
	switch {
	case t.Kind == model.Enum:
		if e, ok := enumOf(t, text); ok {
			return e, nil
		}
	case t.Kind == model.Bool && t.Words[0] != "":
		return text == t.Words[0], nil
	}
	return FromText(lax, t, text)
}

// says reports whether a field has a value that is to be sent: one that is not
// what its absence means.
func says(f *model.Field, v any) bool {
	return v != nil && !(f.HasDefault && narrow(f.Type, v) == Default(f))
}

// narrow makes a float what the wire holds.
func narrow(t *model.Type, v any) any {
	if n, ok := v.(float64); ok && inner(t).Bits == 32 {
		return float64(float32(n))
	}
	return v
}
