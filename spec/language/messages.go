package language

// Message is what may be received.
var Message = &Construct{
	Name: "messages", Common: named,
	Keys: []Key{
		may("frame", "the frame that it is in", "the first", of(Name)),
		may("header", "constants of the frame around it", "", table(Snake, 0, text())),
		need("receive", "the template, or the map of a JSON object", either(of(Template), of(Object))),
		may("others", "`ignore` members of a JSON object that nobody names, or `keep` them in a field `others`", "", word(
			"ignore", "members that nobody names are ignored",
			"keep", "members that nobody names are kept, in a field `others`")),
		mode,
		enters,
		may("event", "`false`, `true`: it comes unasked, `also`: it does, and answers a command too, `state`: it says what is, asked or not", "", word(
			"false", "it comes only where it is awaited",
			"true", "it comes unasked",
			"also", "it comes unasked, and answers a command too",
			"state", "it says what is, asked or not: any that comes answers the command that waits for it")),
		no("noise", "it is dropped, and counts as life"),
		no("none", "success without a value"),
		bare("error", "it means failure: `failed`, `retry`, `refused`, `close`, or a map", either(word(
			"failed", "it is returned to the caller",
			"retry", "it is returned, and may go away; a step of the session is tried again",
			"refused", "in a login it stops the client, or makes it wait as `reconnect.refused` says",
			"close", "it is returned, and ends the link"), in(ErrorRule))),
		no("inside", "it may stand in the middle of a block"),
		fields("what its fields mean"),
		examples,
	},
}

var examples = may("examples", "frames, and what they mean", "", list(0, in(Example)))

// Example is a frame, and what it means.
var Example = &Construct{
	Name: "messages.*.examples[]", OneOf: [][]string{{"wire", "hex"}, {"is", "bad"}},
	Keys: []Key{
		may("wire", "the frame as text, line breaks as line breaks", "", text()),
		may("hex", "the frame as pairs of hex digits, blanks ignored", "", of(Hex)),
		may("is", "the value of each field, by name", "", table(Free, 0, of(Anything))),
		may("bad", "it is refused there: a field's name, `literal`, `length` or `end`", "", text("literal", "length", "end", "checksum")),
	},
}

// ErrorRule is what an error means by the value of a field.
var ErrorRule = &Construct{
	Name: "messages.*.error", Least: 2,
	Keys: []Key{
		need("field", "the field that tells", of(Name)),
		may("ok", "values that are no error", "", oneOrMore(text())),
		may("failed", "values that are returned", "", oneOrMore(text())),
		may("retry", "values that may go away", "", oneOrMore(text())),
		may("refused", "values that refuse a login", "", oneOrMore(text())),
		may("close", "values that end the link", "", oneOrMore(text())),
		may("else", "what all others mean", "failed", word(
			"failed", "they are returned to the caller",
			"ok", "they are no error",
			"retry", "they are returned, and may go away",
			"refused", "they refuse a login",
			"close", "they end the link")),
	},
}
