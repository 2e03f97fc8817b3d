package codec

import (
	"slices"
	"strings"

	"github.com/linewright/linewright/spec/model"
)

// pairs reads pairs in any order, on lines until one that ends them or, where
// that is nil, on one line.
func (p *parser) pairs(t *model.Type, path string, until *model.Line) any {
	out := make(Values, len(t.Body.Fields))
	p.told = make([]told, len(t.Pairs.Counts))
	for i, f := range t.Body.Fields {
		out[i] = Item{Name: f.Name, Secret: f.Secret}
		if standsOnLines(f.Type) {
			out[i].Value = []any{}
		}
	}
	for n := 0; p.morePairs(t, n, until); n++ {
		if p.pair(t, path, out); until != nil {
			p.r.Break()
		}
		if p.stopped() {
			return nil
		}
	}
	for i, f := range t.Body.Fields {
		if out[i].Value == nil && !f.Optional {
			p.r.Fail(below(path, f.Name), isMissing)
			return nil
		}
	}
	p.allTold(t, path)
	if opens := t.Pairs.First; len(opens) > 1 && !slices.ContainsFunc(opens, func(i int) bool { return out[i].Value != nil }) {
		p.r.Fail(path, notOpened)
	}
	return out
}

// notOpened: where several keys open a record, just one does.
const notOpened = "has none of the keys that open it, or several"

// opened reports whether a key that opens a record comes next.
func (p *parser) opened(t *model.Type) bool {
	return slices.ContainsFunc(t.Pairs.First, func(i int) bool { return p.r.Has(t.Pairs.Keys[i] + t.Pairs.Between) })
}

// morePairs reports whether a pair comes next, after n of them, and skips what
// stands before it.
func (p *parser) morePairs(t *model.Type, n int, until *model.Line) bool {
	switch {
	case until != nil:
		return !p.r.AtLine(until.Text, until.Whole) && (n == 0 || !p.opened(t))
	case n == 0:
		return !p.emptyHere(t.Pairs.Stops)
	case !p.r.Has(t.Pairs.Each):
		return false
	}
	p.r.Lit(t.Pairs.Each)
	return true
}

// pair reads a key and its value.
func (p *parser) pair(t *model.Type, path string, out Values) {
	var key string
	if t.Pairs.AnyKey {
		key = p.r.Text(path, keyStops(t)...)
	} else {
		key = p.r.Word(path, keyStops(t)...)
	}
	key = strings.Clone(key)
	p.r.Lit(t.Pairs.Between)
	i := slices.Index(t.Pairs.Keys, key)
	switch {
	case p.r.Err() != nil:
	case key == "":
		p.r.Fail(path, "has an empty key")
	case p.tell(t, path, key):
	case i >= 0 && standsOnLines(t.Body.Fields[i].Type):
		list := out[i].Value.([]any)
		at := itemPath(below(path, out[i].Name), len(list))
		out[i].Value = append(list, p.value(t.Body.Fields[i].Type.Elem, at, t.Body.Ops[i].Stops))
	case i >= 0 && out[i].Value == nil:
		out[i].Value = p.value(t.Body.Fields[i].Type, below(path, out[i].Name), t.Body.Ops[i].Stops)
	case t.Pairs.Others != nil:
		others, from := &out[len(out)-1], p.r.Offset()
		text := strings.Clone(p.r.Text(below(path, others.Name), t.Pairs.Stops...))
		p.span(from, itemPath(below(path, others.Name), len(others.Value.([]any))), nil, PlaceField)
		others.Value = append(others.Value.([]any), Values{{Name: "key", Value: key}, {Name: "value", Value: text}})
	case i >= 0:
		p.r.Fail(below(path, out[i].Name), "comes more than once")
	default:
		p.r.Fail(path, unknownKey)
	}
}

const unknownKey = "has a key that is not known"

// pairs writes pairs: those with names in the order of the document, the one
// that opens a record first, then the others.
func (a *appender) pairs(t *model.Type, path string, until *model.Line, v any) {
	values, ok := typed[Values](a, path, v)
	if !ok {
		return
	}
	if name, ok := stranger(t.Body.Fields, values); ok {
		a.w.Fail(below(path, name), "is not a field")
	}
	s := &pairsOut{appender: a, t: t, path: path, until: until, values: values, mark: a.w.Mark()}
	s.opening()
	for i := range t.Body.Ops {
		if !slices.Contains(t.Pairs.First, i) {
			s.known(i)
		}
	}
	s.counts()
	if t.Pairs.Others != nil {
		s.others()
	}
}

// pairsOut is one value of pairs that is being written.
type pairsOut struct {
	*appender
	t      *model.Type
	path   string
	until  *model.Line // nil: they are on one line
	values Values
	mark   int // where they begin
}

// opening writes the key that opens the record, where there is such a thing.
func (s *pairsOut) opening() {
	opened := 0
	for _, i := range s.t.Pairs.First {
		if v, _ := s.values.Get(s.t.Body.Fields[i].Name); v != nil {
			opened++
		}
		s.known(i)
	}
	if len(s.t.Pairs.First) > 1 && opened != 1 {
		s.w.Fail(s.path, notOpened)
	}
}

// known writes the pairs of a key that has a name.
func (s *pairsOut) known(i int) {
	f, stops := s.t.Body.Fields[i], s.t.Body.Ops[i].Stops
	path := below(s.path, f.Name)
	key := func() { s.w.Lit(s.t.Pairs.Keys[i]) }
	v, _ := s.values.Get(f.Name)
	items, repeated := v.([]any)
	switch {
	case standsOnLines(f.Type) && repeated:
		for n, item := range items {
			at := itemPath(path, n)
			s.pair(at, key, func() { s.item(f.Type.Elem, at, stops, item) })
		}
	case v != nil:
		s.pair(path, key, func() { s.value(f.Type, path, stops, v) })
	case !f.Optional && !standsOnLines(f.Type):
		s.w.Fail(path, isMissing)
	}
}

func (s *pairsOut) item(t *model.Type, path string, stops []string, v any) {
	if v == nil {
		s.w.Fail(path, isMissing)
		return
	}
	s.value(t, path, stops, v)
}

// pair writes a key and its value.
func (s *pairsOut) pair(path string, key, value func()) {
	if s.until == nil {
		s.w.Separate(s.mark, s.t.Pairs.Each)
	}
	key()
	s.w.Lit(s.t.Pairs.Between)
	value()
	if s.until != nil {
		s.w.EndLine(path, s.until.Text, s.until.Whole)
	}
}

// others writes the pairs whose keys have no names.
func (s *pairsOut) others() {
	path := below(s.path, s.t.Pairs.Others.Name)
	v, ok := s.values.Get(s.t.Pairs.Others.Name)
	if !ok {
		return
	}
	items, _ := typed[[]any](s.appender, path, v)
	for _, item := range items {
		pair, _ := item.(Values)
		key, _ := pair.Get("key")
		value, _ := pair.Get("value")
		k, isText := key.(string)
		text, isText2 := value.(string)
		if !isText || !isText2 {
			s.w.Fail(path, otherType)
			return
		}
		if k == "" || s.named(k) || countOf(s.t, k) >= 0 {
			s.w.Fail(path, namedKey)
		}
		s.pair(path, func() { s.key(path, k) }, func() { s.w.Text(path, text, s.t.Pairs.Stops...) })
	}
}

const namedKey = "holds an empty key, or one that has a field of its own"

// named reports whether a receiver would take a key among the others for its
// field: that is not set, comes any number of times, or opens a record.
func (s *pairsOut) named(key string) bool {
	i := slices.Index(s.t.Pairs.Keys, key)
	if i < 0 {
		return false
	}
	_, set := s.values.Get(s.t.Body.Fields[i].Name)
	return !set || slices.Contains(s.t.Pairs.First, i) || standsOnLines(s.t.Body.Fields[i].Type)
}

func (s *pairsOut) key(path, key string) {
	if s.t.Pairs.AnyKey {
		s.w.Text(path, key, keyStops(s.t)...)
		return
	}
	s.w.Word(path, key, keyStops(s.t)...)
}

// keyStops are what ends a key.
func keyStops(t *model.Type) []string { return join([]string{t.Pairs.Between}, t.Pairs.Stops) }

// standsOnLines reports whether values of t stand alone on lines.
func standsOnLines(t *model.Type) bool {
	return t.Kind == model.List && t.Sep == "" || t.Kind == model.PairsOf && t.Pairs.Each == ""
}
