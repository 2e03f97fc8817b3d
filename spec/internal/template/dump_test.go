package template

import (
	"fmt"
	"strings"
)

// dump shows nodes so that a test can compare them at a glance; written
// control characters and braces are visible.
func dump(nodes []Node) string {
	var b strings.Builder
	for i, n := range nodes {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch n := n.(type) {
		case *Lit:
			fmt.Fprintf(&b, "%q", n.Text)
		case *Break:
			b.WriteString("BREAK")
		case *Empty:
			b.WriteString("EMPTY")
		case *NoEOL:
			b.WriteString("NOEOL")
		case *Field:
			fmt.Fprintf(&b, "%s:%s", n.Name.Text, n.Type)
		case *Same:
			fmt.Fprintf(&b, "=%s", n.Name.Text)
		case *Count:
			b.WriteByte('#')
			for i, t := range n.Terms {
				sign := map[bool]string{true: "-", false: "+"}[t.Minus]
				if i == 0 && !t.Minus {
					sign = ""
				}
				switch {
				case t.Bytes:
					b.WriteString(sign + t.Name.Text + ".bytes")
				case t.Name.Text != "":
					b.WriteString(sign + t.Name.Text)
				default:
					fmt.Fprintf(&b, "%s%d", sign, t.N)
				}
			}
			if n.Type != nil {
				fmt.Fprintf(&b, ":%s", n.Type)
			}
		case *Opt:
			fmt.Fprintf(&b, "%s?(%s)", n.Flag.Text, dump(n.Body))
		}
	}
	return b.String()
}

func dumpExpr(e Expr) string {
	switch e := e.(type) {
	case *Ref:
		var parts []string
		for _, n := range e.Path {
			parts = append(parts, n.Text)
		}
		return strings.Join(parts, ".")
	case *Text:
		return fmt.Sprintf("%q", e.Text)
	case *Number:
		return fmt.Sprint(e.N)
	case *Join:
		return "join(" + dumpExprs(e.Terms) + ")"
	case *Call:
		return e.Func.Text + "(" + dumpExprs(e.Args) + ")"
	}
	return "?"
}

func dumpExprs(list []Expr) string {
	var parts []string
	for _, e := range list {
		parts = append(parts, dumpExpr(e))
	}
	return strings.Join(parts, ", ")
}

func dumpValue(v *Value) string {
	var parts []string
	for _, p := range v.Parts {
		if p.Expr == nil {
			parts = append(parts, fmt.Sprintf("%q", p.Lit))
		} else {
			parts = append(parts, dumpExpr(p.Expr))
		}
	}
	return strings.Join(parts, " ")
}

// show lists errors with the piece of text that each points at.
func show(src string, list []*Error) []string {
	var out []string
	for _, e := range list {
		out = append(out, fmt.Sprintf("%d %q %s: %s", e.Offset, src[e.Offset:e.End()], e.Rule, e.Msg))
	}
	return out
}
