package generator

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"

	"github.com/linewright/linewright/generator/internal/emit"
	"github.com/linewright/linewright/runtime/wire"
	"github.com/linewright/linewright/spec/model"
)

// use is what one function's values are made from.
type use struct {
	l *lowering
	// params and messages are what was used: the function declares them.
	params   bool
	counts   bool
	args     bool
	messages []*model.Message
	answered *model.Message // is in v.Request
	count    string         // the source of count()
	id       string         // the source of the command's id
	where    string         // for problems
	pos      model.Pos
}

func (u *use) fail(format string, args ...any) { u.l.fail(u.pos, u.where, format, args...) }

// local is the variable of a received message.
func (u *use) local(m *model.Message) string {
	name := unexported(u.l.names.messages[m])
	if reservedLocal(name) || name == "p" || name == "v" || name == "m" || name == "dst" || name == "args" {
		name += "_"
	}
	for _, have := range u.messages {
		if have == m {
			return name
		}
	}
	u.messages = append(u.messages, m)
	return name
}

// origins are the declarations of the used messages.
func (u *use) origins() []emit.Origin {
	var list []emit.Origin
	for _, m := range u.messages {
		o := emit.Origin{Local: u.local(m), Type: u.l.names.messages[m]}
		if m != u.answered {
			o.Const = "message" + u.l.names.messages[m]
		}
		list = append(list, o)
	}
	return list
}

// variable is a variable with a value of t.
func (l *lowering) variable(path string, t *model.Type) *emit.Expr {
	v := emit.Var(path, l.goType(t))
	base := enumBase(t).Kind
	v.Text = t.Kind == model.Enum && (base == model.Text || base == model.Word)
	return v
}

// path is the selector of a field in a message.
func (u *use) path(m *model.Message, fields []*model.Field) string {
	path := u.local(m)
	for i, f := range fields {
		if i > 0 && fields[i-1].Optional {
			path += ".Value"
		}
		path += "." + u.l.names.fields[f]
	}
	return path
}

// expr is the source of an expression; conds are what must be there for it.
func (u *use) expr(e *model.Expr) (*emit.Expr, []emit.Cond) {
	switch e.Kind {
	case model.ExprParam:
		u.params = true
		v := u.l.variable("p."+u.l.names.fields[e.Param], e.Param.Type)
		if e.Param.Optional && !e.Param.HasDefault {
			return v, []emit.Cond{emit.Present(v)}
		}
		return v, nil
	case model.ExprCaptured:
		last := e.Path[len(e.Path)-1]
		path := u.path(e.Message, e.Path)
		t := u.l.goType(last.Type)
		if last.Optional {
			return emit.Var(path+".Value", t), []emit.Cond{emit.IsSet(path)}
		}
		return emit.Var(path, t), nil
	case model.ExprConcat:
		return u.concat(e)
	case model.ExprCall:
		return u.call(e)
	case model.ExprLet:
		u.counts = true
		return emit.Var("string(v.Lets["+strconv.Itoa(e.Let.Index)+"])", emit.Named("string")), nil
	case model.ExprID:
		u.counts = true
		return emit.Var(u.id, emit.Named("uint64")), nil
	}
	return emit.Const(e.Const, emit.Named("string")), nil
}

func (u *use) concat(e *model.Expr) (*emit.Expr, []emit.Cond) {
	var parts []*emit.Expr
	var conds []emit.Cond
	for _, arg := range e.Args {
		part, more := u.expr(arg)
		parts = append(parts, u.text(part, arg))
		conds = append(conds, more...)
	}
	return emit.Concat(parts), conds
}

// functions of package expr, by the spec's name; the others are below.
var functions = map[string]string{
	"md5": "MD5", "sha1": "SHA1", "sha256": "SHA256",
	"hmac_md5": "HMACMD5", "hmac_sha1": "HMACSHA1", "hmac_sha256": "HMACSHA256",
	"hex": "Hex", "base64": "Base64", "upper": "Upper", "lower": "Lower",
}

func (u *use) call(e *model.Expr) (*emit.Expr, []emit.Cond) {
	switch e.Func {
	case "count":
		u.counts = true
		return emit.Var(u.count, emit.Named("uint64")), nil
	case "now":
		return emit.Call("Now", emit.Named("uint64")), nil
	case "random":
		n, _ := strconv.ParseUint(e.Args[0].Const, 10, 64)
		return emit.Call("Random", emit.Named("string"), emit.Const(n, emit.Named("uint64"))), nil
	case "seconds":
		return u.expr(e.Args[0])
	}
	name, ok := functions[e.Func]
	if !ok {
		u.fail("there is no function %s", e.Func)
	}
	var args []*emit.Expr
	var conds []emit.Cond
	for _, arg := range e.Args {
		part, more := u.expr(arg)
		args = append(args, u.text(part, arg))
		conds = append(conds, more...)
	}
	return emit.Call(name, emit.Named("string"), args...), conds
}

// text makes a string of an expression.
func (u *use) text(x *emit.Expr, e *model.Expr) *emit.Expr {
	t := e.Type
	if e.Kind == model.ExprConst || t == nil {
		return x
	}
	for t.Kind == model.Padded || t.Single() != nil {
		if f := t.Single(); f != nil {
			t = f.Type
			continue
		}
		t = t.Elem
	}
	if t.Scale != "" {
		return emit.Stringer(x)
	}
	switch kind := t.Kind; kind {
	case model.Decimal:
		return emit.Stringer(x)
	case model.Float:
		return emit.FormatFloat(x)
	case model.Bool:
		return emit.Choose(x, t.Words[0], t.Words[1])
	case model.Int, model.Uint, model.Digits, model.Hex:
		return emit.Format(x, kind == model.Int)
	case model.Enum:
		if base := enumBase(t).Kind; base != model.Text && base != model.Word {
			return emit.Format(x, base == model.Int)
		}
	case model.List, model.Layout, model.PairsOf, model.OneOf, model.JSON:
		u.fail("a %s is not text", kind)
		return x
	}
	return emit.Convert(x, emit.Named("string"))
}

// as makes an expression a value of a field's type. A number for a narrower
// field wraps around, as devices with 16-bit counters expect of count().
func (u *use) as(e *model.Expr, t *model.Type) (*emit.Expr, []emit.Cond) {
	switch f := t.Single(); {
	case e.Kind == model.ExprList && f != nil:
		return u.as(e, f.Type)
	case e.Kind == model.ExprList:
		return u.items(e, t), nil
	case e.Kind == model.ExprRecord:
		return u.record(t, e.Paths, e.Args), nil
	case e.Kind == model.ExprConst:
		return u.constant(e.Const, t), nil
	}
	x, conds := u.expr(e)
	goType := u.l.goType(t)
	switch t.Kind {
	case model.Text, model.Word, model.Quoted, model.Dotted:
		return u.text(x, e), conds
	case model.Bytes, model.HexBytes, model.Base64, model.JSONRaw:
		if e.Kind == model.ExprID || e.Type != nil && (e.Type.Kind == model.Text || e.Type.Kind == model.Word || e.Type.Kind == model.Quoted) {
			x = u.text(x, e)
		}
	case model.Layout:
		if f := t.Single(); f != nil {
			return u.as(e, f.Type)
		}
	case model.Padded:
		return u.as(e, t.Elem)
	}
	return emit.Convert(x, goType), conds
}

// constant is a wire form as a value of a type.
func (u *use) constant(text string, t *model.Type) *emit.Expr {
	goType := u.l.goType(t)
	if t.Scale != "" {
		d := decimalOf(text)
		return emit.ConstDecimal(d.Coef, d.Scale)
	}
	switch t.Kind {
	case model.Int, model.Uint, model.Digits, model.Hex, model.Float:
		return emit.Const(wireNumber(t, text), goType)
	case model.Bool:
		return emit.Const(text == t.Words[0] || text == "true" && text != t.Words[1], goType)
	case model.Decimal:
		d, err := wire.ParseDecimal(text)
		if err != nil {
			u.fail("a constant is no decimal number")
		}
		return emit.ConstDecimal(d.Coef, d.Scale)
	case model.Enum:
		for i, v := range t.Values {
			if v.Wire == text {
				return emit.Literal(u.l.names.enums[t][i], goType)
			}
		}
		return emit.Convert(emit.Const(wireNumber(enumBase(t), text), emit.Named("")), goType)
	case model.Padded:
		return u.constant(text, t.Elem)
	case model.Layout:
		if f := t.Single(); f != nil {
			return u.constant(text, f.Type)
		}
	case model.HexBytes, model.Base64:
		return emit.Literal(strconv.Quote(u.decoded(t, text)), goType)
	case model.Bytes, model.JSONRaw:
		return emit.Literal(strconv.Quote(text), goType)
	case model.JSON, model.PairsOf, model.OneOf, model.List:
		u.fail("a %s cannot be a constant", t.Kind)
	}
	return emit.Const(text, goType)
}

// decoded are the bytes that are written as text.
func (u *use) decoded(t *model.Type, text string) string {
	decode := hex.DecodeString
	if t.Kind == model.Base64 {
		decode = base64.StdEncoding.DecodeString
	}
	b, err := decode(text)
	if err != nil {
		u.fail("a constant is no %s", t.Kind)
	}
	return string(b)
}
