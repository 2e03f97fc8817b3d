package generator

import (
	"strconv"
	"strings"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/spec/model"
)

// zero is what is sent for a field that nobody sees.
func (l *lowering) zero(t *model.Type) *emit.Expr {
	goType := l.goType(t)
	switch t.Kind {
	case model.Int, model.Uint, model.Digits, model.Hex, model.Float:
		return emit.Literal("0", goType)
	case model.Decimal:
		return emit.ConstDecimal(0, 0)
	case model.Bool:
		return emit.Literal("false", goType)
	case model.Bytes:
		return emit.Literal(strconv.Quote(strings.Repeat("\x00", t.Width)), goType)
	case model.JSONRaw:
		return emit.Literal(`"null"`, goType)
	case model.HexBytes, model.Base64, model.List:
		return emit.Literal("nil", goType)
	case model.Padded:
		return l.zero(t.Elem)
	case model.Enum:
		if names := l.names.enums[t]; len(names) > 0 {
			return emit.Literal(names[0], goType)
		}
		return emit.Literal(`""`, goType)
	case model.Layout:
		if f := single(t); f != nil {
			return l.zero(f.Type)
		}
		return emit.Literal(l.names.types[t]+"{}", goType)
	case model.JSON, model.PairsOf, model.OneOf:
		return emit.Literal(l.names.types[t]+"{}", goType)
	}
	return emit.Literal(strconv.Quote(strings.Repeat(" ", t.Width)), goType)
}
