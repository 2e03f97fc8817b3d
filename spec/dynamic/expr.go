package dynamic

import (
	"fmt"
	"strconv"

	"github.com/linewright/linewright/runtime/expr"
	"github.com/linewright/linewright/runtime/session"
	"github.com/linewright/linewright/spec/internal/codec"
	"github.com/linewright/linewright/spec/model"
)

// scope is what value expressions see.
type scope struct {
	p      *Protocol
	params Values
	vars   *session.Vars  // in scripts; nil for a caller's command
	answer *model.Message // that Vars.Request is a frame of; nil: none
	count  func() uint64
	id     uint64                    // of the command
	args   Values                    // of a command made of several
	item   int                       // of a list among them
	parsed map[*model.Message]Values // frames that were needed already
}

// scriptScope is the scope of a step, a probe, a beat or an answer.
func (p *Protocol) scriptScope(v *session.Vars, answer *model.Message) *scope {
	params, _ := v.Params.(Values)
	args, _ := v.Args.(Values)
	return &scope{p: p, params: params, vars: v, answer: answer, count: v.Count, id: v.ID, args: args, item: v.Item}
}

// result is what an expression gives; a nil value is absent.
type result struct {
	value any
	t     *model.Type // nil: text, as of functions
}

var absent = result{}

func text(s string) result { return result{value: s} }

// eval evaluates an expression. It is absent where a parameter or a captured
// field that it needs is.
func (s *scope) eval(e *model.Expr) (result, error) {
	switch e.Kind {
	case model.ExprConst:
		return s.constant(e)
	case model.ExprParam:
		v, _ := s.params.Get(e.Param.Name)
		return result{v, e.Param.Type}, nil
	case model.ExprCaptured:
		return s.captured(e.Message, e.Path)
	case model.ExprConcat:
		return s.concat(e.Args)
	case model.ExprCall:
		return s.call(e)
	case model.ExprLet:
		if s.vars == nil || s.vars.Lets[e.Let.Index] == nil {
			return absent, nil
		}
		return text(string(s.vars.Lets[e.Let.Index])), nil
	case model.ExprArg:
		v, _ := s.args.Get(e.Param.Name)
		return result{v, e.Type}, nil
	case model.ExprItem:
		if list := listOf(s.args, e.Param); s.item < len(list) {
			return result{list[s.item], e.Type}, nil
		}
		return absent, nil
	case model.ExprList:
		return s.list(e)
	case model.ExprRecord:
		return s.record(e)
	case model.ExprID:
		return result{value: s.id}, nil
	default:
		return absent, fmt.Errorf("this version does not know %s in values", e.Kind)
	}
}

// constant is a value of its type, which is the field's that it is for.
func (s *scope) constant(e *model.Expr) (result, error) {
	if e.Type == nil {
		return text(e.Const), nil
	}
	v, err := codec.FromText(&s.p.plan.Framing, e.Type, e.Const)
	return result{v, e.Type}, err
}

// list makes the items; none of them is absent.
func (s *scope) list(e *model.Expr) (result, error) {
	items := make([]any, len(e.Args))
	for i, arg := range e.Args {
		r, err := s.eval(arg)
		if err == nil && r.value == nil {
			err = fmt.Errorf("item %d is absent", i)
		}
		if err == nil && arg.Kind != model.ExprRecord {
			r.value, err = s.convert(e.Type.Elem, r)
		}
		if err != nil {
			return absent, err
		}
		items[i] = r.value
	}
	return result{items, e.Type}, nil
}

// record makes an item that has several fields.
func (s *scope) record(e *model.Expr) (result, error) {
	fields := Map{}
	for i, arg := range e.Args {
		if err := s.assign(fields, e.Paths[i], arg); err != nil {
			return absent, err
		}
	}
	return result{fields, e.Type}, nil
}

// concat joins the texts of args.
func (s *scope) concat(args []*model.Expr) (result, error) {
	var out string
	for _, a := range args {
		part, ok, err := s.text(a)
		if err != nil || !ok {
			return absent, err
		}
		out += part
	}
	return text(out), nil
}

// text evaluates to text, of bytes the bytes; ok is false where it is absent.
func (s *scope) text(e *model.Expr) (out string, ok bool, err error) {
	r, err := s.eval(e)
	if err != nil || r.value == nil {
		return "", false, err
	}
	if b, ok := r.value.([]byte); ok {
		return string(b), true, nil
	}
	out, err = codec.ToText(&s.p.plan.Framing, r.t, r.value)
	return out, err == nil, err
}

func (s *scope) call(e *model.Expr) (result, error) {
	switch {
	case e.Func == "count" && s.count != nil:
		return result{value: s.count()}, nil
	case e.Func == "now":
		return result{value: expr.Now()}, nil
	}
	args := make([]string, len(e.Args))
	for i, a := range e.Args {
		arg, ok, err := s.text(a)
		if err != nil || !ok {
			return absent, err
		}
		args[i] = arg
	}
	if e.Func == "random" && len(args) == 1 {
		n, err := strconv.ParseUint(args[0], 10, 64)
		return text(expr.Random(n)), err
	}
	out, err := expr.Call(e.Func, args...)
	return text(out), err
}
