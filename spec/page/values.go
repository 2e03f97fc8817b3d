package page

import (
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// withWords are the values that a step fills in, as a document writes them.
func withWords(with []model.Assign) string {
	var all []string
	for _, a := range with {
		all = append(all, dotted(a.Path)+": "+assigned(a.Value))
	}
	return strings.Join(all, ", ")
}

func assigned(e *model.Expr) string {
	if e.Kind == model.ExprConst {
		return visible(e.Const)
	}
	return "{" + exprWords(e) + "}"
}

func letWords(lets []*model.Let) string {
	var all []string
	for _, l := range lets {
		all = append(all, l.Name+" = "+exprWords(l.Value))
	}
	return strings.Join(all, ", ")
}

// exprWords is an expression as a document writes it.
func exprWords(e *model.Expr) string {
	switch e.Kind {
	case model.ExprConst:
		return "'" + visible(e.Const) + "'"
	case model.ExprParam, model.ExprArg, model.ExprItem:
		return dotted(append([]*model.Field{e.Param}, e.Path...))
	case model.ExprCaptured:
		return e.Message.Name + "." + dotted(e.Path)
	case model.ExprConcat:
		return exprList(e.Args, " + ")
	case model.ExprCall:
		return e.Func + "(" + exprList(e.Args, ", ") + ")"
	case model.ExprLet:
		return e.Let.Name
	case model.ExprList, model.ExprRecord:
		return "[" + exprList(e.Args, ", ") + "]"
	}
	return string(e.Kind)
}

func exprList(list []*model.Expr, by string) string {
	var all []string
	for _, e := range list {
		all = append(all, exprWords(e))
	}
	return strings.Join(all, by)
}

func dotted(path []*model.Field) string {
	var all []string
	for _, f := range path {
		all = append(all, f.Name)
	}
	return strings.Join(all, ".")
}
