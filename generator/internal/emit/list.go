package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"
)

// List is a slice of values.
type List struct {
	Elem   Value
	ElemGo Type
	// Sep stands between items; the list is counted, or ends before one of
	// Stops, or with the line. Empty: each item stands on lines of its own, and
	// the list is counted or ends at a line.
	Sep   string
	Stops []string
	Count string // the variable that holds the number of items
	Until *Line
	// Records: items end their own lines, and see to it that none looks like
	// Until.
	Records bool
	// MayVanish: an item may be written as nothing, which a receiver of a list
	// of that single item, which is not counted, would take for no item.
	MayVanish bool
	// Size is the variable with the bytes that the list fills, where these were
	// counted, and Encoded the one that holds them when they are sent.
	Size, Encoded string
	// Packed: items come one behind the other. Rest: as many as fill the frame,
	// but for Tail bytes.
	Packed, Rest bool
	Tail         int
	level        int // how many lists it is in
}

// id is a variable of the loop: those of a list inside another have names of their
// own.
func (l *List) id(name string) *jen.Statement {
	if l.level > 0 {
		name += strconv.Itoa(l.level + 1)
	}
	return jen.Id(name)
}

// inside is the item's value, which knows that it is inside of a list.
func (l *List) inside() Value {
	if inner, ok := l.Elem.(*List); ok {
		inner.level = l.level + 1
	}
	return l.Elem
}

// Line is the line that ends a list, as a receiver knows it: it begins with Text
// and, if Whole, is nothing else. With Items the items are known instead: each has
// Text behind Skip bytes. The zero Line is the frame's end.
type Line struct {
	Text  string
	Whole bool
	Items bool
	Skip  int
}

// args are the line as arguments: "OK", true.
func (l *Line) args() []jen.Code { return []jen.Code{jen.Lit(l.Text), jen.Lit(l.Whole)} }

// goesOn is whether an item comes next: !r.AtLine("OK", true), or r.AtItem(3, "-").
func (l *Line) goesOn() jen.Code {
	if l.Items {
		return jen.Id("r").Dot("AtItem").Call(jen.Lit(l.Skip), jen.Lit(l.Text))
	}
	return jen.Op("!").Id("r").Dot("AtLine").Call(l.args()...)
}

// write goes through the items.
//
//	for i, v := range m.Channels {
//		if i > 0 {
//			w.Lit(",")
//		}
//		w.Uint("channels", uint64(v), 8)
//	}
//
//	for i, item := range m.Names {
//		if i > 0 {
//			w.Lit(",")
//		}
//		mark := w.Mark()
//		w.Text("names", item, ",")
//		if len(m.Names) == 1 && w.Mark() == mark {
//			w.Fail("names", "has a single item that is written as nothing")
//		}
//	}
//
//	for _, v := range m.Units {
//		mark := w.Mark()
//		appendUnit(&w, v)
//		w.EndItem("units", mark, "END LIST", false)
//	}
func (l *List) write(g *jen.Group, at place, v *jen.Statement) {
	if l.Encoded != "" {
		g.Id("w").Dot("Bytes").Call(at.name, jen.Id(l.Encoded))
		return
	}
	if l.Sep == "" {
		g.For(jen.List(jen.Id("_"), l.id("v")).Op(":=").Range().Add(v)).BlockFunc(func(g *jen.Group) { l.line(g, at) })
		return
	}
	item := "v"
	alone := l.Count == "" && l.MayVanish
	if alone {
		item = "item" // beside the list, which may be v
	}
	g.For(jen.List(l.id("i"), l.id(item)).Op(":=").Range().Add(v)).BlockFunc(func(g *jen.Group) {
		g.If(l.id("i").Op(">").Lit(0)).Block(jen.Id("w").Dot("Lit").Call(jen.Lit(l.Sep)))
		if alone {
			g.Add(l.id("mark")).Op(":=").Id("w").Dot("Mark").Call()
		}
		l.inside().write(g, at, l.id(item))
		if alone {
			g.If(jen.Len(v).Op("==").Lit(1).Op("&&").Id("w").Dot("Mark").Call().Op("==").Add(l.id("mark"))).Block(
				jen.Id("w").Dot("Fail").Call(at.name, jen.Lit("has a single item that is written as nothing")),
			)
		}
	})
}

// line writes an item that stands on lines of its own.
func (l *List) line(g *jen.Group, at place) {
	if l.Until == nil && !l.Packed && !l.Rest {
		g.Id("w").Dot("Break").Call()
	}
	if l.Until == nil || l.Records {
		l.inside().write(g, at, l.id("v"))
		return
	}
	if l.Until.Items || *l.Until == (Line{}) { // nothing can look like its end
		l.inside().write(g, at, l.id("v"))
		g.Id("w").Dot("Break").Call()
		return
	}
	g.Add(l.id("mark")).Op(":=").Id("w").Dot("Mark").Call()
	l.inside().write(g, at, l.id("v"))
	g.Id("w").Dot("EndItem").Call(append([]jen.Code{at.name, l.id("mark")}, l.Until.args()...)...)
}

// read: a list takes statements.
func (l *List) read(place) *jen.Statement { return nil }

// fill appends items to what the slice has room for.
//
//	m.Channels = m.Channels[:0]
//	for more := !r.AtBreak(); more; {
//		m.Channels = append(m.Channels, uint8(r.Uint("channels", 8)))
//		if more = r.Has(","); more {
//			r.Lit(",")
//		}
//	}
//
//	m.Keys = m.Keys[:0]
//	for n := nKeys; n > 0 && r.Err() == nil; n-- {
//		r.Break() // not where items are packed
//		m.Keys = append(m.Keys, parseArg(&r))
//	}
//
//	m.Units = m.Units[:0]
//	for !r.AtLine("END LIST", false) {
//		m.Units = append(m.Units, parseUnit(&r))
//		r.Break()
//	}
//
//	for r.AtItem(3, "-") {
//		m.More = append(m.More, parseMore(&r))
//		r.Break()
//	}
//
//	for r.Left(0) > 0 {
//		m.Granted = append(m.Granted, uint8(r.Big("granted", 1)))
//	}
func (l *List) fill(g *jen.Group, at place, v func() *jen.Statement) {
	g.Add(v()).Op("=").Add(v()).Index(jen.Empty(), jen.Lit(0))
	l.within(g, at, func(g *jen.Group) { l.item(g, at, v) })
}

func (l *List) drop(g *jen.Group, at place) {
	l.within(g, at, func(g *jen.Group) { l.inside().drop(g, at) })
}

// each is the loop over the items; one reads an item.
func (l *List) each(g *jen.Group, one func(g *jen.Group)) {
	if l.Until != nil {
		g.For(l.Until.goesOn()).BlockFunc(func(g *jen.Group) {
			if one(g); !l.Records {
				g.Id("r").Dot("Break").Call()
			}
		})
		return
	}
	if l.Rest || l.Size != "" && l.Count == "" {
		g.For(left(l.Tail).Op(">").Lit(0)).BlockFunc(one)
		return
	}
	if l.Count != "" {
		g.For(
			jen.Id("n").Op(":=").Id(l.Count),
			jen.Id("n").Op(">").Lit(0).Op("&&").Id("r").Dot("Err").Call().Op("==").Nil(),
			jen.Id("n").Op("--"),
		).BlockFunc(func(g *jen.Group) {
			if l.Sep == "" && !l.Packed {
				g.Id("r").Dot("Break").Call()
			}
			one(g)
			if l.Sep != "" {
				g.If(jen.Id("n").Op(">").Lit(1)).Block(jen.Id("r").Dot("Lit").Call(jen.Lit(l.Sep)))
			}
		})
		return
	}
	some := jen.Op("!").Id("r").Dot("AtBreak").Call()
	for _, stop := range l.Stops {
		some = some.Op("&&").Op("!").Id("r").Dot("Has").Call(jen.Lit(stop))
	}
	g.For(l.id("more").Op(":=").Add(some), l.id("more"), jen.Empty()).BlockFunc(func(g *jen.Group) {
		one(g)
		g.If(l.id("more").Op("=").Id("r").Dot("Has").Call(jen.Lit(l.Sep)), l.id("more")).Block(
			jen.Id("r").Dot("Lit").Call(jen.Lit(l.Sep)),
		)
	})
}

// item reads one item and appends it.
func (l *List) item(g *jen.Group, at place, v func() *jen.Statement) {
	if e := l.inside().read(at); e != nil {
		g.Add(v()).Op("=").Append(v(), e)
		return
	}
	g.Var().Add(l.id("item")).Add(l.ElemGo.code())
	item := func() *jen.Statement { return l.id("item") }
	if inner, ok := l.inside().(*List); ok { // nothing is in it
		inner.each(g, func(g *jen.Group) { inner.item(g, at, item) })
	} else {
		l.Elem.fill(g, at, item)
	}
	g.Add(v()).Op("=").Append(v(), l.id("item"))
}

// own copies the slice, and its items where they alias the frame.
//
//	m.Names = slices.Clone(m.Names)
//	for i := range m.Names {
//		m.Names[i] = strings.Clone(m.Names[i])
//	}
func (l *List) own(g *jen.Group, v func() *jen.Statement) bool {
	g.Add(v()).Op("=").Qual("slices", "Clone").Call(v())
	aliased := false
	items := jen.BlockFunc(func(g *jen.Group) {
		aliased = l.inside().own(g, func() *jen.Statement { return v().Index(l.id("i")) })
	})
	if aliased {
		g.For(l.id("i").Op(":=").Range().Add(v())).Add(items)
	}
	return true
}
