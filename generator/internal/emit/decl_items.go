package emit

import "github.com/dave/jennifer/jen"

// Items is the function that reads what came before a reply.
//
//	func itemsOfList(call *runtime.Call) (items []Item, err error) {
//		for _, frame := range call.OwnItems().All() {
//			var m Item
//			if err := m.ParseFrame(frame); err != nil {
//				return items, err
//			}
//			items = append(items, m)
//		}
//		return items, nil
//	}
//
// Where there are several types, items are pointers behind a sealed interface:
//
//	for message, frame := range call.OwnItems().All() {
//		switch message {
//		case messageItem:
//			m := new(Item)
//			…
type Items struct {
	Name  string
	Type  string // Item, or ListItem
	Cases []ItemCase
}

// ItemCase is one message that may come before a reply.
type ItemCase struct {
	Const, Type string
}

func (i *Items) code() []jen.Code {
	body := func(g *jen.Group) { i.one(g, i.Cases[0].Type) }
	message := jen.Id("_")
	if len(i.Cases) > 1 {
		message = jen.Id("message")
		body = func(g *jen.Group) {
			g.Switch(jen.Id("message")).BlockFunc(func(g *jen.Group) {
				for _, c := range i.Cases {
					g.Case(jen.Id(c.Const)).BlockFunc(func(g *jen.Group) { i.one(g, c.Type) })
				}
			})
		}
	}
	return []jen.Code{jen.Func().Id(i.Name).Params(jen.Id("call").Op("*").Qual(runtimePath, "Call")).
		Params(jen.Id("items").Index().Id(i.Type), jen.Id("err").Error()).Block(
		jen.For(jen.List(message, jen.Id("frame")).Op(":=").Range().Id("call").Dot("OwnItems").Call().Dot("All").Call()).BlockFunc(body),
		jen.Return(jen.Id("items"), jen.Nil()),
	)}
}

// one reads one item.
func (i *Items) one(g *jen.Group, name string) {
	if len(i.Cases) > 1 {
		g.Id("m").Op(":=").New(jen.Id(name))
	} else {
		g.Var().Id("m").Id(name)
	}
	g.If(jen.Id("err").Op(":=").Id("m").Dot("ParseFrame").Call(jen.Id("frame")), jen.Id("err").Op("!=").Nil()).Block(
		jen.Return(jen.Id("items"), jen.Id("err")),
	)
	g.Id("items").Op("=").Append(jen.Id("items"), jen.Id("m"))
}

// take sets a method's items.
func (i *Items) take(g *jen.Group, r *Result) {
	g.If(
		jen.List(jen.Id("items"), jen.Id("err")).Op("=").Id(i.Name).Call(jen.Id("call")), jen.Id("err").Op("!=").Nil(),
	).Block(r.fail(jen.Id("err")))
}
