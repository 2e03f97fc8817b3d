package emit

import "github.com/dave/jennifer/jen"

// Spare is text that is always written, and may be missing where it is read.
//
//	w.Lit(":")
//
//	if r.Has(":") {
//		r.Lit(":")
//	}
type Spare struct{ Text string }

func (s Spare) write(g *jen.Group, _ *codec) { g.Id("w").Dot("Lit").Call(jen.Lit(s.Text)) }

func (s Spare) read(g *jen.Group, _ *codec) {
	g.If(jen.Id("r").Dot("Has").Call(jen.Lit(s.Text))).Block(jen.Id("r").Dot("Lit").Call(jen.Lit(s.Text)))
}

// joined makes one literal of literals and spare text beside them, which are read
// apart and written together.
func joined(ops []Op) []Op {
	var out []Op
	for _, op := range ops {
		text, fixed := fixedText(op)
		if last := len(out) - 1; fixed && last >= 0 {
			if before, follows := fixedText(out[last]); follows {
				out[last] = Lit{Text: before + text}
				continue
			}
		}
		out = append(out, op)
	}
	return out
}

// fixedText is what an op always writes.
func fixedText(op Op) (text string, fixed bool) {
	switch op := op.(type) {
	case Lit:
		return op.Text, true
	case Spare:
		return op.Text, true
	}
	return "", false
}
