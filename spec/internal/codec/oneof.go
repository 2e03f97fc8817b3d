package codec

import "github.com/linewright/linewright/spec/model"

const (
	noForm   = "has none of its forms"
	someForm = "has more than one form, or none"
)

// oneOf reads the form whose text comes next, the longest text first. The others
// are not even listed: there may be many small values.
func (p *parser) oneOf(t *model.Type, path string) any {
	if t.Depth > 0 {
		outer, ok := p.r.Enter(t.Group, t.Depth)
		if !ok {
			return nil
		}
		defer p.r.Leave(outer)
		defer p.nest(&path)()
	}
	for _, i := range t.Order {
		if p.r.Has(t.Leads[i]) {
			f := t.Body.Fields[i]
			return Values{{Name: f.Name, Secret: f.Secret, Value: p.value(f.Type, below(path, f.Name), nil)}}
		}
	}
	p.r.Fail(path, noForm)
	return nil
}

// oneOf writes the form that has a value. It must not look like another.
func (a *appender) oneOf(t *model.Type, path string, v any) {
	values, ok := typed[Values](a, path, v)
	if !ok {
		return
	}
	if name, ok := stranger(t.Body.Fields, values); ok {
		a.w.Fail(below(path, name), "is not a field")
	}
	if t.Depth > 0 {
		outer, ok := a.w.Enter(t.Group, t.Depth)
		if !ok {
			return
		}
		defer a.w.Leave(outer)
	}
	forms := 0
	for i, f := range t.Body.Fields {
		v, _ := values.Get(f.Name)
		if v == nil {
			continue
		}
		forms++
		mark := a.w.Mark()
		a.value(f.Type, below(path, f.Name), nil, v)
		a.w.Unlike(below(path, f.Name), mark, longer(t, i)...)
	}
	if forms != 1 {
		a.w.Fail(path, someForm)
	}
}

// longer are the texts that are looked for before that of form i.
func longer(t *model.Type, i int) []string {
	var texts []string
	for _, j := range t.Order {
		if j == i {
			break
		}
		texts = append(texts, t.Leads[j])
	}
	return texts
}

// nest begins a value of a type that may hold itself, and gives what ends it. Where
// to stop is outside of it, though its forms may have the same ops; and a path is as
// long as those of values of the outermost one, however deep they are.
func (p *parser) nest(path *string) (end func()) {
	at, outermost := p.at, p.outermost
	if p.at = nil; outermost != "" {
		*path = outermost
	}
	p.outermost = *path
	return func() { p.at, p.outermost = at, outermost }
}
