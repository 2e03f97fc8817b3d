package spec_test

import (
	"fmt"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

func dumpSteps(b *strings.Builder, what string, steps []*model.Step) {
	for _, s := range steps {
		fmt.Fprintf(b, "%s:", what)
		switch {
		case s.Do != nil:
			fmt.Fprintf(b, " do %s", s.Do.Name)
			for _, a := range s.With {
				fmt.Fprintf(b, " %s=%s", dumpPath(a.Path), dumpExpr(a.Value))
			}
		case s.Expect != nil:
			fmt.Fprintf(b, " expect %s", s.Expect.Name)
		case s.Lets != nil:
			for _, l := range s.Lets {
				fmt.Fprintf(b, " let %s=%s", l.Name, dumpExpr(l.Value))
			}
		case s.StartTLS:
			b.WriteString(" start tls")
		default:
			fmt.Fprintf(b, " fail %q refuse %q", s.Fail, s.Refuse)
		}
		for _, c := range s.When {
			b.WriteString(map[bool]string{true: " unless ", false: " when "}[c.Not])
			switch {
			case c.TLS:
				b.WriteString("tls")
			case c.Param != nil:
				b.WriteString(c.Param.Name)
			default:
				b.WriteString(strings.TrimSuffix(c.Message.Name+"."+dumpPath(c.Path), "."))
			}
		}
		b.WriteString(dumpModes(nil, s.Enters))
		if s.For != nil {
			b.WriteString(" for " + s.For.Name)
		}
		if s.RetryTimes > 0 {
			fmt.Fprintf(b, " retry %d after %s", s.RetryTimes, s.RetryAfter)
		}
		b.WriteByte('\n')
	}
}

func dumpPath(path []*model.Field) string {
	var parts []string
	for _, f := range path {
		parts = append(parts, f.Name)
	}
	return strings.Join(parts, ".")
}

func dumpExpr(e *model.Expr) string {
	var args []string
	for _, a := range e.Args {
		args = append(args, dumpExpr(a))
	}
	switch e.Kind {
	case model.ExprConst:
		return fmt.Sprintf("%q", e.Const)
	case model.ExprParam:
		return e.Param.Name
	case model.ExprCaptured:
		return e.Message.Name + "." + dumpPath(e.Path)
	case model.ExprLet:
		return "let " + e.Let.Name
	case model.ExprArg:
		return "argument " + e.Param.Name
	case model.ExprItem:
		return "each of " + e.Param.Name
	case model.ExprID:
		return "the id"
	case model.ExprList:
		return "[" + strings.Join(args, ", ") + "]"
	case model.ExprRecord:
		for i := range args {
			args[i] = dumpPath(e.Paths[i]) + "=" + args[i]
		}
		return "{" + strings.Join(args, " ") + "}"
	case model.ExprConcat:
		return "(" + strings.Join(args, " + ") + ")"
	}
	return e.Func + "(" + strings.Join(args, ", ") + ")"
}

func dumpTold(b *strings.Builder, i *model.Interval) {
	if i != nil {
		fmt.Fprintf(b, "  every %s times %s, at least %s\n", dumpExpr(i.From), i.Unit, i.AtLeast)
	}
}
