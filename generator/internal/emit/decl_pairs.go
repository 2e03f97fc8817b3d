package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"
)

// Pairs is the pair of functions of a type of keys with values, which is a
// struct: on lines until one that ends them, or on one line.
//
//	func appendSong(w *wire.Writer, v Song, end string, whole bool) {
//		w.Lit("file: ")
//		w.Text("file", v.File)
//		w.EndLine("file", end, whole)
//		…
//	}
//
//	func parseSong(r *wire.Reader, end string, whole bool) Song {
//		var v Song
//		var has struct{ File bool }
//		for n := 0; !r.AtLine(end, whole) && (n == 0 || !r.Has("file: ")); n++ {
//			key := r.Word("others", ": ")
//			r.Lit(": ")
//			switch {
//			case key == "file" && !has.File:
//				v.File = r.Text("file")
//				has.File = true
//			case key == "Title" && !v.Title.Set:
//				v.Title = wire.Some(r.Text("title"))
//			default:
//				r.Fail("", "has a key that is not known")
//			}
//			r.Break()
//		}
//		if !has.File {
//			r.Fail("file", "is missing")
//		}
//		return v
//	}
type Pairs struct {
	Name    string
	Doc     Doc
	Go      Type
	Keys    []PairKey
	Between string
	Each    string // stands between pairs; empty: each is on a line
	First   []int  // the keys that open a record: one, or several, just one of which does
	AnyKey  bool
	Others  string // the field of other keys; empty: they are refused
	Stops   []string
	Counts  []PairCount
	Alias   bool
	Clone   []*Field
}

// PairKey is a key that has a field.
type PairKey struct {
	Key   string
	Field *Field
	// Item is set where the key may come any number of times.
	Item *List
}

func (p *Pairs) code() []jen.Code {
	extra := EndLine
	if p.Each != "" {
		extra = NoExtra
	}
	c := &codec{base: "v", inner: true}
	list := []jen.Code{
		p.Doc.code().Add(appendFunc(p.Name, p.Go, true, extra, p.lengths()...).BlockFunc(func(g *jen.Group) { p.write(g, c) })),
		parseFunc(p.Name, p.Go.code(), true, extra, p.told()...).BlockFunc(func(g *jen.Group) { p.read(g, c) }),
	}
	if p.Alias {
		list = append(list, cloneFunc(p.Name, p.Clone))
	}
	return list
}

func (p *Pairs) write(g *jen.Group, c *codec) {
	if p.Each != "" {
		g.Id("mark").Op(":=").Id("w").Dot("Mark").Call()
	}
	p.opening(g, c)
	for i := range p.Keys {
		if !slices.Contains(p.First, i) {
			p.known(g, c, &p.Keys[i])
		}
	}
	for i := range p.Counts {
		p.count(g, &p.Counts[i])
	}
	if p.Others != "" {
		p.others(g)
	}
}

// opening writes the key that opens the record, where there is such a thing.
//
//	opened := 0
//	if v.File.Set {
//		…
//		opened++
//	}
//	…
//	if opened != 1 {
//		w.Fail("", "has none of the keys that open it, or several")
//	}
func (p *Pairs) opening(g *jen.Group, c *codec) {
	if len(p.First) == 1 {
		p.known(g, c, &p.Keys[p.First[0]])
	}
	if len(p.First) < 2 {
		return
	}
	g.Id("opened").Op(":=").Lit(0)
	for _, i := range p.First {
		k := &p.Keys[i]
		g.If(c.target(k.Field.Go).Dot("Set")).BlockFunc(func(g *jen.Group) {
			p.set(g, c, k)
			g.Id("opened").Op("++")
		})
	}
	g.If(jen.Id("opened").Op("!=").Lit(1)).Block(jen.Id("w").Dot("Fail").Call(jen.Lit(""), jen.Lit(notOpened)))
}

// notOpened: where several keys open a record, just one does.
const notOpened = "has none of the keys that open it, or several"

// known writes the pairs of a key that has a field.
func (p *Pairs) known(g *jen.Group, c *codec, k *PairKey) {
	switch {
	case k.Item != nil:
		g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(c.target(k.Field.Go))).BlockFunc(func(g *jen.Group) {
			p.one(g, k, func() { k.Item.Elem.write(g, c.at(k.Field.Name), jen.Id("item")) })
		})
	case k.Field.Optional:
		g.If(c.target(k.Field.Go).Dot("Set")).BlockFunc(func(g *jen.Group) { p.set(g, c, k) })
	default:
		p.set(g, c, k)
	}
}

// set writes the pair of a key that comes once, and is there.
func (p *Pairs) set(g *jen.Group, c *codec, k *PairKey) { p.one(g, k, func() { k.Field.write(g, c) }) }

// one writes a pair of a key that has a field.
func (p *Pairs) one(g *jen.Group, k *PairKey, value func()) {
	p.pair(g, jen.Lit(k.Field.Name), func() {
		g.Id("w").Dot("Lit").Call(jen.Lit(k.Key + p.Between))
		value()
	})
}

// pair puts what stands between pairs, or their line ends, around one.
func (p *Pairs) pair(g *jen.Group, name jen.Code, one func()) {
	if p.Each != "" {
		g.Id("w").Dot("Separate").Call(jen.Id("mark"), jen.Lit(p.Each))
		one()
		return
	}
	one()
	g.Id("w").Dot("EndLine").Call(name, jen.Id("end"), jen.Id("whole"))
}

// others writes the pairs whose keys have no fields.
//
//	for _, p := range v.Others {
//		if p.Key == "file" || p.Key == "Title" && !v.Title.Set {
//			w.Fail("others", "holds an empty key, or one that has a field of its own")
//		}
//		w.Word("others", p.Key, ": ")
//		w.Lit(": ")
//		w.Text("others", p.Value)
//		w.EndLine("others", end, whole)
//	}
func (p *Pairs) others(g *jen.Group) {
	g.For(jen.List(jen.Id("_"), jen.Id("p")).Op(":=").Range().Id("v").Dot(p.Others)).BlockFunc(func(g *jen.Group) {
		if named := p.named(); named != nil {
			g.If(named).Block(jen.Id("w").Dot("Fail").Call(jen.Lit("others"), jen.Lit("holds an empty key, or one that has a field of its own")))
		}
		p.pair(g, jen.Lit("others"), func() {
			g.Id("w").Dot(p.keyMethod()).Call(append([]jen.Code{jen.Lit("others"), jen.Id("p").Dot("Key")}, p.keyStops()...)...)
			g.Id("w").Dot("Lit").Call(jen.Lit(p.Between))
			g.Id("w").Dot("Text").Call(append([]jen.Code{jen.Lit("others"), jen.Id("p").Dot("Value")}, lits(p.Stops)...)...)
		})
	})
}

// named is the condition that a receiver would take a key among the others for
// its field; nil where it never does.
func (p *Pairs) named() *jen.Statement {
	var any *jen.Statement
	if p.AnyKey {
		any = jen.Id("p").Dot("Key").Op("==").Lit("")
	}
	for _, k := range p.Counts {
		any = or(any, jen.Id("p").Dot("Key").Op("==").Lit(k.Key))
	}
	for i, k := range p.Keys {
		cond := jen.Id("p").Dot("Key").Op("==").Lit(k.Key)
		switch {
		case slices.Contains(p.First, i) || k.Item != nil:
		case k.Field.Optional:
			cond.Op("&&").Op("!").Id("v").Dot(k.Field.Go).Dot("Set")
		default:
			continue
		}
		any = or(any, cond)
	}
	return any
}

// or is a || b; nil is false.
func or(a, b *jen.Statement) *jen.Statement {
	if a == nil {
		return b
	}
	return a.Op("||").Add(b)
}

func (p *Pairs) read(g *jen.Group, c *codec) {
	g.Var().Id("v").Add(p.Go.code())
	var must []jen.Code
	for _, k := range p.Keys {
		if k.must() {
			must = append(must, jen.Id(k.Field.Go).Bool())
		}
	}
	for _, k := range p.Counts {
		must = append(must, jen.Id(k.Local).Bool())
	}
	if len(must) > 0 {
		g.Var().Id("has").Struct(must...)
	}
	p.loop(g, func(g *jen.Group) { p.oneOf(g, c) })
	for _, k := range p.Keys {
		if k.must() {
			g.If(jen.Op("!").Id("has").Dot(k.Field.Go)).Block(jen.Id("r").Dot("Fail").Call(jen.Lit(k.Field.Name), jen.Lit("is missing")))
		}
	}
	p.allTold(g)
	if len(p.First) > 1 {
		none := &jen.Statement{}
		for n, i := range p.First {
			if n > 0 {
				none.Op("&&")
			}
			none.Op("!").Id("v").Dot(p.Keys[i].Field.Go).Dot("Set")
		}
		g.If(none).Block(jen.Id("r").Dot("Fail").Call(jen.Lit(""), jen.Lit(notOpened)))
	}
	g.Return(jen.Id("v"))
}

// must reports whether the key comes once.
func (k *PairKey) must() bool { return k.Item == nil && !k.Field.Optional }

// loop goes on while there are pairs; one reads a pair.
func (p *Pairs) loop(g *jen.Group, one func(g *jen.Group)) {
	line := func(g *jen.Group) {
		one(g)
		g.Id("r").Dot("Break").Call()
	}
	more := jen.Op("!").Id("r").Dot("AtLine").Call(jen.Id("end"), jen.Id("whole"))
	switch {
	case p.Each != "":
		some := jen.Op("!").Id("r").Dot("AtBreak").Call()
		for _, stop := range p.Stops {
			some.Op("&&").Op("!").Id("r").Dot("Has").Call(jen.Lit(stop))
		}
		g.For(jen.Id("more").Op(":=").Add(some), jen.Id("more"), jen.Empty()).BlockFunc(func(g *jen.Group) {
			one(g)
			g.If(jen.Id("more").Op("=").Id("r").Dot("Has").Call(jen.Lit(p.Each)), jen.Id("more")).Block(
				jen.Id("r").Dot("Lit").Call(jen.Lit(p.Each)),
			)
		})
	case len(p.First) > 0:
		at := jen.Id("n").Op("==").Lit(0).Op("||")
		for n, i := range p.First {
			if n > 0 {
				at.Op("&&")
			}
			at.Op("!").Id("r").Dot("Has").Call(jen.Lit(p.Keys[i].Key + p.Between))
		}
		g.For(jen.Id("n").Op(":=").Lit(0), more.Op("&&").Parens(at), jen.Id("n").Op("++")).BlockFunc(line)
	default:
		g.For(more).BlockFunc(line)
	}
}

// oneOf reads a pair.
func (p *Pairs) oneOf(g *jen.Group, c *codec) {
	g.Id("key").Op(":=").Id("r").Dot(p.keyMethod()).Call(append([]jen.Code{jen.Lit("key")}, p.keyStops()...)...)
	g.Id("r").Dot("Lit").Call(jen.Lit(p.Between))
	g.Switch().BlockFunc(func(g *jen.Group) {
		if p.AnyKey {
			g.Case(jen.Id("key").Op("==").Lit("")).Block(jen.Id("r").Dot("Fail").Call(jen.Lit(""), jen.Lit("has an empty key")))
		}
		for i := range p.Counts {
			p.tell(g, c, &p.Counts[i])
		}
		for _, k := range p.Keys {
			is := jen.Id("key").Op("==").Lit(k.Key)
			switch {
			case k.must():
				is.Op("&&").Op("!").Id("has").Dot(k.Field.Go)
			case k.Item == nil:
				is.Op("&&").Op("!").Id("v").Dot(k.Field.Go).Dot("Set")
			}
			g.Case(is).BlockFunc(func(g *jen.Group) { k.read(g, c) })
		}
		g.Default().BlockFunc(p.other)
	})
}

func (k *PairKey) read(g *jen.Group, c *codec) {
	if k.Item != nil {
		k.Item.item(g, c.at(k.Field.Name), func() *jen.Statement { return c.target(k.Field.Go) })
		return
	}
	k.Field.read(g, c)
	if k.must() {
		g.Id("has").Dot(k.Field.Go).Op("=").True()
	}
}

// other keeps a pair whose key has no field, or refuses it.
func (p *Pairs) other(g *jen.Group) {
	if p.Others == "" {
		g.Id("r").Dot("Fail").Call(jen.Lit(""), jen.Lit("has a key that is not known"))
		return
	}
	value := jen.Id("r").Dot("Text").Call(append([]jen.Code{jen.Lit("others")}, lits(p.Stops)...)...)
	g.Id("v").Dot(p.Others).Op("=").Append(jen.Id("v").Dot(p.Others),
		jen.Qual(wirePath, "Pair").Values(jen.Id("Key").Op(":").Id("key"), jen.Id("Value").Op(":").Add(value)))
}

func (p *Pairs) keyMethod() string {
	if p.AnyKey {
		return "Text"
	}
	return "Word"
}

// keyStops are what ends a key.
func (p *Pairs) keyStops() []jen.Code {
	return append([]jen.Code{jen.Lit(p.Between)}, lits(p.Stops)...)
}

func lits(texts []string) []jen.Code {
	var list []jen.Code
	for _, text := range texts {
		list = append(list, jen.Lit(text))
	}
	return list
}

// Others is the value of the field that keeps keys without fields; the functions
// of its type write and read it.
type Others struct{}

func (Others) write(*jen.Group, place, *jen.Statement)       {}
func (Others) read(place) *jen.Statement                     { return nil }
func (Others) fill(*jen.Group, place, func() *jen.Statement) {}
func (Others) drop(*jen.Group, place)                        {}

// own copies them.
//
//	v.Others = wire.ClonePairs(v.Others)
func (Others) own(g *jen.Group, v func() *jen.Statement) bool {
	g.Add(v()).Op("=").Qual(wirePath, "ClonePairs").Call(v())
	return true
}
