package language

// Forms are the form itself, or what it may be instead: of an Either its forms,
// of what may be one thing or a list the thing, too.
func (f *Form) Forms() []*Form {
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
	for _, k := range c.All() {
		if k.Name == name {
			return k, true
		}
	}
	return Key{}, false
}
