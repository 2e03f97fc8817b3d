package language

import "slices"

// Constructs are all maps with keys of their own, each once: a document first,
// then what hangs on its keys, in their order.
func Constructs() []*Construct {
	var all []*Construct
	var visit func(*Form)
	add := func(c *Construct) {
		if slices.Contains(all, c) {
			return
		}
		all = append(all, c)
		for _, k := range c.All() {
			visit(k.Form)
		}
	}
	visit = func(f *Form) {
		if f == nil {
			return
		}
		for _, c := range f.In {
			add(c)
		}
		for _, other := range f.Any {
			visit(other)
		}
		visit(f.Of)
	}
	add(Document)
	return all
}
