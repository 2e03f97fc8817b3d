package emit

import "github.com/dave/jennifer/jen"

// PairCount is a key of pairs that tells the length of a field behind them. Its
// functions take that length, and give it.
//
//	func appendHeaders(w *wire.Writer, v Headers, end string, whole bool, nBody uint64) {
//		…
//		w.Lit("content-length: ")
//		w.Uint("body", nBody, 32)
//		w.EndLine("body", end, whole)
//	}
//
//	func parseHeaders(r *wire.Reader, end string, whole bool, nBody *uint64) Headers {
//		…
//			case key == "content-length" && !has.nBody:
//				*nBody = r.Uint("body", 32)
//				has.nBody = true
//			case key == "content-length":
//				r.Fail("body", "comes more than once")
type PairCount struct {
	Key      string
	Name     string // of the field, for errors
	Local    string // of the parameter
	Optional bool   // left out where nothing is counted
	Value    *Scalar
}

// lengths and told are the parameters.
func (p *Pairs) lengths() (params []jen.Code) {
	for _, k := range p.Counts {
		params = append(params, jen.Id(k.Local).Uint64())
	}
	return params
}

func (p *Pairs) told() (params []jen.Code) {
	for _, k := range p.Counts {
		params = append(params, jen.Id(k.Local).Op("*").Uint64())
	}
	return params
}

// count writes the pair of a key that counts.
func (p *Pairs) count(g *jen.Group, k *PairCount) {
	one := func(g *jen.Group) {
		p.pair(g, jen.Lit(k.Name), func() {
			g.Id("w").Dot("Lit").Call(jen.Lit(k.Key + p.Between))
			k.Value.write(g, place{name: jen.Lit(k.Name), inner: true}, jen.Id(k.Local))
		})
	}
	if k.Optional {
		g.If(jen.Id(k.Local).Op(">").Lit(0)).BlockFunc(one)
		return
	}
	one(g)
}

// tell are the cases of a key that counts.
func (p *Pairs) tell(g *jen.Group, c *codec, k *PairCount) {
	is := func() *jen.Statement { return jen.Id("key").Op("==").Lit(k.Key) }
	g.Case(is().Op("&&").Op("!").Id("has").Dot(k.Local)).Block(
		jen.Op("*").Id(k.Local).Op("=").Add(k.Value.read(c.at(k.Name))),
		jen.Id("has").Dot(k.Local).Op("=").True(),
	)
	g.Case(is()).Block(jen.Id("r").Dot("Fail").Call(jen.Lit(k.Name), jen.Lit("comes more than once")))
}

// allTold refuses pairs without a key that counts.
func (p *Pairs) allTold(g *jen.Group) {
	for _, k := range p.Counts {
		if !k.Optional {
			g.If(jen.Op("!").Id("has").Dot(k.Local)).Block(jen.Id("r").Dot("Fail").Call(jen.Lit(k.Name), jen.Lit("is missing")))
		}
	}
}

// Tells is a field of such pairs.
//
//	appendHeaders(&w, m.Headers, "", true, uint64(len(m.Body)))
//
//	var nBody uint64
//	m.Headers = parseHeaders(&r, "", true, &nBody)
type Tells struct {
	*Field
	Lengths []Length
}

// Length is a field whose length is told, and the variable that holds it.
type Length struct {
	Field *Field
	Local string
}

func (o *Tells) write(g *jen.Group, c *codec) {
	var lengths []jen.Code
	for _, l := range o.Lengths {
		lengths = append(lengths, jen.Uint64().Call(Term{Field: l.Field}.length(c)))
	}
	o.take(lengths)
	o.Field.write(g, c)
}

func (o *Tells) read(g *jen.Group, c *codec) {
	var lengths []jen.Code
	for _, l := range o.Lengths {
		g.Var().Id(l.Local).Uint64()
		lengths = append(lengths, jen.Op("&").Id(l.Local))
	}
	o.take(lengths)
	o.Field.read(g, c)
}

// take gives the pairs' functions what they take for the keys that count.
func (o *Tells) take(lengths []jen.Code) {
	if pairs, ok := o.Value.(*OfType); ok {
		pairs.told = lengths
	}
}
