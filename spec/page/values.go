package page

import (
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// withWords are the values that a step fills in: those that the document gives, and
// those of the caller that have the field's own name.
func withWords(with []model.Assign) string {
	var given, own []string
	for _, a := range with {
		name := dotted(a.Path)
		if a.Value.Kind == model.ExprParam && exprWords(a.Value) == name {
			own = append(own, name)
			continue
		}
		given = append(given, name+": "+assigned(a.Value))
	}
	all := strings.Join(given, ", ")
	if len(own) > 0 {
		all = joined(all, "; ", "the caller's "+strings.Join(own, ", "))
	}
	return all
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
