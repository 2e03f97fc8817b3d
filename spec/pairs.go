package spec

import (
	"slices"
	"strings"
	"unicode"

	"github.com/linewright/linewright/spec/internal/document"
	"github.com/linewright/linewright/spec/model"
)

// lowerPairs reads {pairs: {key?: T}, between: …, each: …, first: …, …}.
func (w *lowering) lowerPairs(d *typeDecl) {
	t := d.typ
	t.Kind = model.PairsOf
	t.Pairs = &model.Pairs{Between: ": "}
	t.Body = &model.Template{}
	d.body = &compiled{v: d.value, ok: true}
	var first value
	words, others := "word", "refuse"
	d.mapping("a type", described(&t.Named,
		may("between", w.separator(&t.Pairs.Between)),
		may("each", w.separator(&t.Pairs.Each)),
		may("key", word(&words, "word", "text")),
		may("others", word(&others, "refuse", "keep")),
		may("first", later(&first)),
		need("pairs", func(v value) { w.pairKeys(d, v, words == "word") }),
	)...)
	t.Pairs.AnyKey = words == "text"
	if t.Pairs.Each != "" && strings.Contains(t.Pairs.Between, t.Pairs.Each) {
		d.find("each").fail("pairs-key", "write between: for what stands between a key and its value",
			"%q stands between pairs, and is part of %q, which stands between a key and its value", t.Pairs.Each, t.Pairs.Between)
	}
	if !first.absent() {
		w.firstKeys(t, first)
	}
	if others == "keep" {
		t.Pairs.Others = keptPairs()
		w.claimOthers(d)
		t.Body.Fields = append(t.Body.Fields, t.Pairs.Others)
	}
	d.body.Template = *t.Body
	d.ops = len(t.Body.Ops) + countOps(w, t.Body.Ops)
	if d.depth = 1 + w.layoutDepth(t.Body.Ops); d.depth > maxLayoutDepth || len(t.Body.Fields) > maxFields {
		d.value.fail("template-large", "", "more than %d keys, or layouts nested more than %d deep", maxFields, maxLayoutDepth)
	}
}

// keptPairs holds the keys that nothing names, with their values as text.
func keptPairs() *model.Field {
	key := &model.Field{Named: model.Named{Name: "key"}, Type: &model.Type{Kind: model.Text}}
	val := &model.Field{Named: model.Named{Name: "value"}, Type: &model.Type{Kind: model.Text}}
	pair := &model.Type{Kind: model.Layout, Body: &model.Template{Fields: []*model.Field{key, val}}}
	for _, f := range pair.Body.Fields {
		pair.Body.Ops = append(pair.Body.Ops, &model.Op{Kind: model.OpField, Field: f})
	}
	return &model.Field{Named: model.Named{Name: othersField}, Type: &model.Type{Kind: model.List, Elem: pair}}
}

// claimOthers complains where a key has the name that the others go by.
func (w *lowering) claimOthers(d *typeDecl) {
	for _, f := range d.typ.Body.Fields {
		if f.Name == othersField {
			d.failAt(f.Pos, "duplicate-name", "give the key another name: {key: others, …}",
				"the keys that nothing names are kept as others")
		}
	}
}

// separator reads the text between a key and its value, or between pairs.
func (w *lowering) separator(into *string) reader {
	return func(v value) {
		if !v.scalar("text that stands between") || !v.notNull("text") {
			return
		}
		if v.Value == "" {
			v.fail("empty", "", "nothing stands between")
			return
		}
		if w.inCharset(v) && w.holdsNoEnd(v, v.Pos, v.Value) {
			*into = v.Value
		}
	}
}

// pairKeys reads the keys: {name?: type}, or {name?: {key: …, type: …}}.
func (w *lowering) pairKeys(d *typeDecl, v value, words bool) {
	p, names := d.typ.Pairs, map[string]bool{}
	v.entries("a map from keys to types", func(e entry) {
		if len(p.Keys) > maxFields {
			return // it will be said
		}
		key, optional := strings.CutSuffix(e.name, "?")
		f := &model.Field{Named: model.Named{Name: snakeName(key), Pos: e.keyPos}, Optional: optional}
		var counts value
		if e.Kind == document.Map {
			if e.Get("key") != nil {
				f.Name = key
			}
			e.mapping("a key, as in {key: Title, type: text}", described(&f.Named,
				may("key", func(v value) {
					if v.scalar("the key as it is on the wire") && v.notNull("key") {
						key = v.Value
					}
				}),
				need("type", w.typeReader(&f.Type, &f.Secret)),
				may("counts", later(&counts)),
			)...)
		} else {
			w.typeReader(&f.Type, &f.Secret)(e.value)
		}
		if !counts.absent() {
			if w.pairKey(e, key, p, words) {
				w.pairCount(p, f, key, counts)
			}
			return
		}
		if w.pairKey(e, key, p, words) && w.pairName(e, f, names) && f.Type != nil && w.pairType(e, f) {
			f.Unit = f.Type.Unit
			p.Keys = append(p.Keys, key)
			d.typ.Body.Ops = append(d.typ.Body.Ops, &model.Op{Kind: model.OpField, Field: f, Pos: e.Pos})
			d.typ.Body.Fields = append(d.typ.Body.Fields, f)
		}
	})
	switch {
	case v.Kind == document.Map && len(v.Keys) == 0:
		v.fail("empty", "", "pairs without a key")
	case len(p.Keys) == 0 && len(p.Counts) > 0:
		v.fail("empty", "write it in the template, as in length: {#body}", "pairs that only count hold nothing")
	}
}

// pairKey checks a key as it is on the wire.
func (w *lowering) pairKey(e entry, key string, p *model.Pairs, words bool) bool {
	if slices.Contains(p.Keys, key) || slices.ContainsFunc(p.Counts, func(k *model.PairCount) bool { return k.Key == key }) {
		e.failAt(e.keyPos, "duplicate-name", "", "key %s is named twice", quoteName(key))
		return false
	}
	switch {
	case key == "":
		e.failAt(e.keyPos, "pairs-key", "", "a key is not empty")
	case strings.Contains(key, p.Between) || p.Each != "" && strings.Contains(key, p.Each):
		e.failAt(e.keyPos, "pairs-key", "", "key %s holds what stands between", quoteName(key))
	case words && strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' }):
		e.failAt(e.keyPos, "pairs-key", "write key: text", "key %s has blanks, and keys are words here", quoteName(key))
	default:
		return w.holdsNoEnd(e.value, e.keyPos, key)
	}
	return false
}

// pairName checks the name of a key's field.
func (w *lowering) pairName(e entry, f *model.Field, names map[string]bool) bool {
	switch {
	case !snake.form.MatchString(f.Name) || len(f.Name) > maxName:
		e.failAt(e.keyPos, "name", "write name: {key: "+quoteName(e.name)+", type: …}", "%q is not a name here: want %s", f.Name, snake.want)
		return false
	case names[f.Name]:
		e.failAt(e.keyPos, "duplicate-name", "write name: {key: "+quoteName(e.name)+", type: …}", "field %s is named twice", quoteName(f.Name))
		return false
	}
	names[f.Name] = true
	return true
}

// pairType checks the type of a value: it stays on its line. A list without a
// separator is a key that may come any number of times.
func (w *lowering) pairType(e entry, f *model.Field) bool {
	t := f.Type
	if repeats(t) {
		if f.Optional {
			e.failAt(e.keyPos, "pairs-repeat", "leave the ? out", "a key that may come any number of times may also not come")
			return false
		}
		t = t.Elem
	}
	if len(w.busy) > 1 { // the type may not be complete
		w.await(func() { onLine(e, t) })
		return true
	}
	return onLine(e, t)
}

// onLine complains about a value of a key that takes more than its line.
func onLine(e entry, t *model.Type) bool {
	if t.Kind == model.PairsOf || standsOnLines(t) || cutByCount(t) || takesLines(t) || t.Kind == model.Bytes || t.Kind == model.Dotted {
		e.fail("bad-type", "", "the value of a key is on one line, and holds no counted bytes")
		return false
	}
	return true
}

// repeats reports whether a key of type t may come any number of times.
func repeats(t *model.Type) bool { return t.Kind == model.List && t.Sep == "" }

// firstKeys reads the key that opens a record, or a list of them.
func (w *lowering) firstKeys(t *model.Type, v value) {
	v.oneOrEach(func(v value) {
		if v.scalar("a key") && v.notNull("key") {
			w.firstKey(t, v)
		}
	})
	if v.Kind == document.List && len(v.Items) == 0 {
		v.fail("empty", "write the keys that open a record, or leave first out", "an empty list")
	}
	one := len(t.Pairs.First) == 1
	for _, i := range t.Pairs.First {
		switch f := t.Body.Fields[i]; {
		case repeats(f.Type) || one && f.Optional:
			v.fail("pairs-first", "", "the key that opens a record comes once in each")
		case !one && !f.Optional:
			v.fail("pairs-first", "write "+t.Pairs.Keys[i]+"?", "of several keys that open records each has one: %s is not in all", t.Pairs.Keys[i])
		}
	}
	if t.Pairs.Each != "" {
		v.fail("pairs-first", "", "pairs on one line are one record")
	}
}

func (w *lowering) firstKey(t *model.Type, v value) {
	for i, key := range t.Pairs.Keys {
		switch {
		case key != v.Value && t.Body.Fields[i].Name != v.Value:
		case slices.Contains(t.Pairs.First, i):
			v.fail("duplicate-value", "", "%s is listed twice", quoteName(v.Value))
			return
		default:
			t.Pairs.First = append(t.Pairs.First, i)
			return
		}
	}
	v.fail("unknown-name", didYouMean(v.Value, t.Pairs.Keys), "there is no key %s", quoteName(v.Value))
}

// snakeName is the name of a key's field: song_length for songLength, Song-Length
// and "song length".
func snakeName(key string) string {
	var b strings.Builder
	lower := false // what came last
	for _, c := range key {
		switch {
		case unicode.IsUpper(c):
			if lower {
				b.WriteByte('_')
			}
			b.WriteRune(unicode.ToLower(c))
		case unicode.IsLower(c) || unicode.IsDigit(c):
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		lower = unicode.IsLower(c) || unicode.IsDigit(c)
	}
	return strings.TrimSuffix(b.String(), "_")
}

// standsOnLines reports whether values of t stand alone on lines: they take any
// number of them, none included.
func standsOnLines(t *model.Type) bool {
	return t.Kind == model.List && t.Sep == "" || t.Kind == model.PairsOf && t.Pairs.Each == ""
}
