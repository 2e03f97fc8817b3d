package spec

import (
	"maps"
	"slices"
	"strconv"

	"github.com/linewright/linewright/spec/internal/template"
	"github.com/linewright/linewright/spec/model"
)

// function is what a value can call.
type function struct {
	args   int
	result model.Kind
	digest bool // its result does not tell its arguments
}

var functions = map[string]function{
	"md5": {1, model.Bytes, true}, "sha1": {1, model.Bytes, true}, "sha256": {1, model.Bytes, true},
	"hmac_md5": {2, model.Bytes, true}, "hmac_sha1": {2, model.Bytes, true}, "hmac_sha256": {2, model.Bytes, true},
	"hex": {1, model.Text, false}, "base64": {1, model.Text, false},
	"upper": {1, model.Text, false}, "lower": {1, model.Text, false},
	"random": {1, model.Bytes, false},
	"count":  {0, model.Uint, false}, "now": {0, model.Uint, false}, "seconds": {1, model.Uint, false},
}

// maxRandom bounds random(n), in bytes.
const maxRandom = 1024

// call resolves a function call.
func (s *scope) call(v value, e *template.Call, f *model.Field) *model.Expr {
	name := e.Func.Text
	fn, ok := functions[name]
	switch {
	case !ok:
		names := slices.Sorted(maps.Keys(functions))
		v.failAt(v.At(e.Offset), "unknown-name", didYouMean(name, names), "there is no function %s", quoteName(name))
		return nil
	case name == "seconds":
		return s.seconds(v, e)
	case len(e.Args) != fn.args:
		v.failAt(v.At(e.Offset), "bad-value", "", "%s takes %d arguments, not %d", name, fn.args, len(e.Args))
		return nil
	}
	out := &model.Expr{Kind: model.ExprCall, Func: name, Type: &model.Type{Kind: fn.result}, Pos: v.At(e.Offset)}
	if fn.result == model.Uint {
		out.Type.Bits = 64
	}
	inner := *s
	inner.hidden = s.hidden || fn.digest
	for _, arg := range e.Args {
		a := inner.expr(v, arg, f, false)
		if a == nil {
			return nil
		}
		out.Args = append(out.Args, a)
	}
	if name == "random" {
		n, ok := e.Args[0].(*template.Number)
		if !ok || n.N < 1 || n.N > maxRandom {
			v.failAt(v.At(e.Args[0].At().Offset), "bad-value", "", "random takes a number of bytes, 1 to %d", maxRandom)
			return nil
		}
	}
	return out
}

// assignable reports whether a value of type from can become one of type to.
func assignable(from, to *model.Type) bool {
	if from.Scale != "" {
		from = &model.Type{Kind: model.Decimal}
	}
	if to.Scale != "" {
		return from.Kind == model.Decimal
	}
	switch to.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted:
		return from.Kind != model.Bytes && from.Kind != model.JSONRaw
	case model.Bytes:
		return from.Kind == model.Bytes || isText(from)
	case model.HexBytes, model.Base64:
		return from.Kind == model.Bytes || from.Kind == to.Kind
	case model.Int, model.Uint:
		return from.Kind == to.Kind
	case model.Digits, model.Hex:
		return from.Kind == model.Uint || from.Kind == to.Kind
	case model.Enum:
		return from.Kind == model.Enum && from.Name == to.Name
	case model.Padded:
		return assignable(from, to.Elem)
	}
	return from.Kind == to.Kind
}

func isText(t *model.Type) bool {
	return t.Kind == model.Text || t.Kind == model.Word || t.Kind == model.Quoted
}

func mismatchHint(from, to *model.Type) string {
	if from.Kind == model.Bytes && isText(to) {
		return "make text of it: hex(…) or base64(…)"
	}
	return ""
}

// kindName names a type in a message.
func kindName(t *model.Type) string {
	if t.Name != "" {
		return t.Name
	}
	if t.Bits > 0 {
		return string(t.Kind) + strconv.Itoa(t.Bits)
	}
	return string(t.Kind)
}
