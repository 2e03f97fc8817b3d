package language

// Types are the ways to make a type of one's own, each told by its key.
var Types = []*Construct{Enum, Is, Layout, Variants, Pairs, JSON}

// tells holds what tells constructs from others in their place.
var tells = map[*Construct]string{
	Enum: "enum", Is: "is", Layout: "layout", Variants: "one_of", Pairs: "pairs", JSON: "json", Sequence: "steps",
}

// Enum is values with names.
var Enum = &Construct{
	Name: "types with enum", Common: named,
	Keys: []Key{
		need("enum", "the values: name and wire form", table(Snake, 1, either(text(), in(EnumValue)))),
		may("as", "text, word, digits(n), hex(n) or an integer: how a value is written", "text", of(Type)),
		no("open", "values without a name are kept"),
	},
}

// EnumValue is a value of an enum with something to say about it.
var EnumValue = &Construct{
	Name: "types.*.enum.*", Common: named, Lead: 1,
	Keys: []Key{need("wire", "what is on the wire", text())},
}

// Is is a type with limits.
var Is = &Construct{
	Name: "types with is", Common: named,
	Keys: []Key{
		need("is", "the type that gets a name", of(Type)),
		may("scale", "a factor between the wire and the value, as in `0.1`, see below", "", number(0, 1e9)),
		may("range", "of numbers, both ends included: `1..100`, `-5..5`, `0x81..0xff`", "", of(Range, "1..100")),
		may("max", "the longest text, in bytes", "", integer(1, 1<<30)),
		may("chars", "all that may occur: characters, and ranges as in `a-z`", "", text(`"a-z0-9_"`)),
		may("unit", "what a number counts, for the documentation", "", text()),
	},
}

// Layout is a template that is used in others.
var Layout = &Construct{
	Name: "types with layout", Common: named,
	Keys: []Key{need("layout", "the template", of(Template))},
}

// Variants is a value that is written in one of several ways.
var Variants = &Construct{
	Name: "types with one_of", Common: named,
	Keys: []Key{
		need("one_of", "the forms: name and template", table(Snake, 2, either(of(Template), in(Variant)))),
		may("depth", "how deep a value may be in itself", "", integer(2, 64)),
	},
}

// Variant is a form with something to say about it.
var Variant = &Construct{
	Name: "types.*.one_of.*", Common: named, Lead: 1,
	Keys: []Key{need("layout", "the template", of(Template))},
}

// Pairs is keys with values, in any order.
var Pairs = &Construct{
	Name: "types with pairs", Common: named,
	Keys: []Key{
		need("pairs", "the keys: each with the type of its value, or with a map", table(Free, 1, either(of(Type), in(Pair)))),
		may("between", "what stands between a key and its value", "`\": \"`", text(`": "`)),
		may("each", "what stands between pairs on one line; without it each pair is on a line of its own", "", text(`";"`)),
		may("key", "`word`: keys have no blanks, or `text`: they may", "", word(
			"word", "keys have no blanks",
			"text", "keys may have blanks")),
		may("first", "the key that opens a record, for `list(T)`, or a list: one of these does", "", oneOrMore(text())),
		may("others", "`refuse` keys that nothing names, or `keep` them as text in a field `others`", "", word(
			"refuse", "a key that nothing names is a mistake",
			"keep", "keys that nothing names are kept as text, in a field `others`")),
	},
}

// Pair is a key with something to say about it.
var Pair = &Construct{
	Name: "types.*.pairs.*", Common: named, Lead: 3,
	Keys: []Key{
		may("key", "as it is on the wire, where the field has another name", "", text()),
		need("type", "of the value", of(Type)),
		may("counts", "the field behind the pairs whose length it is", "", of(Name)),
	},
}

// JSON is a JSON object as a field.
var JSON = &Construct{
	Name: "types with json", Common: named,
	Keys: []Key{
		need("json", "the members", of(Object)),
		may("others", "`ignore` members that nobody names, or `keep` them in a field `others`", "", word(
			"ignore", "members that nobody names are ignored",
			"keep", "members that nobody names are kept, in a field `others`")),
	},
}
