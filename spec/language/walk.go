package language

import "slices"

// A nil *Form is the form of what the language does not have, and a nil *Construct
// a map without keys of the language.

// Forms are the form itself, or what it may be instead: of an Either its forms,
// of what may be one thing or a list the thing, too.
func (f *Form) Forms() []*Form {
	if f == nil {
		return nil
	}
	switch f.Kind {
	case Either:
		var all []*Form
		for _, other := range f.Any {
			all = append(all, other.Forms()...)
		}
		return all
	case OneOrMore:
		return append(f.Of.Forms(), f)
	}
	return []*Form{f}
}

// Maps are the constructs that a map may be where this form is.
func (f *Form) Maps() []*Construct {
	var all []*Construct
	for _, other := range f.Forms() {
		all = append(all, other.In...)
	}
	return all
}

// Told is the construct among several that has a key by which it is told, or the
// one without such a key. It is nil where there is none.
func Told(among []*Construct, has func(key string) bool) *Construct {
	var plain *Construct
	for _, c := range among {
		switch tells := c.Tells(); {
		case tells == "" || len(among) == 1:
			plain = c
		case has(tells):
			return c
		}
	}
	return plain
}

// Construct is what a map with these keys is where this form is; nil where its keys
// are the document's own.
func (f *Form) Construct(has func(key string) bool) *Construct { return Told(f.Maps(), has) }

// Value is the form of what a key holds, of a map that is of the construct c, or, if
// that is nil, has keys of the document's own where this form is.
func (f *Form) Value(c *Construct, key string) *Form {
	if c == nil {
		return f.Entries()
	}
	k, _ := c.Key(key)
	return k.Form
}

// Is reports whether a value may be of that kind where this form is.
func (f *Form) Is(kind Kind) bool {
	return slices.ContainsFunc(f.Forms(), func(other *Form) bool { return other.Kind == kind })
}

// Items is the form of a list's items; nil where no list may be.
func (f *Form) Items() *Form {
	for _, other := range f.Forms() {
		if other.Kind == List || other.Kind == OneOrMore {
			return other.Of
		}
	}
	return nil
}

// Entries is the form of what a map has by names that the document chooses; nil
// where no such map may be.
func (f *Form) Entries() *Form {
	for _, other := range f.Forms() {
		if other.Kind == Table {
			return other.Of
		}
	}
	return nil
}

// Key finds a key.
func (c *Construct) Key(name string) (Key, bool) {
	if i := c.Rank(name); i >= 0 {
		return c.All()[i], true
	}
	return Key{}, false
}

// Rank is a key's place in the order in which keys are written, or -1.
func (c *Construct) Rank(name string) int {
	return slices.IndexFunc(c.All(), func(k Key) bool { return k.Name == name })
}
